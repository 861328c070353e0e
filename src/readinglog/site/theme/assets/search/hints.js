// Hints: how a query could be changed where it finds nothing, or names what does not exist; the
// counterpart of hints.py.

import { FuzzyIndex } from "../fuzzy_index.js";
import { formatNumber, t } from "../messages.js";
import { measureDistance } from "./corrections.js";
import { filterNotes } from "./filters.js";
import { parseQuery } from "./grammar.js";
import { isBareWord } from "./search.js";
import {
  clausesOf,
  isText,
  leavesOf,
  negatedLeavesOf,
  printQuery,
  printTree,
  replaceTerm,
} from "./tree.js";
import { separateParts, splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").Filter} Filter
 * @typedef {string} NameType `tag`, `note`, or a field that is searched by words of names.
 */

/**
 * @typedef {object} Hint
 * @property {string} message
 * @property {string} query The changed query, "" where there is none.
 * @property {boolean} [isAction] Whether the message says what to do, so that it can be the link.
 */

const MAX_CLOSEST = 10;
const SHORTEST_INNER_WORD = 3; // letters
const HOST = /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i;
const FIELD_LIKE = /^([A-Za-z][A-Za-z-]*):(.+)$/s;

/** Finds what a query may have meant. */
export class Hints {
  /** @param {import("./search.js").Search} search */
  constructor(search) {
    this.search = search;
    this.index = search.index;
    this.catalogue = search.catalogue;
    /** @type {Map<NameType, FuzzyIndex>} */
    this.names = new Map();
  }

  /**
   * Return what was corrected, a tag of that name, unknown names, mistyped operators, and words that
   * were left out; of a query that found nothing, also terms to drop.
   * @param {import("./search.js").Result} result
   * @returns {Hint[]}
   */
  list(result) {
    const { query, notes, named, corrections, error } = result;
    const leaves = leavesOf(query.tree);
    const hints = [
      error && {
        message: t("the query names what is shown, but {error}", { error: error.message }),
        query: error.suggestion,
      },
      ...corrections.map(({ word, meant }) => {
        const values = { word, meant };
        const message = notes.length
          ? t("no note has the word `{word}`; these results are for `{meant}`", values)
          : t("no note has the word `{word}`; did you mean `{meant}`?", values);
        return { message, query: "" };
      }),
      this.suggestTag(result),
      ...leaves.map((leaf) => this.suggestField(query, leaf)),
      ...leaves.map((leaf) => this.suggestName(query, leaf)),
      this.suggestOperator(query),
    ];
    if (!notes.length) {
      hints.push(...this.listUnknownIdentifiers(query));
      hints.push(...clausesOf(query.tree).map((term) => this.suggestDropping(query, term)));
    } else if (!named) hints.push(...this.listUnknownWords(query));
    return hints.filter((hint) => hint !== null && hint !== undefined);
  }

  /**
   * Return the notes that best match a query's words, among those that match its filters.
   * @param {Query} query
   */
  findClosest({ tree }) {
    const { search } = this;
    const terms = clausesOf(tree).filter(isText);
    const others = clausesOf(tree).filter((item) => !isText(item));
    const rare = terms.filter((term) => !search.isCommon(term));
    const notes = others.length ? search.match({ type: "and", items: others }) : this.index.notes;
    let scores = search.score(rare.length ? rare : terms, notes);
    if (!scores.size) {
      const inner = this.listInnerWords(terms);
      this.index.need(inner.flatMap((term) => search.listFiles(term)));
      scores = search.score(inner, notes);
    }
    const order = this.catalogue.comparator("relevance", scores);
    return [...scores.keys()].sort(order).slice(0, MAX_CLOSEST);
  }

  /**
   * Return the words within terms that no note has as they are, such as an address.
   * @param {import("./tree.js").TextTerm[]} terms
   * @returns {import("./tree.js").TextTerm[]}
   */
  listInnerWords(terms) {
    const { commonWords, language, nameKeys } = this.search;
    const texts = terms.flatMap(({ text }) => {
      const isOther = HOST.test(text) || !nameKeys.listKeysWithin(text).length;
      return isOther ? text.replace(HOST, "") : [];
    });
    const every = texts.flatMap((text) => splitWords(`${text} ${separateParts(text)}`));
    const words = every.filter((word) => {
      const isShort = [...word].length < SHORTEST_INNER_WORD || !/^\p{L}+$/u.test(word);
      return !isShort && !commonWords.has(word) && !language.address_words.includes(word);
    });
    return [...new Set(words)].map((text) => ({ type: "word", text }));
  }

  /**
   * @param {Query} query
   * @returns {Hint[]}
   */
  listUnknownIdentifiers({ tree }) {
    return clausesOf(tree)
      .filter(isBareWord)
      .filter(({ text }) => this.search.nameKeys.listKeysWithin(text).length)
      .map(({ text }) => ({
        message: t("no note has the address or identifier `{text}`", { text }),
        query: "",
      }));
  }

  /** @param {Query} query */
  listUnknownWords({ tree }) {
    const { search } = this;
    const words = clausesOf(tree).filter((term) => isBareWord(term) && !search.isCommon(term));
    return words
      .filter((term) => !search.match(term).size)
      .map((term) => ({
        message: t("no note has the word `{word}`; it was left out", { word: printTree(term) }),
        query: "",
      }));
  }

  /**
   * Suggest the tag whose name the words of a query are, and say why its hub stands first.
   * @param {import("./search.js").Result} result
   * @returns {Hint | null}
   */
  suggestTag({ query, notes, named }) {
    const terms = clausesOf(query.tree).filter(isText);
    const isName = terms.every((term) => !term.field);
    if (!isName || terms.length < clausesOf(query.tree).length) return null;
    const at = this.catalogue.findTag(terms.map((term) => term.text).join(" "));
    if (at === undefined) return null;
    const { name, key } = this.catalogue.tags[at];
    const tagged = this.catalogue.tagged.filter((tags) => tags.includes(at)).length;
    /** @type {Filter} */
    const filter = { type: "filter", field: "tag", value: key };
    const { language } = this.search;
    const { kind, tagged: tags } = this.catalogue;
    const [first = -1] = named ? notes : [];
    const isHub = language.hub_kinds.includes(kind[first]) && tags[first].includes(at);
    const values = { name, notes: countNotes(tagged) };
    const message = isHub
      ? t("`{name}` is a tag of {notes}, whose hub is listed first", values)
      : t("`{name}` is a tag of {notes}", values);
    return tagged ? { message, query: printQuery({ ...query, tree: filter }) } : null;
  }

  /**
   * Suggest a field where a word has a colon after a name that is one letter away from it, or that
   * means it.
   * @param {Query} query
   * @param {Tree} leaf
   * @returns {Hint | null}
   */
  suggestField(query, leaf) {
    const [, written = "", value] = (leaf.type === "word" && FIELD_LIKE.exec(leaf.text)) || [];
    const { language } = this.search;
    const name = written.toLowerCase();
    const fields = written ? Object.keys(language.fields) : [];
    const near = fields.find((field) => measureDistance(name, field, 1) === 1);
    const field = near ?? language.field_synonyms[name];
    if (!field || leaf.type !== "word") return null;
    const changed = replaceInQuery(query, leaf, { type: "word", text: `${field}:${value}` });
    const { error } = parseQuery(changed, language);
    const repaired = error ? error.suggestion : changed;
    const message = t("`{name}` is not a field, so `{text}` is searched for as words", {
      name,
      text: leaf.text,
    });
    return repaired ? { message, query: repaired } : null;
  }

  /**
   * Suggest another name for one that does not exist.
   * @param {Query} query
   * @param {Tree} leaf
   * @returns {Hint | null}
   */
  suggestName(query, leaf) {
    if (leaf.type !== "filter") return null;
    const { fields, field_synonyms } = this.search.language;
    const { type, noun = type } = fields[leaf.field];
    if (type === "choice" || type === "range" || this.exists(type, leaf)) return null;
    const absent = describeMissing(noun, leaf.value);
    const isNegated = negatedLeavesOf(query.tree).some((other) => other === leaf);
    const missing = isNegated
      ? t("{missing}, so this excludes nothing", { missing: absent })
      : absent;
    const synonym = { ...leaf, field: field_synonyms[leaf.field] ?? leaf.field };
    const isMeant = synonym.field !== leaf.field && this.exists(synonym.field, synonym);
    const near = isMeant ? leaf.value : this.getNames(type).nearest(leaf.value);
    if (!near) return { message: missing, query: "" };
    const changed = isMeant ? synonym : { ...leaf, value: near };
    const meant = isMeant ? printTree(changed) : near;
    const message = t("{missing}; did you mean `{near}`?", { missing, near: meant });
    return { message, query: replaceInQuery(query, leaf, changed) };
  }

  /**
   * Suggest capitals for an operator in lower case, unless the query is a question.
   * @param {Query} query
   * @returns {Hint | null}
   */
  suggestOperator(query) {
    if (this.search.isQuestion(query.tree)) return null;
    const words = clausesOf(query.tree).slice(0, -1).filter(isBareWord);
    for (const { text } of words) {
      if (text !== "or" && text !== "not") continue;
      const pattern = new RegExp(`(?<!\\S)${text}(?=\\s)`);
      const written = printQuery(query).replace(pattern, text.toUpperCase());
      const message = t("`{text}` in lower case is a word; in capitals it is an operator", {
        text,
      });
      if (!parseQuery(written, this.search.language).error) return { message, query: written };
    }
    return null;
  }

  /**
   * Suggest to drop a term, where the others find something.
   * @param {Query} query
   * @param {Tree} term
   * @returns {Hint | null}
   */
  suggestDropping(query, term) {
    const rest = replaceTerm(query.tree, term, null);
    const number = rest ? this.search.match(rest).size : 0;
    if (!number) return null;
    const values = { term: printTree(term), count: formatNumber(number) };
    const message =
      number === 1
        ? t("drop `{term}` (1 result)", values)
        : t("drop `{term}` ({count} results)", values);
    return { message, query: printQuery({ ...query, tree: rest }), isAction: true };
  }

  // Names -----------------------------------------------------------------------------------------

  /**
   * Return whether the tag, author, venue or note that a filter names exists, even if no note
   * matches.
   * @param {NameType} type
   * @param {Filter} filter
   */
  exists(type, filter) {
    if (type === "tag") return this.catalogue.findTag(filter.value) !== undefined;
    if (type === "note") return this.index.findCalled(filter.value).length > 0;
    return filterNotes(this.index, filter, this.search.getReadNames).size > 0;
  }

  /**
   * Return the names of a type, for comparison.
   * @param {NameType} type
   */
  getNames(type) {
    const names = this.names.get(type) ?? new FuzzyIndex(this.listNames(type));
    this.names.set(type, names);
    return names;
  }

  /**
   * @param {NameType} type
   * @returns {string[]}
   */
  listNames(type) {
    if (type === "tag") return Object.keys(this.catalogue.tagNames);
    return type === "note" ? this.index.noteNames : this.index.getNames(type).names;
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
 * Say that no note has a name of a type.
 * @param {NameType} type
 * @param {string} name
 */
function describeMissing(type, name) {
  switch (type) {
    case "tag":
      return t("there is no tag `{name}`", { name });
    case "author":
      return t("there is no author `{name}`", { name });
    case "venue":
      return t("there is no venue `{name}`", { name });
    case "note":
      return t("there is no note `{name}`", { name });
    case "writer":
      return t("there is no writer `{name}`", { name });
    default:
      return t("there is no {field} `{name}`", { field: type, name });
  }
}

/**
 * Return a number of notes in words.
 * @param {number} number
 */
export const countNotes = (number) =>
  number === 1 ? t("1 note") : t("{count} notes", { count: formatNumber(number) });
