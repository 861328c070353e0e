// Words, as the search sees them; the other half is readinglog/query/words.py.

const RUN = /[\p{L}\p{N}]+/gu;

/** The runs of letters and digits in a text, without marks, in lower case. */
export const words = (text) => (text.normalize("NFKD").replace(/\p{M}/gu, "").match(RUN) ?? []).map((run) => run.toLowerCase());

/** The form in which names match: case, composition, and space against `-` and `_` do not count. */
export function fold(text) {
  const folded = text.normalize("NFC").toLowerCase().normalize("NFC").replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "");
  return folded || text;
}

/** Whether the words of a value stand side by side among those of a name. */
export function holdsWords(name, value) {
  const wanted = words(value);
  return wanted.length > 0 && ` ${words(name).join(" ")} `.includes(` ${wanted.join(" ")} `);
}
