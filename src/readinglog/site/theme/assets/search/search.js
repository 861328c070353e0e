// The search engine: which notes a query finds, and in which order; the counterpart of engine.py.

import { correctQuery } from "./corrections.js";
import { filterNotes } from "./filters.js";
import { parseQuery } from "./grammar.js";
import { Descriptions, NameKeys } from "./known_names.js";
import { clausesOf, isText, leavesOf, textTermsOf } from "./tree.js";
import { isUnspacedLetter, splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").TextTerm} TextTerm
 */

/**
 * What a query found: the query as it was answered, the notes in order, the first of which are
 * called what the query says, the terms that were looked for, what was corrected, and why a query
 * could not be parsed that names notes all the same.
 * @typedef {object} Result
 * @property {Query} query
 * @property {number[]} notes
 * @property {number} named
 * @property {TextTerm[]} terms
 * @property {{ word: string, meant: string }[]} corrections
 * @property {import("./grammar.js").QuerySyntaxError} [error]
 */

/** Answers queries from an index. */
export class Search {
  /**
   * @param {import("./index_reader.js").SearchIndex} index
   * @param {() => Set<string>} [getReadNames] What this browser remembers as read.
   */
  constructor(index, getReadNames = () => new Set()) {
    this.index = index;
    this.catalogue = index.catalogue;
    this.language = this.catalogue.language;
    this.getReadNames = getReadNames;
    this.commonWords = new Set(this.language.common_words);
    this.nameKeys = new NameKeys(this.language);
    this.descriptions = new Descriptions(this);
    /** @type {Map<string, Map<number, number>>} */
    this.weights = new Map();
  }

  /**
   * Return what a query finds. Notes that are called what it says stand first. Throw
   * QuerySyntaxError where it cannot be parsed and names no note.
   * @param {string} text
   * @returns {Result}
   */
  ask(text) {
    const parsed = parseQuery(text, this.language);
    this.needFiles(text, parsed.error ? null : parsed.tree);
    const named = this.findNamed(text);
    if (!parsed.error) return this.run(parsed, named);
    if (!named.length) throw parsed.error;
    const { error } = parsed;
    const query = { tree: null, sort: "" };
    return { query, notes: named, named: named.length, terms: [], corrections: [], error };
  }

  /**
   * Demand the files that a query surely needs, all at once.
   * @param {string} text
   * @param {Tree | null} tree
   */
  needFiles(text, tree) {
    const { index } = this;
    const leaves = leavesOf(tree).filter((leaf) => !this.isCommon(leaf));
    const files = leaves.flatMap((leaf) => {
      if (isText(leaf)) return this.listFiles(leaf);
      if (this.language.fields[leaf.field].is_words) return [`${leaf.field}s.bin`];
      return ["links", "linked-from"].includes(leaf.field) ? ["links.bin"] : [];
    });
    index.need([...this.listNamePaths(text), ...files]);
  }

  /** @param {TextTerm} term */
  listFiles(term) {
    const words = splitWords(term.text, { isQuery: true });
    const isWord = term.type === "word" && words.length > 1;
    const forms = isWord ? [...words, words.join("")] : words;
    return forms.flatMap((word) => this.index.listTermPaths(word, term.field));
  }

  /**
   * Return what a parsed query finds, after the notes that its text names.
   * @param {Query} query
   * @param {number[]} named
   * @returns {Result}
   */
  run(query, named) {
    let names = named.length ? named : this.findNamedBy(query.tree);
    /** @type {{ tree: Tree | null, corrections: Result["corrections"] }} */
    let { tree, corrections } = { tree: query.tree, corrections: [] };
    if (!names.length) {
      ({ tree, corrections } = correctQuery(query.tree, this));
      if (corrections.length) names = this.findNamedBy(tree);
    }
    names = this.keepAllowed(tree, names);
    const found = this.match(tree).union(new Set(names));
    const terms = this.listScoringTerms(tree);
    const order = query.sort || "relevance";
    const notes = [...found].sort(this.catalogue.comparator(order, this.score(terms, found)));
    if (order !== "relevance") names = [];
    else {
      const places = new Map(names.map((note, place) => [note, place]));
      const placeOf = (/** @type {number} */ note) => places.get(note) ?? places.size;
      notes.sort((a, b) => placeOf(a) - placeOf(b));
    }
    const marked = this.catalogue.hasLanguages ? terms.map((term) => this.addForms(term)) : terms;
    return { query: { ...query, tree }, notes, named: names.length, terms: marked, corrections };
  }

  /**
   * Return a term with the forms of its words in notes, which passages mark: the page has the
   * stems of English words alone.
   * @param {TextTerm} term
   * @returns {TextTerm}
   */
  addForms(term) {
    if (term.type === "phrase") return term;
    const words = splitWords(term.text, { isQuery: true });
    const forms = words.flatMap((word) => [...this.index.findForms(word, term.field).keys()]);
    return { ...term, forms: new Set(forms) };
  }

  /**
   * Return those of some notes that the terms of a query besides its words allow.
   * @param {Tree | null} tree
   * @param {number[]} notes
   */
  keepAllowed(tree, notes) {
    const others = clausesOf(tree).filter((item) => !isText(item) || item.field);
    const allowed = this.matchAll(others);
    return notes.filter((note) => allowed.has(note));
  }

  /**
   * Return the notes that the words of a query name, the likeliest first; where they name none,
   * those of a name beside authors, a year, a kind or common words.
   * @param {Tree | null} tree
   */
  findNamedBy(tree) {
    const text = joinTexts(tree);
    this.needNames([tree]);
    const named = this.findNamed(text);
    if (named.length || !listBareTerms(tree).every(isBareWord)) return named;
    return this.descriptions.find(splitWords(text));
  }

  /**
   * Demand the files that have the names which the words of some queries may be.
   * @param {(Tree | null)[]} trees
   */
  needNames(trees) {
    this.index.need(trees.flatMap((tree) => this.listNamePaths(joinTexts(tree))));
  }

  /** @param {string} text */
  listNamePaths(text) {
    return this.nameKeys.list(text).flatMap((key) => this.index.listPaths("names", key));
  }

  /** @param {string} text */
  findNamed(text) {
    for (const key of this.nameKeys.list(text)) {
      const found = this.index.findNamed(key);
      if (found.length) return found;
    }
    return [];
  }

  // Matching --------------------------------------------------------------------------------------

  /**
   * Return the notes for which a tree holds. Of several words without a field, those are enough
   * that make up most of their rarity; of a question, and where no note has as much, fewer.
   * @param {Tree | null} tree
   * @returns {Set<number>}
   */
  match(tree) {
    const words = this.listOptionalWords(tree);
    if (words.length < 2) return this.matchTree(this.removeCommonWords(tree));
    const items = clausesOf(tree).filter((item) => !isBareWord(item));
    const allowed = this.matchTree(this.removeCommonWords({ type: "and", items }));
    const { enough_words, enough_of_question } = this.language;
    const most = this.isQuestion(tree)
      ? new Set()
      : this.matchMostOf(words, enough_words).intersection(allowed);
    return most.size ? most : this.matchMostOf(words, enough_of_question).intersection(allowed);
  }

  /**
   * Return the notes that have terms of at least some share of the rarity of all that a note has.
   * @param {TextTerm[]} terms
   * @param {number} share
   */
  matchMostOf(terms, share) {
    /** @type {Map<number, number>} */
    const totals = new Map();
    let whole = 0;
    for (const weights of terms.map((term) => this.weigh(term))) {
      if (!weights.size) continue;
      const rarity = this.computeRarity(weights.size);
      whole += rarity;
      for (const note of weights.keys()) totals.set(note, (totals.get(note) ?? 0) + rarity);
    }
    const most = [...totals].filter(([, total]) => total >= share * whole);
    return new Set(most.map(([note]) => note));
  }

  /**
   * @param {Tree | null} tree
   * @returns {Set<number>}
   */
  matchTree(tree) {
    if (!tree) return this.index.notes;
    switch (tree.type) {
      case "not":
        return this.index.notes.difference(this.matchTree(tree.item));
      case "filter":
        return filterNotes(this.index, tree, this.getReadNames);
      case "and":
        return this.matchAll(tree.items);
      case "or": {
        const sets = tree.items.map((item) => this.matchTree(item));
        return sets.reduce((all, some) => all.union(some), new Set());
      }
      default:
        return new Set(this.weigh(tree).keys());
    }
  }

  /** @param {Tree[]} items */
  matchAll(items) {
    const sets = items.map((item) => this.matchTree(item));
    return sets.reduce((all, some) => all.intersection(some), this.index.notes);
  }

  // Ranking ---------------------------------------------------------------------------------------

  /**
   * Return the summed weights of some terms in those of some notes that have one, with what the
   * links to a note add, rounded like those of the command.
   * @param {TextTerm[]} terms
   * @param {Set<number>} notes
   */
  score(terms, notes) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const term of terms) {
      for (const [note, weight] of this.weigh(term)) {
        if (notes.has(note)) scores.set(note, (scores.get(note) ?? 0) + weight);
      }
    }
    const { linkCounts } = this.catalogue;
    for (const [note, score] of scores) {
      const whole = score + this.language.link_weight * Math.log(1 + linkCounts[note]);
      scores.set(note, Math.floor(whole * 1e4 + 0.5) / 1e4);
    }
    return scores;
  }

  /**
   * Return the weight of a term that some number of notes have.
   * @param {number} count
   */
  computeRarity(count) {
    return Math.log(1 + (this.index.size - count + 0.5) / (count + 0.5));
  }

  /**
   * Return the notes that have a term, each with what the term adds to its score.
   * @param {TextTerm} term
   * @returns {Map<number, number>}
   */
  weigh(term) {
    const { type, text, field = "" } = term;
    const key = `${type}:${field}:${text}`;
    const cached = this.weights.get(key);
    if (cached) return cached;
    this.index.need(this.listFiles(term));
    const words = splitWords(text, { isQuery: true });
    const hasForms = type === "word" || isUnspacedLetter(words[0]);
    const counts = hasForms ? this.countForms(words.join(""), field) : new Map();
    if (type === "phrase" || words.length > 1) {
      for (const [note, count] of this.countPhrase(words, field)) {
        counts.set(note, Math.max(counts.get(note) ?? 0, count));
      }
    }
    const rarity = this.computeRarity(counts.size);
    const limit = this.language.occurrence * this.language.saturation;
    for (const [note, count] of counts) counts.set(note, (rarity * count) / (count + limit));
    this.weights.set(key, counts);
    return counts;
  }

  /**
   * Return what the forms of a word count in each note; others count less than itself.
   * @param {string} word
   * @param {string} field
   */
  countForms(word, field) {
    /** @type {Map<number, number>} */
    const counts = new Map();
    const titled = new Set();
    for (const [form, postings] of this.index.findForms(word, field)) {
      const weight = form === word ? 1 : this.language.form_weight;
      for (const [note, value] of postings) {
        counts.set(note, (counts.get(note) ?? 0) + weight * Math.floor(value / 2));
        if (value % 2) titled.add(note);
      }
    }
    for (const note of counts.keys())
      if (field === "title" && !titled.has(note)) counts.delete(note);
    return counts;
  }

  /**
   * Return the notes in which words are next to each other, and what the rarest counts there.
   * @param {string[]} words
   * @param {string} field
   * @returns {[note: number, count: number][]}
   */
  countPhrase(words, field) {
    const { index } = this;
    const forms = words.map((word) => index.findForms(word, field).get(word) ?? new Map());
    const notes = [...forms[0].keys()].filter((note) => forms.every((form) => form.has(note)));
    if (!notes.length) return [];
    index.need(words.flatMap((word) => index.listPositionPaths(word, field)));
    const positions = words.map((word) => index.findPositions(word, field));
    return notes.flatMap((note) => {
      const [first = [], ...others] = positions.map((found) => found.get(note));
      const starts = first.filter((at) => at % 2 || field !== "title");
      const sets = others.map((found) => new Set(found));
      const isThere = starts.some((at) => sets.every((set, step) => set.has(at + 2 * step + 2)));
      const counts = forms.map((form) => Math.floor(form.get(note) / 2));
      return isThere ? [[note, Math.min(...counts)]] : [];
    });
  }

  // Words that count ------------------------------------------------------------------------------

  /**
   * Return the terms by which notes are ranked, without common words beside others.
   * @param {Tree | null} tree
   */
  listScoringTerms(tree) {
    return textTermsOf(this.removeCommonWords(tree));
  }

  /**
   * Return whether a query begins with a question word, or has as many bare words as a sentence.
   * @param {Tree | null} tree
   */
  isQuestion(tree) {
    const items = clausesOf(tree);
    const words = items.filter(isBareWord);
    if (!words.length) return false;
    const { question_words, sentence_length } = this.language;
    const asks = words[0] === items[0] && question_words.includes(words[0].text.toLowerCase());
    return asks || words.length >= sentence_length;
  }

  /**
   * Return whether a term is a bare common word, or an initial with its dot.
   * @param {Tree} item
   */
  isCommon(item) {
    if (!isBareWord(item)) return false;
    const words = splitWords(item.text, { isQuery: true });
    const isInitial = item.text.endsWith(".") && words.length === 1 && [...words[0]].length === 1;
    return isInitial || words.every((word) => this.commonWords.has(word));
  }

  /**
   * Return the bare words that must hold together, without common ones beside others.
   * @param {Tree | null} tree
   */
  listOptionalWords(tree) {
    const clauses = clausesOf(tree);
    const words = clauses.filter(isBareWord);
    const rare = words.filter((word) => !this.isCommon(word));
    return words.length === clauses.length && !rare.length ? words : rare;
  }

  /**
   * Return a tree without the common words that stand next to other terms.
   * @param {Tree | null} tree
   * @returns {Tree | null}
   */
  removeCommonWords(tree) {
    if (tree?.type === "not") {
      return { ...tree, item: this.removeCommonWords(tree.item) ?? tree.item };
    }
    if (!tree || !("items" in tree)) return tree;
    const rare = tree.items.filter((item) => !this.isCommon(item));
    const items = tree.type === "and" && rare.length ? rare : tree.items;
    return { ...tree, items: items.flatMap((item) => this.removeCommonWords(item) ?? []) };
  }
}

/**
 * Return the bare words and phrases of a query that must all hold, as one text.
 * @param {Tree | null} tree
 */
const joinTexts = (tree) =>
  listBareTerms(tree)
    .map(({ text }) => text)
    .join(" ");

/**
 * Return the bare words and phrases of a query that must all hold.
 * @param {Tree | null} tree
 */
function listBareTerms(tree) {
  return clausesOf(tree)
    .filter(isText)
    .filter(({ field }) => !field);
}

/**
 * Return whether a term is a word without a field.
 * @param {Tree} item
 * @returns {item is TextTerm}
 */
export const isBareWord = (item) => item.type === "word" && !item.field;
