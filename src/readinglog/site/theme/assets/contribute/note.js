// The note that the form makes: its text and its name; the other half is readinglog/draft.py.

import { whole } from "./patterns.js";
import { shortTitle } from "./works.js";

const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

export class Writer {
  constructor({ fields, text, names }) {
    Object.assign(this, { fields, names, unshown: text.unshown, words: text.words, controls: new RegExp(text.controls, "g") });
    Object.assign(this, { plain: whole(text.plain), bare: whole(text.bare), kebab: new RegExp(`^(?:${names.kebab})$`) });
  }

  /** The text on one line, without what cannot be seen. */
  cleaned(text) {
    return text.replace(this.controls, " ").split(/\s+/).filter(Boolean).join(" ");
  }

  /** The text of a note with these fields, in the order of the schema. */
  written(fields, body) {
    const lines = Object.keys(this.fields).filter((name) => name in fields).map((name) => `${name}: ${this.value(name, fields[name])}`);
    return ["---", ...lines, "---", "", body.replace(/^\n+|\n+$/g, ""), ""].join("\n");
  }

  value(name, value) {
    if (Array.isArray(value)) return `[${value.map((item) => this.scalar(item)).join(", ")}]`;
    return this.unshown.includes(name) && this.bare.test(value) ? value : this.scalar(value);
  }

  scalar(text) {
    const plain = this.plain.test(text) && text === text.trim() && !this.words.includes(text.toLowerCase());
    return plain ? text : JSON.stringify(text).replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  }

  /** A name made of the title, or '' where none can be. */
  name(title) {
    const short = kebab(shortTitle(title), this.names.letters);
    const { limit } = this.names;
    let made = this.kebab.test(short) ? short : kebab(title, this.names.letters);
    if (made.length > limit) made = made.slice(0, limit + 1).replace(/-[^-]*$/, "").slice(0, limit);
    return this.kebab.test(made) && made !== "note" ? made : "";
  }
}

/** A file name: lower-case ASCII words joined by `-`; letters of scripts that have none are kept. */
export function kebab(text, letters) {
  const bare = text.replace(/[™®©℠]/g, " ");
  const spelled = [...bare.toLowerCase().normalize("NFD")].map((c) => letters[c] ?? c).join("");
  const latin = spelled.normalize("NFKD").replace(/\p{M}/gu, "");
  const chosen = /^[\x00-\x7f]*$/.test(latin) ? latin : bare.normalize("NFC");
  const words = chosen.toLowerCase().replace(/[^\p{L}\p{N}_.]+|_+/gu, "-");
  return words.replace(/\.*-[.-]*|\.{2,}/g, (gap) => (gap.includes("-") ? "-" : ".")).replace(/^[-.]+|[-.]+$/g, "") || "note";
}
