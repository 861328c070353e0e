// The log in columns: what can be asked of every note, and counted. Files are fetched when they are first needed.

import { fetched } from "../address.js";

const DESCENDING = (a, b) => (a < b ? 1 : a > b ? -1 : 0);
const WHOLE = (day) => day.padEnd("2024-05-06".length, "~"); // a year alone stands before its months, as in every list

/** The catalogue that stands at an address. */
export async function load(root) {
  return new Catalogue(root, await fetched(new URL("catalogue.json", root), { cache: "no-cache" }));
}

class Catalogue {
  constructor(root, core) {
    Object.assign(this, core, { root, kept: new Map() });
    this.size = core.notes;
    this.names = bare(core.names);
    this.language.fields = bare(core.language.fields);
    this.tags = core.tags.map(([key, name, parent], at) => ({ key, name, parent, at, address: core.addresses[at], hue: core.hues[at] }));
    this.tagsOf = lists(core.tag, this.size);
    this.paths = this.tags.map((tag) => {
      const path = [];
      for (let at = tag.at; at >= 0; at = this.tags[at].parent) path.push(at);
      return path;
    });
    this.tagged = this.tagsOf.map((tags) => [...new Set(tags.flatMap((at) => this.paths[at]))]); // with all above
    this.kind = digits(core.kind).map((at) => core.kinds[at]);
    this.status = digits(core.status).map((at) => core.statuses[at]);
    this.rating = digits(core.rating).map((rating) => (rating ? String(rating) : ""));
    this.has = numbers(core.has, this.size);
    this.published = texts(core.published, this.size);
    this.date = texts(core.date, this.size);
    this.year = this.published.map((day) => day.slice(0, 4));
    this.orphans = new Set(core.orphans);
    for (const [field, column] of Object.entries(core.columns)) this[field] = texts(column, this.size);
  }

  /** A file beside the catalogue, fetched once: `authors`, `venues`, `links`, `words`, or a block of cards. */
  file(name) {
    if (!this.kept.has(name)) {
      const file = fetched(new URL(`${name}.json`, this.root));
      file.catch(() => this.kept.delete(name));
      this.kept.set(name, file);
    }
    return this.kept.get(name);
  }

  /** The names of a column, and which each note has. */
  async column(name) {
    const file = await this.file(name);
    if (file.called) file.called = bare(file.called);
    file.lists ??= lists(file.notes, this.size);
    return file;
  }

  /** What a list shows of notes, by their numbers. */
  async cards(notes, block) {
    const blocks = new Map(notes.map((note) => [Math.floor(note / block), null]));
    await Promise.all([...blocks.keys()].map(async (at) => blocks.set(at, await this.file(`cards/${at}`))));
    return notes.map((note) => {
      const [name, title, by, date, summary, tags] = blocks.get(Math.floor(note / block))[note % block];
      return { name, title, by, date, summary, tags: tags.map((at) => this.tags[at]) };
    });
  }

  /** The orders of results: a note before another where this is negative; equal notes stand newest first. */
  order(name, scores) {
    const newest = (a, b) => b - a;
    const by = (column) => (a, b) => !column[a] - !column[b] || DESCENDING(WHOLE(column[a]), WHOLE(column[b])) || newest(a, b);
    if (name === "published" || name === "rating") return by(this[name]);
    return name === "relevance" ? (a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0) || newest(a, b) : newest;
  }
}

const bare = (table) => Object.assign(Object.create(null), table); // a stranger's word is not to name a part of every object
const digits = (column) => Array.from(column, (digit) => parseInt(digit, 16));
const numbers = (column, size) => Array.from({ length: size }, (_, at) => parseInt(column.slice((at * column.length) / size, ((at + 1) * column.length) / size), 16));
const texts = (column, size) => (size ? column.split(",") : []);
const lists = (column, size) => texts(column, size).map((entry) => (entry ? entry.split(" ").map(Number) : []));
