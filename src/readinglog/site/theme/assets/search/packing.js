// How the index packs numbers into text; with ../shards.js the counterpart of packing.py.

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const MORE = 32; // set in a digit that others of the same number follow
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));

/**
 * Return the numbers in a text of packed numbers.
 * @param {string} text
 */
export function unpackNumbers(text) {
  const numbers = [];
  let number = 0;
  let unit = 1;
  for (const digit of text) {
    const value = VALUES.get(digit) ?? 0;
    number += (value % MORE) * unit;
    unit *= MORE;
    if (value >= MORE) continue;
    numbers.push(number);
    number = 0;
    unit = 1;
  }
  return numbers;
}

/**
 * Return the numbers of notes, those that most notes link to first, then the newest.
 * @param {number[]} linkCounts
 */
export const sortByLinks = (linkCounts) =>
  [...linkCounts.keys()].sort((a, b) => linkCounts[b] - linkCounts[a] || b - a);

/**
 * Return the notes in packed postings, each with its number.
 * @param {string} text
 */
export function unpackPostings(text) {
  const numbers = unpackNumbers(text);
  /** @type {Map<number, number>} */
  const postings = new Map();
  for (let at = 0, note = 0; at < numbers.length; at += 2) {
    note += numbers[at];
    postings.set(note, numbers[at + 1]);
  }
  return postings;
}

/**
 * Return the notes in packed positions, each with its positions.
 * @param {string} text
 */
export function unpackPositions(text) {
  const numbers = unpackNumbers(text);
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (let at = 0, note = 0; at < numbers.length; ) {
    note += numbers[at];
    const end = at + 2 + numbers[at + 1];
    let position = 0;
    const positions = [];
    for (at += 2; at < end; at++) {
      position += numbers[at];
      positions.push(position);
    }
    found.set(note, positions);
  }
  return found;
}
