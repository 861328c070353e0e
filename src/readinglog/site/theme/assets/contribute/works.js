// The works in the log: which note a name, a title or an address means; the counterpart of
// index.py.

import { FuzzyIndex } from "../search/fuzzy_index.js";
import { fold } from "../search/words.js";
import { compilePattern } from "./patterns.js";

const SAME_TITLE = 0.92; // how similar two titles of one work are
const MIN_SHORT_WORDS = 4; // words from which a title up to its colon tells works apart

/**
 * A note, as Python writes it.
 * @typedef {[name: string, title: string, aliases: string[], formerNames: string[], workKeys:
 *   string[], path: string]} WorkEntry
 */

/**
 * Patterns of identifiers and addresses.
 * @typedef {object} WorkPatterns
 * @property {string} arxiv
 * @property {string} doi
 * @property {string} address
 * @property {string} tracking Parameters of an address that do not change the page.
 */

export class WorkIndex {
  /**
   * @param {WorkEntry[]} entries
   * @param {WorkPatterns} patterns
   */
  constructor(entries, patterns) {
    this.arxiv = compilePattern(patterns.arxiv);
    this.doi = compilePattern(patterns.doi);
    this.address = compilePattern(patterns.address);
    this.tracking = compilePattern(patterns.tracking);
    this.titles = new Map(entries.map(([name, title]) => [name, title]));
    this.aliases = new Map(entries.map(([name, , aliases]) => [name, new Set(aliases.map(fold))]));
    this.byName = indexNames(entries, ([name]) => [fold(name)]);
    this.byTitle = indexNames(entries, ([, title, aliases]) => [title, ...aliases].map(fold));
    this.byFormerName = indexNames(entries, ([, , , formerNames]) => formerNames.map(fold));
    this.byWorkKey = indexNames(entries, ([, , , , workKeys]) => workKeys);
    this.byTitleKey = indexNames(entries, ([, title]) => [titleKey(title)]);
    this.byShortTitle = indexNames(entries, ([, title]) => [titleKey(shortTitle(title))]);
    this.paths = entries.map(([name, , , , , path]) => ({ name, path: `/${fold(path)}` }));
    const names = entries.flatMap(([name, title, aliases]) => [name, title, ...aliases]);
    this.names = new FuzzyIndex(names);
    this.titleKeys = new FuzzyIndex(this.byTitleKey.keys());
  }

  /**
   * Return the key of a work: `arxiv:…`, `doi:…` or a normalised address, with the title if that is
   * a site's front page.
   * @param {string} text
   * @param {string} [title]
   */
  workKey(text, title = "") {
    const trimmed = text.trim();
    const arxiv = this.arxiv.exec(trimmed);
    const doi = this.doi.exec(trimmed);
    if (arxiv) return `arxiv:${arxiv[1].toLowerCase()}`;
    if (doi) return `doi:${doi[1].toLowerCase()}`;
    const parts = this.address.exec(trimmed) ?? [];
    const [, address = "", path = "", query = "", fragment = ""] = parts;
    const host = address.toLowerCase().split("@").pop() ?? "";
    const place = host.replace(/^www\.|:(?:443|80)$/g, "");
    const parameters = query.split("&").filter((pair) => pair && !this.tracking.test(pair));
    const within = [
      path.replace(/\/(?:index\.html?)?$/, ""),
      parameters.length && `?${parameters.sort().join("&")}`,
      fragment && `#${fragment}`,
    ].filter(Boolean);
    return within.length ? place + within.join("") : `${place} ${fold(title)}`.trimEnd();
  }

  /**
   * Return the note about a work, given by an id or address.
   * @param {string} text
   */
  findByWork(text) {
    return this.byWorkKey.get(this.workKey(text));
  }

  /**
   * Return the note with a title, apart from punctuation, typos and what follows the colon, or with
   * that name.
   * @param {string} title
   */
  findByTitle(title) {
    const key = titleKey(title);
    const short = shortTitle(title);
    const shortKey = short.split(/\s+/).length >= MIN_SHORT_WORDS ? titleKey(short) : key;
    const similar = this.byTitleKey.has(key) ? key : this.titleKeys.nearest(key, SAME_TITLE);
    return (
      this.byTitleKey.get(similar ?? key) ??
      this.byName.get(fold(title)) ??
      this.byTitle.get(fold(title)) ??
      this.byShortTitle.get(shortKey)
    );
  }

  /**
   * Return the note that a link or a relation means.
   * @param {string} target
   */
  resolve(target) {
    const work = /^(?:arxiv|doi):\s*(.+)$/i.exec(target);
    if (work) return this.findByWork(work[1]);
    const name = fold(target.replace(/\.md$/i, ""));
    return (
      this.findByPath(name) ??
      this.byName.get(name) ??
      this.byTitle.get(fold(target)) ??
      this.byFormerName.get(name)
    );
  }

  /**
   * Return the note at a path, or at the end of one.
   * @param {string} target
   */
  findByPath(target) {
    if (!target.includes("/")) return undefined;
    const steps = target.split("/").filter((step) => step && step !== ".");
    return this.paths.find(({ path }) => path.endsWith(`/${steps.join("/")}`))?.name;
  }

  /**
   * Return whether an alias is one of a note's own.
   * @param {string} name
   * @param {string} alias
   */
  hasAlias(name, alias) {
    return this.aliases.get(name)?.has(fold(alias)) ?? false;
  }
}

/**
 * Return the first note for each of some keys.
 * @param {WorkEntry[]} entries
 * @param {(entry: WorkEntry) => string[]} keysOf
 */
function indexNames(entries, keysOf) {
  /** @type {Map<string, string>} */
  const index = new Map();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      if (key && !index.has(key)) index.set(key, entry[0]);
    }
  }
  return index;
}

/**
 * Return a title up to its colon.
 * @param {string} title
 */
export const shortTitle = (title) => title.split(": ")[0];

/** @param {string} title */
const titleKey = (title) => (fold(title).match(/[\p{L}\p{N}]+/gu) ?? []).join("-");
