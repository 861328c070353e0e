// The works in the log: which note a name, a title or an address means; the counterpart of
// index.py.

import { FuzzyIndex } from "../fuzzy_index.js";
import { WorkKeys } from "../identifiers.js";
import { fold } from "../slugs.js";

const SAME_TITLE = 0.92; // how similar two titles of one work are
const MIN_SHORT_WORDS = 4; // words from which a title up to its colon tells works apart

/**
 * A note, as Python writes it.
 * @typedef {[name: string, title: string, aliases: string[], formerNames: string[], workKeys:
 *   string[], path: string]} WorkEntry
 */

export class WorkIndex {
  /**
   * @param {WorkEntry[]} entries
   * @param {import("../identifiers.js").WorkPatterns} patterns
   */
  constructor(entries, patterns) {
    this.keys = new WorkKeys(patterns);
    this.titles = new Map(entries.map(([name, title]) => [name, title]));
    this.aliases = new Map(entries.map(([name, , aliases]) => [name, new Set(aliases.map(fold))]));
    this.byName = indexNames(entries, ([name]) => [fold(name.split("/").at(-1) ?? "")]);
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
   * Return the note about a work, given by an id or address.
   * @param {string} text
   */
  findByWork(text) {
    return this.byWorkKey.get(this.keys.make(text));
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
    const identifier = this.keys.readReference(target);
    if (identifier) {
      const scheme = target.slice(0, target.indexOf(":"));
      return this.findByWork(`${scheme}:${identifier}`) ?? this.findByWork(identifier);
    }
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
