// The catalogue: the fields of every note in columns, for filtering, counting and sorting; the
// counterpart of catalogue.py. Notes are numbers here, the oldest first. Files beside the catalogue
// are fetched when they are first needed.

import { fetchJson } from "../address.js";

/**
 * A field of the search language; which properties it has depends on its type.
 * @typedef {object} Field
 * @property {string} type `choice`, `range`, `tag`, `title`, `note`, or what a name names.
 * @property {string[]} [values]
 * @property {string} [pattern]
 * @property {string} [example]
 * @property {boolean} [is_words] Whether words of the name are enough.
 */

/**
 * What the page has to know of the search language.
 * @typedef {object} Language
 * @property {Record<string, Field>} fields
 * @property {string[]} relations
 * @property {Record<string, [message: string, help: string]>} messages
 * @property {string[]} common_words
 * @property {string[]} question_words
 * @property {number} sentence_length
 * @property {number} max_length
 * @property {number} max_depth
 * @property {string} head_word
 * @property {string} body_word
 * @property {number[]} zone_starts
 * @property {number[]} zone_weights
 * @property {[wordsEnd: number, termsStart: number, termsEnd: number]} title_zone
 */

/**
 * @typedef {object} CatalogueData
 * @property {string} build_id
 * @property {number} note_count
 * @property {Language} language
 * @property {[key: string, name: string, parent: number][]} tags
 * @property {string[]} addresses
 * @property {number[]} hues
 * @property {Record<string, number>} tag_names
 * @property {string[]} kinds
 * @property {string[]} statuses
 * @property {string} tag
 * @property {string} kind
 * @property {string} status
 * @property {string} rating
 * @property {string} has
 * @property {Record<string, string>} columns
 * @property {number[]} orphans
 * @property {string} published
 * @property {string} date
 */

/**
 * @typedef {object} Tag
 * @property {string} key
 * @property {string} name
 * @property {number} parent
 * @property {number} at
 * @property {string} address
 * @property {number} hue
 */

/**
 * What a list shows of a note.
 * @typedef {object} Card
 * @property {string} name
 * @property {string} title
 * @property {string} by
 * @property {string} date
 * @property {string} summary
 * @property {Tag[]} tags
 */

/**
 * Names, and the numbers of those that each note has.
 * @typedef {object} Column
 * @property {string[]} names
 * @property {number[][]} lists
 * @property {Record<string, number[]>} by_name Notes by all that they may be called, in the column
 *   of links.
 */

/** @typedef {(a: number, b: number) => number} Comparator */

const DAY_LENGTH = "2024-05-06".length;

/**
 * Fetch the catalogue at an address.
 * @param {URL} root
 */
export async function loadCatalogue(root) {
  return new Catalogue(
    root,
    await fetchJson(new URL("catalogue.json", root), { cache: "no-cache" }),
  );
}

