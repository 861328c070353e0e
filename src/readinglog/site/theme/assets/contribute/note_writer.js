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
    this.fileNames = file_names;
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
    const names = [shortTitle(title), title].map((text) => toKebabCase(text, this.fileNames));
    return this.truncate(names[0] || names[1]);
  }

  /**
   * Return a name with as many whole words as a file name may hold.
   * @param {string} name
   */
  truncate(name) {
    const letters = [...name].slice(0, this.fileNames.max_length);
    while (new TextEncoder().encode(letters.join("")).length > this.fileNames.max_bytes) {
      letters.pop();
    }
    const fitting = letters.join("");
    if (name === fitting || name[fitting.length] === "-") return fitting;
    return (fitting.replace(/-[^-]*$/, "") || fitting).replace(/(?<![-.])[-.]+$/, "");
  }
}

/** @param {string} character */
const escapeCharacter = (character) =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Return a file name: lower-case words joined by `-`. Letters that ASCII can spell are spelled so;
 * those of other scripts stay as they are.
 * @param {string} text
 * @param {Terms["file_names"]} terms
 */
export function toKebabCase(text, terms) {
  const words = spellLetters(text, terms).replace(/[^\p{L}\p{N}\p{M}.]/gu, "-");
  const joined = words.replace(/\.*-[.-]*|\.{2,}/g, (gap) => (gap.includes("-") ? "-" : "."));
  return joined.replace(/^[-.]+|(?<![-.])[-.]+$/g, "");
}

/**
 * Return whether a text is written as a file name should be.
 * @param {string} text
 * @param {Terms["file_names"]} terms
 */
export const isKebabCase = (text, terms) =>
  text !== "" && toKebabCase(text, terms) === text.normalize("NFC");

/**
 * Return a text in lower case, each letter in ASCII that can be.
 * @param {string} text
 * @param {Terms["file_names"]} terms
 */
function spellLetters(text, { latin_spellings, greek_names, greek_word }) {
  const plain = text
    .replace(/[™®©℠]/g, " ")
    .toLowerCase()
    .normalize("NFC");
  const isGreek = new RegExp(greek_word).test(plain);
  const spellings = isGreek ? latin_spellings : { ...latin_spellings, ...greek_names };
  let spelled = "";
  let last = "";
  for (const character of plain) {
    const isMark = /\p{M}/u.test(character);
    if (isMark && isAscii(last)) continue; // others are the vowels of many scripts
    last = isMark ? character : spell(character, spellings);
    spelled += last;
  }
  return spelled.normalize("NFC");
}

/**
 * Return how a letter or sign is spelled in ASCII, or itself where it cannot be.
 * @param {string} character
 * @param {Record<string, string>} spellings
 */
function spell(character, spellings) {
  const plain = character.normalize("NFKD").toLowerCase().replace(/\p{M}/gu, "");
  const letters = [...plain].map((letter) =>
    /[\p{L}\p{N}.]/u.test(letter) ? (spellings[letter] ?? letter) : "-",
  );
  const spelled = letters.join("");
  return isAscii(spelled) ? spelled : character;
}

/** @param {string} text */
const isAscii = (text) => [...text].every((character) => character < "\x80");
