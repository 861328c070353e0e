// Words as the search sees them; the counterpart of words.py.

const RUN = /[\p{L}\p{N}]+/gu;

/**
 * Return the runs of letters and digits in a text, without diacritics, in lower case.
 * @param {string} text
 */
export function splitWords(text) {
  const bare = text.normalize("NFKD").replace(/\p{M}/gu, "");
  return (bare.match(RUN) ?? []).map((run) => run.toLowerCase());
}

/**
 * Return the form in which names are compared: case, composition, and space against `-` and `_` do
 * not count.
 * @param {string} text
 */
export function fold(text) {
  const folded = text.normalize("NFC").toLowerCase().normalize("NFC");
  return folded.replace(/[\s_-]+/g, "-").replace(/^-+|-+$/g, "") || text;
}

/**
 * Return whether the words of a value stand side by side in a name.
 * @param {string} name
 * @param {string} value
 */
export function containsWords(name, value) {
  const wanted = splitWords(value);
  return wanted.length > 0 && ` ${splitWords(name).join(" ")} `.includes(` ${wanted.join(" ")} `);
}
