// The catalogue: the fields of every note in columns, for filtering, counting and sorting; the
// counterpart of catalogue.py. Notes are numbers here, the oldest first.

import { fold } from "../slugs.js";
import { unpackNumbers } from "./packing.js";
import { setStemRules } from "./stems.js";
import { setWordRules } from "./words.js";

/**
 * A field of the search language; which properties it has depends on its type.
 * @typedef {object} Field
 * @property {string} type `choice`, `range`, `tag`, `title`, `note`, or what a name names.
 * @property {string[]} [values]
 * @property {string} [pattern]
 * @property {string} [example]
 * @property {boolean} [is_words] Whether words of the name are enough.
 * @property {string} [noun] What messages call it, where that is not its type.
 */

/**
 * What the page has to know of the search language.
 * @typedef {object} Language
 * @property {Record<string, Field>} fields
 * @property {string[]} relations
 * @property {string[]} text_fields Behind which words are found as elsewhere, but only there.
 * @property {Record<string, [message: string, help: string]>} messages
 * @property {string[]} common_words
 * @property {string[]} et_al
 * @property {string[]} question_words
 * @property {number} sentence_length
 * @property {Record<string, string[]>} kind_words The kinds that a word beside a name says.
 * @property {number} max_description
 * @property {string[]} address_words
 * @property {Record<string, string>} field_synonyms
 * @property {Record<string, Record<string, string>>} value_synonyms
 * @property {string[]} hub_kinds
 * @property {number} max_length
 * @property {number} max_depth
 * @property {Record<string, string>} letter_spellings
 * @property {Record<string, string>} letter_names
 * @property {string} unspaced_letters
 * @property {string} language_mark What stands between a form of a word and the language, not English,
 *   of notes that have it.
 * @property {Record<string, string>} irregular_plurals
 * @property {Record<string, string>} british_starts
 * @property {string} british_end
 * @property {import("./known_names.js").NamePatterns} name_patterns
 * @property {import("../identifiers.js").WorkPatterns} work_patterns
 * @property {number} occurrence
 * @property {number} saturation
 * @property {number} form_weight
 * @property {number} link_weight
 * @property {number} enough_words
 * @property {number} enough_of_question
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
 * @property {string} links
 * @property {Record<string, string>} columns
 * @property {Record<string, string[] | string>} shards The first keys, or how many entries each has.
 * @property {boolean} has_languages Whether some notes are not in English.
 * @property {number[]} disputed
 * @property {number[]} orphans
 * @property {string[]} published
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

/** @typedef {(a: number, b: number) => number} Comparator */

const DAY_LENGTH = "2024-05-06".length;

export class Catalogue {
  /** @param {CatalogueData} data */
  constructor(data) {
    setWordRules(data.language);
    setStemRules(data.language);
    this.size = data.note_count;
    this.buildId = data.build_id;
    const { fields, field_synonyms, kind_words } = data.language;
    this.language = {
      ...data.language,
      fields: withoutPrototype(fields),
      field_synonyms: withoutPrototype(field_synonyms),
      kind_words: withoutPrototype(kind_words),
    };
    this.tagNames = data.tag_names;
    /** @type {Record<string, string[] | number[]>} The first key or number of each shard. */
    this.shards = {};
    for (const [group, starts] of Object.entries(data.shards)) {
      this.shards[group] = typeof starts === "string" ? listStarts(unpackNumbers(starts)) : starts;
    }
    /** How many notes link to each note. */
    this.linkCounts = unpackNumbers(data.links);
    /** @type {Tag[]} */
    this.tags = data.tags.map(([key, name, parent], at) => {
      return { key, name, parent, at, address: data.addresses[at], hue: data.hues[at] };
    });
    /** The tags of each note by their numbers, without those above them. */
    this.ownTags = parseLists(data.tag, this.size);
    /** The tags of each note, with all that are above them. */
    this.tagged = this.ownTags.map((tags) => [...new Set(tags.flatMap((at) => this.tagPath(at)))]);
    this.kinds = data.kinds;
    this.statuses = data.statuses;
    this.kind = parseDigits(data.kind).map((at) => data.kinds[at]);
    this.status = parseDigits(data.status).map((at) => data.statuses[at]);
    this.rating = parseDigits(data.rating).map((rating) => (rating ? String(rating) : ""));
    this.has = parseNumbers(data.has, this.size);
    this.published = unpackDays(data.published);
    this.date = parseTexts(data.date, this.size);
    this.year = this.published.map((day) => day.slice(0, 4));
    this.hasLanguages = data.has_languages;
    this.disputed = new Set(data.disputed);
    this.orphans = new Set(data.orphans);
    /** The values of further fields by their names. */
    this.values = new Map(
      Object.entries(data.columns).map(([name, column]) => [name, parseTexts(column, this.size)]),
    );
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
    const { kind, status, rating, published, date, year } = this;
    /** @type {Record<string, string[]>} */
    const columns = { kind, status, rating, published, date, year };
    return columns[field] ?? this.values.get(field) ?? [];
  }

  /**
   * Return the number of the tag that a text names; undefined where none is named so.
   * @param {string} text
   */
  findTag(text) {
    return lookUp(this.tagNames, fold(text.trim().replace(/^#+/, "")));
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
    const keys = this.valuesOf(name).map((text) => (text ? padDay(text) : ""));
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

/**
 * Return what a table has for a key, which may be any text.
 * @template T
 * @param {Record<string, T>} table
 * @param {string} key
 * @returns {T | undefined}
 */
export const lookUp = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);

/** @param {number[]} sizes */
function listStarts(sizes) {
  let next = 0;
  return sizes.map((size) => {
    next += size;
    return next - size;
  });
}

/** @param {string[]} columns The years, months and days; 0 where there is none. */
function unpackDays(columns) {
  const [years, months, days] = columns.map(unpackNumbers);
  const pad = (/** @type {number} */ part) => (part ? `-${String(part).padStart(2, "0")}` : "");
  return years.map((year, note) =>
    year ? String(year).padStart(4, "0") + pad(months[note]) + pad(days[note]) : "",
  );
}

/** @param {string} column One digit of base 36 a note. */
const parseDigits = (column) => Array.from(column, (digit) => Number.parseInt(digit, 36));

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
export const parseLists = (column, size) =>
  parseTexts(column, size).map((entry) => (entry ? entry.split(" ").map(Number) : []));
