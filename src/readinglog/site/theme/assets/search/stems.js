// The stems of words, by which their forms are found; with words.js the counterpart of words.py.

import { EnglishStemmer } from "./english_stemmer.js";

const stemmer = new /** @type {any} */ (EnglishStemmer)();
/** @type {Map<string, string>} */
const stems = new Map();
/** @type {Map<string, string>} */
let plurals;

/**
 * Set the plurals that the stemmer does not know, with their singulars.
 * @param {Record<string, string>} irregular
 */
export function setPlurals(irregular) {
  plurals = new Map(Object.entries(irregular));
  stems.clear();
}

/**
 * Return the stem of a word by Snowball's English stemmer. Plurals that it does not know are made
 * singular before.
 * @param {string} word
 * @returns {string}
 */
export function stemWord(word) {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = String(stemmer.stemWord(plurals.get(word) ?? word));
    stems.set(word, stem);
  }
  return stem;
}
