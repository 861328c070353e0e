// Facets: every tag, kind, year, status and author with its count, to include, to exclude, or to
// remove from the query.

import { createElement } from "../element.js";
import { clausesOf, printTree } from "./tree.js";
import { splitWords } from "./words.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").Filter} Filter
 * @typedef {"tag" | "kind" | "year" | "status" | "author"} FacetField
 */

/**
 * One value of a facet.
 * @typedef {object} Row
 * @property {FacetField} field
 * @property {string} value
 * @property {string | number} key What it is counted by.
 * @property {HTMLElement} root
 * @property {HTMLButtonElement} toggle
 * @property {HTMLButtonElement} exclude
 * @property {HTMLElement} count
 * @property {Tree} [clause] The term of the query that includes or excludes it.
 */

/**
 * How the query is changed.
 * @typedef {object} QueryActions
 * @property {(term: Tree) => void} add
 * @property {(term: Tree) => void} remove
 */

const MAX_AUTHORS = 12; // shown at first, the most frequent

export class Facets {
  /**
   * @param {import("./search.js").Search} search
   * @param {QueryActions} actions
   */
  constructor(search, actions) {
    this.search = search;
    this.catalogue = search.catalogue;
    this.actions = actions;
    /** @type {Row[]} */
    this.rows = [];
    /** @type {Query} */
    this.query = { tree: null };
    /** @type {number[] | undefined} */
    this.notes = undefined;
    this.showsAllAuthors = false;
    const { catalogue } = this;
    const years = [...new Set(catalogue.year)].filter(Boolean).sort().reverse();
    const kinds = catalogue.kinds.filter((kind) => catalogue.kind.includes(kind));
    const statuses = catalogue.statuses.filter((status) => catalogue.status.includes(status));
    const groups = [
      createFold("Tags", this.createTree(-1)),
      createFold("Kind", this.createList("kind", kinds)),
      createFold("Year", this.createList("year", years)),
      createFold("Status", this.createList("status", statuses)),
    ];
    this.authors = createElement("ul");
    this.authorsFold = createFold("Authors", this.authors); // stays folded: it needs a file
    this.authorsFold.ontoggle = () => this.onAuthorsToggle();
    this.root = createFold("Filters", ...groups, this.authorsFold);
    this.root.classList.add("rl-facets");
    // where the facets stand beside the results, not above them
    const wide = matchMedia("(min-width: 60em)");
    const unfold = () => {
      for (const fold of [this.root, ...groups]) fold.open = wide.matches;
    };
    wide.addEventListener("change", unfold);
    unfold();
  }

  // Rows ------------------------------------------------------------------------------------------

  /**
   * @param {FacetField} field
   * @param {string[]} values
   */
  createList(field, values) {
    const items = values.map((value) =>
      createElement("li", {}, this.createRow(field, value, value, value)),
    );
    return createElement("ul", {}, items);
  }

  /**
   * Return the list of the tags below a tag, given by its number; null where there are none.
   * @param {number} parent
   * @returns {HTMLElement | null}
   */
  createTree(parent) {
    const tags = this.catalogue.tags.filter((tag) => tag.parent === parent);
    if (!tags.length) return null;
    const items = tags.map((tag) => {
      const row = this.createRow("tag", tag.key, tag.name, tag.at);
      return createElement("li", {}, row, this.createTree(tag.at));
    });
    return createElement("ul", {}, items);
  }

  /**
   * @param {FacetField} field
   * @param {string} value
   * @param {string} name
   * @param {string | number} key
   */
  createRow(field, value, name, key) {
    /** @type {Filter} */
    const filter = { type: "filter", field, value };
    const onToggle = () => {
      if (row.clause) this.actions.remove(row.clause);
      else this.actions.add(filter);
    };
    const onExclude = () => this.actions.add({ type: "not", item: filter });
    const count = createElement("span", { className: "rl-count" });
    const toggle = createElement(
      "button",
      { type: "button", className: "rl-facet-toggle", onclick: onToggle },
      createElement("span", {}, name),
      " ",
      count,
    );
    const label = `Exclude ${name}`;
    const exclude = createElement(
      "button",
      {
        type: "button",
        className: "rl-facet-exclude",
        title: label,
        "aria-label": label,
        onclick: onExclude,
      },
      "−",
    );
    const data = { "data-field": field, "data-value": value, "data-key": `${field}:${value}` };
    const root = createElement("div", { className: "rl-facet", ...data }, toggle, exclude);
    /** @type {Row} */
    const row = { field, value, key, root, toggle, exclude, count };
    this.rows.push(row);
    return root;
  }

