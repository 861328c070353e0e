// The search page: the query stands in the address, the answer below the box.

import { element, spoken } from "../element.js";
import { load } from "./catalogue.js";
import { clauses, parse, print, replaced } from "./grammar.js";
import { Index, NoIndex, ready } from "./index.js";
import { Search, count } from "./search.js";
import { Facets, result, said } from "./view.js";

const SHOWN = 10;
const PAUSE = 120; // milliseconds without a key after which what is typed is asked
const AGAIN = [1, 2, 4, 8, 15, 30]; // seconds after which what failed is tried again
const OPEN_ENDS = ["unclosed-quote", "unclosed-group", "no-value", "lone-not", "lone-or", "empty-group"]; // of a query that is being typed
const PATIENCE = 1500; // milliseconds without a key after which an open end is told of
const ORDERS = { relevance: "best first", published: "newest work first", date: "last logged first", rating: "best rated first" };

class SearchPage {
  constructor(form, place, catalogue, root) {
    Object.assign(this, { form, box: form.elements.q, block: Number(place.dataset.block), catalogue, root, place, asked: 0, typed: 0, failures: 0, query: { tree: null, sort: "" } });
    this.search = new Search(catalogue, new Index(new URL("pagefind/", root), catalogue));
    this.facets = new Facets(this.search, { add: (item) => this.add(item), remove: (item) => this.remove(item) });
    this.chips = element("ul", { className: "rl-chips", "aria-label": "What is asked for" });
    this.told = element("div", { className: "rl-told" });
    this.status = element("p", { className: "rl-status", tabIndex: -1 });
    this.status.setAttribute("role", "status");
    this.order = element("select", { "aria-label": "Order", onchange: () => this.sort(this.order.value) });
    this.list = element("ol", { className: "rl-notes" });
    this.more = element("button", { type: "button", className: "rl-more", onclick: () => this.show() });
    const bar = element("div", { className: "rl-bar" }, this.status, this.order);
    const found = element("div", { className: "rl-found" }, this.chips, bar, this.told, this.list, this.more);
    place.replaceChildren(found, this.facets.root);
    this.title = document.title;
    this.listen();
  }

