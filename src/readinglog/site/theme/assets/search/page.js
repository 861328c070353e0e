// The search page: the query stands in the address and in the box, the results below the box.

import { fetchPacked } from "../address.js";
import { createElement, renderSentence } from "../element.js";
import { t } from "../messages.js";
import { loadReadNames } from "../read_marks.js";
import { Catalogue } from "./catalogue.js";
import { Facets } from "./facets.js";
import { parseQuery, QuerySyntaxError } from "./grammar.js";
import { countNotes, Hints } from "./hints.js";
import { FilesNeeded, IndexUnavailable, OtherBuild, SearchIndex } from "./index_reader.js";
import { QueryBar } from "./query_bar.js";
import { ResultList } from "./result_list.js";
import { Search } from "./search.js";
import { clausesOf, isText, leavesOf, printQuery, printTree } from "./tree.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {() => boolean} IsCurrent Whether this is still the last request.
 */

const TYPING_PAUSE = 120; // milliseconds without a key after which what is typed is answered
// What has to be fetched for an answer waits for a longer pause: so many times the usual time
// between two keys. A word that is still being typed needs other files than the whole one.
const FETCH_PAUSE = { keys: 3, shortest: 360, longest: 1000 };
const SESSION_PAUSE = 2000; // milliseconds within which what is typed is one step of the history
const UNFINISHED = [
  "unclosed-quote",
  "unclosed-group",
  "no-value",
  "lone-not",
  "lone-or",
  "empty-group",
]; // errors of a query that is still being typed
const UNFINISHED_PAUSE = 1500; // milliseconds without a key after which such an error is shown
const RETRY_PAUSES = [1, 2, 4, 8, 15, 30]; // seconds after which a failure is tried again
const BUSY_DELAY = 200; // milliseconds after which the page shows that a search runs
const MAX_REPAIRS = 20; // parts that are cut out of a query to find one that can be read
// In a larger log, completions are many times what an answer takes: they are fetched for fields.
const MAX_COMPLETED = 1500;
const NOTHING_MARKED = t(
  "No note is marked as read in this browser. The button “Mark as read” on a note’s page does that.",
);
const RENEWED = t("The site was updated while this page was open. These results are up to date.");
const MAX_CONTEXT = 60; // characters shown of a query before, in and behind an error

/** @type {Record<string, number | undefined>} */
const ARROW_STEPS = { ArrowDown: 1, ArrowUp: -1 };

