// What stands above the results: the terms of the query, to be removed one by one; how many
// results; their order.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { nameValue } from "../value_names.js";
import { clausesOf, printTree } from "./tree.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
 */

/** @type {Record<string, string>} */
const ORDERS = {
  relevance: t("Most relevant"),
  published: t("Publication date"),
  date: t("Newest"),
  rating: t("Highest rated"),
};
const CHOICES = new Set(["kind", "status", "has", "is"]);
const RANGES = new Set(["year", "date", "rating"]);
/** @type {Record<string, (value: string) => string>} */
const DESCRIPTIONS = {
  tag: (value) => t("tagged {value}", { value }),
  author: (value) => t("by {value}", { value }),
  venue: (value) => t("in {value}", { value }),
  kind: (value) => t("kind {value}", { value }),
  status: (value) => t("status {value}", { value }),
  year: (value) => t("published {value}", { value }),
  date: (value) => t("added {value}", { value }),
  rating: (value) => t("rated {value}", { value }),
  has: (value) => t("with {value}", { value }),
  is: (value) => t("is {value}", { value }),
  links: (value) => t("links to {value}", { value }),
  "linked-from": (value) => t("linked from {value}", { value }),
};

export class QueryBar {
  /**
   * @param {import("./search.js").Search} search
   * @param {(term: Tree) => void} remove
   * @param {(order: string) => void} sort
   */
  constructor(search, remove, sort) {
    this.search = search;
    this.remove = remove;
    this.chips = createElement("ul", { className: "rl-chips", "aria-label": t("Query terms") });
    this.status = createElement("p", { className: "rl-status", tabIndex: -1, role: "status" });
    const onchange = () => sort(this.order.value);
    this.order = createElement("select", { "aria-label": t("Sort by"), onchange });
    this.bar = createElement("div", { className: "rl-result-bar" }, this.status, this.order);
  }

  /**
   * Show the terms of a query, and the order of its results.
   * @param {Query} query
   * @param {string} order
   * @param {boolean} hasRelevance Whether words were looked for.
   */
  show(query, order, hasRelevance) {
    const orders = Object.keys(ORDERS).filter((name) => hasRelevance || name !== "relevance");
    const options = orders.map((name) =>
      createElement("option", { value: name, selected: name === order }, ORDERS[name]),
    );
    this.order.replaceChildren(...options);
    const clauses = clausesOf(query.tree);
    const shown = clauses.filter((term) => clauses.length === 1 || !this.search.isCommon(term));
    this.chips.replaceChildren(...shown.map((term) => this.createChip(term)));
  }

  /** @param {Tree} term */
  createChip(term) {
    const text = describeTerm(term, this.search);
    const button = createElement(
      "button",
      {
        type: "button",
        "aria-label": t("Remove: {text}", { text }),
        onclick: () => this.remove(term),
      },
      text,
      createElement("span", {}, " ×"),
    );
    return createElement("li", { "data-key": printTree(term) }, button);
  }
}

/**
 * Return a term of a query in words.
 * @param {Tree} term
 * @param {import("./search.js").Search} search
 * @returns {string}
 */
function describeTerm(term, search) {
  switch (term.type) {
    case "word":
      return describeWords(term.text, term.field);
    case "phrase":
      return describeWords(`“${term.text}”`, term.field);
    case "not":
      return t("not {term}", { term: describeInner(term.item, search) });
    case "filter":
      return describeFilter(term, search);
    default:
      return term.items.map((item) => describeInner(item, search)).join(` ${term.type} `);
  }
}

/**
 * Return words, and where they have to be.
 * @param {string} words
 * @param {string} [field]
 */
function describeWords(words, field) {
  if (field === "title") return t("{words} in the title", { words });
  return field === "claim" ? t("{words} in a claim", { words }) : words;
}

/**
 * @param {Tree} term
 * @param {import("./search.js").Search} search
 */
function describeInner(term, search) {
  const text = describeTerm(term, search);
  return "items" in term ? `(${text})` : text;
}

/**
 * @param {import("./tree.js").Filter} filter
 * @param {import("./search.js").Search} search
 */
function describeFilter(filter, search) {
  const { field, value } = filter;
  if (field === "has" && search.language.relations.includes(value)) {
    return t("{relation} another note", { relation: nameValue(value).replace("_", " ") });
  }
  const shown = displayValue(filter, search);
  return DESCRIPTIONS[field]?.(shown) ?? `${field} ${shown}`;
}

/**
 * Return a range of values in words, or a single value as it is.
 * @param {string} value
 */
function describeRange(value) {
  const [from, to] = value.split("..");
  if (to === undefined) return value;
  if (!from) return t("until {value}", { value: to });
  return to ? `${from}–${to}` : t("from {value} on", { value: from });
}

/**
 * @param {string} field
 * @param {string} value
 */
function nameOf(field, value) {
  if (RANGES.has(field)) return describeRange(value);
  return CHOICES.has(field) ? nameValue(value) : value;
}

/**
 * Return the value of a filter, of a tag its name.
 * @param {import("./tree.js").Filter} filter
 * @param {import("./search.js").Search} search
 */
function displayValue({ field, value }, search) {
  const tag = field === "tag" ? search.catalogue.findTag(value) : undefined;
  return tag === undefined ? nameOf(field, value) : search.catalogue.tags[tag].name;
}
