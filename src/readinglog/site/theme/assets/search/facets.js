// Facets: every tag, kind, year, status and author with its count, to include, to exclude, or to
// remove from the query.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { nameValue } from "../value_names.js";
import { createFold, Facet, FacetRow, TagFacet, TagRow, YearFacet } from "./facet.js";
import { clausesOf } from "./tree.js";
import { splitWords } from "./words.js";
import { YearRange } from "./year_range.js";

/**
 * @typedef {import("./tree.js").Query} Query
 * @typedef {import("./tree.js").Filter} Filter
 * @typedef {import("./facet.js").Choice} Choice
 * @typedef {import("./facet.js").FacetField} FacetField
 */

const COLUMNS = /** @type {const} */ (["kind", "year", "status"]);
const MAX_AUTHORS = 12; // shown at first, the most frequent

export class Facets {
  /**
   * @param {import("./search.js").Search} search
   * @param {import("./facet.js").QueryActions} actions
   */
  constructor(search, actions) {
    this.search = search;
    this.catalogue = search.catalogue;
    this.actions = actions;
    /** @type {Query} */
    this.query = { tree: null };
    /** @type {number[] | undefined} */
    this.notes = undefined;
    this.showsAllAuthors = false;
    const { catalogue } = this;
    const years = [...new Set(catalogue.year)].filter(Boolean).sort().reverse();
    const kinds = catalogue.kinds.filter((kind) => catalogue.kind.includes(kind));
    const statuses = catalogue.statuses.filter((status) => catalogue.status.includes(status));
    const { pattern = "" } = search.language.fields.year;
    this.years = new YearRange(years, pattern, actions.replace);
    this.tags = new TagFacet(t("Tags"), () => this.createTagRows());
    this.columns = {
      kind: new Facet(t("Kind"), this.createRows("kind", kinds)),
      year: new YearFacet(t("Year"), this.createRows("year", years), this.years),
      status: new Facet(t("Status"), this.createRows("status", statuses)),
    };
    this.authors = new Facet(t("Authors")); // stays folded: it needs a file
    this.authors.fold.ontoggle = () => this.onAuthorsToggle();
    const open = [this.tags, ...Object.values(this.columns)].map((facet) => facet.fold);
    this.folds = [...open, this.authors.fold];
    this.root = createFold(t("Filters"), ...this.folds);
    this.root.classList.add("rl-facets");
    this.root.ontoggle = () => this.fillTags();
    // where the facets stand beside the results, not above them
    const wide = matchMedia("(min-width: 60em)");
    const unfold = () => {
      for (const fold of [this.root, ...open]) fold.open = wide.matches;
    };
    wide.addEventListener("change", unfold);
    unfold();
  }

  // Rows ------------------------------------------------------------------------------------------

  /**
   * @param {FacetField} field
   * @param {string[]} values
   */
  createRows(field, values) {
    return values.map((value) => {
      const keys = { key: value, choiceKey: this.keyOf(field, value) ?? value };
      return new FacetRow({ field, value, name: nameValue(value), ...keys }, this.actions);
    });
  }

  /** Return a row for each tag by its number, those below a tag within it. */
  createTagRows() {
    const rows = this.catalogue.tags.map((tag) => new TagRow(tag, this.actions));
    for (const row of rows) rows[row.tag.parent]?.addChild(row);
    return rows;
  }

  /** @param {number} total */
  createShowAll(total) {
    const showAll = () => {
      this.showsAllAuthors = true;
      if (this.notes) this.showAuthors(this.notes);
    };
    const properties = { type: "button", className: "rl-show-all", onclick: showAll };
    return createElement(
      "li",
      {},
      createElement("button", properties, t("Show all {count}", { count: total })),
    );
  }

  /** Make the rows of the tags, which are many, once they can be seen. */
  fillTags() {
    if (this.root.open) this.tags.fill();
  }

  // Counts ----------------------------------------------------------------------------------------

  /**
   * Show the counts for a result; all but those of authors at once.
   * @param {Query} query
   * @param {number[]} notes
   */
  async update(query, notes) {
    this.query = query;
    this.notes = notes;
    const { catalogue } = this;
    const tags = notes.flatMap((note) => catalogue.tagged[note]);
    this.fillTags();
    this.tags.show(countValues(tags), this.findChoices("tag"));
    this.years.show(query.tree);
    for (const field of COLUMNS) {
      const counts = countValues(notes.map((note) => catalogue[field][note]));
      this.columns[field].show(counts, this.findChoices(field));
    }
    this.authors.fold.hidden = !notes.length;
    this.root.hidden = this.folds.every((fold) => fold.hidden);
    if (this.authors.fold.open) await this.showAuthors(notes);
  }

  onAuthorsToggle() {
    if (!this.authors.fold.open || !this.notes) return;
    this.showAuthors(this.notes).catch(() => {
      this.authors.list.replaceChildren(t("The authors could not be loaded."));
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
    this.authors.setRows(
      this.createRows(
        "author",
        shown.map(([name]) => name),
      ),
    );
    if (shown.length < sorted.length) {
      this.authors.list.append(this.createShowAll(sorted.length));
    }
    this.authors.show(counts, this.findChoices("author"));
  }

  /**
   * Return the terms of the query that include or exclude values of a field.
   * @param {FacetField} field
   */
  findChoices(field) {
    /** @type {Map<string | number, Choice>} */
    const choices = new Map();
    for (const clause of clausesOf(this.query.tree)) {
      const filter = clause.type === "not" ? clause.item : clause;
      if (filter.type !== "filter") continue;
      const named = filter.field === "is" ? "status" : filter.field;
      const key = named === field ? this.keyOf(field, filter.value) : undefined;
      if (key === undefined) continue;
      const role = clause.type === "not" ? "excluded" : "included";
      choices.set(key, { [role]: clause, ...choices.get(key) });
    }
    return choices;
  }

  /**
   * Return by what the row of a value is found: values are spelled in several ways.
   * @param {FacetField} field
   * @param {string} value
   */
  keyOf(field, value) {
    if (field === "tag") return this.catalogue.findTag(value);
    return field === "author" ? splitWords(value).join(" ") : value;
  }
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
