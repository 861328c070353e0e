// The previews of notes, in shards by the names of the notes; the counterpart of previews.py.

import { fetchPacked } from "./address.js";
import { findShard } from "./shards.js";

/**
 * @typedef {object} NotePreview
 * @property {string} title
 * @property {string} by
 * @property {string} summary
 * @property {{ name: string, hue: number }[]} tags
 * @property {Record<string, string>} formulas The MathML of the formulas in the texts.
 * @property {Record<string, [text: string, evidence: string]>} claims By their anchors.
 */

/** @typedef {(value: any) => boolean} IsValid */

const STARTS = "starts.bin";

/** The files of the previews, each fetched once. */
export class PreviewShards {
  /** @param {URL} root The address of the site. */
  constructor(root) {
    this.folder = new URL("previews/", root);
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    /** @type {Set<string>} Files not to be taken from what the browser keeps. */
    this.stale = new Set();
  }

  /**
   * Return the preview of a note, or null where there is none.
   * @param {string} name
   * @returns {Promise<NotePreview | null>}
   */
  async find(name) {
    try {
      return await this.read(name);
    } catch {
      this.forget(STARTS); // the site may have been built anew
      return this.read(name).catch(() => null);
    }
  }

  /**
   * Return the preview of a note; throw where the files do not have it.
   * @param {string} name
   * @returns {Promise<NotePreview>}
   */
  async read(name) {
    const { build_id, starts } = await this.load(STARTS, ({ starts }) => Array.isArray(starts));
    const number = findShard(starts, name);
    if (number < 0) throw new Error(name);
    const isOwn = (/** @type {object} */ shard) => Object.hasOwn(shard, starts[number]);
    const shard = await this.load(`${number}.bin?${build_id}`, isOwn);
    const [title, by, summary, tags, formulas = {}, claims = {}] = shard[name];
    const namedTags = tags.map((/** @type {[string, number]} */ [name, hue]) => ({ name, hue }));
    return { title, by, summary, tags: namedTags, formulas, claims };
  }

  /**
   * Fetch a file, once; a failure is not remembered: the file may come later.
   * @param {string} path
   * @param {IsValid} isValid
   */
  load(path, isValid) {
    const known = this.files.get(path);
    if (known) return known;
    const loading = this.fetchFile(path, isValid);
    this.files.set(path, loading);
    loading.catch(() => this.forget(path));
    return loading;
  }

  /**
   * @param {string} path
   * @param {IsValid} isValid
   */
  async fetchFile(path, isValid) {
    const cache = this.stale.has(path) ? "reload" : "default";
    const value = await fetchPacked(new URL(path, this.folder), { cache });
    if (!isValid(value)) throw new Error(path); // from another build
    return value;
  }

  /** @param {string} path */
  forget(path) {
    this.files.delete(path);
    this.stale.add(path);
  }
}
