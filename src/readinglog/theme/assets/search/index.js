// The index of words: which notes have a word or a phrase, and how much that weighs. Pagefind keeps it; the notes were laid
// out for it by readinglog/query/texts.py, so that a position in a note tells the place it is in.

import { words } from "./words.js";

const TRIES = [0, 1000, 2000, 4000, 8000, 15000]; // milliseconds; a preview makes the index after the pages

/** Why words cannot be looked up now. */
export class NoIndex extends Error {}

/** The index at an address, opened when the first word is asked for. */
export class Index {
  constructor(root, catalogue) {
    Object.assign(this, { root, catalogue, kept: new Map() });
  }

  /** The notes that a term finds, each with its weight: rarity times the best place. */
  async weights(term) {
    const key = `${term.is}:${term.inTitle}:${term.text}`;
    if (!this.kept.has(key)) {
      const found = this.look(term);
      found.catch(() => this.kept.delete(key));
      this.kept.set(key, found);
    }
    return this.kept.get(key);
  }

  async look(term) {
    const { exact, form } = this.catalogue.language;
    const run = words(term.text);
    const asked = [[1, run.map((word) => word + exact).join(" ")]];
    if (term.is === "word") asked.push([form, run.join("")]);
    const best = new Map();
    for (const [share, text] of asked)
      for (const [note, position] of await this.positions(text))
        if (!term.inTitle || this.isTitle(position)) best.set(note, Math.max(best.get(note) ?? 0, share * this.weight(position)));
    const size = this.catalogue.size;
    const rarity = Math.log(1 + (size - best.size + 0.5) / (best.size + 0.5));
    return new Map([...best].map(([note, place]) => [note, rarity * place]));
  }

  /** The first position of words side by side, in each note that has them. */
  async positions(text) {
    const { pagefind, numbers } = await this.opened();
    const { results } = await pagefind.search(`"${text}"`);
    return results.map(({ id, words }) => [numbers.get(id), words[0]]);
  }

  weight(position) {
    const { starts, weights } = this.catalogue.language;
    return weights[starts.findLastIndex((start) => start <= position)];
  }

  isTitle(position) {
    const [words, from, to] = this.catalogue.language.title;
    return position < words || (from <= position && position < to);
  }

  opened() {
    this.opening ??= this.open();
    this.opening.catch(() => (this.opening = undefined));
    return this.opening;
  }

  async open() {
    for (const [tried, pause] of TRIES.entries()) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      const pagefind = await this.fresh(tried);
      if (pagefind) {
        const { results } = await pagefind.search(null, { sort: { order: "asc" } });
        return { pagefind, numbers: new Map(results.map(({ id }, number) => [id, number])) };
      }
      if (!this.waits()) break;
    }
    throw new NoIndex(this.found ? "the index of words is of an older build of the site" : "the index of words is missing");
  }

  /** Pagefind, if its index was made of the very notes that the catalogue was made of. */
  async fresh(tried) {
    const entry = await fetch(new URL("pagefind-entry.json", this.root), { cache: "no-store" }).catch(() => null);
    this.found = Boolean(entry?.ok);
    if (!this.found) return null;
    const pagefind = await import(new URL(`pagefind.js?${this.catalogue.stamp}-${tried}`, this.root));
    await pagefind.init();
    const { stamp } = await pagefind.filters();
    if (stamp?.[this.catalogue.stamp] === this.catalogue.size) return pagefind;
    await pagefind.destroy();
    return null;
  }
}