class SearchPage {
  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement} place
   * @param {import("./catalogue.js").Catalogue} catalogue
   * @param {URL} root The address of the site.
   */
  constructor(form, place, catalogue, root) {
    this.form = form;
    this.box = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    this.place = place;
    this.language = catalogue.language;
    this.title = document.title;
    /** @type {Query} The query that was answered last. */
    this.query = { tree: null };
    /** @type {number[]} What it found. */
    this.notes = [];
    this.requests = 0;
    this.failures = 0;
    this.typedAt = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.keyAt = 0;
    this.keyGap = FETCH_PAUSE.shortest / FETCH_PAUSE.keys;
    this.root = root;
    this.index = new SearchIndex(new URL("search/", root), catalogue);
    this.search = new Search(this.index, () => loadReadNames(root));
    this.hints = new Hints(this.search);
    this.facets = this.createFacets();
    const remove = (/** @type {Tree} */ term) => this.remove(term);
    this.bar = new QueryBar(this.search, remove, (order) => this.sort(order));
    this.messages = createElement("div", { className: "rl-messages" });
    this.results = new ResultList(this.index, root);
    this.export = this.createExport();
    const onclick = (/** @type {Event} */ event) => {
      event.preventDefault();
      (this.results.links[0] ?? this.bar.status).focus();
    };
    const skip = { href: "#rl-results", className: "rl-skip-results", onclick };
    this.column = createElement(
      "div",
      { className: "rl-result-list" },
      this.bar.chips,
      this.bar.bar,
      this.export,
      this.messages,
      this.results.list,
      this.results.more,
    );
    place.replaceChildren(
      createElement("a", skip, t("Skip to the results")),
      this.facets.root,
      this.column,
    );
    this.listen();
  }

  /** Return the fold with what saves the results as a file, which is loaded when it is opened. */
  createExport() {
    const line = createElement("p");
    const ontoggle = async () => {
      if (line.hasChildNodes()) return;
      const { createExportButtons } = await import("../search_export.js");
      line.replaceChildren(...createExportButtons(() => this.listNames(), this.root));
    };
    const summary = createElement("summary", {}, t("Export"));
    const properties = { className: "rl-fold rl-export", ontoggle };
    return createElement("details", properties, summary, line);
  }

  /** Return the names of the notes that were found. */
  async listNames() {
    const names = await this.index.run(() => this.index.noteNames);
    return this.notes.map((note) => names[note]);
  }

  createFacets() {
    const add = (/** @type {Tree} */ term) => this.add(term);
    const remove = (/** @type {Tree} */ term) => this.remove(term);
    /** @type {import("./facet.js").QueryActions["replace"]} */
    const replace = (old, term) => this.replace(old, term);
    return new Facets(this.search, { add, remove, replace });
  }

  /**
   * Use the index of another build, where the site has one by now. Return whether it has.
   * @returns {Promise<boolean>}
   */
  async renewIndex() {
    const catalogue = await loadCatalogue(this.root);
    if (catalogue.buildId === this.index.catalogue.buildId) return false;
    this.language = catalogue.language;
    this.index = new SearchIndex(this.index.root, catalogue);
    this.search = new Search(this.index, this.search.getReadNames);
    this.hints = new Hints(this.search);
    this.bar.search = this.search;
    this.results.setIndex(this.index);
    this.notes = []; // of the index before
    const { root } = this.facets;
    this.facets = this.createFacets();
    root.replaceWith(this.facets.root);
    return true;
  }

  listen() {
    this.box.addEventListener("input", (event) => this.onInput(event));
    const { box, index } = this;
    const complete = (/** @type {Event} */ event) => {
      if (isPaste(event) || (this.index.size > MAX_COMPLETED && !/:|-$/.test(box.value))) return;
      box.removeEventListener("input", complete);
      completeWhileTyping(box, index.root);
    };
    this.box.addEventListener("input", complete);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(this.box.value);
    });
    addEventListener("pagehide", () => {
      history.replaceState({ shown: this.results.length, y: scrollY }, "");
    });
    addEventListener("popstate", () => this.answerAddress());
    addEventListener("keydown", (event) => this.onKey(event));
  }

  /** @param {Event} event */
  onInput(event) {
    clearTimeout(this.timer);
    this.requests += 1; // what is not answered yet is not wanted any more
    this.showBusy(false);
    const now = performance.now();
    const gap = now - this.keyAt;
    this.keyAt = now;
    if (gap < FETCH_PAUSE.longest) this.keyGap = 0.7 * this.keyGap + 0.3 * gap;
    if (isPaste(event)) this.onPause();
    else this.timer = setTimeout(() => this.onShortPause(), TYPING_PAUSE);
  }

  /** Answer what has been typed if all that is needed for it is there, else after a longer pause. */
  onShortPause() {
    if (this.canAnswer(this.box.value)) return this.onPause();
    const { keys, shortest, longest } = FETCH_PAUSE;
    const pause = Math.min(longest, Math.max(shortest, keys * this.keyGap));
    this.timer = setTimeout(() => this.onPause(), pause - TYPING_PAUSE);
  }

  /**
   * Return whether a query can be answered without fetching anything.
   * @param {string} text
   */
  canAnswer(text) {
    try {
      const found = this.search.ask(text);
      this.hints.list(found);
      this.results.needFirst(
        found.notes.length ? found.notes : this.hints.findClosest(found.query),
      );
    } catch (error) {
      return !(error instanceof FilesNeeded);
    }
    return true;
  }

  /** Answer what has been typed; what is typed in one go is one step of the history. */
  onPause() {
    const now = performance.now();
    const isSameSession = now - this.typedAt < SESSION_PAUSE;
    this.go(this.box.value, { replace: isSameSession, isTyping: true });
    this.typedAt = now;
  }

  /**
   * Walk from the box through the results by arrow keys; Escape goes back to the box, and there
   * empties it.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    const focused = document.activeElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (focused === this.bar.order) return;
    if (event.key === "/" && focused === this.box && !this.box.value) {
      event.preventDefault(); // the key that goes to the box
      return;
    }
    if (event.key === "Escape") {
      if (focused !== this.box) this.box.focus();
      else if (this.box.value) {
        event.preventDefault();
        this.go("");
      }
      return;
    }
    const stops = [this.box, ...this.results.links];
    const at = stops.findIndex((stop) => focused?.isSameNode(stop));
    const step = ARROW_STEPS[event.key];
    if (at < 0 || !step || !stops[at + step]) return;
    stops[at + step].focus();
    event.preventDefault();
  }

  // The query -------------------------------------------------------------------------------------

  /** Answer the query of the address, and scroll to where it was left. */
  async answerAddress() {
    const { shown = 0, y = 0 } = history.state ?? {};
    this.box.value = new URLSearchParams(location.search).get("q") ?? "";
    await this.answer(this.box.value);
    await this.results.showUntil(shown);
    if (y) scrollTo(0, y);
  }

  /**
   * Put a query into the address and answer it.
   * @param {string} text
   * @param {{ replace?: boolean, isTyping?: boolean }} [options] Whether to replace the last step
   *   of the history.
   */
  go(text, { replace = false, isTyping = false } = {}) {
    clearTimeout(this.timer);
    this.typedAt = 0;
    const address = new URL(location.pathname, location.href);
    if (text.trim()) address.searchParams.set("q", text);
    if (address.href !== location.href) {
      if (replace) history.replaceState(null, "", address);
      else history.pushState(null, "", address);
    }
    if (this.box.value !== text) this.box.value = text;
    return this.answer(text, isTyping);
  }

  /**
   * Return the query in the box, repaired where it has to be; where that fails, the one that was
   * answered last.
   * @returns {Query}
   */
  currentQuery() {
    const query = parseQuery(this.box.value, this.language);
    if (!query.error) return query;
    if (!query.error.suggestion) return this.query;
    const repaired = parseQuery(query.error.suggestion, this.language);
    return repaired.error ? this.query : repaired;
  }

  /** @param {Tree} term A filter, or its negation. */
  add(term) {
    this.replace([], term);
  }

  /** @param {Tree} term */
  remove(term) {
    this.replace([term], null);
  }

  /**
   * Ask for one term in place of others.
   * @param {Tree[]} old
   * @param {Tree | null} term A filter, or its negation.
   */
  replace(old, term) {
    const { tree, sort } = this.currentQuery();
    const printed = old.map(printTree);
    const kept = clausesOf(tree).filter((clause) => !printed.includes(printTree(clause)));
    const items = term ? [...kept, withoutQuotes(term)] : kept;
    this.go(
      printQuery({ tree: items.length > 1 ? { type: "and", items } : (items[0] ?? null), sort }),
    );
  }

  /** @param {string} order */
  sort(order) {
    const query = this.currentQuery();
    const hasTerms = this.search.listScoringTerms(query.tree).length > 0;
    const isDefault = order === (hasTerms ? "relevance" : "date");
    this.go(printQuery({ ...query, sort: isDefault ? "" : order }));
  }

  // The answer ------------------------------------------------------------------------------------

  /**
   * @param {string} text
   * @param {boolean} [isTyping] Whether more may follow: then an open quote is no error yet.
   */
  async answer(text, isTyping = false) {
    const request = ++this.requests;
    const isCurrent = () => request === this.requests;
    const { error } = parseQuery(text, this.language);
    let asked = text;
    if (isTyping && error && UNFINISHED.includes(error.name)) {
      asked = error.suggestion;
      setTimeout(() => {
        if (isCurrent()) this.answer(text);
      }, UNFINISHED_PAUSE);
    }
    await this.showAnswer(text, asked, isCurrent);
    if (isCurrent()) this.form.dataset.answered = text;
  }

  /**
   * @param {string} text
   * @param {QuerySyntaxError} error
   * @param {IsCurrent} isCurrent
   */
  async showError(text, error, isCurrent) {
    const isFirst = this.place.hidden;
    const readable = error.suggestion || this.findReadablePart(text);
    await this.ensureResults(isCurrent, readable);
    if (!isCurrent()) return;
    const first = readable ? t("what its readable part finds") : t("all notes");
    const shown = isFirst ? first : t("the previous results");
    this.showMessages(
      this.renderError(text, error),
      t("Can’t parse this query. Showing {shown}", { shown }),
    );
  }

  /**
   * Return a query without the terms that cannot be read; "" where nothing is left.
   * @param {string} text
   */
  findReadablePart(text) {
    let rest = text;
    for (let step = 0; step < MAX_REPAIRS; step++) {
      const { error } = parseQuery(rest, this.language);
      if (!error) return rest.trim();
      const start = rest.slice(0, error.start).search(/(?<!\S)\S*$/);
      const end = error.end + rest.slice(error.end).search(/(?=\s|$)/);
      rest = `${rest.slice(0, start)} ${rest.slice(Math.max(end, start + 1))}`;
    }
    return "";
  }

  /**
   * Show whether a search runs: what it will replace is dimmed.
   * @param {boolean} isBusy
   */
  showBusy(isBusy) {
    this.column.ariaBusy = String(isBusy);
    if (isBusy) this.bar.status.textContent = t("Searching …");
  }

  /**
   * Show what a text finds.
   * @param {string} text
   * @param {string} asked The text, or what it will be when it is finished.
   * @param {IsCurrent} isCurrent
   */
  async showAnswer(text, asked, isCurrent) {
    const busy = setTimeout(() => {
      if (isCurrent()) this.showBusy(true);
    }, BUSY_DELAY);
    try {
      await this.findRenewed(asked, isCurrent);
      this.failures = 0;
    } catch (error) {
      if (error instanceof QuerySyntaxError) {
        await this.showError(text, error, isCurrent);
        clearTimeout(busy);
        if (isCurrent()) this.showBusy(false);
        return;
      }
      await this.ensureResults(isCurrent).catch(() => {}); // then there are none below the message
      if (!isCurrent()) return;
      this.facets.update(this.query, this.notes).catch(() => {});
      this.showFailure(text, error, isCurrent);
    }
    clearTimeout(busy);
    if (isCurrent()) this.showBusy(false);
  }

  /**
   * Show what a text finds; where the index cannot be read because the site was built anew, by the
   * new one.
   * @param {string} text
   * @param {IsCurrent} isCurrent
   */
  async findRenewed(text, isCurrent) {
    const ask = () => this.search.ask(text);
    try {
      await this.find(ask, isCurrent);
    } catch (error) {
      if (error instanceof QuerySyntaxError) throw error;
      const isRenewed = await this.renewIndex().catch(() => false);
      if (!isRenewed || !isCurrent()) return this.findByFilters(text, error, isCurrent);
      await this.find(ask, isCurrent);
      if (isCurrent()) this.messages.prepend(createElement("p", {}, RENEWED));
    }
  }

  /**
   * Show what a query of filters alone finds, which no word or name is needed for; else throw.
   * @param {string} text
   * @param {unknown} error Why the names of notes could not be read.
   * @param {IsCurrent} isCurrent
   */
  async findByFilters(text, error, isCurrent) {
    const query = parseQuery(text, this.language);
    if (query.error || leavesOf(query.tree).some(isText)) throw error;
    await this.find(() => this.search.run(query, []), isCurrent);
  }

  /**
   * Have results to show below a message: where there are none yet, those of a query.
   * @param {IsCurrent} isCurrent
   * @param {string} [text]
   */
  async ensureResults(isCurrent, text = "") {
    if (this.place.hidden) await this.find(() => this.search.ask(text), isCurrent);
  }

  /**
   * Evaluate a query and show what it finds, or else the closest notes.
   * @param {() => import("./search.js").Result} ask
   * @param {IsCurrent} isCurrent
   */
  async find(ask, isCurrent) {
    const { index } = this;
    this.results.loadFirstCards();
    const found = await index.run(ask);
    if (!isCurrent()) return;
    const { query, notes, terms } = found;
    const focused = findFocusedKey();
    const counting = this.facets.update(query, notes).catch(() => {}); // of authors, without a file
    this.restoreFocus(focused);
    const hints = await index.run(() => this.hints.list(found)).catch(() => []); // not needed
    const showsClosest = !notes.length && terms.length > 0;
    const hasRelevance = terms.length > 0;
    const order = getOrder(query, hasRelevance);
    const closest = showsClosest ? await index.run(() => this.hints.findClosest(query)) : notes;
    const shown = { notes: closest, terms, order };
    const entries = await this.results.renderFirst(shown);
    if (!isCurrent()) return;
    this.query = query;
    this.notes = notes;
    this.results.show(entries, shown, showsClosest ? "closest" : "matches");
    const messages = hints.map((hint) => this.renderHint(hint));
    if (!notes.length) messages.push(...this.renderNothing(query, shown.notes));
    this.showMessages(messages, notes.length ? countNotes(notes.length) : t("No results"));
    this.bar.show(query, order, hasRelevance);
    this.bar.order.hidden = notes.length < 2;
    this.export.hidden = !notes.length;
    document.title = [printQuery(query), this.title].filter(Boolean).join(" · ");
    this.reveal();
    await counting;
    if (isCurrent()) this.restoreFocus(focused);
  }

  /**
   * Keep the focus in its place, although the element was created again, or is gone.
   * @param {string | undefined} key What was focused: a term of the query, or a value of a facet.
   */
  restoreFocus(key) {
    if (!key) return;
    const focused = document.activeElement;
    const isVisible = focused?.checkVisibility({ visibilityProperty: true });
    if (isVisible && focused !== document.body) return;
    const places = `[data-key="${CSS.escape(key)}"]`;
    /** @type {HTMLElement | null} */
    const button = this.place.querySelector(`${places} > button:not(.rl-facet-opener)`);
    button?.focus();
    if (!button || document.activeElement !== button) this.bar.status.focus();
  }

  /**
   * Show why there is no answer, and try again: a preview builds the index after the pages. What
   * needs no words is still found.
   * @param {string} text
   * @param {unknown} error
   * @param {IsCurrent} isCurrent
   */
  showFailure(text, error, isCurrent) {
    const pause = RETRY_PAUSES[this.failures];
    this.failures += 1;
    if (pause) {
      setTimeout(() => {
        if (isCurrent()) this.answer(text);
      }, 1000 * pause);
    }
    const reload = createElement("a", { href: location.href }, t("reload the page"));
    const advice = error instanceof OtherBuild && [` ${t("If this message stays:")} `, reload, "."];
    const message = createElement("p", {}, describeFailure(error), advice);
    this.showMessages([message], t("Search failed. Showing the previous results"));
    this.reveal();
  }

  /** Show the results, in place of the message that the search is being loaded. */
  reveal() {
    this.place.hidden = false;
    document.querySelector(".rl-search-loading")?.remove();
  }

  // Messages --------------------------------------------------------------------------------------

  /**
   * @param {HTMLElement[]} messages
   * @param {string} status
   */
  showMessages(messages, status) {
    this.messages.replaceChildren(...messages);
    this.bar.status.textContent = status;
  }

  /**
   * @param {string} text
   * @param {QuerySyntaxError} error
   */
  renderError(text, { start, end, message, help, suggestion }) {
    const before = text.slice(Math.max(0, start - MAX_CONTEXT), start);
    const marked = text.slice(start, end).slice(0, MAX_CONTEXT) || " ";
    const after = text.slice(end, end + MAX_CONTEXT);
    const mark = createElement("mark", {}, marked);
    const messages = [
      createElement("pre", { className: "rl-query-error" }, before, mark, after),
      createElement("p", {}, renderSentence(`${message}: ${help}`)),
    ];
    if (suggestion) {
      messages.push(createElement("p", {}, t("Try:"), " ", this.createLink(suggestion)));
    }
    return messages;
  }

  /** @param {import("./hints.js").Hint} hint */
  renderHint({ message, query, isAction }) {
    const sentence = renderSentence(message);
    if (isAction) return createElement("p", {}, this.createLink(query, sentence));
    return createElement("p", {}, sentence, query && [" ", this.createLink(query)]);
  }

  /**
   * Return what leads on from a query that found nothing.
   * @param {Query} query
   * @param {number[]} closest
   */
  renderNothing(query, closest) {
    if (closest.length) return [createElement("p", {}, t("Closest matches:"))];
    if (!query.tree) return [];
    const asksForMarked = leavesOf(query.tree).some(
      (leaf) => leaf.type === "filter" && leaf.field === "is" && leaf.value === "marked",
    );
    const messages = [createElement("p", {}, this.createLink("", t("Show all notes")))];
    if (asksForMarked && !this.search.getReadNames().size) {
      messages.unshift(createElement("p", {}, NOTHING_MARKED));
    }
    return messages;
  }

  /**
   * Return a link to a query.
   * @param {string} text
   * @param {import("../element.js").Child | import("../element.js").Child[]} [label]
   */
  createLink(text, label = text) {
    const href = `?${new URLSearchParams({ q: text })}`;
    /** @param {Event} event */
    const onclick = (event) => {
      event.preventDefault();
      this.go(text);
    };
    return createElement("a", { href, onclick }, label);
  }
}

