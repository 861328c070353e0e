// Asking: which notes a query finds, in which order, and what they have in common; the other half is readinglog/query.
// Notes are numbers here: their places in the catalogue's columns.

import { bounds, clauses, leaves, parse, print, replaced, sought } from "./grammar.js";
import { Names } from "./names.js";
import { fold, holdsWords, words } from "./words.js";

const CLOSEST = 10;

/** Answers queries about one log. */
export class Search {
  constructor(catalogue, index) {
    Object.assign(this, { catalogue, index, language: catalogue.language, names: new Map() });
    this.common = new Set(this.language.common);
    this.everything = new Set(Array.from({ length: catalogue.size }, (_, note) => note));
  }

  /** What a query finds: the notes in order, with their weights, and the terms that were looked for. */
  async ask({ tree, sort }) {
    const asked = leaves(tree).filter((leaf) => leaf.is !== "filter" && !this.isCommon(leaf));
    await Promise.all(asked.map((term) => this.index.weights(term))); // all at once, that none waits for another
    const found = await this.matches(tree);
    const terms = this.telling(tree);
    const scores = await this.scores(terms, found);
    const order = sort && sort !== "relevance" ? sort : this.usual(tree);
    return { notes: [...found].sort(this.catalogue.order(order, scores)), scores, terms, order };
  }

  /** The order of a query that names none. */
  usual(tree) {
    return this.telling(tree).length ? "relevance" : "date";
  }

  async scores(terms, found) {
    const scores = new Map();
    for (const term of terms)
      for (const [note, weight] of await this.index.weights(term))
        if (found.has(note)) scores.set(note, (scores.get(note) ?? 0) + weight);
    for (const [note, score] of scores) scores.set(note, Math.floor(score * 1e4 + 0.5) / 1e4);
    return scores;
  }

  /** The notes for which a tree holds. */
  async matches(tree) {
    const asked = this.wordsOfQuestion(tree);
    if (!asked.length) return this.holding(this.withoutCommon(tree));
    const others = tree.items.filter((item) => !asked.includes(item) && !this.isCommon(item));
    return (await this.most(asked)).intersection(await this.holding({ is: "and", items: others }));
  }

  /** The notes that have at least half of some terms. */
  async most(terms) {
    const held = new Map();
    for (const term of terms) for (const note of (await this.index.weights(term)).keys()) held.set(note, (held.get(note) ?? 0) + 1);
    return new Set([...held].filter(([, number]) => 2 * number >= terms.length).map(([note]) => note));
  }

  async holding(tree) {
    switch (tree?.is) {
      case undefined: return this.everything;
      case "and": return this.folded(tree.items, this.everything, (all, some) => all.intersection(some));
      case "or": return this.folded(tree.items, new Set(), (all, some) => all.union(some));
      case "not": return this.everything.difference(await this.holding(tree.item));
      case "filter": return this.matching(tree);
      default: return new Set((await this.index.weights(tree)).keys());
    }
  }

  async folded(items, start, fold) {
    let all = start;
    for (const item of items) all = fold(all, await this.holding(item));
    return all;
  }

  /** The notes whose field has the value. */
  async matching({ field, value }) {
    const holds = await this.test(field, value);
    return new Set([...this.everything].filter(holds));
  }

  async test(field, value) {
    const { catalogue } = this;
    const ranged = this.language.fields[field];
    if (ranged.of === "range") {
      const [low, high] = bounds(ranged.form, value);
      return (note) => low <= (catalogue[field][note] || "~") && (catalogue[field][note] || "~") < high;
    }
    if (ranged.is_words) {
      const { names, lists } = await catalogue.column(`${field}s`);
      const wanted = new Set(names.flatMap((name, at) => (holdsWords(name, value) ? [at] : [])));
      return (note) => lists[note].some((at) => wanted.has(at));
    }
    switch (field) {
      case "tag": {
        const tag = this.tag(value);
        return (note) => catalogue.tagged[note].includes(tag);
      }
      case "links": {
        const { lists } = await catalogue.column("links");
        const wanted = new Set(await this.called(value));
        return (note) => lists[note].some((to) => wanted.has(to));
      }
      case "linked-from": {
        const { lists } = await catalogue.column("links");
        const targets = new Set((await this.called(value)).flatMap((note) => lists[note]));
        return (note) => targets.has(note);
      }
      case "has": return (note) => catalogue.has[note] & (1 << this.language.fields.has.values.indexOf(value));
      case "is": return value === "orphan" ? (note) => catalogue.orphans.has(note) : (note) => catalogue.status[note] === value;
      default: return (note) => catalogue[field][note] === value;
    }
  }

