// What the check will say of the claims in a text; the counterpart of claims.py, invalid_claim.py
// and lost_claims.py. As with links, the check of the pull request has the last word.

import { FuzzyIndex } from "../fuzzy_index.js";
import { findResultError } from "./claim_form.js";
import { checkClaimValue, findUnsafeScheme } from "./formats.js";
import { blankOutCode } from "./links.js";

/**
 * @typedef {object} ClaimFieldTerms
 * @property {string} example
 * @property {boolean} is_relation
 * @property {import("./formats.js").Format} format
 */

/**
 * What is wrong in a text: the key of a message, what is filled in, and what it is about, as it is
 * written; "" where the message has that.
 * @typedef {object} ClaimError
 * @property {string} key
 * @property {import("./note_checker.js").Values} values
 * @property {string} place
 * @property {import("./note_checker.js").Fix} [fix]
 */

/**
 * `[name:: value]`, and where it stands.
 * @typedef {{ name: string, value: string, start: number, end: number, written: string }} InlineField
 */

const OPENING = /\[([A-Za-z][A-Za-z0-9 _-]{0,40})::/g;
const LONGEST_FIELD = 1000; // characters
const PART_END = /\n[ \t>]*(?:\n|(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t])/;
const BRACKET = /[[\]]/g;
const MARKER = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?/gm;
const ITEM_END = /\n[ \t>]*(?:\n|(?=(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]))|(?![\s\S])/g;
const BLOCK_NAME = /\s\^([A-Za-z0-9-]+)\s*$/;
const BLOCK_MARK = /(?<!\S)\^([A-Za-z0-9-]+)[ \t]*$/gm;
const WRONG_NAME = /(?<![^\s(\])}.,;:!?])\^[ \t]?([^\s[\](){}^][^[\](){}^\n]*)/g;
const WORDS_OF_NAME = 4;
const LINK =
  /\[\[(?<target>[^[\]|#\n]*)(?:#(?<heading>[^[\]|\n]*))?(?<label>\|[^[\]\n]*)?\]\]|\[[^[\]]*\]\((?<address>[^()\s]*)\)/g;

export class ClaimChecker {
  /** @param {import("./note_checker.js").Terms} terms */
  constructor(terms) {
    this.terms = terms;
    this.names = new FuzzyIndex(Object.keys(terms.claim_fields));
    const name = `(?<name>${Object.keys(terms.claim_fields).join("|")})[ \\t]*`;
    this.oneColon = new RegExp(`(?<![[\\\\])\\[${name}:(?!:)(?=[^[\\]\\n]*\\](?![([:]))`, "gi");
    this.twoColons = new RegExp(
      `(?<![\\p{L}\\p{N}_:.\`/\\\\[-])(?<bracket>\\[?)${name}::(?=[ \\t])`,
      "giu",
    );
  }

  /**
   * Return what is wrong with the claims in a text.
   * @param {string} text
   * @param {import("./formula_marks.js").FormulaMarks} marks
   */
  check(text, marks) {
    const masked = blankOutCode(text, marks);
    const fields = findFields(text, masked);
    const errors = findRepeatedNames(masked);
    const done = new Set();
    for (const { start, end } of findItems(masked)) {
      const own = fields.filter((field) => field.start >= start && field.start < end);
      for (const field of own) done.add(field);
      const named = BLOCK_NAME.exec(masked.slice(start, end));
      const fieldsBefore = own.filter((field) => field.start < start + (named?.index ?? 0));
      if (named) errors.push(...this.findLostFields(text, masked, start, start + named.index, own));
      if (fieldsBefore.length) errors.push(...this.checkClaim(text, start, end, fieldsBefore));
      else errors.push(...this.explainStrays(masked.slice(start, end), own));
    }
    const outside = fields.filter((field) => !done.has(field));
    for (const field of outside) errors.push(...this.explainStrays("", [field]));
    return errors;
  }

  /**
   * @param {string} text
   * @param {number} start
   * @param {number} end
   * @param {InlineField[]} fields
   * @returns {Generator<ClaimError>}
   */
  *checkClaim(text, start, end, fields) {
    const names = new Set();
    for (const field of fields) {
      const { name, written: place } = field;
      const shown = this.quote(name);
      if (names.has(name)) yield { key: "repeated-claim-field", values: { name: shown }, place };
      else if (!(name in this.terms.claim_fields)) yield this.explainUnknown(field);
      names.add(name);
      if (name in this.terms.claim_fields) yield* this.checkValue(field);
    }
    /** @param {string} name */
    const has = (name) => fields.find((field) => field.name === name)?.value;
    if (has("result") && !has("at") && !has("checked")) {
      yield { key: "unplaced-result", values: {}, place: text.slice(start, end) };
    }
  }

  /** @param {InlineField} field */
  explainUnknown({ name, written: place }) {
    const near = this.names.nearest(name);
    const fields = Object.keys(this.terms.claim_fields).join(", ");
    return { key: "unknown-claim-field", values: { name: this.quote(name), fields, near }, place };
  }

  /**
   * @param {InlineField} field
   * @returns {Generator<ClaimError>}
   */
  *checkValue(field) {
    const { name, value, written: place } = field;
    const { example, is_relation, format } = this.terms.claim_fields[name];
    if (!value) yield { key: "empty-claim-field", values: { name, example }, place };
    else if (value.startsWith(":")) yield { key: "more-colons", values: { name }, place };
    else if (is_relation) yield* this.checkRelation(field, example);
    else if (name === "result") {
      const error = findResultError(value, this.terms.result);
      if (error) yield { key: "invalid-result", values: { error }, place };
    } else {
      const mismatch = checkClaimValue(format, value);
      const scheme = findUnsafeScheme(format, value);
      if (mismatch) yield this.explainMismatch(field, mismatch);
      else if (scheme) yield { key: "unsafe-scheme", values: { scheme }, place };
    }
  }

  /**
   * @param {InlineField} field
   * @param {import("./formats.js").FormatError} mismatch
   */
  explainMismatch({ name, value, written: place }, { replacement, ...values }) {
    const to = replacement || (values.near === value.toLowerCase() && values.near);
    const at = place.lastIndexOf(value);
    const isSafe = to && at >= 0; // a value over several lines is not found as it is read
    const fix = isSafe ? { from: place, to: `${place.slice(0, at)}${to}]` } : undefined;
    return { key: "claim-value", values: { name, text: this.quote(value), ...values }, place, fix };
  }

  /**
   * @param {InlineField} field
   * @param {string} example
   * @returns {Generator<ClaimError>}
   */
  *checkRelation({ name, value, written }, example) {
    const links = [...value.matchAll(LINK)];
    for (const { 0: place, groups } of links) {
      const { target = "", heading, label, address } = groups ?? {};
      if (label || address !== undefined) {
        const full = address ?? (heading ? `${target}#${heading}` : target);
        yield { key: "labelled-claim-link", values: { name, target: full.trim() }, place };
      } else if (heading && !heading.split("#").at(-1)?.startsWith("^")) {
        yield { key: "claim-link-to-heading", values: { name }, place };
      }
    }
    const rest = value.replace(LINK, "").replace(/^[ ,;]+|(?<![ ,;])[ ,;]+$/g, "");
    if (!links.length || rest) {
      const text = this.quote(rest.split(/\s+/).join(" "));
      yield { key: "no-wikilink", values: { name, text, example }, place: written };
    }
  }

  /**
   * Yield the fields that are not read, of an item with a name.
   * @param {string} text
   * @param {string} masked
   * @param {number} start
   * @param {number} end
   * @param {InlineField[]} fields
   * @returns {Generator<ClaimError>}
   */
  *findLostFields(text, masked, start, end, fields) {
    let item = masked.slice(start, end);
    for (const field of fields) {
      const [from, to] = [field.start - start, field.end - start];
      item = item.slice(0, from) + " ".repeat(to - from) + item.slice(to);
    }
    for (const { 0: opening, index, groups } of item.matchAll(this.oneColon)) {
      const place = text.slice(start + index, start + item.indexOf("]", index) + 1);
      const to = `[${groups?.name}::${place.slice(opening.length)}`;
      const name = (groups?.name ?? "").toLowerCase();
      yield { key: "one-colon", values: { name }, place, fix: { from: place, to } };
    }
    for (const { index, groups } of item.matchAll(this.twoColons)) {
      const key = groups?.bracket ? "unclosed-claim-field" : "unbracketed-claim-field";
      const name = (groups?.name ?? "").toLowerCase();
      yield { key, values: { name }, place: text.slice(start + index, end).trimEnd() };
    }
  }

  /**
   * Yield why fields of an item belong to no claim.
   * @param {string} item
   * @param {InlineField[]} fields
   * @returns {Generator<ClaimError>}
   */
  *explainStrays(item, fields) {
    const first = fields.find(({ name }) => name in this.terms.claim_fields);
    if (!first) return;
    const wrong = BLOCK_NAME.test(item) ? undefined : [...item.matchAll(WRONG_NAME)].at(-1);
    if (wrong) {
      const text = this.quote(wrong[0].trimEnd());
      const words = wrong[1].split(/[^A-Za-z0-9]+/).filter(Boolean);
      const near = words.slice(0, WORDS_OF_NAME).join("-") || "name";
      yield { key: "claim-name", values: { text, near }, place: "" };
    } else {
      yield { key: "stray-claim-field", values: { name: first.name }, place: first.written };
    }
  }

  /** @param {string} text */
  quote(text) {
    return [...text].slice(0, this.terms.max_quoted).join("");
  }
}

/**
 * Return the inline fields in order; one within another belongs to that.
 * @param {string} text
 * @param {string} masked
 */
function findFields(text, masked) {
  /** @type {InlineField[]} */
  const fields = [];
  const opening = new RegExp(OPENING);
  for (let found = opening.exec(masked); found; found = opening.exec(masked)) {
    const end = findEnd(masked, opening.lastIndex);
    if (end < 0) continue;
    const start = found.index;
    const value = text
      .slice(opening.lastIndex, end - 1)
      .trim()
      .split(/\s+/)
      .join(" ");
    const name = found[1].trim().toLowerCase();
    fields.push({ name, value, start, end, written: text.slice(start, end) });
    opening.lastIndex = end;
  }
  return fields;
}

/**
 * Return where the bracket closes that is open at `at`, within its paragraph or item, or -1.
 * @param {string} masked
 * @param {number} at
 */
function findEnd(masked, at) {
  const [ahead] = masked.slice(at, at + LONGEST_FIELD).split(PART_END, 1);
  let depth = 1;
  for (const { 0: bracket, index } of ahead.matchAll(BRACKET)) {
    depth += bracket === "[" ? 1 : -1;
    if (depth === 0) return at + index + 1;
  }
  return -1;
}

/**
 * Yield where the first paragraph of each item of a list starts, without its marker, and ends.
 * @param {string} masked
 */
function* findItems(masked) {
  for (const found of masked.matchAll(MARKER)) {
    const start = found.index + found[0].length;
    ITEM_END.lastIndex = start;
    yield { start, end: ITEM_END.exec(masked)?.index ?? masked.length };
  }
}

/**
 * Return the names of blocks that another has.
 * @param {string} masked
 * @returns {ClaimError[]}
 */
function findRepeatedNames(masked) {
  const names = [...masked.matchAll(BLOCK_MARK)].map(([, name]) => name);
  const repeated = names.filter((name, at) => names.indexOf(name) < at);
  return repeated.map((name) => ({ key: "repeated-block", values: { name }, place: "" }));
}
