// "Did you mean": the most similar of some names; the other half is fuzzy_index.py.

import { fold } from "./slugs.js";

const ENOUGH = 0.6; // how similar a name must be
const MAX_CANDIDATES = 8; // names that are compared letter by letter
const RAREST = 6; // trigrams of a word that are looked up, the rarest first
const MAX_HOLDERS = 500; // names looked at of those that have a trigram
const MAX_LENGTH = 100; // characters of a word that count

/** Names, by the runs of three letters (trigrams) in them. */
export class FuzzyIndex {
  /** @param {Iterable<string>} names */
  constructor(names) {
    /** @type {Map<string, string>} */
    this.byFold = new Map();
    for (const name of names) {
      if (!this.byFold.has(fold(name))) this.byFold.set(fold(name), name);
    }
    /** @type {Map<string, string[]>} */
    this.holders = new Map();
    for (const key of this.byFold.keys()) {
      for (const trigram of trigrams(key)) {
        const holders = this.holders.get(trigram);
        if (holders) holders.push(key);
        else this.holders.set(trigram, [key]);
      }
    }
  }

  /**
   * Return the name most similar to a word, or undefined where none is similar enough.
   * @param {string} word
   * @param {number} [enough] How similar, up to 1.
   */
  nearest(word, enough = ENOUGH) {
    const key = fold(word).slice(0, MAX_LENGTH);
    let best = "";
    let score = 0;
    for (const name of this.candidates(key)) {
      const found = similarity(key, name);
      if (found > score || (found === score && name > best)) [best, score] = [name, found];
    }
    return score >= enough ? this.byFold.get(best) : undefined;
  }

  /**
   * Return the names that share most trigrams with a key, for their length.
   * @param {string} key
   */
  candidates(key) {
    const holders = [...trigrams(key)].map((trigram) => this.holders.get(trigram) ?? []);
    const rarest = holders.filter((names) => names.length).sort((a, b) => a.length - b.length);
    /** @type {Map<string, number>} */
    const shared = new Map();
    for (const names of rarest.slice(0, RAREST)) {
      for (const name of names.slice(0, MAX_HOLDERS)) shared.set(name, (shared.get(name) ?? 0) + 1);
    }
    const scored = [...shared].map(([name, count]) => ({
      name,
      score: (2 * count) / (key.length + name.length),
    }));
    scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
    return scored.slice(0, MAX_CANDIDATES).map(({ name }) => name);
  }
}

/** @param {string} key */
function trigrams(key) {
  const padded = `  ${key} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/**
 * Return how similar two names are, from 0 to 1; a name that contains the other is similar enough.
 * @param {string} word
 * @param {string} name
 */
function similarity(word, name) {
  const ratio = (2 * countCommon(word, name)) / (word.length + name.length || 1);
  const isLong = Math.min(word.length, name.length) > 3;
  const isWithin = isLong && (word.includes(name) || name.includes(word));
  return isWithin ? Math.max(ratio, ENOUGH) : ratio;
}

/**
 * Count the letters that two words share in order, as Python's difflib does: those of their longest
 * common run, and of what stands before and behind it.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
function countCommon(a, b) {
  const { size, endA, endB } = findLongestRun(a, b);
  if (!size) return 0;
  const before = countCommon(a.slice(0, endA - size), b.slice(0, endB - size));
  return before + size + countCommon(a.slice(endA), b.slice(endB));
}

/**
 * Return the longest run of letters in both words: its length, and where it ends in each.
 * @param {string} a
 * @param {string} b
 */
function findLongestRun(a, b) {
  let longest = { size: 0, endA: 0, endB: 0 };
  // lengths of the runs that end one letter earlier in `a`
  let above = new Array(b.length + 1).fill(0);
  for (let i = 0; i < a.length; i++) {
    const row = new Array(b.length + 1).fill(0);
    for (let j = 0; j < b.length; j++) {
      if (a[i] !== b[j]) continue;
      row[j + 1] = above[j] + 1;
      if (row[j + 1] > longest.size) longest = { size: row[j + 1], endA: i + 1, endB: j + 1 };
    }
    above = row;
  }
  return longest;
}
