// The index of words: which notes have a word or a phrase, and with what score. Pagefind keeps it.
// The notes are laid out for it by texts.py, so that a position in a note tells the zone (title,
// summary …) that it is in.

import { splitWords } from "./words.js";

/** @typedef {import("./tree.js").TextTerm} TextTerm */

/**
 * The part of Pagefind that is used.
 * @typedef {object} Pagefind
 * @property {() => Promise<void>} init
 * @property {() => Promise<void>} destroy
 * @property {(text: string) => Promise<{ results: { id: string, words: number[] }[] }>} search
 */

/** Why words cannot be looked up now. */
export class IndexUnavailable extends Error {}

/** @type {Promise<Pagefind> | undefined} */
let current;
let imports = 0;

/**
 * Return Pagefind, ready to search. A failure is not remembered: the index may come later.
 * @param {URL} root
 */
export function openPagefind(root) {
  current ??= startPagefind(root);
  current.catch(() => {
    current = undefined;
  });
  return current;
}

/**
 * @param {URL} root
 * @returns {Promise<Pagefind>}
 */
async function startPagefind(root) {
  const entry = new URL("pagefind-entry.json", root);
  const response = await fetch(entry, { cache: "no-store" }).catch(() => null);
  if (!response?.ok) throw new IndexUnavailable("the word index is missing");
  const script = new URL(imports ? `pagefind.js?${imports}` : "pagefind.js", root);
  const pagefind = await import(script.href); // a module reads its index only once
  imports += 1;
  await pagefind.init();
  return pagefind;
}

/** The index at an address, opened when the first word is looked up. */
export class WordIndex {
  /**
   * @param {URL} root
   * @param {import("./catalogue.js").Catalogue} catalogue
   */
  constructor(root, catalogue) {
    this.root = root;
    this.catalogue = catalogue;
    /** @type {Map<string, Promise<Map<number, number>>>} */
    this.cache = new Map();
    /** @type {Promise<{ pagefind: Pagefind, numbers: Map<string, number> }> | undefined} */
    this.opening = undefined;
  }

  /**
   * Return the notes that have a term, each with its score: rarity times the weight of the best
   * zone.
   * @param {TextTerm} term
   */
  scores(term) {
    const key = `${term.type}:${term.inTitle}:${term.text}`;
    const cached = this.cache.get(key);
    if (cached) return cached;
    const found = this.lookUp(term);
    found.catch(() => this.cache.delete(key));
    this.cache.set(key, found);
    return found;
  }

  /** @param {TextTerm} term */
  async lookUp(term) {
    const words = splitWords(term.text);
    const searches = this.searchesFor(term, words).map((text) => this.firstPositions(text));
    /** @type {Map<number, number>} */
    const best = new Map();
    for (const [note, position] of (await Promise.all(searches)).flat()) {
      if (term.inTitle && !this.isInTitle(position)) continue;
      best.set(note, Math.max(best.get(note) ?? 0, this.weightAt(position)));
    }
    if (!best.size && !term.inTitle) await this.verifyAbsence(term, words);
    const { size } = this.catalogue;
    const rarity = Math.log(1 + (size - best.size + 0.5) / (best.size + 0.5));
    return new Map([...best].map(([note, weight]) => [note, rarity * weight]));
  }

  /**
   * Return what to search for a term: its words as they are, in the head and in the body, and its
   * forms.
   * @param {TextTerm} term
   * @param {string[]} words
   */
  searchesFor(term, words) {
    const { head_word, body_word } = this.catalogue.language;
    /** @param {string} template */
    const unstemmed = (template) => words.map((word) => template.replace("{}", word)).join(" ");
    const searches = [unstemmed(head_word)];
    if (term.type === "phrase" || words.length > 1) searches.push(unstemmed(body_word));
    if (term.type === "word") searches.push(words.join(""));
    return searches;
  }

  /**
   * Throw where a word that a note has was not found: Pagefind finds nothing where it could not
   * fetch a part of its index.
   * @param {TextTerm} term
   * @param {string[]} words
   */
  async verifyAbsence(term, words) {
    const known = new Set(await this.catalogue.file("words"));
    if (words.length > 1) {
      const parts = words.filter((word) => known.has(word));
      await Promise.all(parts.map((text) => this.scores({ type: "word", text, inTitle: false })));
    } else if (term.type === "word" && known.has(words[0])) {
      this.reset();
      throw new IndexUnavailable("a part of the word index could not be loaded");
    }
  }

  /** Open the index again for the next word that is looked up. */
  reset() {
    this.opening = current = undefined;
    this.cache.clear();
  }

  /**
   * Return the first position of words side by side, in each note that has them.
   * @param {string} text
   * @returns {Promise<[note: number, position: number][]>}
   */
  async firstPositions(text) {
    const { pagefind, numbers } = await this.open();
    const { results } = await pagefind.search(`"${text}"`);
    return results.map(({ id, words: positions }) => [numbers.get(id) ?? -1, positions[0]]);
  }

  /** @param {number} position */
  weightAt(position) {
    const { zone_starts, zone_weights } = this.catalogue.language;
    return zone_weights[zone_starts.findLastIndex((start) => start <= position)];
  }

  /** @param {number} position */
  isInTitle(position) {
    const [wordsEnd, termsStart, termsEnd] = this.catalogue.language.title_zone;
    return position < wordsEnd || (termsStart <= position && position < termsEnd);
  }

  open() {
    this.opening ??= this.openMatching();
    this.opening.catch(() => {
      this.opening = undefined;
    });
    return this.opening;
  }

  /**
   * Return Pagefind and the note of each of its results, if its index was built of the same notes
   * as the catalogue.
   */
  async openMatching() {
    const pagefind = await openPagefind(this.root);
    // a word of every note: all, in order
    const { results } = await pagefind.search(`"${this.catalogue.buildId}"`);
    if (results.length !== this.catalogue.size) {
      this.reset();
      await pagefind.destroy();
      throw new IndexUnavailable(
        "the word index is from an older build of the site, or could not be loaded completely",
      );
    }
    return { pagefind, numbers: new Map(results.map(({ id }, number) => [id, number])) };
  }
}
