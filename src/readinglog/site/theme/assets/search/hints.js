// Hints: how a query could be changed where it finds nothing, or names what does not exist; the
// counterpart of hints.py.

import { FuzzyIndex } from "./fuzzy_index.js";
import { parseQuery } from "./grammar.js";
import { isBareWord } from "./search.js";
import {
  clausesOf,
  isText,
  leavesOf,
  printQuery,
  printTree,
  replaceTerm,
  textTermsOf,
} from "./tree.js";
import { splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").Filter} Filter
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {string} NameType `tag`, `note`, `word`, or a field that is searched by words of names.
 */

/**
 * @typedef {object} Hint
 * @property {string} message
 * @property {string} query The changed query, "" where there is none.
 * @property {boolean} [isAction] Whether the message says what to do, so that it can be the link.
 */

const MAX_CLOSEST = 10;

/** Finds what a query may have meant. */
export class Hints {
  /** @param {import("./search.js").Search} search */
  constructor(search) {
    this.search = search;
    this.catalogue = search.catalogue;
    /** @type {Map<NameType, FuzzyIndex>} */
    this.names = new Map();
  }

  /**
   * Return a tag of that name and names that do not exist; of a query that found nothing, also
   * spellings and terms to drop.
   * @param {Query} query
   * @param {boolean} hasResults
   * @returns {Promise<Hint[]>}
   */
  async hintsFor(query, hasResults) {
    const filters = leavesOf(query.tree).filter((leaf) => leaf.type === "filter");
    const hints = [this.suggestTag(query)];
    for (const filter of filters) hints.push(await this.suggestName(query, filter));
    hints.push(this.suggestOperator(query));
    if (!hasResults) {
      for (const term of textTermsOf(query.tree)) hints.push(await this.suggestWord(query, term));
      for (const term of clausesOf(query.tree)) hints.push(await this.suggestDropping(query, term));
    }
    return hints.filter((hint) => hint !== null);
  }

  /**
   * Return the notes that have most of a query's words, where its other terms hold.
   * @param {Query} query
   */
  async closestNotes({ tree }) {
    const terms = clausesOf(tree).filter(isText);
    const others = clausesOf(tree).filter((item) => !isText(item));
    const significant = terms.filter((term) => !this.search.isCommon(term));
    const notes = others.length
      ? await this.search.matches({ type: "and", items: others })
      : this.search.allNotes;
    const scores = await this.search.scores(significant.length ? significant : terms, notes);
    const order = this.catalogue.comparator("relevance", scores);
    return [...scores.keys()].sort(order).slice(0, MAX_CLOSEST);
  }

  /**
   * Suggest the tag whose name the words of a query are.
   * @param {Query} query
   * @returns {Hint | null}
   */
  suggestTag(query) {
    const terms = clausesOf(query.tree).filter(isText);
    const isName = terms.every((term) => !term.inTitle);
    if (!isName || terms.length < clausesOf(query.tree).length) return null;
    const at = this.search.findTag(terms.map((term) => term.text).join(" "));
    if (at === undefined) return null;
    const { name, key } = this.catalogue.tags[at];
    const tagged = this.catalogue.tagged.filter((tags) => tags.includes(at)).length;
    /** @type {Filter} */
    const filter = { type: "filter", field: "tag", value: key };
    const message = `\`${name}\` is a tag of ${countNotes(tagged)}`;
    return tagged ? { message, query: printQuery({ ...query, tree: filter }) } : null;
  }

  /**
   * Suggest another name for one that does not exist.
   * @param {Query} query
   * @param {Filter} filter
   * @returns {Promise<Hint | null>}
   */
  async suggestName(query, filter) {
    const { type } = this.search.language.fields[filter.field];
    if (type === "choice" || type === "range" || (await this.exists(type, filter))) return null;
    const near = (await this.namesOf(type)).nearest(filter.value);
    const missing = `there is no ${type} \`${filter.value}\``;
    if (!near) return { message: missing, query: "" };
    const changed = replaceInQuery(query, filter, { ...filter, value: near });
    return { message: `${missing}; did you mean \`${near}\`?`, query: changed };
  }

  /**
   * Suggest capitals for an operator in lower case, unless the query is a question.
   * @param {Query} query
   * @returns {Hint | null}
   */
  suggestOperator(query) {
    if (this.search.questionWords(query.tree).length) return null;
    const words = clausesOf(query.tree).slice(0, -1).filter(isBareWord);
    for (const { text } of words) {
      if (text !== "or" && text !== "not") continue;
      const pattern = new RegExp(`(?<!\\S)${text}(?=\\s)`);
      const written = printQuery(query).replace(pattern, text.toUpperCase());
      const message = `\`${text}\` in lower case is a word; in capitals it is an operator`;
      if (!parseQuery(written, this.search.language).error) return { message, query: written };
    }
    return null;
  }

  /**
   * Suggest another spelling for a word that no note has.
   * @param {Query} query
   * @param {TextTerm} term
   * @returns {Promise<Hint | null>}
   */
  async suggestWord(query, term) {
    const [word, ...others] = splitWords(term.text);
    if (term.type !== "word" || others.length) return null;
    if ((await this.search.index.scores(term)).size) return null;
    const names = await this.namesOf("word");
    const near = names.nearest(word);
    if (!near || names.byFold.has(word)) return null;
    const message = `no note has the word \`${term.text}\`; did you mean \`${near}\`?`;
    return { message, query: replaceInQuery(query, term, { ...term, text: near }) };
  }

  /**
   * Suggest to drop a term, where the others find something.
   * @param {Query} query
   * @param {Tree} term
   * @returns {Promise<Hint | null>}
   */
  async suggestDropping(query, term) {
    const rest = replaceTerm(query.tree, term, null);
    const number = rest ? (await this.search.matches(rest)).size : 0;
    if (!number) return null;
    const results = number === 1 ? "1 result" : `${number.toLocaleString("en")} results`;
    const message = `drop \`${printTree(term)}\` (${results})`;
    return { message, query: printQuery({ ...query, tree: rest }), isAction: true };
  }

  // Names -----------------------------------------------------------------------------------------

  /**
   * Return whether the tag, author, venue or note that a filter names exists, even if no note
   * matches.
   * @param {NameType} type
   * @param {Filter} filter
   */
  async exists(type, filter) {
    if (type === "tag") return this.search.findTag(filter.value) !== undefined;
    if (type === "note") return (await this.search.findNotes(filter.value)).length > 0;
    return (await this.search.notesPassing(filter)).size > 0;
  }

  /**
   * Return the names of a type, for comparison.
   * @param {NameType} type
   */
  async namesOf(type) {
    const known = this.names.get(type);
    if (known) return known;
    const names = new FuzzyIndex(await this.fetchNames(type));
    this.names.set(type, names);
    return names;
  }

  /**
   * @param {NameType} type
   * @returns {Promise<string[]>}
   */
  async fetchNames(type) {
    switch (type) {
      case "tag":
        return Object.keys(this.catalogue.tagNames);
      case "note":
        return (await this.catalogue.column("links")).names;
      case "word":
        return this.catalogue.file("words");
      default:
        return (await this.catalogue.column(`${type}s`)).names;
    }
  }
}

/**
 * @param {Query} query
 * @param {Tree} old
 * @param {Tree} other
 */
const replaceInQuery = (query, old, other) =>
  printQuery({ ...query, tree: replaceTerm(query.tree, old, other) });

/**
 * Return a number of notes in words.
 * @param {number} number
 */
export const countNotes = (number) =>
  `${number.toLocaleString("en")} note${number === 1 ? "" : "s"}`;
