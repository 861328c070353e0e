// Words, split alike in notes and in queries; with stems.js the counterpart of words.py.

/**
 * What the rules for words are made of, which Python writes.
 * @typedef {object} WordRules
 * @property {Record<string, string>} letter_spellings
 * @property {Record<string, string>} letter_names
 * @property {string} unspaced_letters For a character class.
 */

const WORD =
  /(?<![\p{L}\p{N}])[A-Za-z]+\+\+(?![+\p{L}\p{N}_])|(?<![\p{L}\p{N}])[A-Za-z]{1,2}#(?![\p{L}\p{N}_#])|[\p{L}\p{N}]+/gu;
const PART_BOUNDARY =
  /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/g;
const DIGIT_GROUPS = /(?<=[0-9]),(?=[0-9]{3}(?![0-9]))/g;
const TIMES = /(?<=[0-9]) ?× ?(?=[0-9])/g;
const ASCII = /^\p{ASCII}*$/u;

/** @type {Map<string, string>} */
let spellings;
/** @type {Map<string, string>} */
let letterNames;
/** @type {RegExp} */
let unspaced;

/**
 * Set the rules by which words are split, which are those of the log.
 * @param {WordRules} rules
 */
export function setWordRules(rules) {
  spellings = new Map(Object.entries(rules.letter_spellings));
  letterNames = new Map(Object.entries(rules.letter_names));
  unspaced = new RegExp(`([${rules.unspaced_letters}]+)`, "u");
}

/**
 * Return the words of a text, without accents and in lower case. Runs of letters of a script
 * without spaces are split into pairs of neighbours, and their last letter, but not at the end of a
 * query.
 * @param {string} text
 * @param {{ isQuery?: boolean }} [options]
 */
export function splitWords(text, { isQuery = false } = {}) {
  const runs = normalize(text).toLowerCase().match(WORD) ?? [];
  const words = runs.flatMap(splitRun);
  const last = words.at(-1) ?? "";
  if (isQuery && words.length > 1 && isUnspacedLetter(last)) {
    if ([...words[words.length - 2]].slice(1).join("") === last) words.pop();
  }
  return words;
}

/**
 * Return a text with spaces between the parts of words that mix cases or digits.
 * @param {string} text
 */
export const separateParts = (text) => text.replace(PART_BOUNDARY, " ");

/**
 * Return the words in a run of letters of any script.
 * @param {string} run
 */
function splitRun(run) {
  return run.split(unspaced).flatMap((part, at) => {
    if (at % 2 === 0) return part ? [letterNames.get(part) ?? part] : [];
    const letters = [...part];
    return letters.map((letter, place) => letter + (letters[place + 1] ?? ""));
  });
}

/**
 * Return whether a word is one letter of a script without spaces.
 * @param {string} word
 */
export const isUnspacedLetter = (word) => hasUnspaced(word) && [...word].length === 1;

/**
 * Return whether a text has letters of a script without spaces.
 * @param {string} text
 */
export const hasUnspaced = (text) => unspaced.test(text);

/**
 * Return a text without accents, with numbers such as 1,000 and 16×16 in their plainest form.
 * @param {string} text
 */
function normalize(text) {
  let plain = text;
  if (!ASCII.test(text)) {
    const letters = text.normalize("NFKD").replace(/\p{M}/gu, "");
    plain = [...letters].map((letter) => spellings.get(letter) ?? letter).join("");
    plain = plain.replace(TIMES, "x");
  }
  return plain.replace(DIGIT_GROUPS, "");
}
