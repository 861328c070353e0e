// What the search page shows, made of elements: text is never read as HTML.

import { element } from "../element.js";
import { clauses, print } from "./grammar.js";
import { marks, passage } from "./passage.js";
import { words } from "./words.js";

const AUTHORS = 12; // shown at first, the most frequent

/** A text with the words in it that were looked for marked. */
function marked(text, terms) {
  const parts = [];
  let at = 0;
  for (const { start, end } of marks(text, terms).sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), element("mark", {}, text.slice(start, end)));
    at = end;
  }
  return [...parts, text.slice(at)];
}

/** A note in the list: title, authors and year, summary, tags; and the passage that was found, if the note's text is at hand. */
export function result(card, terms, root, sections) {
  const address = new URL(`notes/${encodeURIComponent(card.name)}/`, root).href;
  const found = sections && passage(sections, terms);
  return element(
    "li",
    { className: "rl-note", "data-name": card.name },
    element(
      "p",
      { className: "rl-note-title" },
      element("a", { href: address }, marked(card.title, terms)),
      card.date && element("time", { dateTime: card.date }, card.date),
    ),
    element("p", { className: "rl-note-by" }, marked(card.by, terms)),
    card.summary && element("p", { className: "rl-note-summary" }, marked(card.summary, terms)),
    found &&
      element(
        "p",
        { className: "rl-passage" },
        found.heading && element("a", { href: `${address}#${encodeURIComponent(found.anchor)}` }, found.heading),
        found.heading && " ",
        marked(found.text, terms),
      ),
    card.tags.length &&
      element("p", { className: "rl-tags" }, card.tags.flatMap((tag) => [tagLink(tag, root), " "])),
  );
}

function tagLink(tag, root) {
  return element("a", { className: "rl-tag", "data-hue": tag.hue, href: new URL(`tags/${tag.address}/`, root).href }, tag.name);
}

const SAID = {
  tag: (value) => `tagged ${value}`, author: (value) => `by ${value}`, venue: (value) => `at ${value}`, kind: (value) => `kind ${value}`,
  status: (value) => `status ${value}`, year: (value) => `appeared ${value}`, date: (value) => `logged ${value}`,
  rating: (value) => `rated ${value}`, has: (value, { relations }) => (relations.includes(value) ? `that ${value.replace("_", " ")} another` : `with ${value}`), is: (value) => `is ${value}`,
  links: (value) => `links to ${value}`, "linked-from": (value) => `linked from ${value}`,
};

/** A term of a query in words. */
export function said(item, search) {
  switch (item.is) {
    case "word": return item.inTitle ? `${item.text} in the title` : item.text;
    case "phrase": return `“${item.text}”${item.inTitle ? " in the title" : ""}`;
    case "not": return `not ${inner(item.item, search)}`;
    case "and": return item.items.map((one) => inner(one, search)).join(" and ");
    case "or": return item.items.map((one) => inner(one, search)).join(" or ");
    default: {
      const words = SAID[item.field] ?? ((value) => `${item.field} ${value}`);
      return words(item.field === "tag" ? search.catalogue.tags[search.tag(item.value)]?.name ?? item.value : item.value, search.language);
    }
  }
}

const inner = (item, search) => (item.items ? `(${said(item, search)})` : said(item, search));

/** The facets: every value with its count, to add, to leave out, or to take back. */
export class Facets {
  constructor(search, change) {
    Object.assign(this, { search, change, rows: [], groups: [], everyone: false });
    const { catalogue } = search;
    const known = (column) => [...new Set(column)].filter(Boolean);
    this.authors = element("ul");
    this.byAuthor = element("details", { className: "rl-fold", ontoggle: () => this.byAuthor.open && this.notes && this.showAuthors().catch(() => this.authors.replaceChildren("They could not be fetched.")) }, element("summary", {}, "Authors"), this.authors);
    const kinds = catalogue.kinds.filter((kind) => catalogue.kind.includes(kind));
    const statuses = catalogue.statuses.filter((status) => catalogue.status.includes(status));
    this.root = element(
      "details",
      { className: "rl-facets rl-fold" },
      element("summary", {}, "Narrow down"),
      this.group("Tags", this.tree(-1)),
      this.group("Kind", this.list("kind", kinds)),
      this.group("Year", this.list("year", known(catalogue.year).sort().reverse())),
      this.group("Status", this.list("status", statuses)),
      this.byAuthor,
    );
    const wide = matchMedia("(min-width: 60em)"); // where the facets stand beside the results, and not above them
    const unfold = () => [this.root, ...this.groups].forEach((details) => (details.open = wide.matches));
    wide.addEventListener("change", unfold);
    unfold();
  }