  // Counts ----------------------------------------------------------------------------------------

  /**
   * Show the counts for a result.
   * @param {Query} query
   * @param {number[]} notes
   */
  async update(query, notes) {
    this.query = query;
    this.notes = notes;
    const { catalogue } = this;
    const tags = notes.flatMap((note) => catalogue.tagged[note]);
    this.showCounts("tag", countValues(tags));
    for (const field of /** @type {const} */ (["kind", "year", "status"])) {
      const values = notes.map((note) => catalogue[field][note]);
      this.showCounts(field, countValues(values.filter(Boolean)));
    }
    if (this.authorsFold.open) await this.showAuthors(notes);
  }

  onAuthorsToggle() {
    if (!this.authorsFold.open || !this.notes) return;
    this.showAuthors(this.notes).catch(() => {
      this.authors.replaceChildren("The authors could not be loaded.");
    });
  }

  /** @param {number[]} notes */
  async showAuthors(notes) {
    const { index } = this.search;
    const { names, notes: lists } = await index.run(() => index.getNames("author"));
    if (notes !== this.notes) return; // there is another result by now
    const authors = notes.flatMap((note) => [...new Set(lists[note])]);
    const counts = countValues(authors.map((at) => names[at]));
    const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    const shown = this.showsAllAuthors ? sorted : sorted.slice(0, MAX_AUTHORS);
    this.rows = this.rows.filter((row) => row.field !== "author");
    const list = this.createList(
      "author",
      shown.map(([name]) => name),
    );
    if (shown.length < sorted.length) list.append(this.createShowAll(sorted.length));
    this.authors.replaceChildren(...list.children);
    this.showCounts("author", counts);
  }

  /** @param {number} total */
  createShowAll(total) {
    const showAll = () => {
      this.showsAllAuthors = true;
      if (this.notes) this.showAuthors(this.notes);
    };
    const properties = { type: "button", className: "rl-show-all", onclick: showAll };
    return createElement("li", {}, createElement("button", properties, `Show all ${total}`));
  }

  /**
   * @param {FacetField} field
   * @param {Map<string | number, number>} counts
   */
  showCounts(field, counts) {
    const clauses = clausesOf(this.query.tree);
    for (const row of this.rows.filter((row) => row.field === field)) {
      const number = counts.get(row.key) ?? 0;
      const included = clauses.find((clause) => this.isOf(row, clause));
      const excluded = clauses.find(
        (clause) => clause.type === "not" && this.isOf(row, clause.item),
      );
      row.clause = included ?? excluded;
      row.count.textContent = `(${number.toLocaleString("en")})`;
      row.root.dataset.count = String(number);
      row.root.dataset.state = stateOf(included, excluded);
      row.toggle.setAttribute("aria-pressed", String(Boolean(included)));
      row.toggle.title = row.clause ? `Remove ${printTree(row.clause)}` : "";
      row.exclude.hidden = !number || Boolean(row.clause);
    }
  }

  /**
   * Return whether a clause is the filter of a row.
   * @param {Row} row
   * @param {Tree} clause
   */
  isOf(row, clause) {
    if (clause.type !== "filter") return false;
    const field = clause.field === "is" ? "status" : clause.field;
    if (field !== row.field) return false;
    if (field === "tag") return this.catalogue.findTag(clause.value) === row.key;
    if (field !== "author") return clause.value === row.value;
    return splitWords(clause.value).join(" ") === splitWords(row.value).join(" ");
  }
}

/**
 * @param {string} title
 * @param {...import("../element.js").Child} content
 */
function createFold(title, ...content) {
  const summary = createElement("summary", {}, title);
  return createElement("details", { className: "rl-fold" }, summary, ...content);
}

/**
 * @template {string | number} Value
 * @param {Value[]} values
 */
function countValues(values) {
  /** @type {Map<Value, number>} */
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * @param {Tree | undefined} included
 * @param {Tree | undefined} excluded
 */
function stateOf(included, excluded) {
  if (included) return "included";
  return excluded ? "excluded" : "";
}
