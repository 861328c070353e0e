// One value of a facet: its name and count, to include, to exclude, or to remove from the query.

import { createElement } from "../element.js";
import { printTree } from "./tree.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {"tag" | "kind" | "year" | "status" | "author"} FacetField
 */

/**
 * How the query is changed.
 * @typedef {object} QueryActions
 * @property {(term: Tree) => void} add
 * @property {(term: Tree) => void} remove
 */

/**
 * A value, what it is called, by what it is counted, and by what the terms of a query name it.
 * @typedef {object} FacetValue
 * @property {FacetField} field
 * @property {string} value
 * @property {string} name
 * @property {string | number} key
 * @property {string | number} choiceKey
 */

/**
 * The terms of a query that include or exclude a value.
 * @typedef {object} Choice
 * @property {Tree} [included]
 * @property {Tree} [excluded]
 */

export class FacetRow {
  /**
   * @param {FacetValue} value
   * @param {QueryActions} actions
   */
  constructor({ field, value, name, key, choiceKey }, actions) {
    this.key = key;
    this.choiceKey = choiceKey;
    this.number = 0;
    /** @type {Tree | undefined} The term of the query that includes or excludes it. */
    this.clause = undefined;
    /** @type {import("./tree.js").Filter} */
    const filter = { type: "filter", field, value };
    const onToggle = () => {
      if (this.clause) actions.remove(this.clause);
      else actions.add(filter);
    };
    const onExclude = () => actions.add({ type: "not", item: filter });
    this.count = createElement("span", { className: "rl-count" });
    this.toggle = createButton(
      { className: "rl-facet-toggle", onclick: onToggle },
      createElement("span", {}, name),
      " ",
      this.count,
    );
    const label = `Exclude ${name}`;
    const naming = { title: label, "aria-label": label };
    this.exclude = createButton(
      { className: "rl-facet-exclude", ...naming, onclick: onExclude },
      "−",
    );
    const data = { "data-field": field, "data-value": value, "data-key": `${field}:${value}` };
    this.root = createElement("div", { className: "rl-facet", ...data }, this.toggle, this.exclude);
    this.item = createElement("li", {}, this.root);
    this.show(0);
  }

  /** Whether the result has it, or the query asks for it. */
  get isShown() {
    return Boolean(this.number || this.clause);
  }

  /**
   * @param {number} number How many notes of the result have it.
   * @param {Choice} [choice]
   */
  show(number, { included, excluded } = {}) {
    this.number = number;
    this.clause = included ?? excluded;
    this.count.textContent = `(${number.toLocaleString("en")})`;
    this.root.dataset.count = String(number);
    this.root.dataset.state = stateOf(included, excluded);
    this.toggle.setAttribute("aria-pressed", String(Boolean(included)));
    this.toggle.title = this.clause ? `Remove ${printTree(this.clause)}` : "";
    this.exclude.hidden = !number || Boolean(this.clause);
    this.item.hidden = !this.isShown;
  }
}

/** A tag with those below it, which are folded away at first. */
export class TagRow extends FacetRow {
  /**
   * @param {import("./catalogue.js").Tag} tag
   * @param {QueryActions} actions
   */
  constructor(tag, actions) {
    const { key: value, name, at } = tag;
    super({ field: "tag", value, name, key: at, choiceKey: at }, actions);
    this.tag = tag;
    /** @type {TagRow[]} */
    this.children = [];
    this.list = createElement("ul");
    this.opener = createButton({
      className: "rl-facet-opener",
      "aria-label": `Subtags of ${name}`,
      onclick: () => this.setOpen(!this.isOpen),
    });
    this.root.prepend(this.opener);
    this.setOpen(false);
  }

  /** @param {TagRow} row */
  addChild(row) {
    this.children.push(row);
    this.list.append(row.item);
    this.item.append(this.list);
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** @param {boolean} isOpen */
  setOpen(isOpen) {
    this.list.hidden = !isOpen;
    this.opener.setAttribute("aria-expanded", String(isOpen));
  }

  /**
   * Whether the query asks for a tag below it.
   * @returns {boolean}
   */
  get holdsChosen() {
    return this.children.some((child) => child.clause || child.holdsChosen);
  }

  /** Show what there is below it after the counts have changed; open it where a tag is chosen. */
  arrange() {
    for (const child of this.children) child.arrange();
    this.opener.hidden = !this.children.some((child) => !child.item.hidden);
    if (!this.holdsChosen) return;
    this.item.hidden = false;
    this.setOpen(true);
  }
}

/**
 * @param {Record<string, unknown>} properties
 * @param {...import("../element.js").Child} content
 */
const createButton = (properties, ...content) =>
  createElement("button", { type: "button", tabIndex: -1, ...properties }, ...content);

/**
 * @param {Tree | undefined} included
 * @param {Tree | undefined} excluded
 */
function stateOf(included, excluded) {
  if (included) return "included";
  return excluded ? "excluded" : "";
}