  listen() {
    this.box.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        const typed = performance.now();
        this.go(this.box.value, typed - this.typed < 2000 ? "replaceState" : "pushState", true);
        this.typed = typed;
      }, PAUSE);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go(this.box.value);
    });
    addEventListener("pagehide", () => history.replaceState({ shown: this.list.children.length, y: scrollY }, ""));
    addEventListener("popstate", () => this.read());
    addEventListener("keydown", (event) => this.key(event));
    new IntersectionObserver(([entry]) => entry.isIntersecting && this.show(), { rootMargin: "200px" }).observe(this.more);
  }

  /** Arrow keys walk from the box through the results; Esc goes back to the box, and there empties it. */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || document.activeElement === this.order) return;
    const links = [this.box, ...this.list.querySelectorAll(".rl-note-title a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0 && links[at + step]) {
      links[at + step].focus();
      event.preventDefault();
    } else if (event.key === "Escape" && document.activeElement !== this.box) this.box.focus();
    else if (event.key === "Escape" && this.box.value) {
      event.preventDefault();
      this.go("");
    }
  }

  // The query ---------------------------------------------------------------------------------------------------------

  /** Answer what the address asks, and go back to where it was left. */
  async read() {
    const { shown = 0, y } = history.state ?? {};
    this.box.value = new URLSearchParams(location.search).get("q") ?? "";
    await this.answer(this.box.value);
    while (this.list.children.length < shown && this.left?.length) await this.show();
    if (y) scrollTo(0, y);
  }

  /** Put a query into the address and answer it. */
  go(text, how = "pushState", typing = false) {
    clearTimeout(this.timer);
    this.typed = 0;
    const address = new URL(location.pathname, location.href);
    if (text.trim()) address.searchParams.set("q", text);
    if (address.href !== location.href) history[how](null, "", address);
    if (this.box.value !== text) this.box.value = text;
    return this.answer(text, typing);
  }

  /** What stands in the box, though it may not be answered yet; else what was answered last. */
  current() {
    const { language } = this.catalogue;
    const query = parse(this.box.value, language);
    const mended = query.problem?.mended ? parse(query.problem.mended, language) : query;
    return mended.problem ? this.query : mended;
  }

  add(item) {
    const { tree, sort } = this.current();
    const value = item.item ?? item;
    value.value = value.value.replaceAll('"', " ");
    this.go(print({ tree: tree ? { is: "and", items: [...clauses(tree), item] } : item, sort }));
  }

  remove(item) {
    const query = this.current();
    const term = clauses(query.tree).find((one) => print({ tree: one }) === print({ tree: item }));
    this.go(print({ ...query, tree: replaced(query.tree, term, undefined) }));
  }

  sort(sort) {
    const query = this.current();
    this.go(print({ ...query, sort: sort === this.search.usual(query.tree) ? "" : sort }));
  }

  // The answer --------------------------------------------------------------------------------------------------------

  async answer(text, typing = false) {
    const asked = ++this.asked;
    const { language } = this.catalogue;
    let query = parse(text, language);
    if (typing && OPEN_ENDS.includes(query.problem?.name)) {
      query = parse(query.problem.mended, language);
      setTimeout(() => asked === this.asked && this.answer(text), PATIENCE);
    }
    if (query.problem) {
      await this.findAnything(asked);
      if (asked === this.asked) this.tell(this.problem(text, query.problem), "This cannot be read; below is the answer before it");
    } else {
      const waiting = setTimeout(() => asked === this.asked && (this.status.textContent = "Looking …"), 400);
      try {
        await this.find(query, asked);
        this.failures = 0;
      } catch (error) {
        await this.findAnything(asked).catch(() => {}); // then there is nothing to stand behind it
        if (asked === this.asked) this.failed(text, error);
      }
      clearTimeout(waiting);
    }
    if (asked === this.asked) this.form.dataset.answered = text;
  }

  /** Have something to stand behind what cannot be answered. */
  async findAnything(asked) {
    if (this.place.hidden) await this.find(this.query, asked);
  }

  async find(query, asked) {
    const found = await this.search.ask(query);
    const hints = await this.search.hints(query, found.notes.length).catch(() => []); // an answer is one without them
    const closest = found.notes.length || !found.terms.length ? null : await this.search.closest(query);
    const first = await this.entries((closest ?? found).notes.slice(0, SHOWN), found.terms);
    if (asked !== this.asked) return;
    const held = document.activeElement?.closest("[data-key]")?.dataset.key;
    Object.assign(this, { query, terms: found.terms, left: (closest ?? found).notes.slice(SHOWN) });
    this.list.replaceChildren(...first);
    this.list.dataset.of = closest ? "closest" : "found";
    const nothing = !found.notes.length;
    const ends = [closest?.notes.length ? "Closest to it:" : nothing && query.tree ? [this.offer("", "All notes"), ", newest first"] : ""];
    this.tell([...hints.map((hint) => this.hint(hint)), ...ends.filter(Boolean).map((end) => element("p", {}, end))], nothing ? "Nothing found" : count(found.notes.length));
    this.showMore();
    this.showQuery(query, found.order);
    this.place.hidden = false;
    await this.facets.update(query, found.notes).catch(() => {}); // authors that could not be fetched
    if (held && asked === this.asked) this.hold(held);
  }

  /** Keep the focus where it was, though what had it was made anew, or is gone. */
  hold(key) {
    if (document.activeElement?.checkVisibility({ visibilityProperty: true }) && document.activeElement !== document.body) return;
    (this.place.querySelector(`[data-key="${CSS.escape(key)}"] button`) ?? this.status).focus();
  }

  showQuery(query, order) {
    const orders = Object.keys(ORDERS).filter((name) => name !== "relevance" || this.terms.length);
    this.order.replaceChildren(...orders.map((name) => element("option", { value: name, selected: name === order }, ORDERS[name])));
    const chip = (item) => {
      const words = said(item, this.search);
      return element("button", { type: "button", "aria-label": `Take out: ${words}`, onclick: () => this.remove(item) }, words, element("span", {}, " ×"));
    };
    const told = clauses(query.tree).filter((item) => !this.search.isCommon(item) || clauses(query.tree).length === 1);
    this.chips.replaceChildren(...told.map((item) => element("li", { "data-key": print({ tree: item }) }, chip(item))));
    document.title = [print(query), this.title].filter(Boolean).join(" · ");
  }

  entries(notes, terms) {
    const withText = terms.length > 0;
    return this.catalogue.cards(notes, this.block).then((cards) =>
      Promise.all(
        cards.map(async (card) => {
          const text = withText && (await this.catalogue.file(`notes/${encodeURIComponent(card.name)}`).catch(() => null));
          return result(card, terms, this.root, text);
        }),
      ),
    );
  }

  /** The next results. */
  async show() {
    const { left, terms } = this;
    if (!left?.length) return;
    const next = left.splice(0, SHOWN);
    this.showMore();
    const entries = await this.entries(next, terms);
    if (left === this.left) this.list.append(...entries); // else there is another list by now
  }

  showMore() {
    this.more.hidden = !this.left.length;
    this.more.textContent = `Show ${Math.min(SHOWN, this.left.length)} more`;
  }

  /** Say what stands between the query and a better one. */
  tell(parts, status) {
    this.told.replaceChildren(...parts.filter(Boolean));
    this.status.textContent = status;
  }

  problem(text, { start, end, message, help, mended }) {
    const before = text.slice(Math.max(0, start - 60), start), at = text.slice(start, end).slice(0, 60);
    return [
      element("pre", { className: "rl-where" }, before, element("mark", {}, at || " "), text.slice(end, end + 60)),
      element("p", {}, spoken(`${message}: ${help}`)),
      mended ? element("p", {}, "Ask instead: ", this.offer(mended)) : "",
    ];
  }

  hint({ message, query }) {
    return element("p", {}, spoken(message), query ? " " : "", query && this.offer(query));
  }

  offer(text, words = text) {
    const href = `?${new URLSearchParams({ q: text })}`;
    return element("a", { href, onclick: (event) => (event.preventDefault(), this.go(text)) }, words);
  }

  /** Say why there is no answer, and try again: a preview makes the index after the pages. What needs no words is still found. */
  failed(text, error) {
    const { asked } = this;
    const pause = AGAIN[this.failures++];
    if (pause) setTimeout(() => asked === this.asked && this.answer(text), 1000 * pause);
    const lacking = error instanceof NoIndex;
    if (!lacking) console.warn(error);
    const reason = lacking
      ? `Words cannot be looked up: ${error.message}. Tags, authors, years and the other fields still work.`
      : "A file that the answer needs could not be fetched; it will be tried again.";
    this.tell([element("p", {}, reason)], "No answer; below is the one before it");
    this.place.hidden = false;
  }
}

/** Whether a query may ask for words; if so, the index is opened at once. */
const asksForWords = (text) => /[\p{L}\p{N}]/u.test(text.replace(/(?!title)\b[a-z-]+:(?:"[^"]*"|\S+)/gi, ""));

const form = document.querySelector(".rl-search");
const root = new URL("../", form.action);
if (asksForWords(new URLSearchParams(location.search).get("q") ?? "")) ready(new URL("pagefind/", root)).catch(() => {});
try {
  await new SearchPage(form, document.getElementById("rl-answer"), await load(new URL("search/", root)), root).read();
} catch (error) {
  const place = document.getElementById("rl-answer");
  place.replaceChildren(element("p", {}, "The search could not be loaded. ", element("a", { href: new URL("tags/", root).href }, "The tags"), " lead to the notes."));
  place.hidden = false;
  throw error;
}
if (!matchMedia("(pointer: coarse)").matches) form.elements.q.focus({ preventScroll: true });
