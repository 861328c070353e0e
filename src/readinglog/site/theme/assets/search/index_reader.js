// Reading an index: what Python has packed, unpacked when it is first needed; the counterpart of
// index_reader.py.
//
// What is asked of the index is answered at once, from the files that are there. Where one is not,
// `FilesNeeded` is thrown; `SearchIndex.run` fetches the files and asks again.

import { fetchPacked } from "../address.js";
import { t } from "../messages.js";
import { findShard } from "../shards.js";
import { fold } from "../slugs.js";
import { lookUp, parseLists } from "./catalogue.js";
import { sortByLinks, unpackNumbers, unpackPositions, unpackPostings } from "./packing.js";
import { stemWord } from "./stems.js";
import { isUnspacedLetter } from "./words.js";

/**
 * What a result shows of a note.
 * @typedef {object} Card
 * @property {number} note
 * @property {string} name
 * @property {string} title
 * @property {string} byline
 * @property {string} summary
 * @property {Record<string, string>} formulas The MathML of the formulas in title and summary.
 * @property {import("./catalogue.js").Tag[]} tags
 */

/** Why a part of the index is not there. */
export class IndexUnavailable extends Error {}

/** A part of the index that does not belong to its catalogue. */
export class OtherBuild extends IndexUnavailable {}

/** Files that an answer needs and that are not there yet. */
export class FilesNeeded extends Error {
  /** @param {string[]} paths */
  constructor(paths) {
    super(paths.join(", "));
    this.paths = paths;
  }
}

const SHARD_PATH = /^([a-z_]+)\/(\d+)\.bin$/;

