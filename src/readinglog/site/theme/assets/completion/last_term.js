// The last term of a query, which is the one that is being typed.

import { WHITESPACE } from "../search/tree.js";

/**
 * The end of a query that may be completed: where it starts, and whether it stands behind a minus.
 * @typedef {{ start: number, text: string, isExcluded: boolean }} Ending
 */

const QUOTES = /[“”„‟«»]/g;
const FIELD_TERM = new RegExp(
  `(?<=^|[${WHITESPACE}()])(-?)([A-Za-z][A-Za-z-]*:(?:"[^"]*|[^${WHITESPACE}"()]*))$`,
);
const WORD = new RegExp(`[^${WHITESPACE}]+`, "g");
const OPERATORS = ["OR", "AND", "NOT"];
const MAX_WORDS = 3; // of an ending that is not all the words at the end

/**
 * Return the ends of a query that may be completed, the longest first: its last term, and the words
 * that stand before it.
 * @param {string} query
 * @param {(text: string) => boolean} isField Whether a text begins with a field.
 * @returns {Ending[]}
 */
export function listEndings(query, isField) {
  const text = query.replace(QUOTES, '"');
  const term = FIELD_TERM.exec(text);
  if (term && isField(term[2]) && !isQuoteOpen(text.slice(0, term.index))) {
    const start = term.index + term[1].length;
    return [{ start, text: text.slice(start), isExcluded: term[1] === "-" }];
  }
  if (isQuoteOpen(text)) return [];
  const words = listLastWords(text, isField);
  const [first] = words;
  if (words.length === 1 && /^-[^-]/.test(text.slice(first))) {
    return [{ start: first + 1, text: text.slice(first + 1), isExcluded: true }];
  }
  const starts = words.filter((_, at) => at === 0 || at >= words.length - MAX_WORDS);
  return starts.map((start) => ({ start, text: text.slice(start), isExcluded: false }));
}

/** @param {string} text */
const isQuoteOpen = (text) => text.split('"').length % 2 === 0;

/**
 * Return where the bare words at the end of a query start.
 * @param {string} text
 * @param {(text: string) => boolean} isField
 */
function listLastWords(text, isField) {
  const begin = Math.max(...['"', "(", ")"].map((mark) => text.lastIndexOf(mark))) + 1;
  const words = [...text.slice(begin).matchAll(WORD)].map(({ 0: word, index }) => {
    return { word, start: begin + index };
  });
  const isWord = (/** @type {string} */ word) => !OPERATORS.includes(word) && !isField(word);
  const last = words.findLastIndex(({ word }) => !isWord(word) || /^-[^-]/.test(word));
  const isTyped = last >= 0 && last === words.length - 1 && isWord(words[last].word);
  const isAl = (/** @type {number} */ at) =>
    /^al\b/i.test(words[at].word) && /^et$/i.test(words[at - 1]?.word);
  return words.flatMap(({ start }, at) => {
    const isLast = at >= (isTyped ? last : last + 1);
    return isLast && !isAl(at) ? [start] : [];
  });
}
