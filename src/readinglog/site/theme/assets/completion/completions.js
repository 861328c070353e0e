// What is completed as one types: works, tags, people, and filters of the search language. Python
// counts them in completions.py.

import { fetchPacked } from "../address.js";
import { t } from "../messages.js";
import { makeNoteAddress } from "../note_address.js";
import { printTree } from "../search/tree.js";
import { setWordRules } from "../search/words.js";
import { makeSearchText, splitNames } from "./search_text.js";

/**
 * @typedef {[name: string, title: string, kind: number, links: number, citation: string, ...aliases: string[]]} WorkRow
 */

/**
 * @typedef {object} CompletionsData
 * @property {import("../search/words.js").WordRules} words
 * @property {string[]} kinds
 * @property {WorkRow[]} works
 * @property {Record<string, string>} plain_titles Those with formulas in words, by names of notes.
 * @property {[key: string, name: string, slug: string, notes: number, ...aliases: string[]][]} tags
 * @property {Record<string, Record<string, number>>} names By field, with numbers of notes.
 * @property {Record<string, Record<string, number | null>>} values Likewise.
 * @property {Record<string, string>} fields A term with each.
 */

/**
 * Something that can be completed.
 * @typedef {object} Completion
 * @property {string} kind What its row says it is.
 * @property {string} field The field that finds it; `title` for a work, "" for a field.
 * @property {string} label
 * @property {string[]} names What it is called; the label is the first.
 * @property {string} [detail] What stands behind the label.
 * @property {number | null} count Notes that it finds, or that link to it.
 * @property {string} [path] The address of its page, relative to the site's root.
 * @property {string} term It in the search language; "" for a page of the menu.
 * @property {string} [name] The name of a note.
 * @property {string} [citation] Its first author and year.
 * @property {string} [searchText] By which it is matched.
 */

/** @typedef {{ known: Completion[], words: string[], found: Completion[] }} Matches */

