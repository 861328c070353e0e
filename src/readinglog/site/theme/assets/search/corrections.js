// Typing mistakes: the word that was likely meant by one that no note has; the counterpart of
// corrections.py.

import { splitWords } from "./words.js";

const SHORTEST = 4; // letters of a word that is corrected
const LONG = 8; // letters from which two mistakes are forgiven, not one

/**
 * Return the likeliest correction of a word that no note has, or "". The nearest word is likeliest,
 * then the one that most notes have.
 * @param {string} text
 * @param {import("./index_reader.js").SearchIndex} index
 */
export function findCorrection(text, index) {
  const words = splitWords(text, { isQuery: true });
  const word = words.join("");
  const letters = [...word];
  if (words.length !== 1 || letters.length < SHORTEST || /^\p{Nd}+$/u.test(word)) return "";
  if (index.catalogue.language.common_words.includes(word) || index.findForms(word).size) return "";
  const limit = letters.length >= LONG ? 2 : 1;
  const half = letters.length >> 1;
  const start = letters.slice(0, half).join("");
  const end = letters.slice(letters.length - half).join("");
  const candidates = index.listSimilarWords(start, end).flatMap(([other, count]) => {
    const distance = measureDistance(word, other, limit);
    const isElsewhere = [...other][0] !== letters[0];
    return distance > 0 && distance <= limit ? [{ distance, isElsewhere, count, other }] : [];
  });
  candidates.sort(
    (a, b) =>
      a.distance - b.distance ||
      Number(a.isElsewhere) - Number(b.isElsewhere) ||
      b.count - a.count ||
      (a.other < b.other ? -1 : 1),
  );
  return candidates[0]?.other ?? "";
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