  /** The number of the tag that a value names. */
  tag(value) {
    return this.catalogue.names[fold(value.trim().replace(/^#+/, ""))];
  }

  /** The notes that a value names: by name, title or alias. */
  async called(value) {
    return (await this.catalogue.column("links")).called[fold(value)] ?? [];
  }

  // What is looked for ------------------------------------------------------------------------------------------------

  /** The words and phrases that say what is looked for: not the common words beside them. */
  telling(tree) {
    if (this.wordsOfQuestion(tree).length) return sought(tree).filter((term) => !this.isCommon(term));
    return sought(this.withoutCommon(tree));
  }

  isBare(item) { return item.is === "word" && !item.inTitle; }

  isCommon(item) { return this.isBare(item) && words(item.text).every((word) => this.common.has(word)); }

  wordsOfQuestion(tree) {
    const items = tree?.is === "and" ? tree.items : [];
    const bare = items.filter((item) => this.isBare(item));
    const asks = bare.length && bare[0] === items[0] && this.language.question.includes(bare[0].text.toLowerCase());
    return asks || bare.length >= this.language.sentence ? bare.filter((item) => !this.isCommon(item)) : [];
  }

  withoutCommon(tree) {
    if (tree?.is === "not") return { ...tree, item: this.withoutCommon(tree.item) };
    if (!tree?.items) return tree;
    const uncommon = (item) => (this.isBare(item) || (item.is === "phrase" && !item.inTitle)) && !this.isCommon(item);
    const cut = tree.is === "and" && tree.items.some(uncommon);
    const kept = tree.items.filter((item) => !(cut && this.isCommon(item)));
    return { ...tree, items: kept.map((item) => this.withoutCommon(item)) };
  }

  // Facets ------------------------------------------------------------------------------------------------------------

  /** How many of some notes have each value of a facet. */
  async counts(facet, notes) {
    const { catalogue } = this;
    const counts = new Map();
    const add = (value) => counts.set(value, (counts.get(value) ?? 0) + 1);
    if (facet === "author") {
      const { names, lists } = await catalogue.column("authors");
      for (const note of notes) for (const at of new Set(lists[note])) add(names[at]);
    } else if (facet === "tag") for (const note of notes) catalogue.tagged[note].forEach(add);
    else for (const note of notes) if (catalogue[facet][note]) add(catalogue[facet][note]);
    return counts;
  }

  // Hints -------------------------------------------------------------------------------------------------------------

  /** What could be changed, as {message, query}: to a tag of that name, names that there are not; where nothing is found, also words and terms. */
  async hints(query, found) {
    const all = await Promise.all(leaves(query.tree).filter((leaf) => leaf.is === "filter").map((leaf) => this.unknown(query, leaf)));
    all.unshift(this.tagCalled(query));
    all.push(this.small(query));
    if (!found) {
      for (const term of sought(query.tree)) all.push(await this.misspelled(query, term));
      for (const term of clauses(query.tree)) all.push(await this.leftOut(query, term));
    }
    return all.filter(Boolean);
  }

  tagCalled(query) {
    const terms = clauses(query.tree);
    const at = terms.every((term) => (term.is === "word" || term.is === "phrase") && !term.inTitle) ? this.tag(terms.map((term) => term.text).join(" ")) : undefined;
    const number = this.catalogue.tagged.filter((tags) => tags.includes(at)).length;
    if (!number) return null;
    const { name, key } = this.catalogue.tags[at];
    return { message: `\`${name}\` is a tag of ${count(number)}`, query: print({ ...query, tree: { is: "filter", field: "tag", value: key } }) };
  }

  async unknown(query, leaf) {
    const what = this.language.fields[leaf.field].of;
    if (what === "choice" || what === "range" || (await this.exists(what, leaf))) return null;
    const near = (await this.known(what)).nearest(leaf.value);
    const message = `there is no ${what} \`${leaf.value}\`` + (near ? `; did you mean \`${near}\`?` : "");
    return { message, query: near ? changed(query, leaf, { ...leaf, value: near }) : "" };
  }

  /** Operators in small letters, which are words, in what is no question. */
  small(query) {
    const terms = this.wordsOfQuestion(query.tree).length ? [] : clauses(query.tree).slice(0, -1);
    for (const { text } of terms.filter((term) => this.isBare(term) && ["or", "not"].includes(term.text))) {
      const written = print(query).replace(new RegExp(`(?<!\\S)${text}(?=\\s)`), text.toUpperCase());
      const message = `\`${text}\` is a word in small letters; in capitals it joins or excludes`;
      if (!parse(written, this.language).problem) return { message, query: written };
    }
    return null;
  }

  async exists(what, leaf) {
    if (what === "tag") return this.tag(leaf.value) !== undefined;
    if (what === "note") return (await this.called(leaf.value)).length > 0;
    return (await this.matching(leaf)).size > 0;
  }

  async known(what) {
    if (!this.names.has(what)) {
      const { catalogue } = this;
      const names = {
        tag: () => Object.keys(catalogue.names),
        note: async () => (await catalogue.file("links")).names,
        word: () => catalogue.file("words"),
      };
      this.names.set(what, new Names(names[what] ? await names[what]() : (await catalogue.file(`${what}s`)).names));
    }
    return this.names.get(what);
  }

  async misspelled(query, term) {
    const run = words(term.text);
    if (term.is !== "word" || run.length !== 1 || (await this.index.weights(term)).size) return null;
    const known = await this.known("word");
    const near = known.nearest(run[0]);
    if (!near || known.byFold.has(run[0])) return null;
    return { message: `no note has the word \`${term.text}\`; did you mean \`${near}\`?`, query: changed(query, term, { ...term, text: near }) };
  }

  async leftOut(query, term) {
    const rest = replaced(query.tree, term, undefined);
    const number = rest ? (await this.matches(rest)).size : 0;
    if (!number) return null;
    return { message: `without \`${print({ tree: term })}\`: ${count(number)}`, query: print({ ...query, tree: rest }) };
  }

  /** The notes that have most of a query's words, where its other terms hold. */
  async closest(query) {
    const terms = clauses(query.tree).filter((item) => item.is === "word" || item.is === "phrase");
    const others = clauses(query.tree).filter((item) => !terms.includes(item));
    const telling = terms.filter((term) => !this.isCommon(term));
    const held = others.length ? await this.matches({ is: "and", items: others }) : this.everything;
    const scores = await this.scores(telling.length ? telling : terms, held);
    return { notes: [...scores.keys()].sort(this.catalogue.order("relevance", scores)).slice(0, CLOSEST), scores };
  }
}

const changed = (query, old, other) => print({ ...query, tree: replaced(query.tree, old, other) });

/** `1 note`, `3 notes`. */
export const count = (number) => `${number.toLocaleString("en")} note${number === 1 ? "" : "s"}`;
