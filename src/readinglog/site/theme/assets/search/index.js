// The index of words: which notes have a word or a phrase, and how much that weighs. Pagefind keeps it; the notes were laid
// out for it by readinglog/query/texts.py, so that a position in a note tells the place it is in.

import { words } from "./words.js";

/** Why words cannot be looked up now. */
export class NoIndex extends Error {}

let tries = 0, current;

/** Pagefind, ready to be asked. A try that failed is not kept: the index may come later. */
export function ready(root) {
  current ??= begin(root);
  current.catch(() => (current = undefined));
  return current;
}

async function begin(root) {
  const entry = await fetch(new URL("pagefind-entry.json", root), { cache: "no-store" }).catch(() => null);
  if (!entry?.ok) throw new NoIndex("the index of words is missing");
  const pagefind = await import(new URL(tries ? `pagefind.js?${tries}` : "pagefind.js", root)); // it reads its index but once
  tries += 1;
  await pagefind.init();
  return pagefind;
}

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
    const { head, body } = this.catalogue.language;
    const run = words(term.text);
    const asIs = (mark) => run.map((word) => mark.replace("{}", word)).join(" ");
    const asked = [asIs(head)];
    if (term.is === "phrase" || run.length > 1) asked.push(asIs(body));
    if (term.is === "word") asked.push(run.join(""));
    const best = new Map();
    for (const found of await Promise.all(asked.map((text) => this.positions(text))))
      for (const [note, position] of found)
        if (!term.inTitle || this.isTitle(position)) best.set(note, Math.max(best.get(note) ?? 0, this.weight(position)));
    if (!best.size && !term.inTitle) await this.doubt(term, run);
    const size = this.catalogue.size;
    const rarity = Math.log(1 + (size - best.size + 0.5) / (best.size + 0.5));
    return new Map([...best].map(([note, place]) => [note, rarity * place]));
  }

  /** Pagefind finds nothing where it could not fetch a part of its index: a word that a note has must be found. */
  async doubt(term, run) {
    const known = new Set(await this.catalogue.file("words"));
    if (run.length > 1) await Promise.all(run.filter((word) => known.has(word)).map((text) => this.weights({ is: "word", text, inTitle: false })));
    else if (term.is === "word" && known.has(run[0])) {
      this.forget();
      throw new NoIndex("a part of the index of words could not be fetched");
    }
  }

  /** Begin anew with the next word that is asked for. */
  forget() {
    this.opening = current = undefined;
    this.kept.clear();
  }

  /** The first position of words side by side, in each note that has them. */
  async positions(text) {
    const { pagefind, numbers } = await this.opened();
    const { results } = await pagefind.search(`"${text}"`);
    return results.map(({ id, words: positions }) => [numbers.get(id), positions[0]]);
  }

  weight(position) {
    const { starts, weights } = this.catalogue.language;
    return weights[starts.findLastIndex((start) => start <= position)];
  }

  isTitle(position) {
    const [behind, from, to] = this.catalogue.language.title;
    return position < behind || (from <= position && position < to);
  }

  opened() {
    this.opening ??= this.open();
    this.opening.catch(() => (this.opening = undefined));
    return this.opening;
  }

  /** Pagefind, if its index was made of the very notes that the catalogue was made of, and the number of each of its results. */
  async open() {
    const pagefind = await ready(this.root);
    const { results } = await pagefind.search(`"${this.catalogue.stamp}"`); // a word of every note: all, in order
    if (results.length !== this.catalogue.size) {
      this.forget();
      await pagefind.destroy();
      throw new NoIndex("the index of words is of an older build of the site, or could not be fetched whole");
    }
    return { pagefind, numbers: new Map(results.map(({ id }, number) => [id, number])) };
  }
}