/**
 * Return the order of the results of a query.
 * @param {Query} query
 * @param {boolean} hasRelevance Whether words were looked for.
 */
function getOrder({ sort }, hasRelevance) {
  const order = sort || "relevance";
  return order === "relevance" && !hasRelevance ? "date" : order;
}

/** @param {Event} event */
const isPaste = (event) =>
  event instanceof InputEvent && /^insertFrom(Paste|Drop)$/.test(event.inputType);

/**
 * Complete what is typed; without it the page does the same.
 * @param {HTMLInputElement} box
 * @param {URL} folder
 */
async function completeWhileTyping(box, folder) {
  try {
    const { enableCompletions } = await import("../completion/box.js");
    await enableCompletions(box, new URL("../", folder));
  } catch (error) {
    console.warn(error);
  }
}

/** Return what is focused: a term of the query, or a value of a facet. */
function findFocusedKey() {
  /** @type {HTMLElement | null | undefined} */
  const keyed = document.activeElement?.closest("[data-key]");
  return keyed?.dataset.key;
}

/** @param {unknown} error */
function describeFailure(error) {
  if (error instanceof IndexUnavailable) {
    return t(
      "Can’t search for words: {error}. Tags, authors, years and other filters still work.",
      {
        error: error.message,
      },
    );
  }
  console.warn(error);
  return t("A file could not be loaded. Trying again soon.");
}

