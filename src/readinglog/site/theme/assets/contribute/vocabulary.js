// The vocabulary: the tags of the log, by all their names.

import { FuzzyIndex } from "../fuzzy_index.js";
import { fold } from "../slugs.js";

/** @typedef {[key: string, name: string, aliases: string[], ancestors: string[]]} TagEntry */
/** @typedef {{ key: string, name: string, aliases: string[], ancestors: string[] }} Tag */

export class Vocabulary {
  /** @param {TagEntry[]} entries */
  constructor(entries) {
    const tags = entries.map(([key, name, aliases, ancestors]) => {
      return { key, name, aliases, ancestors };
    });
    /** @type {Map<string, Tag>} */
    this.byFold = new Map();
    for (const tag of tags) {
      for (const name of namesOf(tag)) {
        if (!this.byFold.has(fold(name))) this.byFold.set(fold(name), tag);
      }
    }
    // no alias takes the place of a key
    for (const tag of tags) this.byFold.set(fold(tag.key), tag);
    this.names = new FuzzyIndex(this.byFold.keys());
  }

  /**
   * Return the tag that a text names.
   * @param {string} text
   */
  find(text) {
    return this.byFold.get(fold(withoutHash(text)));
  }

  /**
   * Return the tag with the most similar name.
   * @param {string} text
   */
  nearest(text) {
    const name = this.names.nearest(withoutHash(text));
    return name === undefined ? undefined : this.byFold.get(name);
  }
}

/** @param {Tag} tag */
const namesOf = ({ key, name, aliases, ancestors }) => [
  key,
  name,
  [...ancestors, key].join("/"),
  ...aliases,
];

/** @param {string} text */
const withoutHash = (text) => text.trim().replace(/^#+/, "");
