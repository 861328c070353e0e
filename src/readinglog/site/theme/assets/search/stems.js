// The stems of words, by which their forms are found; with words.js the counterpart of words.py.

import { EnglishStemmer } from "./english_stemmer.js";

/**
 * What is made of a word before it is stemmed, which Python writes.
 * @typedef {object} StemRules
 * @property {Record<string, string>} irregular_plurals
 * @property {Record<string, string>} british_starts
 * @property {string} british_end A pattern.
 */

const stemmer = new /** @type {any} */ (EnglishStemmer)();
/** @type {Map<string, string>} */
const stems = new Map();
/** @type {Map<string, string>} */
let plurals;
/** @type {[british: string, american: string][]} */
let britishStarts;
/** @type {RegExp} */
let britishEnd;

/**
 * Set the rules by which words are stemmed, which are those of the log.
 * @param {StemRules} rules
 */
export function setStemRules(rules) {
  plurals = new Map(Object.entries(rules.irregular_plurals));
  britishStarts = Object.entries(rules.british_starts);
  britishEnd = new RegExp(rules.british_end);
  stems.clear();
}

/**
 * Return the stem of a word by Snowball's English stemmer. Plurals that it does not know are made
 * singular before, and British spellings American.
 * @param {string} word
 * @returns {string}
 */
export function stemWord(word) {
  let stem = stems.get(word);
  if (stem === undefined) {
    stem = String(stemmer.stemWord(spellAmerican(plurals.get(word) ?? word)));
    stems.set(word, stem);
  }
  return stem;
}

/** @param {string} word */
function spellAmerican(word) {
  const start = britishStarts.find(([british]) => word.startsWith(british));
  const american = start ? start[1] + word.slice(start[0].length) : word;
  return american.replace(britishEnd, "iz");
}