export class Catalogue {
  /**
   * @param {URL} root
   * @param {CatalogueData} data
   */
  constructor(root, data) {
    this.root = root;
    this.size = data.note_count;
    this.buildId = data.build_id;
    this.language = { ...data.language, fields: withoutPrototype(data.language.fields) };
    this.tagNames = withoutPrototype(data.tag_names);
    /** @type {Tag[]} */
    this.tags = data.tags.map(([key, name, parent], at) => {
      return { key, name, parent, at, address: data.addresses[at], hue: data.hues[at] };
    });
    const tagLists = parseLists(data.tag, this.size);
    /** The tags of each note, with all that are above them. */
    this.tagged = tagLists.map((tags) => [...new Set(tags.flatMap((at) => this.tagPath(at)))]);
    this.kinds = data.kinds;
    this.statuses = data.statuses;
    this.kind = parseDigits(data.kind).map((at) => data.kinds[at]);
    this.status = parseDigits(data.status).map((at) => data.statuses[at]);
    this.rating = parseDigits(data.rating).map((rating) => (rating ? String(rating) : ""));
    this.has = parseNumbers(data.has, this.size);
    this.published = parseTexts(data.published, this.size);
    this.date = parseTexts(data.date, this.size);
    this.year = this.published.map((day) => day.slice(0, 4));
    this.orphans = new Set(data.orphans);
    /** The values of further fields by their names. */
    this.values = new Map(
      Object.entries(data.columns).map(([name, column]) => [name, parseTexts(column, this.size)]),
    );
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Map<string, Promise<Column>>} */
    this.columns = new Map();
  }

  /**
   * Return the numbers of a tag and of those above it.
   * @param {number} at
   */
  tagPath(at) {
    const path = [];
    for (let step = at; step >= 0; step = this.tags[step].parent) path.push(step);
    return path;
  }

  /**
   * Return the value of a field in each note, "" where it has none.
   * @param {string} field
   * @returns {string[]}
   */
  valuesOf(field) {
    const { kind, status, rating, date, year } = this;
    /** @type {Record<string, string[]>} */
    const columns = { kind, status, rating, date, year };
    return columns[field] ?? this.values.get(field) ?? [];
  }

  /**
   * Fetch a file beside the catalogue, once: `authors`, `venues`, `links`, `words`, the text of a
   * note, or a block of cards.
   * @param {string} name
   */
  file(name) {
    const cached = this.files.get(name);
    if (cached) return cached;
    const file = fetchJson(new URL(`${name}.json`, this.root));
    file.catch(() => this.files.delete(name)); // it is tried again
    this.files.set(name, file);
    return file;
  }

  /**
   * Fetch a column: its names, and which each note has.
   * @param {string} name `authors`, `links` …
   * @returns {Promise<Column>}
   */
  column(name) {
    const cached = this.columns.get(name);
    if (cached) return cached;
    const column = this.fetchColumn(name);
    column.catch(() => this.columns.delete(name));
    this.columns.set(name, column);
    return column;
  }

  /**
   * @param {string} name
   * @returns {Promise<Column>}
   */
  async fetchColumn(name) {
    const { names, by_name = {}, notes } = await this.file(name);
    return { names, by_name: withoutPrototype(by_name), lists: parseLists(notes, this.size) };
  }

  /**
   * Fetch the cards of notes.
   * @param {number[]} notes
   * @param {number} block How many cards a file holds.
   * @returns {Promise<Card[]>}
   */
  async cards(notes, block) {
    /** @param {number} note */
    const blockOf = (note) => Math.floor(note / block);
    const numbers = [...new Set(notes.map(blockOf))];
    const files = await Promise.all(numbers.map((number) => this.file(`cards/${number}`)));
    const blocks = new Map(numbers.map((number, at) => [number, files[at]]));
    return notes.map((note) => {
      const [name, title, by, date, summary, tags] = blocks.get(blockOf(note))[note % block];
      /** @type {number[]} */
      const numbers = tags;
      return { name, title, by, date, summary, tags: numbers.map((at) => this.tags[at]) };
    });
  }

  /**
   * Return how an order of results compares two notes; those that are equal stand newest first.
   * @param {string} name
   * @param {Map<number, number>} scores
   * @returns {Comparator}
   */
  comparator(name, scores) {
    /** @type {Comparator} */
    const newest = (a, b) => b - a;
    if (name === "relevance") {
      return (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || newest(a, b);
    }
    if (name !== "published" && name !== "rating") return newest;
    const keys = this[name].map((text) => (text ? padDay(text) : ""));
    return (a, b) => compareDescending(keys[a], keys[b]) || newest(a, b);
  }
}

/**
 * Return a date such that a year alone stands before its months, as in every list.
 * @param {string} day
 */
const padDay = (day) => day.padEnd(DAY_LENGTH, "~");

/**
 * @param {string} a
 * @param {string} b
 */
function compareDescending(a, b) {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}

/**
 * Return a table that lacks what every object has: the words of a query are looked up in it.
 * @template T
 * @param {Record<string, T>} table
 * @returns {Record<string, T>}
 */
const withoutPrototype = (table) => Object.assign(Object.create(null), table);

/** @param {string} column One hexadecimal digit a note. */
const parseDigits = (column) => Array.from(column, (digit) => Number.parseInt(digit, 16));

/**
 * @param {string} column As many hexadecimal digits for each note.
 * @param {number} size
 */
function parseNumbers(column, size) {
  const width = size ? column.length / size : 0;
  const at = (/** @type {number} */ note) => column.slice(note * width, (note + 1) * width);
  return Array.from({ length: size }, (_, note) => Number.parseInt(at(note), 16));
}

/**
 * @param {string} column
 * @param {number} size
 */
const parseTexts = (column, size) => (size ? column.split(",") : []);

/**
 * @param {string} column
 * @param {number} size
 */
const parseLists = (column, size) =>
  parseTexts(column, size).map((entry) => (entry ? entry.split(" ").map(Number) : []));
