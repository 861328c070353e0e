// The passage of a note that a search found, and the words to mark in it.

import { FORMULA_MARK } from "./formula.js";
import { stemWord } from "./stems.js";
import { hasUnspaced, splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {{ word: string, parts: string[] }} Spelling How a word of a text is compared, and the
 *   parts of one such as `CuTe`.
 * @typedef {Spelling & { start: number, end: number }} Token A word of a text.
 * @typedef {{ start: number, end: number, term: number }} Match Where a term, by its number, stands
 *   in a text.
 * @typedef {[anchor: string, heading: string, text: string, formulas?: string[]]} Section The
 *   formulas stand in the text where it has a `FORMULA_MARK`: MathML, or LaTeX as `$…$`.
 * @typedef {(token: Token, word: string) => boolean} Comparison
 */

const PASSAGE_WORDS = 40;
const WORDS_BEFORE = 8; // of them, before the first match
const MAX_COUNTED = 9; // matches that count beside the number of different terms
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:(?:\+\+|#)(?![+#\p{L}\p{N}_]))?/gu;
const SEAM =
  // as in words.py
  /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/;
/**
 * Return where terms stand in a text: words in all their forms, phrases as they are.
 * @param {string} text
 * @param {TextTerm[]} terms
 * @returns {Match[]}
 */
export function findMatches(text, terms) {
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index }) => {
    return { ...spell(token), start: index, end: index + token.length };
  });
  return terms.flatMap((term, number) => {
    if (hasUnspaced(term.text)) return findLiteral(text, term.text, number);
    const words = splitWords(term.text);
    return tokens.flatMap(({ start }, at) => {
      const last = lastTokenOf(term, words, tokens, at);
      return last ? [{ start, end: last.end, term: number }] : [];
    });
  });
}

/** @type {Map<string, Spelling>} */
const spellings = new Map();

/**
 * Return how a word of a text is compared; texts repeat their words.
 * @param {string} token
 */
function spell(token) {
  let spelling = spellings.get(token);
  if (!spelling) {
    const parts = token.split(SEAM);
    const words = parts.length > 1 ? parts.map((part) => splitWords(part).join("")) : [];
    spelling = { word: splitWords(token).join(""), parts: words };
    spellings.set(token, spelling);
  }
  return spelling;
}

/**
 * Return where a term of a script without spaces stands in a text.
 * @param {string} text
 * @param {string} wanted
 * @param {number} term
 */
function findLiteral(text, wanted, term) {
  const matches = [];
  for (let start = text.indexOf(wanted); start >= 0; ) {
    const end = start + wanted.length;
    matches.push({ start, end, term });
    start = text.indexOf(wanted, end);
  }
  return matches;
}

/**
 * Return the last of the tokens, from one on, that are a term; undefined where they are not.
 * @param {TextTerm} term
 * @param {string[]} words
 * @param {Token[]} tokens
 * @param {number} at
 */
function lastTokenOf(term, words, tokens, at) {
  if (term.type === "phrase") return matchRun(words, tokens, at, isSame);
  /** @type {Comparison} */
  const isForm = ({ word }, wanted) => areForms(word, wanted) || term.forms?.has(word) === true;
  return matchRun(words, tokens, at, isForm) ?? matchJoined(words.join(""), tokens, at);
}

/** @type {Comparison} */
const isSame = ({ word }, wanted) => word === wanted;

/**
 * Return the last of the tokens, from one on, that are some words side by side.
 * @param {string[]} words
 * @param {Token[]} tokens
 * @param {number} at
 * @param {Comparison} compare
 */
function matchRun(words, tokens, at, compare) {
  const isRun = words.every((word, step) => tokens[at + step] && compare(tokens[at + step], word));
  return isRun ? tokens[at + words.length - 1] : undefined;
}

/**
 * Return a token if a part of it is the word, or the next one if both together are.
 * @param {string} word
 * @param {Token[]} tokens
 * @param {number} at
 */
function matchJoined(word, tokens, at) {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token.parts.some((part) => areForms(part, word))) return token;
  return next && areForms(token.word + next.word, word) ? next : undefined;
}

/**
 * Return whether two words are forms of one.
 * @param {string} a
 * @param {string} b
 */
const areForms = (a, b) => a === b || (a[0] === b[0] && stemWord(a) === stemWord(b));

/**
 * Return the part of a note's sections that has most of the terms; undefined where none has one.
 * @param {Section[]} sections
 * @param {TextTerm[]} terms
 */
export function findPassage(sections, terms) {
  /** @type {string[]} */
  const none = [];
  let best = { score: 0, anchor: "", heading: "", start: 0, end: 0, whole: "", formulas: none };
  for (const [anchor, heading, whole, formulas = none] of sections) {
    const matches = findMatches(whole, terms).sort((a, b) => a.start - b.start);
    for (const first of matches) {
      const [start, end] = spanAround(whole, first.start);
      const inside = matches.filter((match) => match.start >= first.start && match.end <= end);
      const different = new Set(inside.map((match) => match.term)).size;
      const score = 10 * different + Math.min(inside.length, MAX_COUNTED);
      if (score > best.score) best = { score, anchor, heading, start, end, whole, formulas };
    }
  }
  if (!best.score) return undefined;
  const { anchor, heading, start, end, whole, formulas } = best;
  const before = start ? "… " : "";
  const after = end < whole.length ? " …" : "";
  const skipped = whole.slice(0, start).split(FORMULA_MARK).length - 1;
  const text = before + whole.slice(start, end) + after;
  return { anchor, heading, text, formulas: formulas.slice(skipped) };
}

/**
 * Return the start and end of some words around a place of a text.
 * @param {string} text
 * @param {number} at
 */
function spanAround(text, at) {
  const before = text.slice(0, at).split(" ");
  const skipped = before.slice(0, Math.max(0, before.length - 1 - WORDS_BEFORE)).join(" ").length;
  const words = text.slice(skipped).trimStart().split(" ");
  const start = skipped ? skipped + 1 : 0;
  return [start, start + words.slice(0, PASSAGE_WORDS).join(" ").length];
}