const SLICE = 10; // milliseconds that typing may have to wait
const MAX_RECENT = 8; // matches that are remembered
const FIELD = /^\s*([A-Za-z][A-Za-z-]*):(?!\/\/)\s*(.*)$/;
const QUOTES = /["“”„‟«»]/g;
const LINK_FIELDS = ["links", "linked-from"];

/** @type {Promise<Completions> | undefined} */
let loading;

/**
 * Fetch what is completed, once; a failure is not remembered.
 * @param {URL} root The address of the site.
 */
export function loadCompletions(root) {
  if (!loading) {
    const address = new URL("search/completions.bin", root);
    loading = fetchPacked(address, { cache: "no-cache" }).then(async (data) => {
      const completions = new Completions(data);
      await completions.prepare();
      return completions;
    });
    loading.catch(() => {
      loading = undefined;
    });
  }
  return loading;
}

export class Completions {
  /** @param {CompletionsData} data */
  constructor(data) {
    setWordRules(data.words);
    /** @type {Completion[]} */
    const all = [
      ...listWorks(data),
      ...data.tags.map(completeTag),
      ...Object.entries(data.names).flatMap(([field, counts]) => listNames(field, counts)),
      ...listValues(data.values),
      ...Object.entries(data.fields).map(([field, example]) => completeField(field, example)),
    ];
    /** Those that are used most first. */
    this.all = all.sort((a, b) => (b.count ?? 0) - (a.count ?? 0));
    /** @type {Matches[]} The last ones, in which those of a longer text are looked for. */
    this.recent = [];
    this.fields = new Set(Object.keys(data.fields));
    this.valueFields = new Set(Object.keys(data.values));
    /** @type {Map<string, Completion[]>} */
    this.byField = Map.groupBy(this.all, ({ field }) => field);
    /** @type {Map<string, Completion[]>} The works of a first author and a year, in words. */
    this.cited = new Map();
  }

  /** Make the texts by which completions are matched, a few at a time: one may be typing. */
  async prepare() {
    let pause = performance.now() + SLICE;
    for (const completion of this.all) {
      completion.searchText = makeSearchText(completion.names);
      if (completion.citation) this.addCitation(completion, completion.citation);
      if (performance.now() < pause) continue;
      await new Promise((resolve) => setTimeout(resolve));
      pause = performance.now() + SLICE;
    }
  }

  /**
   * @param {Completion} work
   * @param {string} citation
   */
  addCitation(work, citation) {
    const words = splitNames(citation).join(" ");
    this.cited.set(words, [...(this.cited.get(words) ?? []), work]);
  }

  /**
   * Return the field and the beginning of its value that a text is; null where it is words.
   * @param {string} text
   */
  parseField(text) {
    const [, name, value] = FIELD.exec(text) ?? [];
    const field = name?.toLowerCase();
    return this.fields.has(field) ? { field, value: value.replace(QUOTES, " ").trim() } : null;
  }

  /**
   * Return the words that were typed of what completes a text.
   * @param {string} text
   */
  splitTyped(text) {
    return splitNames(this.parseField(text)?.value ?? text, { isQuery: true });
  }

  /**
   * Return whether a completion is called what a text says, to the end.
   * @param {Completion} completion
   * @param {string} text
   */
  isCalled(completion, text) {
    const typed = this.splitTyped(text).join(" ");
    const isCited = this.cited.get(typed)?.includes(completion);
    return completion.term === text || isCited || rankMatch(completion, typed) === 0;
  }

  /**
   * Return what completes a text, which is words, or a field with the beginning of a value.
   * @param {string} text
   * @param {number} limit
   */
  complete(text, limit) {
    const term = this.parseField(text);
    return term
      ? this.completeValue(term.field, term.value, limit)
      : this.match(this.all, text, limit);
  }

  /**
   * @param {string} field
   * @param {string} value
   * @param {number} limit
   */
  completeValue(field, value, limit) {
    const known = this.listField(field);
    if (!value) return known.slice(0, limit);
    if (!this.valueFields.has(field)) return this.match(known, value, limit);
    const beginning = `${field}:${value.toLowerCase()}`;
    return known.filter(({ term }) => term.startsWith(beginning)).slice(0, limit);
  }

  /**
   * Return the first of some completions that have a word which begins with each word of a text, or
   * with all of them joined: those that are called so, then people with these words in their name,
   * then those whose name begins so, then others.
   * @param {Completion[]} known Those that are used most first.
   * @param {string} text
   * @param {number} limit
   */
  match(known, text, limit) {
    return this.rank(known, text, limit).flat().slice(0, limit);
  }

  /**
   * Return the same by rank, up to a limit of each.
   * @param {Completion[]} known
   * @param {string} text
   * @param {number} limit
   */
  rank(known, text, limit) {
    const words = splitNames(text, { isQuery: true });
    const typed = words.join(" ");
    const cited = known === this.all ? (this.cited.get(typed) ?? []) : [];
    const ranks = [cited.slice(0, limit), [], [], []];
    if (!words.length) return ranks;
    for (const completion of this.findMatches(known, words)) {
      const rank = ranks[rankMatch(completion, typed)];
      if (rank.length < limit && !cited.includes(completion)) rank.push(completion);
    }
    return ranks;
  }

  /**
   * @param {Completion[]} known
   * @param {string[]} words
   */
  findMatches(known, words) {
    const earlier = this.recent.find((recent) => recent.known === known && extend(recent, words));
    const starts = words.map((word) => ` ${word}`);
    const joined = ` ${words.join("")}`;
    const found = (earlier?.found ?? known).filter(
      ({ searchText = "" }) =>
        starts.every((start) => searchText.includes(start)) || searchText.includes(joined),
    );
    this.recent = [{ known, words, found }, ...this.recent].slice(0, MAX_RECENT);
    return found;
  }

  /** @param {string} field */
  listField(field) {
    if (LINK_FIELDS.includes(field) && !this.byField.has(field)) {
      const works = this.byField.get("title") ?? [];
      this.byField.set(
        field,
        works.map((work) => completeLink(field, work)),
      );
    }
    return this.byField.get(field) ?? [];
  }
}

/**
 * Return whether words go on where those of some matches end.
 * @param {Matches} matches
 * @param {string[]} words
 */
const extend = (matches, words) =>
  matches.words.every((word, at) => words[at]?.startsWith(word)) &&
  words.join("").startsWith(matches.words.join(""));

/**
 * @param {Completion} completion
 * @param {string} typed
 */
function rankMatch({ field, searchText = "" }, typed) {
  if (searchText.includes(`\n ${typed} \n`)) return 0;
  const isPerson = field === "author"; // who is known by any of the words
  if (isPerson && searchText.includes(` ${typed} `)) return 1;
  return searchText.includes(`\n ${typed}`) ? 2 : 3;
}

/**
 * @param {CompletionsData} data
 * @returns {Completion[]}
 */
function listWorks({ works, kinds, plain_titles }) {
  return works.map(([name, title, kind, count, citation, ...aliases]) => {
    const label = Object.hasOwn(plain_titles, name) ? plain_titles[name] : title;
    const short = title.split(": ")[0];
    const names = [...new Set([label, title]), short, ...aliases, name.replace(/[-_.]/g, " ")];
    const path = makeNoteAddress(name);
    const term = makeTerm("title", title);
    return { kind: kinds[kind], field: "title", label, names, count, path, term, name, citation };
  });
}

/**
 * @param {CompletionsData["tags"][number]} tag
 * @returns {Completion}
 */
function completeTag([key, name, slug, count, ...aliases]) {
  const path = `tags/${slug.split("/").map(encodeURIComponent).join("/")}/`;
  const names = [name, key, ...aliases];
  return { kind: "tag", field: "tag", label: name, names, count, path, term: makeTerm("tag", key) };
}

/**
 * @param {string} field
 * @param {Record<string, number>} counts
 * @returns {Completion[]}
 */
const listNames = (field, counts) =>
  Object.entries(counts).map(([name, count]) => {
    return { kind: field, field, label: name, names: [name], count, term: makeTerm(field, name) };
  });

/**
 * Return the filters for values. One that two fields have is called so alone for the first of them.
 * @param {CompletionsData["values"]} values
 */
function listValues(values) {
  const called = new Set();
  /** @type {Completion[]} */
  const filters = [];
  for (const [field, counts] of Object.entries(values)) {
    for (const [value, count] of Object.entries(counts)) {
      const term = makeTerm(field, value);
      const names = called.has(value) ? [term] : [term, value];
      called.add(value);
      filters.push({ kind: "filter", field, label: term, names, count, term });
    }
  }
  return filters;
}

/**
 * @param {string} field
 * @param {string} example
 * @returns {Completion}
 */
function completeField(field, example) {
  const label = `${field}:`;
  const detail = t("as in {example}", { example });
  return { kind: "field", field: "", label, names: [label], detail, count: null, term: label };
}

/**
 * Return the filter for what a work has to do with others.
 * @param {string} field
 * @param {Completion} work
 * @returns {Completion}
 */
function completeLink(field, work) {
  const count = field === "links" ? work.count : null;
  const term = makeTerm(field, work.name ?? "");
  return { ...work, kind: "filter", path: undefined, count, term };
}

/**
 * @param {string} field
 * @param {string} value
 */
const makeTerm = (field, value) =>
  printTree({ type: "filter", field, value: value.replace(QUOTES, " ") });
