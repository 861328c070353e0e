// Typing mistakes: the word that was likely meant by one that no note has; the counterpart of
// corrections.py.

import { splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {{ word: string, meant: string }} Correction
 */

const SHORTEST = 4; // letters of a word that is corrected
const SHORTEST_END = 2; // letters at which words have to begin or end alike
const MOST_CANDIDATES = 4;
const LONG = 8; // letters from which two mistakes are forgiven, not one

/**
 * Return the correction of a mistyped word that suits the other terms best, or "".
 * @param {TextTerm} term
 * @param {TextTerm[]} terms
 * @param {import("./search.js").Search} search
 */
export function chooseCorrection(term, terms, search) {
  const candidates = term.type === "word" ? listCorrections(term.text, search.index) : [];
  /** @type {Map<number, number>} */
  const totals = new Map();
  const others = terms.filter(
    (other) => !splitWords(other.text).every((word) => search.commonWords.has(word)),
  );
  for (const other of candidates.length ? others : []) {
    for (const [note, weight] of search.weigh(other)) {
      totals.set(note, (totals.get(note) ?? 0) + weight);
    }
  }
  if (!totals.size) return candidates[0] ?? "";
  search.index.need(candidates.flatMap((text) => search.listFiles({ ...term, text })));
  const scores = candidates.map((text) => {
    const weights = search.weigh({ ...term, text });
    return Math.max(0, ...[...weights].map(([note, weight]) => weight + (totals.get(note) ?? 0)));
  });
  return candidates[scores.indexOf(Math.max(...scores))];
}

/**
 * Return what may have been meant by a word that no note has, the likeliest first. Words that begin
 * or end alike are compared; the nearest are likeliest, then those that most notes have.
 * @param {string} text
 * @param {import("./index_reader.js").SearchIndex} index
 * @returns {string[]}
 */
function listCorrections(text, index) {
  const words = splitWords(text, { isQuery: true });
  const word = words.join("");
  const letters = [...word];
  if (words.length !== 1 || letters.length < SHORTEST || /^\p{Nd}+$/u.test(word)) return [];
  if (index.catalogue.language.common_words.includes(word) || index.findForms(word).size) return [];
  const limit = letters.length >= LONG ? 2 : 1;
  const length = Math.max(SHORTEST_END, (letters.length - 1) >> 1);
  const start = letters.slice(0, length).join("");
  const end = letters.slice(-length).join("");
  /** @type {Map<string, [distance: number, isElsewhere: number, count: number]>} */
  const found = new Map();
  for (const [other, count] of index.listSimilarWords(start, end)) {
    const distance = measureDistance(word, other, limit);
    if (distance < 1 || distance > limit) continue;
    const known = found.get(other)?.[2] ?? 0;
    found.set(other, [distance, Number([...other][0] !== letters[0]), Math.max(count, known)]);
  }
  const nearest = [...found].sort(
    ([other, a], [another, b]) =>
      a[0] - b[0] || a[1] - b[1] || b[2] - a[2] || (other < another ? -1 : 1),
  );
  const least = nearest[0]?.[1][0];
  const likeliest = nearest.slice(0, MOST_CANDIDATES);
  return likeliest.filter(([, [distance]]) => distance === least).map(([other]) => other);
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
