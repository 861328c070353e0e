// The list of results: notes with the passages that were found, more of them as one scrolls.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { makeNoteAddress } from "../note_address.js";
import { nameValue } from "../value_names.js";
import { markFormulas, renderFormulas } from "./formula.js";
import { FilesNeeded } from "./index_reader.js";
import { findMatches, findPassage } from "./passage.js";

/**
 * @typedef {import("./index_reader.js").Card} Card
 * @typedef {import("./tree.js").TextTerm} TextTerm
 * @typedef {{ notes: number[], terms: TextTerm[], order: string }} Found
 * @typedef {(part: string) => (Node | string)[]} RenderPart
 */

const PAGE_SIZE = 8;
const PASSAGE_PAUSE = 200; // milliseconds that a result is in view before its text is fetched
const MONTHS = t("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(" ");

export class ResultList {
  /**
   * @param {import("./index_reader.js").SearchIndex} index
   * @param {URL} root The address of the site.
   */
  constructor(index, root) {
    this.index = index;
    this.root = root;
    /** @type {Found} What is found and not shown yet. */
    this.rest = { notes: [], terms: [], order: "" };
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
    /** @type {WeakMap<Element, () => void>} How to show the passages that are still to come. */
    this.passages = new WeakMap();
    this.passageObserver = new IntersectionObserver((entries) => this.onPassages(entries));
  }

  /** How many results are shown. */
  get length() {
    return this.list.children.length;
  }

  /**
   * Render the first results.
   * @param {Found} found
   */
  renderFirst(found) {
    return this.render(found.notes.slice(0, PAGE_SIZE), found);
  }

  /** Begin to fetch what is needed for most results, beside what finds them. */
  loadFirstCards() {
    if (this.index.size) this.index.load("cards/0.bin").catch(() => {}); // asked for again
  }

  /**
   * Demand the files that the first results need.
   * @param {number[]} notes
   */
  needFirst(notes) {
    this.index.getCards(notes.slice(0, PAGE_SIZE));
  }

  /**
   * Show first results that were rendered, in place of what was shown.
   * @param {HTMLElement[]} entries
   * @param {Found} found All that was found.
   * @param {"matches" | "closest"} kind
   */
  show(entries, found, kind) {
    this.rest = { ...found, notes: found.notes.slice(PAGE_SIZE) };
    this.list.dataset.kind = kind;
    this.passageObserver.disconnect();
    this.list.replaceChildren(...entries);
    this.observePassages();
    this.updateButton();
  }

  async showMore() {
    const { rest } = this;
    if (!rest.notes.length) return;
    const next = rest.notes.splice(0, PAGE_SIZE);
    try {
      const entries = await this.render(next, rest);
      if (rest !== this.rest) return; // there is another list by now
      this.list.append(...entries);
      this.observePassages();
      this.updateButton();
    } catch {
      rest.notes.unshift(...next);
      if (rest === this.rest) this.showFailure();
    }
  }

  /** Show that more could not be loaded: the button tries again, scrolling does not. */
  showFailure() {
    this.observer.disconnect();
    this.more.textContent = t("More could not be loaded. Try again");
  }

  /**
   * Show notes of another index from now on.
   * @param {import("./index_reader.js").SearchIndex} index
   */
  setIndex(index) {
    this.index = index;
    this.rest = { notes: [], terms: [], order: "" };
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
    this.more.textContent = t("Show {count} more", { count: Math.min(PAGE_SIZE, left) });
    this.observer.disconnect();
    this.observer.observe(this.more); // anew: it reports a button that is still in view
  }

  /**
   * @param {number[]} notes
   * @param {Found} found
   */
  async render(notes, found) {
    const cards = await this.index.run(() => this.index.getCards(notes));
    return cards.map((card) => this.renderResult(card, found));
  }

  /**
   * Return a note in the list: title, year, authors, summary, passage, tags.
   * @param {Card} card
   * @param {Found} found
   */
  renderResult(card, { terms, order }) {
    const { href } = new URL(makeNoteAddress(card.name), this.root);
    const title = createElement("a", { href }, markLine(card.title, terms, card.formulas));
    const { published, added } = renderDates(card.note, order, this.index.catalogue);
    const parts = [createElement("p", { className: "rl-note-title" }, title, published)];
    const shown = card.byline.split(" · ").map(nameValue).join(" · ");
    const about = [shown && markMatches(shown, terms), added].filter(Boolean);
    const byline = about.flatMap((part, at) => [at > 0 && " · ", part]).flat();
    if (byline.length) parts.push(createElement("p", { className: "rl-note-by" }, byline));
    if (card.summary) {
      const summary = markLine(card.summary, terms, card.formulas);
      parts.push(createElement("p", { className: "rl-note-summary" }, summary));
    }
    if (terms.length) parts.push(...this.renderPassage(card.note, terms, href));
    if (card.tags.length) {
      const tags = card.tags.flatMap((tag) => [renderTag(tag, this.root), " "]);
      parts.push(createElement("p", { className: "rl-tags" }, tags));
    }
    return createElement("li", { className: "rl-note", "data-name": card.name }, parts);
  }

  // Passages --------------------------------------------------------------------------------------

  /**
   * Return the passage of a note where its text is there, else the room for it.
   * @param {number} note
   * @param {TextTerm[]} terms
   * @param {string} href
   */
  renderPassage(note, terms, href) {
    const { index } = this;
    const render = () =>
      renderPassage(listClaims(index, note, terms), terms, href) ??
      renderPassage(index.getSections(note), terms, href);
    try {
      const passage = render();
      return passage ? [passage] : [];
    } catch (error) {
      if (!(error instanceof FilesNeeded)) throw error;
    }
    const room = createElement("p", { className: "rl-passage-room" });
    this.passages.set(room, async () => {
      const passage = await index.run(render).catch(() => null); // a result is complete without it
      room.replaceWith(...(passage ? [passage] : []));
    });
    return [room];
  }

  observePassages() {
    for (const room of this.list.querySelectorAll(".rl-passage-room")) {
      this.passageObserver.observe(room);
    }
  }

  /**
   * Fetch the passages of results that stay in view: while one types or scrolls, most do not.
   * @param {IntersectionObserverEntry[]} entries
   */
  onPassages(entries) {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      setTimeout(() => {
        const { top, bottom } = target.getBoundingClientRect();
        if (!target.isConnected || bottom < 0 || top > innerHeight) return;
        this.passageObserver.unobserve(target);
        this.passages.get(target)?.();
      }, PASSAGE_PAUSE);
    }
  }
}

