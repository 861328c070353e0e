// Typing mistakes: the word that was likely meant by one that no note has; the counterpart of
// corrections.py.

import { clausesOf, replaceTerm, textTermsOf } from "./tree.js";
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
const SHORTEST_ABBREVIATION = 6; // letters of a word that may stand for a longer one
// Words joined by hyphens or apostrophes, with punctuation around them. All else is an address, code
// or an identifier, which is never corrected by likeness.
const CORRECTABLE =
  /^[.,;:!?…()[\]'"‘’]*[\p{L}\p{N}]+(?:[-'’\u2010][\p{L}\p{N}]+)*[.,;:!?…()[\]'"‘’]*$/u;

/**
 * Return a query with its mistyped words corrected, and what was corrected. Where no note has any of
 * words side by side, all of them have to be corrected, or none is.
 * @param {Tree | null} query
 * @param {import("./search.js").Search} search
 */
export function correctQuery(query, search) {
  const terms = textTermsOf(query);
  /** @type {Correction[]} */
  const corrections = [];
  let tree = query;
  let isUnderstood = true;
  for (const term of terms) {
    if (term.type !== "word" || !CORRECTABLE.test(term.text)) continue;
    const { nearest, others } = listCorrections(term.text, search.index);
    const before = tree;
    /** @param {string} text */
    const replaceWord = (text) => replaceTerm(before, term, { ...term, text });
    const candidates = [...nearest, ...others];
    search.needNames(candidates.map(replaceWord));
    const named = candidates.find((text) => search.findNamedBy(replaceWord(text)).length);
    const meant = named ?? (nearest.length ? chooseCorrection(term, nearest, terms, search) : "");
    if (meant) {
      tree = replaceWord(meant);
      corrections.push({ word: term.text, meant });
    } else if (isUnderstood) isUnderstood = search.weigh(term).size > 0 || isCommon(term, search);
  }
  const isList = clausesOf(query).every((item) => item.type === "word");
  if (isList && !isUnderstood && !terms.some((term) => isKnown(term, search))) {
    return { tree: query, corrections: [] };
  }
  return { tree, corrections };
}

/**
 * @param {TextTerm} term
 * @param {import("./search.js").Search} search
 */
const isCommon = ({ text }, search) =>
  splitWords(text, { isQuery: true }).every((word) => search.commonWords.has(word));

/**
 * Return whether some note has a term that is not common.
 * @param {TextTerm} term
 * @param {import("./search.js").Search} search
 */
const isKnown = (term, search) => !isCommon(term, search) && search.weigh(term).size > 0;

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
    if (isCommon(other, search)) continue;
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
 * meant only if it makes the query the name of a note. Words that begin so are likeliest, those that
 * most notes have first; then the nearest words, then those of which it is an abbreviation. Of a
 * compound, each word is corrected by itself.
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
  const isCommonWord = index.catalogue.language.common_words.includes(word);
  if (isCommonWord || /^\p{Nd}+$/u.test(word) || index.findForms(word).size) {
    return { nearest: [], others: [] };
  }
  const found = length >= SHORTEST ? listNearest(word, index) : [];
  const least = Math.min(found[0]?.distance ?? 0, length >= LONG ? 2 : 1);
  let nearest = length >= SHORTEST_START ? listCompletions(word, index) : [];
  if (!nearest.length) {
    nearest = found.filter(({ distance }) => distance === least).map(({ other }) => other);
  }
  if (!nearest.length) nearest = listExpansions(word, index);
  const others = found.map(({ other }) => other).filter((other) => !nearest.includes(other));
  return { nearest, others };
}

/**
 * Return the words that two mistakes may have made a word, with the number of mistakes. In short
 * words it is one, and not at the beginning in those of middle length. Words that begin or end alike
 * are compared, and have the same digits.
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
    if (listDigits(other) !== listDigits(word)) continue;
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
  return listCommonest(index.listWordsFrom(word).filter(([other]) => other.startsWith(word)));
}

/**
 * Return words of which a word is an abbreviation: they begin alike, and have its letters in order.
 * Those that most notes have are first.
 * @param {string} word
 * @param {import("./index_reader.js").SearchIndex} index
 */
function listExpansions(word, index) {
  const letters = [...word];
  if (letters.length < SHORTEST_ABBREVIATION) return [];
  const start = letters.slice(0, (letters.length + 1) >> 1).join("");
  const found = index.listWordsFrom(start).filter(([other]) => {
    let rest = letters;
    for (const letter of other) if (letter === rest[0]) rest = rest.slice(1);
    return other.startsWith(start) && !rest.length;
  });
  return listCommonest(found);
}

/** @param {[word: string, count: number][]} counted */
function listCommonest(counted) {
  counted.sort(([a, count], [b, other]) => other - count || (a < b ? -1 : 1));
  return counted.slice(0, MAX_CANDIDATES).map(([word]) => word);
}

/** @param {string} word */
const listDigits = (word) => word.replace(/[^0-9]/g, "");

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
