// Formats: whether a value is written as its field asks for; the counterpart of formats.py.

import { FuzzyIndex } from "../fuzzy_index.js";
import { parseIsbn } from "../identifiers.js";
import { compilePattern } from "../patterns.js";

/**
 * What is often written instead. In `help` and `replacement` stand `{1}`, `{2}` … for the groups of
 * the pattern.
 * @typedef {object} Mistake
 * @property {string} pattern
 * @property {string} expected
 * @property {string} help
 * @property {string} replacement "" where there is no safe one.
 */

/**
 * @typedef {object} Format
 * @property {string} pattern "" where any text will do.
 * @property {string} expected
 * @property {string} help
 * @property {Mistake[]} mistakes
 * @property {string[]} choices
 * @property {[test: "" | "date" | "isbn", expected: string, help: string]} proof How a value of the
 *   pattern is proved, and what to say of one that fails.
 * @property {number} max_length 0 where there is none.
 * @property {string[]} schemes Of addresses; empty where the value is none.
 */

/**
 * Why a value is not of its format, and what may replace it.
 * @typedef {{ expected: string, help: string, near?: string, replacement?: string }} FormatError
 */

/**
 * Return why a value is not of a format, or null where it is.
 * @param {Format} format
 * @param {string} text
 * @returns {FormatError | null}
 */
export function checkFormat(format, text) {
  if (!format.pattern) return null;
  if (compilePattern(format.pattern).test(text)) return checkProof(format, text);
  const mistake = findMistake(format, text);
  if (mistake) return mistake;
  const { expected, help, choices } = format;
  const near = choices.length ? new FuzzyIndex(choices).nearest(text) : undefined;
  return { expected, help, near, replacement: near };
}

/**
 * Return why the value of a claim's field is not of its format; a choice must be written as it is read.
 * @param {Format} format
 * @param {string} value
 * @returns {FormatError | null}
 */
export function checkClaimValue(format, value) {
  const { expected, help, choices, max_length } = format;
  if (max_length && [...value].length > max_length) return { expected, help };
  if (!choices.length) return checkFormat(format, value);
  if (choices.includes(value)) return null;
  return { expected, help, near: new FuzzyIndex(choices).nearest(value) };
}

/**
 * Return the scheme of an address where it is not one that a format allows, or undefined.
 * @param {Format} format
 * @param {string} [url]
 */
export function findUnsafeScheme({ schemes }, url = "") {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1].toLowerCase();
  return scheme && schemes.length && !schemes.includes(scheme) ? scheme : undefined;
}

/**
 * @param {Format} format
 * @param {string} text
 * @returns {FormatError | null}
 */
function checkProof({ proof: [test, expected, help] }, text) {
  const isProved = test === "" || (test === "date" ? isDate(text) : parseIsbn(text) !== undefined);
  return isProved ? null : { expected, help };
}

/**
 * Return what a common mistake says of a text, where what it puts in its place is of the format.
 * @param {Format} format
 * @param {string} text
 * @returns {FormatError | undefined}
 */
function findMistake({ pattern, mistakes }, text) {
  for (const mistake of mistakes) {
    const groups = compilePattern(mistake.pattern).exec(text);
    if (!groups) continue;
    const values = groups.map((group) => (/^\d+$/.test(group) ? group.padStart(2, "0") : group));
    /** @param {string} template */
    const fill = (template) => template.replace(/\{(\d)\}/g, (_, at) => values[at]);
    const replacement = fill(mistake.replacement);
    if (replacement && !compilePattern(pattern).test(replacement)) continue;
    return { expected: mistake.expected, help: fill(mistake.help), replacement };
  }
  return undefined;
}

/**
 * Return whether a day, or the first one of a month or year, exists.
 * @param {string} text
 */
function isDate(text) {
  const day = `${text}-01-01`.slice(0, "2024-05-06".length);
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || day.startsWith("0000")) return false;
  return date.toISOString().startsWith(day);
}