/**
 * Return the dates of a note that are shown: the year of the work, its day where they are ordered by
 * that, and the day when the note was added where they are ordered by that.
 * @param {number} note
 * @param {string} order
 * @param {import("./catalogue.js").Catalogue} catalogue
 */
function renderDates(note, order, { date, published, year }) {
  const shown = order === "published" ? published[note] : year[note];
  const isAdded = order === "date" && date[note];
  return {
    published: shown && createElement("time", { dateTime: shown }, formatDay(shown)),
    added:
      isAdded &&
      createElement(
        "time",
        { dateTime: date[note] },
        t("added {day}", { day: formatDay(date[note]) }),
      ),
  };
}

/**
 * Return a day, a month or a year as `6 May 2024`, `May 2024` or `2024`.
 * @param {string} text
 */
function formatDay(text) {
  const [year, month, day] = text.split("-");
  const parts = [day && String(Number(day)), month && MONTHS[Number(month) - 1], year];
  return parts.filter(Boolean).join(" ");
}

/**
 * Return the claims of a note where one of some terms asks for claims.
 * @param {import("./index_reader.js").SearchIndex} index
 * @param {number} note
 * @param {TextTerm[]} terms
 */
function listClaims(index, note, terms) {
  const isAsked = terms.some(({ field }) => field === "claim");
  return isAsked ? index.getClaims(note, t("Claim")) : [];
}

/**
 * @param {import("./passage.js").Section[]} sections
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
 * Return a line of text with its formulas as the children of an element, with the words that were
 * looked for marked.
 * @param {string} text
 * @param {TextTerm[]} terms
 * @param {Record<string, string>} mathml Of formulas as they are written.
 */
function markLine(text, terms, mathml) {
  const marked = markFormulas(text, mathml);
  return markMatches(marked.text, terms, renderFormulas(marked.formulas));
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
