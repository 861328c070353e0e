// How a name is matched with what is typed, and which of its letters are.

import { hasUnspaced, splitWords } from "../search/words.js";

/** Where the parts of a word such as CuTe or FP8 meet; as in words.py. */
const SEAM =
  /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/g;
const JOINT = /(?<=[\p{L}\p{N}])[-._/'’\u2010](?=[\p{L}\p{N}])/gu;
const COMPOUND = /[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z][0-9]|[0-9][A-Za-z]|[-._/'’\u2010]/;
// A text whose words are its runs of letters and digits, which needs no rules for words.
const PLAIN = /^(?:[^\u0080-\uffff+#,]|,(?!\d))*$/;
const WORD_START = /(?<![\p{L}\p{N}\p{M}])[\p{L}\p{N}]/gu;
const MARK = /^\p{M}/u;
const LETTER = /[\p{L}\p{N}+#]/u;

/** @typedef {[start: number, end: number]} Span */

/**
 * Return the words of some names as one text: each has a space before it, and each name a line of
 * its own. Compound words are there in their parts, too, and joined.
 * @param {string[]} names
 */
export function makeSearchText(names) {
  const lines = new Set(names.flatMap(listSpellings).map(joinWords));
  return `\n ${[...lines].join(" \n ")} \n`;
}

/** @param {string} name */
function listSpellings(name) {
  return COMPOUND.test(name) ? [name, name.replace(SEAM, " "), name.replace(JOINT, "")] : [name];
}

/**
 * Return the words of a text that names something: `et al.` is no word of it.
 * @param {string} text
 * @param {{ isQuery?: boolean }} [options]
 */
export const splitNames = (text, options) =>
  splitWords(text, options).filter((word, at, words) => {
    const isEt = word === "et" && words[at + 1] === "al";
    return !isEt && !(word === "al" && words[at - 1] === "et");
  });

/**
 * Return the words of a name with a space between them.
 * @param {string} name
 */
function joinWords(name) {
  if (!PLAIN.test(name) || /\bet al\b/i.test(name)) return splitNames(name).join(" ");
  return (
    name
      .toLowerCase()
      .match(/[a-z0-9]+/g)
      ?.join(" ") ?? ""
  );
}

/**
 * Return where the words of a name begin with words that were typed, in order and without overlap.
 * @param {string} name
 * @param {string[]} words
 * @returns {Span[]}
 */
export function findTyped(name, words) {
  const spans = words.flatMap((word) => findWord(name, word)).sort(([a], [b]) => a - b);
  /** @type {Span[]} */
  const merged = [];
  for (const [start, end] of spans) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

/**
 * @param {string} name
 * @param {string} word
 * @returns {Span[]}
 */
export function findWord(name, word) {
  return listStarts(name).flatMap((start) => {
    const end = findEnd(name, start, word);
    return end ? [/** @type {Span} */ ([start, end])] : [];
  });
}

/**
 * Return where words and their parts start; in a script without spaces, each letter.
 * @param {string} name
 */
function listStarts(name) {
  const starts = [...name.matchAll(WORD_START), ...name.matchAll(SEAM)].map(({ index }) => index);
  if (hasUnspaced(name)) {
    for (let at = 0; at < name.length; at += 1) if (hasUnspaced(name[at])) starts.push(at);
  }
  return [...new Set(starts)];
}

/**
 * Return where the letters end that spell a word from a place on; 0 where they do not.
 * @param {string} name
 * @param {number} start
 * @param {string} word
 */
function findEnd(name, start, word) {
  let spelled = "";
  let end = start;
  for (const letter of name.slice(start)) {
    if (spelled.length >= word.length && !MARK.test(letter)) break;
    if (/\s/.test(letter)) break;
    spelled += spellLetter(letter);
    end += letter.length;
    const common = Math.min(spelled.length, word.length);
    if (spelled.slice(0, common) !== word.slice(0, common)) return 0;
  }
  return spelled.length >= word.length ? end : 0;
}

/**
 * Return a letter as it is compared; "" for what joins words.
 * @param {string} letter
 */
function spellLetter(letter) {
  const spelling = splitWords(letter).join("");
  return spelling || (LETTER.test(letter) ? letter : "");
}