/**
 * Return a filter, or its negation, such that its value can stand in quotes.
 * @param {Tree} term
 * @returns {Tree}
 */
function withoutQuotes(term) {
  if (term.type === "not") return { ...term, item: withoutQuotes(term.item) };
  return term.type === "filter" ? { ...term, value: term.value.replaceAll('"', " ") } : term;
}

/** @param {URL} root The address of the site. */
async function loadCatalogue(root) {
  const address = new URL("search/catalogue.bin", root);
  return new Catalogue(await fetchPacked(address, { cache: "no-cache" }));
}

async function start() {
  const form = /** @type {HTMLFormElement} */ (document.querySelector(".rl-search"));
  const place = /** @type {HTMLElement} */ (document.getElementById("rl-results"));
  const root = new URL("../", form.action);
  try {
    const page = new SearchPage(form, place, await loadCatalogue(root), root);
    await new Promise((resolve) => setTimeout(resolve)); // what is pressed need not wait for both
    await page.answerAddress();
  } catch (error) {
    const tags = createElement("a", { href: new URL("tags/", root).href }, t("Browse the tags"));
    const message = [t("The search could not be loaded."), " ", tags, "."];
    place.replaceChildren(createElement("p", {}, message));
    place.hidden = false;
    document.querySelector(".rl-search-loading")?.remove();
    throw error;
  }
  const box = form.querySelector("input");
  if (!matchMedia("(pointer: coarse)").matches) box?.focus({ preventScroll: true });
}

await start();