/** The index of a log. */
export class SearchIndex {
  /**
   * @param {URL} root
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  constructor(root, catalogue) {
    this.root = root;
    this.catalogue = catalogue;
    this.starts = catalogue.shards;
    this.size = catalogue.size;
    this.notes = new Set(Array.from({ length: this.size }, (_, note) => note));
    /** @type {Map<string, any>} */
    this.files = new Map();
    /** @type {Map<string, Promise<void>>} */
    this.loading = new Map();
    /** @type {Set<string>} Files that could not be read before. */
    this.failed = new Set();
    /** @type {Map<string, any>} What was unpacked. */
    this.unpacked = new Map();
  }

  // Files -----------------------------------------------------------------------------------------

  /**
   * Return what a function computes from the index, with all files that it needs.
   * @template T
   * @param {() => T} compute
   * @returns {Promise<T>}
   */
  async run(compute) {
    for (;;) {
      try {
        return compute();
      } catch (error) {
        if (!(error instanceof FilesNeeded)) throw error;
        await Promise.all(error.paths.map((path) => this.load(path)));
      }
    }
  }

  /**
   * Demand files, all of them at once.
   * @param {string[]} paths
   */
  need(paths) {
    const missing = paths.filter((path) => !this.files.has(path));
    if (missing.length) throw new FilesNeeded([...new Set(missing)]);
  }

  /**
   * Fetch a file, once; a failure is not remembered: the file may come later.
   * @param {string} path
   */
  load(path) {
    const known = this.loading.get(path);
    if (known) return known;
    const loading = this.fetchFile(path);
    this.loading.set(path, loading);
    loading.catch(() => {
      this.loading.delete(path);
      this.failed.add(path);
    });
    return loading;
  }

  /** @param {string} path */
  async fetchFile(path) {
    const url = new URL(`${path}?${this.catalogue.buildId}`, this.root);
    const shard = SHARD_PATH.exec(path);
    let value;
    try {
      // not what the browser keeps, where that is what could not be read
      value = await fetchPacked(url, { cache: this.failed.has(path) ? "reload" : "default" });
    } catch (error) {
      if (!shard) throw error;
      throw new IndexUnavailable(t("a part of the word index could not be loaded"));
    }
    const isOwn = shard
      ? this.isOwnShard(shard[1], Number(shard[2]), value)
      : parseLists(value?.notes ?? "", this.size).length === this.size;
    if (!isOwn) {
      throw new OtherBuild(
        t("the word index is from another build of the site, or could not be loaded completely"),
      );
    }
    this.files.set(path, value);
  }

  /**
   * Return whether a shard begins where the catalogue says.
   * @param {string} group
   * @param {number} number
   * @param {any} shard
   */
  isOwnShard(group, number, shard) {
    if (!shard || typeof shard !== "object") return false;
    const starts = this.starts[group];
    if (typeof starts[number] === "string") return Object.hasOwn(shard, starts[number]);
    return shard.length === Number(starts[number + 1] ?? this.size) - Number(starts[number]);
  }

  /** @param {string} path */
  read(path) {
    this.need([path]);
    return this.files.get(path);
  }

  /**
   * Return what is made of the index, once.
   * @template T
   * @param {string} key
   * @param {() => T} make
   * @returns {T}
   */
  once(key, make) {
    if (!this.unpacked.has(key)) this.unpacked.set(key, make());
    return this.unpacked.get(key);
  }

  /**
   * Return the paths of the shards that have a key; of those that have keys which begin with it,
   * where `isStart`.
   * @param {string} group
   * @param {string} key
   * @param {boolean} [isStart]
   */
  listPaths(group, key, isStart = false) {
    const starts = /** @type {string[]} */ (this.starts[group]);
    const first = findShard(starts, key);
    const paths = first < 0 ? [] : [`${group}/${first}.bin`];
    for (let at = first + 1; isStart && starts[at]?.startsWith(key); at++) {
      paths.push(`${group}/${at}.bin`);
    }
    return paths;
  }

  /**
   * Return the entry of a key.
   * @param {string} group
   * @param {string} key
   */
  get(group, key) {
    const [path] = this.listPaths(group, key);
    return path && lookUp(this.read(path), key);
  }

  /**
   * Return the entries whose keys begin with a start.
   * @param {string} group
   * @param {string} start
   * @returns {[key: string, value: any][]}
   */
  listRange(group, start) {
    const paths = this.listPaths(group, start, true);
    this.need(paths);
    const entries = paths.flatMap((path) => Object.entries(this.read(path)));
    return entries.filter(([key]) => key.startsWith(start));
  }

  // Words -----------------------------------------------------------------------------------------

  /**
   * Return the paths of the files that have the forms of a word.
   * @param {string} word
   * @param {string} [field] Where it has to be.
   */
  listTermPaths(word, field) {
    const group = termGroup(field);
    if (isUnspacedLetter(word)) return this.listPaths(group, word, true);
    const stems = [stemWord(word), ...(this.catalogue.hasLanguages ? [word] : [])];
    return [...new Set(stems.flatMap((stem) => this.listPaths(group, stem)))];
  }

  /**
   * Return the paths of the files that have the positions of a word.
   * @param {string} word
   * @param {string} [field] Where it has to be.
   */
  listPositionPaths(word, field) {
    return this.listPaths(positionGroup(field), word);
  }

  /**
   * Return the forms of a word that notes have, each with its notes: twice what the form counts
   * there, and 1 more if it is in the title. Those that their claims have, where that is the field.
   * @param {string} word
   * @param {string} [field]
   * @returns {Map<string, Map<number, number>>}
   */
  findForms(word, field) {
    return this.once(`${termGroup(field)} ${word}`, () => {
      /** @type {Map<string, Map<number, number>>} */
      const found = new Map();
      for (const [form, text] of this.listForms(word, field)) {
        const plain = this.unmark(form);
        const known = found.get(plain) ?? [];
        found.set(plain, new Map([...known, ...unpackPostings(text)]));
      }
      return found;
    });
  }

  /**
   * Return the forms of a word as they are marked, each with its notes.
   * @param {string} word
   * @param {string} [field]
   * @returns {[form: string, text: string][]}
   */
  listForms(word, field) {
    const group = termGroup(field);
    if (isUnspacedLetter(word)) {
      return this.listRange(group, word).flatMap(([, forms]) => Object.entries(forms));
    }
    this.need(this.listTermPaths(word, field));
    /** @type {[string, string][]} */
    const english = Object.entries(this.get(group, stemWord(word)) ?? {});
    if (!this.catalogue.hasLanguages) return english;
    /** @type {[string, string][]} */
    const others = Object.entries(this.get(group, word) ?? {});
    return [
      ...english.filter(([form]) => !this.isMarked(form)),
      ...others.filter(([form]) => this.isMarked(form)),
    ];
  }

  /**
   * Return whether a form of a word is marked with a language, not English, of notes that have it.
   * @param {string} form
   */
  isMarked(form) {
    return form.includes(this.catalogue.language.language_mark);
  }

  /**
   * Return a form of a word without its mark.
   * @param {string} form
   */
  unmark(form) {
    return form.split(this.catalogue.language.language_mark)[0];
  }

  /**
   * Return the positions of a word in each note: twice its place, and 1 more in a title; in its
   * claims, where that is the field.
   * @param {string} word
   * @param {string} [field]
   */
  findPositions(word, field) {
    const group = positionGroup(field);
    return this.once(`${group} ${word}`, () => unpackPositions(this.get(group, word) ?? ""));
  }

  /**
   * Return the notes that a name, identifier or address means, the likeliest first.
   * @param {string} key
   * @returns {number[]}
   */
  findNamed(key) {
    return this.get("names", key) ?? [];
  }

  /**
   * Return the words that begin or end with some letters, and how many notes have each.
   * @param {string} start
   * @param {string} end
   * @returns {[word: string, count: number][]}
   */
  listSimilarWords(start, end) {
    const reversed = reverse(end);
    const starting = this.listPaths("terms", start, true);
    this.need([...starting, ...this.listPaths("endings", reversed, true)]);
    return [
      ...this.listWordsFrom(start),
      ...this.listRange("endings", reversed).map(([word, count]) => pair(reverse(word), count)),
    ];
  }

  /**
   * Return the words that begin with some letters, and how many notes have each.
   * @param {string} start
   * @returns {[word: string, count: number][]}
   */
  listWordsFrom(start) {
    return this.listRange("terms", start).flatMap(([key, found]) => {
      // Once, of a form that stands by others too.
      const forms = Object.entries(found).filter(
        ([form]) => !this.isMarked(form) || this.unmark(form) === key,
      );
      return forms.map(([form, text]) =>
        pair(this.unmark(form), unpackNumbers(String(text)).length / 2),
      );
    });
  }

  // Notes and fields ------------------------------------------------------------------------------

  /**
   * Return what results show of some notes.
   * @param {number[]} notes
   * @returns {Card[]}
   */
  getCards(notes) {
    const { tags, ownTags } = this.catalogue;
    const places = notes.map((note) => this.cardPlaces[note]);
    return this.getEntries("cards", places).map(
      ([name, title, byline, summary, formulas = {}], at) => {
        const note = notes[at];
        const shown = ownTags[note].map((tag) => tags[tag]);
        return { note, name, title, byline, summary, tags: shown, formulas };
      },
    );
  }

  /** @returns {number[]} The place of the card of each note: the first file has the most linked. */
  get cardPlaces() {
    return this.once("card places", () => {
      const first = new Set(
        sortByLinks(this.catalogue.linkCounts).slice(0, Number(this.starts.cards[1] ?? this.size)),
      );
      const order = [...this.notes].sort(
        (a, b) => Number(first.has(b)) - Number(first.has(a)) || a - b,
      );
      /** @type {number[]} */
      const places = [];
      for (const [place, note] of order.entries()) places[note] = place;
      return places;
    });
  }

  /**
   * Return the sections of the text of a note.
   * @param {number} note
   * @returns {import("./passage.js").Section[]}
   */
  getSections(note) {
    return this.getEntries("texts", [note])[0];
  }

  /**
   * Return the claims of a note as sections, under a heading.
   * @param {number} note
   * @param {string} heading
   * @returns {import("./passage.js").Section[]}
   */
  getClaims(note, heading) {
    /** @type {[id: string, text: string, formulas: string[]][]} */
    const claims = this.get("claims", String(note)) ?? [];
    return claims.map(([id, text, formulas]) => [`^${id}`, heading, text, formulas]);
  }

  /**
   * Return the entries at some places of a group of files whose entries are numbered.
   * @param {string} group
   * @param {number[]} places
   * @returns {any[]}
   */
  getEntries(group, places) {
    const starts = /** @type {number[]} */ (this.starts[group]);
    const found = places.map((place) => ({ place, block: findShard(starts, place) }));
    this.need(found.map(({ block }) => `${group}/${block}.bin`));
    return found.map(
      ({ place, block }) => this.read(`${group}/${block}.bin`)[place - starts[block]],
    );
  }

  /**
   * Return the names that a query field such as `author` finds, and the numbers of those of each
   * note.
   * @param {string} field
   * @returns {{ names: string[], notes: number[][] }}
   */
  getNames(field) {
    return this.once(`names ${field}`, () => {
      const { names, notes } = this.read(`${field}s.bin`);
      return { names, notes: parseLists(notes, this.size) };
    });
  }

  /** The notes that each note links to. */
  get targets() {
    return this.once("targets", () => parseLists(this.read("links.bin").notes, this.size));
  }

  /** @returns {string[]} The name of each note. */
  get noteNames() {
    return this.read("links.bin").names;
  }

  /** @returns {Record<string, number>} The notes that had other names, by those. */
  get formerNames() {
    return this.read("links.bin").former_names;
  }

  /**
   * Return the notes of that name, title or alias.
   * @param {string} text
   * @returns {number[]}
   */
  findCalled(text) {
    return lookUp(this.read("links.bin").by_name, fold(text)) ?? [];
  }
}

/** @param {string} [field] */
const termGroup = (field) => (field === "claim" ? "claim_terms" : "terms");

/** @param {string} [field] */
const positionGroup = (field) => (field === "claim" ? "claim_positions" : "positions");

/** @param {string} text */
const reverse = (text) => [...text].reverse().join("");

/**
 * @param {string} word
 * @param {number} count
 * @returns {[string, number]}
 */
const pair = (word, count) => [word, count];
