// The list of results: notes with the passages that were found, more of them as one scrolls.

import { createElement } from "../element.js";
import { renderFormula } from "./formula.js";
import { FORMULA_MARK, findMatches, findPassage } from "./passage.js";

/**
 * @typedef {import("./index_reader.js").Card} Card
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {{ notes: number[], terms: TextTerm[] }} Found
 * @typedef {(part: string) => (Node | string)[]} RenderPart
 */

const PAGE_SIZE = 8;

export class ResultList {
  /**
   * @param {import("./index_reader.js").SearchIndex} index
   * @param {URL} root The address of the site.
   */
  constructor(index, root) {
    this.index = index;
    this.root = root;
    /** @type {Found} What is found and not shown yet. */
    this.rest = { notes: [], terms: [] };
    this.list = createElement("ol", { className: "rl-notes" });
    const showMore = () => this.showMore();
    const properties = { type: "button", className: "rl-more", onclick: showMore };
    this.more = createElement("button", properties);
    this.observer = new IntersectionObserver(
      ([entry]) => {
        if (entry.isIntersecting) showMore();
      },
      { rootMargin: "200px" },
    );
  }

  /** How many results are shown. */
  get length() {
    return this.list.children.length;
  }

  /**
   * Render the first results.
   * @param {Found} found
   */
  renderFirst({ notes, terms }) {
    return this.render(notes.slice(0, PAGE_SIZE), terms);
  }

  /**
   * Show first results that were rendered, in place of what was shown.
   * @param {HTMLElement[]} entries
   * @param {Found} found All that was found.
   * @param {"matches" | "closest"} kind
   */
  show(entries, { notes, terms }, kind) {
    this.rest = { notes: notes.slice(PAGE_SIZE), terms };
    this.list.dataset.kind = kind;
    this.list.replaceChildren(...entries);
    this.updateButton();
  }

  async showMore() {
    const { rest } = this;
    if (!rest.notes.length) return;
    const next = rest.notes.splice(0, PAGE_SIZE);
    try {
      const entries = await this.render(next, rest.terms);
      if (rest !== this.rest) return; // there is another list by now
      this.list.append(...entries);
      this.updateButton();
    } catch {
      rest.notes.unshift(...next);
      if (rest === this.rest) this.showFailure();
    }
  }

  /** Show that more could not be loaded: the button tries again, scrolling does not. */
  showFailure() {
    this.observer.disconnect();
    this.more.textContent = "More could not be loaded. Try again";
  }

  /**
   * Show notes of another index from now on.
   * @param {import("./index_reader.js").SearchIndex} index
   */
  setIndex(index) {
    this.index = index;
    this.rest = { notes: [], terms: [] };
    this.updateButton();
  }

  /**
   * Show more until there are as many as there were.
   * @param {number} length
   */
  async showUntil(length) {
    let before = -1;
    while (this.length > before && this.length < length && this.rest.notes.length) {
      before = this.length;
      await this.showMore();
    }
  }

  /** @returns {HTMLAnchorElement[]} */
  get links() {
    return [...this.list.querySelectorAll("a")].filter((link) => link.closest(".rl-note-title"));
  }

  updateButton() {
    const left = this.rest.notes.length;
    this.more.hidden = !left;
    this.more.textContent = `Show ${Math.min(PAGE_SIZE, left)} more`;
    this.observer.disconnect();
    this.observer.observe(this.more); // anew: it reports a button that is still in view
  }

  /**
   * @param {number[]} notes
   * @param {TextTerm[]} terms
   */
  async render(notes, terms) {
    const cards = await this.index.run(() => this.index.getCards(notes));
    return cards.map((card) => renderResult(card, terms, this.root));
  }
}

/**
 * Return a note in the list: title, authors and year, summary, passage, tags.
 * @param {Card} card
 * @param {TextTerm[]} terms
 * @param {URL} root
 */
function renderResult(card, terms, root) {
  const { href } = new URL(`notes/${encodeURIComponent(card.name)}/`, root);
  const title = createElement("a", { href }, markMatches(card.title, terms));
  const date = card.date && createElement("time", { dateTime: card.date }, card.date);
  const parts = [
    createElement("p", { className: "rl-note-title" }, title, date),
    createElement("p", { className: "rl-note-by" }, markMatches(card.byline, terms)),
  ];
  if (card.summary) {
    const summary = markMatches(card.summary, terms);
    parts.push(createElement("p", { className: "rl-note-summary" }, summary));
  }
  const passage = terms.length ? renderPassage(card.sections, terms, href) : null;
  if (passage) parts.push(passage);
  if (card.tags.length) {
    const tags = card.tags.flatMap((tag) => [renderTag(tag, root), " "]);
    parts.push(createElement("p", { className: "rl-tags" }, tags));
  }
  return createElement("li", { className: "rl-note", "data-name": card.name }, parts);
}

/**
 * @param {Card["sections"]} sections
 * @param {TextTerm[]} terms
 * @param {string} href
 */
function renderPassage(sections, terms, href) {
  const passage = findPassage(sections, terms);
  if (!passage) return null;
  const anchor = `${href}#${encodeURIComponent(passage.anchor)}`;
  const heading = passage.heading && createElement("a", { href: anchor }, passage.heading);
  const words = markMatches(passage.text, terms, renderFormulas(passage.formulas));
  return createElement("p", { className: "rl-passage" }, heading, heading && " ", words);
}

/**
 * @param {import("./catalogue.js").Tag} tag
 * @param {URL} root
 */
function renderTag({ name, hue, address }, root) {
  const { href } = new URL(`tags/${address}/`, root);
  return createElement("a", { className: "rl-tag", "data-hue": hue, href }, name);
}

/**
 * Return a function that puts formulas, in their order, into the parts of a text.
 * @param {string[]} formulas
 * @returns {RenderPart}
 */
function renderFormulas(formulas) {
  const rest = formulas.values();
  return (part) =>
    part.split(FORMULA_MARK).flatMap((text, at) => {
      return at ? [renderFormula(rest.next().value ?? ""), text] : text;
    });
}

/**
 * Return a text as the children of an element, with the words that were looked for marked.
 * @param {string} text
 * @param {TextTerm[]} terms
 * @param {RenderPart} [render]
 */
function markMatches(text, terms, render = (part) => [part]) {
  const matches = findMatches(text, terms).sort((a, b) => a.start - b.start || b.end - a.end);
  const parts = [];
  let at = 0;
  for (const { start, end } of matches) {
    if (start < at) continue; // within the one before
    parts.push(...render(text.slice(at, start)));
    parts.push(createElement("mark", {}, render(text.slice(start, end))));
    at = end;
  }
  return [...parts, ...render(text.slice(at))];
}