  group(title, list) {
    const group = element("details", { className: "rl-fold" }, element("summary", {}, title), list);
    this.groups.push(group);
    return group;
  }

  list(field, values) {
    return element("ul", {}, values.map((value) => element("li", {}, this.row(field, value, value, value))));
  }

  tree(parent) {
    const tags = this.search.catalogue.tags.filter((tag) => tag.parent === parent);
    if (!tags.length) return null;
    return element("ul", {}, tags.map((tag) => element("li", {}, this.row("tag", tag.key, tag.name, tag.at), this.tree(tag.at))));
  }

  /** One value: `key` is what it is counted by. */
  row(field, value, name, key) {
    const count = element("span", { className: "rl-count" });
    const add = element("button", { type: "button", className: "rl-add", onclick: () => this.toggle(row) }, element("span", {}, name), " ", count);
    const out = element("button", { type: "button", className: "rl-out", title: `Leave out ${name}`, "aria-label": `Leave out ${name}` }, "−");
    out.onclick = () => this.change.add({ is: "not", item: { is: "filter", field, value } });
    const row = { field, value, name, key, add, count, out, root: element("div", { className: "rl-facet", "data-field": field, "data-value": value, "data-key": `${field}:${value}` }, add, out) };
    this.rows.push(row);
    return row.root;
  }

  toggle(row) {
    row.clause ? this.change.remove(row.clause) : this.change.add({ is: "filter", field: row.field, value: row.value });
  }

  /** Show the counts for a result. */
  async update(query, notes) {
    Object.assign(this, { query, notes });
    for (const facet of ["tag", "kind", "year", "status"]) this.fill(facet, await this.search.counts(facet, notes));
    if (this.byAuthor.open) await this.showAuthors();
  }

  async showAuthors() {
    const { query, notes } = this;
    const counts = await this.search.counts("author", notes);
    if (query !== this.query) return;
    const names = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    const shown = this.everyone ? names : names.slice(0, AUTHORS);
    this.rows = this.rows.filter((row) => row.field !== "author");
    const more = element("button", { type: "button", className: "rl-all", onclick: () => ((this.everyone = true), this.showAuthors()) });
    more.append(`All ${names.length}`);
    const items = shown.map((name) => element("li", {}, this.row("author", name, name, name)));
    this.authors.replaceChildren(...items, ...(shown.length < names.length ? [element("li", {}, more)] : []));
    this.fill("author", counts);
  }

  fill(facet, counts) {
    const terms = clauses(this.query.tree);
    for (const row of this.rows.filter((row) => row.field === facet)) {
      const number = counts.get(row.key) ?? 0;
      const chosen = terms.find((term) => this.isOn(row, term));
      row.clause = chosen ?? terms.find((term) => term.is === "not" && this.isOn(row, term.item));
      const out = row.clause && !chosen;
      row.count.textContent = `(${number.toLocaleString("en")})`;
      row.root.dataset.count = number;
      row.root.dataset.state = chosen ? "on" : out ? "out" : "";
      row.add.setAttribute("aria-pressed", String(Boolean(chosen)));
      row.add.title = row.clause ? `Take back ${print({ tree: row.clause })}` : "";
      row.out.hidden = !number || Boolean(row.clause);
    }
  }

  isOn(row, term) {
    if (term.is !== "filter" || (term.field === "is" ? "status" : term.field) !== row.field) return false;
    if (row.field === "tag") return this.search.tag(term.value) === row.key;
    return row.field === "author" ? words(term.value).join(" ") === words(row.value).join(" ") : term.value === row.value;
  }
}
