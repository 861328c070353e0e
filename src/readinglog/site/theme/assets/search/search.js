// The evaluation of queries: which notes a query finds, and in which order; the counterpart of
// search.py.

import { parseRange } from "./grammar.js";
import { clausesOf, isText, leavesOf, textTermsOf } from "./tree.js";
import { containsWords, fold, splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").Filter} Filter
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {(note: number) => boolean} Predicate
 */

/**
 * What a query found: the notes in order, the terms that were looked for, and the order.
 * @typedef {object} Result
 * @property {number[]} notes
 * @property {TextTerm[]} terms
 * @property {string} order
 */

/** Evaluates queries about one log. */
export class Search {
  /**
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {import("./word_index.js").WordIndex} index
   */
  constructor(catalogue, index) {
    this.catalogue = catalogue;
    this.index = index;
    this.language = catalogue.language;
    this.commonWords = new Set(this.language.common_words);
    this.allNotes = new Set(Array.from({ length: catalogue.size }, (_, note) => note));
  }

  /**
   * Evaluate a query.
   * @param {Query} query
   * @returns {Promise<Result>}
   */
  async run({ tree, sort }) {
    const texts = leavesOf(tree).filter(isText);
    const needed = texts.filter((term) => !this.isCommon(term));
    // at once, not one after the other
    await Promise.all(needed.map((term) => this.index.scores(term)));
    const found = await this.matches(tree);
    const terms = this.significantTerms(tree);
    const scores = await this.scores(terms, found);
    const order = sort && sort !== "relevance" ? sort : this.defaultOrder(tree);
    return { notes: [...found].sort(this.catalogue.comparator(order, scores)), terms, order };
  }

  /**
   * Return the order of a query that names none.
   * @param {Tree | null} tree
   */
  defaultOrder(tree) {
    return this.significantTerms(tree).length ? "relevance" : "date";
  }

  /**
   * Return the sum of the scores of some terms, for each of some notes that has one.
   * @param {TextTerm[]} terms
   * @param {Set<number>} notes
   */
  async scores(terms, notes) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const term of terms) {
      for (const [note, score] of await this.index.scores(term)) {
        if (notes.has(note)) scores.set(note, (scores.get(note) ?? 0) + score);
      }
    }
    // Rounded, so that the order does not hang on the last bits of sums.
    for (const [note, score] of scores) scores.set(note, Math.floor(score * 1e4 + 0.5) / 1e4);
    return scores;
  }

  /**
   * Return the notes for which a tree holds; of a question's words, half are enough.
   * @param {Tree | null} tree
   * @returns {Promise<Set<number>>}
   */
  async matches(tree) {
    const words = this.questionWords(tree);
    if (!words.length) return this.notesHolding(this.withoutCommon(tree));
    const others = clausesOf(tree).filter((item) => !isBareWord(item));
    const notes = await this.notesHolding({ type: "and", items: others });
    return (await this.notesWithMost(words)).intersection(notes);
  }

  /**
   * Return the notes that have at least half of some terms.
   * @param {TextTerm[]} terms
   */
  async notesWithMost(terms) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    for (const term of terms) {
      for (const note of (await this.index.scores(term)).keys()) {
        counts.set(note, (counts.get(note) ?? 0) + 1);
      }
    }
    const most = [...counts].filter(([, count]) => 2 * count >= terms.length);
    return new Set(most.map(([note]) => note));
  }

  /**
   * Return the notes for which a tree holds to the letter.
   * @param {Tree | null} tree
   * @returns {Promise<Set<number>>}
   */
  async notesHolding(tree) {
    if (!tree) return this.allNotes;
    switch (tree.type) {
      case "not":
        return this.allNotes.difference(await this.notesHolding(tree.item));
      case "filter":
        return this.notesPassing(tree);
      case "and": {
        const sets = await this.notesHoldingEach(tree.items);
        return sets.reduce((all, some) => all.intersection(some), this.allNotes);
      }
      case "or": {
        const sets = await this.notesHoldingEach(tree.items);
        return sets.reduce((all, some) => all.union(some), new Set());
      }
      default:
        return new Set((await this.index.scores(tree)).keys());
    }
  }

  /** @param {Tree[]} items */
  notesHoldingEach(items) {
    return Promise.all(items.map((item) => this.notesHolding(item)));
  }

  // Filters ---------------------------------------------------------------------------------------

  /**
   * Return the notes that pass a filter.
   * @param {Filter} filter
   */
  async notesPassing(filter) {
    const passes = await this.predicateOf(filter);
    return new Set([...this.allNotes].filter(passes));
  }

  /**
   * @param {Filter} filter
   * @returns {Promise<Predicate>}
   */
  async predicateOf({ field, value }) {
    const { catalogue, language } = this;
    const { is_words, type, values = [] } = language.fields[field];
    if (is_words) return this.hasName(`${field}s`, value);
    if (type === "range") return this.isInRange(field, value);
    switch (field) {
      case "tag": {
        const tag = this.findTag(value);
        return (note) => tag !== undefined && catalogue.tagged[note].includes(tag);
      }
      case "links":
        return this.linksTo(value);
      case "linked-from":
        return this.isLinkedFrom(value);
      case "has": {
        const bit = 1 << values.indexOf(value);
        return (note) => (catalogue.has[note] & bit) !== 0;
      }
      case "is":
        if (value === "orphan") return (note) => catalogue.orphans.has(note);
        return (note) => catalogue.status[note] === value;
      default: {
        const column = catalogue.valuesOf(field);
        return (note) => column[note] === value;
      }
    }
  }

  /**
   * @param {string} field
   * @param {string} value
   * @returns {Predicate}
   */
  isInRange(field, value) {
    const column = this.catalogue.valuesOf(field);
    const range = parseRange(this.language.fields[field].pattern ?? "", value);
    const [low, high] = range ?? ["", ""]; // the parser has accepted the value
    return (note) => low <= (column[note] || "~") && (column[note] || "~") < high;
  }

  /**
   * @param {string} column
   * @param {string} value
   * @returns {Promise<Predicate>}
   */
  async hasName(column, value) {
    const { names, lists } = await this.catalogue.column(column);
    const wanted = new Set(names.flatMap((name, at) => (containsWords(name, value) ? [at] : [])));
    return (note) => lists[note].some((at) => wanted.has(at));
  }

  /**
   * @param {string} value
   * @returns {Promise<Predicate>}
   */
  async linksTo(value) {
    const { lists } = await this.catalogue.column("links");
    const targets = new Set(await this.findNotes(value));
    return (note) => lists[note].some((target) => targets.has(target));
  }

  /**
   * @param {string} value
   * @returns {Promise<Predicate>}
   */
  async isLinkedFrom(value) {
    const { lists } = await this.catalogue.column("links");
    const targets = new Set((await this.findNotes(value)).flatMap((note) => lists[note]));
    return (note) => targets.has(note);
  }

  /**
   * Return the number of the tag that a value names; undefined where none is named so.
   * @param {string} value
   * @returns {number | undefined}
   */
  findTag(value) {
    return this.catalogue.tagNames[fold(value.trim().replace(/^#+/, ""))];
  }

  /**
   * Return the notes that a value names: by name, title or alias.
   * @param {string} value
   */
  async findNotes(value) {
    return (await this.catalogue.column("links")).by_name[fold(value)] ?? [];
  }

  // Words -----------------------------------------------------------------------------------------

  /**
   * Return the words and phrases that say what is looked for: not the common words beside them.
   * @param {Tree | null} tree
   */
  significantTerms(tree) {
    if (this.questionWords(tree).length) {
      return textTermsOf(tree).filter((term) => !this.isCommon(term));
    }
    return textTermsOf(this.withoutCommon(tree));
  }

  /** @param {Tree} item */
  isCommon(item) {
    return isBareWord(item) && splitWords(item.text).every((word) => this.commonWords.has(word));
  }

  /**
   * Return the words of a question or a sentence that are not common; none where a query is
   * neither.
   * @param {Tree | null} tree
   * @returns {TextTerm[]}
   */
  questionWords(tree) {
    const items = tree?.type === "and" ? tree.items : [];
    const words = items.filter(isBareWord);
    const { question_words, sentence_length } = this.language;
    const first = words[0];
    const asks = first && first === items[0] && question_words.includes(first.text.toLowerCase());
    if (!asks && words.length < sentence_length) return [];
    return words.filter((word) => !this.isCommon(word));
  }

  /**
   * Return a tree without the common words that stand beside others.
   * @param {Tree | null} tree
   * @returns {Tree | null}
   */
  withoutCommon(tree) {
    if (tree?.type === "not") {
      const item = this.withoutCommon(tree.item);
      return item && { ...tree, item };
    }
    if (!tree || !("items" in tree)) return tree;
    const drops = tree.type === "and" && tree.items.some((item) => this.isSignificant(item));
    const items = drops ? tree.items.filter((item) => !this.isCommon(item)) : tree.items;
    return { ...tree, items: items.flatMap((item) => this.withoutCommon(item) ?? []) };
  }

  /**
   * Return whether a term is a word or phrase, not only of titles, that is not common.
   * @param {Tree} item
   */
  isSignificant(item) {
    return isText(item) && !item.inTitle && !this.isCommon(item);
  }
}

/**
 * Return whether a term is a word without a field.
 * @param {Tree} item
 * @returns {item is TextTerm}
 */
export const isBareWord = (item) => item.type === "word" && !item.inTitle;
