// Typing mistakes: the word that was likely meant by one that no note has; the counterpart of
// corrections.py.

import { replaceTerm, textTermsOf } from "./tree.js";
import { splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {{ word: string, meant: string }} Correction
 * @typedef {{ nearest: string[], others: string[] }} Meant
 */

const SHORTEST = 4; // letters of a word that is corrected
const SHORTEST_START = 3; // letters of the beginning of a word
const SHORTEST_END = 2; // letters at which words have to begin or end alike
const MAX_CANDIDATES = 4;
const MIDDLE = 5; // letters from which two mistakes are forgiven in the name of a note …
const LONG = 8; // … and in any word

/**
 * Return a query with its mistyped words corrected, and what was corrected.
 * @param {Tree | null} query
 * @param {import("./search.js").Search} search
 */
export function correctQuery(query, search) {
  const terms = textTermsOf(query);
  /** @type {Correction[]} */
  const corrections = [];
  let tree = query;
  for (const term of terms) {
    if (term.type !== "word") continue;
    const { nearest, others } = listCorrections(term.text, search.index);
    const before = tree;
    /** @param {string} text */
    const replaceWord = (text) => replaceTerm(before, term, { ...term, text });
    const candidates = [...nearest, ...others];
    search.needNames(candidates.map(replaceWord));
    const named = candidates.find((text) => search.findNamedBy(replaceWord(text)).length);
    const meant = named ?? (nearest.length ? chooseCorrection(term, nearest, terms, search) : "");
    if (!meant) continue;
    tree = replaceWord(meant);
    corrections.push({ word: term.text, meant });
  }
  return { tree, corrections };
}

/**
 * Return the candidate that suits the other terms best.
 * @param {TextTerm} term
 * @param {string[]} candidates
 * @param {TextTerm[]} terms
 * @param {import("./search.js").Search} search
 */
function chooseCorrection(term, candidates, terms, search) {
  /** @type {Map<number, number>} */
  const totals = new Map();
  for (const other of terms) {
    if (splitWords(other.text).every((word) => search.commonWords.has(word))) continue;
    for (const [note, weight] of search.weigh(other)) {
      totals.set(note, (totals.get(note) ?? 0) + weight);
    }
  }
  if (!totals.size) return candidates[0];
  search.index.need(candidates.flatMap((text) => search.listFiles({ ...term, text })));
  const scores = candidates.map((text) => {
    const weights = search.weigh({ ...term, text });
    return Math.max(0, ...[...weights].map(([note, weight]) => weight + (totals.get(note) ?? 0)));
  });
  return candidates[scores.indexOf(Math.max(...scores))];
}

/**
 * Return what may have been meant by a word that no note has, the likeliest first; then what was
 * meant only if it makes the query the name of a note. The nearest words are likeliest, then those
 * that most notes have. Where none is near, it may be the beginning of a word. Of a compound, each
 * word is corrected by itself.
 * @param {string} text
 * @param {import("./index_reader.js").SearchIndex} index
 * @returns {Meant}
 */
function listCorrections(text, index) {
  const words = splitWords(text, { isQuery: true });
  if (words.length === 1) return listMeant(words[0], index);
  const corrected = words.map((word) => listMeant(word, index).nearest[0] ?? word);
  const isCorrected = corrected.some((word, at) => word !== words[at]);
  return { nearest: isCorrected ? [corrected.join("-")] : [], others: [] };
}

/**
 * Return what may have been meant by one word, as `listCorrections` does.
 * @param {string} word
 * @param {import("./index_reader.js").SearchIndex} index
 * @returns {Meant}
 */
function listMeant(word, index) {
  const { length } = [...word];
  const isCommon = index.catalogue.language.common_words.includes(word);
  const isKnown = isCommon || /^\p{Nd}+$/u.test(word) || index.findForms(word).size > 0;
  if (isKnown) return { nearest: [], others: [] };
  const found = length >= SHORTEST ? listNearest(word, index) : [];
  const least = Math.min(found[0]?.distance ?? 0, length >= LONG ? 2 : 1);
  let nearest = found.filter(({ distance }) => distance === least).map(({ other }) => other);
  const others = found.map(({ other }) => other).filter((other) => !nearest.includes(other));
  if (!nearest.length && length >= SHORTEST_START) nearest = listCompletions(word, index);
  return { nearest, others };
}

/**
 * Return the words that two mistakes may have made a word, with the number of mistakes. In short
 * words it is one, and not at the beginning in those of middle length. Words that begin or end alike
 * are compared.
 * @param {string} word
 * @param {import("./index_reader.js").SearchIndex} index
 */
function listNearest(word, index) {
  const letters = [...word];
  const limit = letters.length >= MIDDLE ? 2 : 1;
  const length = Math.max(SHORTEST_END, (letters.length - 1) >> 1);
  const start = letters.slice(0, length).join("");
  const end = letters.slice(-length).join("");
  /** @type {Map<string, { other: string, distance: number, isElsewhere: number, count: number }>} */
  const found = new Map();
  for (const [other, count] of index.listSimilarWords(start, end)) {
    const distance = measureDistance(word, other, limit);
    const isElsewhere = Number([...other][0] !== letters[0]);
    if (distance > (isElsewhere && letters.length < LONG ? 1 : limit)) continue;
    const most = Math.max(count, found.get(other)?.count ?? 0);
    found.set(other, { other, distance, isElsewhere, count: most });
  }
  const sorted = [...found.values()].sort(
    (a, b) =>
      a.distance - b.distance ||
      a.isElsewhere - b.isElsewhere ||
      b.count - a.count ||
      (a.other < b.other ? -1 : 1),
  );
  return sorted.slice(0, MAX_CANDIDATES);
}

/**
 * Return words that begin with a word, those that most notes have first.
 * @param {string} word
 * @param {import("./index_reader.js").SearchIndex} index
 */
function listCompletions(word, index) {
  const found = index.listWordsFrom(word).filter(([other]) => other.startsWith(word));
  found.sort(([a, count], [b, other]) => other - count || (a < b ? -1 : 1));
  return found.slice(0, MAX_CANDIDATES).map(([other]) => other);
}

/**
 * Return how many letters have to be typed otherwise, or more than a limit. Letters may be missing,
 * too many, wrong or exchanged with a neighbour.
 * @param {string} first
 * @param {string} second
 * @param {number} limit
 */
export function measureDistance(first, second, limit) {
  const [a, b] = [[...first], [...second]];
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  /** @type {number[]} */
  let beforeLast = [];
  /** @type {number[]} */
  let before = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    [beforeLast, before, row] = [before, row, [i]];
    for (let j = 1; j <= b.length; j++) {
      const changed = before[j - 1] + Number(a[i - 1] !== b[j - 1]);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwapped ? beforeLast[j - 2] + 1 : changed;
      row.push(Math.min(before[j] + 1, row[j - 1] + 1, changed, swapped));
    }
    if (Math.min(...row) > limit) return limit + 1;
  }
  return row[b.length];
}
