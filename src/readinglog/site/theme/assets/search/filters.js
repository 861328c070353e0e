// Which notes pass a filter, such as `tag:moe` or `year:2024..`; the counterpart of filters.py.

import { parseRange } from "./grammar.js";
import { splitWords } from "./words.js";

/** @typedef {import("./index_reader.js").SearchIndex} SearchIndex */

/**
 * Return the notes whose field has a value.
 * @param {SearchIndex} index
 * @param {import("./tree.js").Filter} filter
 * @param {() => Set<string>} getReadNames What this browser remembers as read.
 * @returns {Set<number>}
 */
export function filterNotes(index, { field, value }, getReadNames) {
  const { catalogue } = index;
  const known = catalogue.language.fields[field];
  if (known.is_words) {
    const { names, notes } = index.getNames(field);
    const wanted = new Set(names.flatMap((name, at) => (matchesName(name, value) ? [at] : [])));
    return select(index, (note) => notes[note].some((at) => wanted.has(at)));
  }
  const column = catalogue.valuesOf(field);
  if (known.type === "range") {
    const [low, high] = parseRange(known.pattern ?? "", value) ?? ["", ""];
    return select(index, (note) => low <= (column[note] || "~") && (column[note] || "~") < high);
  }
  switch (field) {
    case "tag": {
      const tag = catalogue.findTag(value) ?? -1;
      return select(index, (note) => catalogue.tagged[note].includes(tag));
    }
    case "links": {
      const wanted = new Set(index.findCalled(value));
      return select(index, (note) => index.targets[note].some((target) => wanted.has(target)));
    }
    case "linked-from":
      return new Set(index.findCalled(value).flatMap((note) => index.targets[note]));
    case "has": {
      const unit = 2 ** (known.values ?? []).indexOf(value);
      return select(index, (note) => Math.floor(catalogue.has[note] / unit) % 2 === 1);
    }
    case "is":
      return filterByState(index, value, getReadNames);
  }
  return select(index, (note) => column[note] === value);
}

/**
 * @param {SearchIndex} index
 * @param {string} value
 * @param {() => Set<string>} getReadNames
 */
function filterByState(index, value, getReadNames) {
  const { disputed, orphans, status } = index.catalogue;
  if (value === "orphan") return orphans;
  if (value === "disputed") return disputed;
  if (value !== "marked") return select(index, (note) => status[note] === value);
  const names = getReadNames();
  const { noteNames, formerNames } = index;
  const former = Object.keys(formerNames).filter((name) => names.has(name));
  const renamed = new Set(former.map((name) => formerNames[name]));
  return select(index, (note) => renamed.has(note) || names.has(noteNames[note]));
}

/**
 * @param {SearchIndex} index
 * @param {(note: number) => boolean} test
 */
const select = (index, test) => new Set([...index.notes].filter(test));

/**
 * Return whether a value is a part of a name, or the same person's name with initials. Each of its
 * words has to be a word of the name, in any order, or else an initial of one or with one; one word
 * at least is whole.
 * @param {string} name
 * @param {string} value
 */
export function matchesName(name, value) {
  const words = splitWords(name);
  const wanted = splitWords(value, { isQuery: true });
  const others = wanted.filter((word) => !["et", "al"].includes(word) && !take(words, word));
  const hasWhole = words.length < splitWords(name).length;
  return hasWhole && others.every((word) => take(words, findInitial(word, words)));
}

/**
 * Remove a word from a list. Return whether it was there.
 * @param {string[]} words
 * @param {string | undefined} word
 */
function take(words, word) {
  const at = word === undefined ? -1 : words.indexOf(word);
  if (at >= 0) words.splice(at, 1);
  return at >= 0;
}

/**
 * Return the first of some words of which a word is the initial, or the other way round.
 * @param {string} word
 * @param {string[]} words
 */
function findInitial(word, words) {
  const [first, ...rest] = word;
  return words.find((other) => {
    const [initial, ...others] = other;
    return initial === first && (!rest.length || !others.length);
  });
}
