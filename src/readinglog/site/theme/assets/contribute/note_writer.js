// The note that the form makes: the text of its file, and its name; the counterpart of draft.py.

import { compilePattern } from "../patterns.js";
import { shortTitle } from "./works.js";

/**
 * @typedef {import("./note_checker.js").Terms} Terms
 * @typedef {import("./fields.js").FieldValues} FieldValues
 */

const UNPRINTABLE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

export class NoteWriter {
  /** @param {Terms} terms */
  constructor({ fields, yaml, file_names }) {
    this.fieldOrder = Object.keys(fields);
    this.unquotedFields = yaml.unquoted_fields;
    this.reservedWords = yaml.reserved_words;
    this.controls = new RegExp(yaml.control_characters, "g");
    this.plainText = compilePattern(yaml.plain_text);
    this.unquotedValue = compilePattern(yaml.unquoted_value);
    this.letters = file_names.transliteration;
    this.maxLength = file_names.max_length;
    this.validName = new RegExp(`^(?:${file_names.pattern})$`);
  }

  /**
   * Return a text on one line, without invisible characters.
   * @param {string} text
   */
  cleanText(text) {
    return text.replace(this.controls, " ").split(/\s+/).filter(Boolean).join(" ");
  }

  /**
   * Return the text of a note, its fields in the order of the schema.
   * @param {FieldValues} fields
   * @param {string} body
   */
  writeNote(fields, body) {
    const names = this.fieldOrder.filter((name) => name in fields);
    const lines = names.map((name) => `${name}: ${this.writeValue(name, fields[name])}`);
    return ["---", ...lines, "---", "", body.replace(/^\n+|(?<!\n)\n+$/g, ""), ""].join("\n");
  }

  /**
   * @param {string} name
   * @param {string | string[]} value
   */
  writeValue(name, value) {
    if (Array.isArray(value)) return `[${value.map((item) => this.writeScalar(item)).join(", ")}]`;
    const isUnquoted = this.unquotedFields.includes(name) && this.unquotedValue.test(value);
    return isUnquoted ? value : this.writeScalar(value);
  }

  /**
   * Return a text as a YAML scalar, in quotes where it needs them.
   * @param {string} text
   */
  writeScalar(text) {
    const isWord = this.reservedWords.includes(text.toLowerCase());
    if (this.plainText.test(text) && text === text.trim() && !isWord) return text;
    return JSON.stringify(text).replace(UNPRINTABLE, escapeCharacter);
  }

  /**
   * Return a file name made from a title, or "" where its letters give none.
   * @param {string} title
   */
  nameFromTitle(title) {
    const names = [shortTitle(title), title].map((text) =>
      keepAsciiWords(spellInKebabCase(text, this.letters)),
    );
    const name = this.truncate(names.find((each) => this.validName.test(each)) ?? "");
    return this.validName.test(name) ? name : "";
  }

  /**
   * Return a name with as many whole words as a file name may hold.
   * @param {string} name
   */
  truncate(name) {
    const { maxLength } = this;
    if (name.length <= maxLength) return name;
    return name
      .slice(0, maxLength + 1)
      .replace(/-[^-]*$/, "")
      .slice(0, maxLength);
  }
}

/** @param {string} character */
const escapeCharacter = (character) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Return a file name: lower-case ASCII words joined by `-`. Where one of its letters has no ASCII
 * spelling, all are kept as they are.
 * @param {string} text
 * @param {Record<string, string>} letters
 */
export function toKebabCase(text, letters) {
  const name = spellInKebabCase(text, letters);
  return (isAscii(name) ? name : joinWords(text.normalize("NFC"))) || "note";
}

/**
 * Return the words of a text in lower case, joined by `-`, each letter in ASCII that can be.
 * @param {string} text
 * @param {Record<string, string>} letters
 */
function spellInKebabCase(text, letters) {
  const bare = text.replace(/[™®©℠]/g, " ");
  const plain = bare.toLowerCase().normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  return joinWords([...plain].map((letter) => letters[letter] ?? letter).join(""));
}

/**
 * Return the words of a text in lower case, joined by `-`; dots within words stay.
 * @param {string} text
 */
function joinWords(text) {
  const joined = text.toLowerCase().replace(/[^\p{L}\p{N}_.]+|_+/gu, "-");
  const single = joined.replace(/\.*-[.-]*|\.{2,}/g, (gap) => (gap.includes("-") ? "-" : "."));
  return single.replace(/^[-.]+|(?<![-.])[-.]+$/g, "");
}

/**
 * Return the words of a name that are ASCII, or "" where more than half are not.
 * @param {string} name
 */
function keepAsciiWords(name) {
  const words = name.split("-");
  const kept = words.filter(isAscii);
  return 2 * kept.length >= words.length ? kept.join("-") : "";
}

/** @param {string} text */
const isAscii = (text) => [...text].every((character) => character < "\x80");
