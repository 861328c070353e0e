// A facet: the values of one field that the results have, in a list that folds; one value of it, with
// its name and count, to include, to exclude, or to remove from the query; and arrow keys in the list.

import { createElement } from "../element.js";
import { formatNumber, t } from "../messages.js";
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
 * @property {(old: Tree[], term: Tree | null) => void} replace
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

const ROWS = ".rl-facet, .rl-show-all";
/** @type {Record<string, (at: number, last: number) => number>} */
const ROW_KEYS = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};
/** @type {Record<string, number>} */
const BUTTON_STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Facet {
  /**
   * @param {string} title
   * @param {FacetRow[]} rows
   */
  constructor(title, rows = []) {
    this.list = createElement("ul");
    this.focus = new RovingFocus(this.list);
    this.fold = createFold(title, this.list);
    /** @type {FacetRow[]} */
    this.rows = [];
    this.setRows(rows);
  }

  /**
   * Put other rows into the list.
   * @param {FacetRow[]} rows
   */
  setRows(rows) {
    this.rows = rows;
    this.list.replaceChildren(...rows.map((row) => row.item));
  }

  /**
   * Show how many notes have each value, and which values the query asks for.
   * @param {ReadonlyMap<string | number, number>} counts
   * @param {ReadonlyMap<string | number, Choice>} choices
   */
  show(counts, choices) {
    for (const row of this.rows) row.show(counts.get(row.key) ?? 0, choices.get(row.choiceKey));
    this.update();
  }

  /** Fit the list to the rows that are shown. */
  update() {
    this.fold.hidden = !this.rows.some((row) => row.isShown);
    this.focus.update();
  }
}

/** The facet of years: single ones, and above them a range. */
export class YearFacet extends Facet {
  /**
   * @param {string} title
   * @param {FacetRow[]} rows
   * @param {import("./year_range.js").YearRange} range
   */
  constructor(title, rows, range) {
    super(title, rows);
    this.range = range;
    this.list.before(range.root);
  }

  /** @override */
  update() {
    super.update();
    if (this.range?.isChosen) this.fold.hidden = false; // to be widened where it finds nothing
  }
}

/** The facet of tags: those at the root, each with those below it. They are made when asked for. */
export class TagFacet extends Facet {
  /**
   * @param {string} title
   * @param {() => TagRow[]} makeRows Makes those of every tag.
   */
  constructor(title, makeRows) {
    super(title);
    this.makeRows = makeRows;
    /** @type {TagRow[]} */
    this.roots = [];
    /** @type {Parameters<Facet["show"]>} */
    this.shown = [new Map(), new Map()];
    this.list.classList.add("rl-facet-tree");
    this.list.addEventListener("click", () => this.focus.update()); // of what was opened or closed
  }

  /** Make the rows. */
  fill() {
    if (this.rows.length) return;
    const rows = this.makeRows();
    this.rows.push(...rows);
    this.roots = rows.filter((row) => row.tag.parent < 0);
    this.list.append(...this.roots.map((root) => root.item));
    this.show(...this.shown);
  }

  /**
   * @override
   * @param {Parameters<Facet["show"]>} shown
   */
  show(...shown) {
    this.shown = shown;
    super.show(...shown);
  }

  /** @override */
  update() {
    for (const root of this.roots) root.arrange();
    super.update();
    if (!this.rows.length) this.fold.hidden = !this.shown.some(({ size }) => size);
  }
}

/**
 * @param {string} title
 * @param {...import("../element.js").Child} content
 */
export function createFold(title, ...content) {
  const summary = createElement("summary", {}, title);
  return createElement("details", { className: "rl-fold" }, summary, ...content);
}

// Values -----------------------------------------------------------------------------------------

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
    this.count = createElement("small");
    this.toggle = createButton(
      { className: "rl-facet-toggle", onclick: onToggle },
      createElement("span", {}, name),
      " ",
      this.count,
    );
    const label = t("Exclude {name}", { name });
    const naming = { title: label, "aria-label": label };
    this.exclude = createButton(
      { className: "rl-facet-exclude", ...naming, onclick: onExclude },
      "−",
    );
    const data = { "data-field": field, "data-value": value, "data-key": `${field}:${value}` };
    this.root = createElement("div", { className: "rl-facet", ...data }, this.toggle, this.exclude);
    this.item = createElement("li", {}, this.root);
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
    this.count.textContent = `(${formatNumber(number)})`;
    this.root.dataset.count = String(number);
    this.root.dataset.state = stateOf(included, excluded);
    this.toggle.setAttribute("aria-pressed", String(Boolean(included)));
    this.toggle.title = this.clause ? t("Remove {name}", { name: printTree(this.clause) }) : "";
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
      "aria-label": t("Subtags of {name}", { name }),
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

// Keys -------------------------------------------------------------------------------------------

/**
 * Makes Tab reach one of the buttons of a list, and leave the list again. Up and down, Home and End
 * go from row to row, left and right from button to button of a row.
 */
class RovingFocus {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    /** @type {HTMLElement | undefined} The button that Tab reaches. */
    this.stop = undefined;
    list.addEventListener("keydown", (event) => this.onKey(event));
    list.addEventListener("focusin", (event) => {
      this.setStop(/** @type {HTMLElement} */ (event.target));
    });
  }

  /** Have a button that Tab reaches, after rows were added, shown or hidden. */
  update() {
    if (this.stop && this.list.contains(this.stop) && this.isShown(this.stop)) return;
    const [first] = this.listRows();
    this.setStop(first && mainButtonOf(first));
  }

  /** @param {HTMLElement | undefined} button */
  setStop(button) {
    if (this.stop) this.stop.tabIndex = -1;
    this.stop = button;
    if (button) button.tabIndex = 0;
  }

  listRows() {
    /** @type {NodeListOf<HTMLElement>} */
    const rows = this.list.querySelectorAll(ROWS);
    return [...rows].filter((row) => this.isShown(row));
  }

  /**
   * Return whether an element of the list is shown where the list is.
   * @param {Element} element
   */
  isShown(element) {
    return !this.list.contains(element.closest("[hidden]"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const focused = /** @type {HTMLElement} */ (event.target);
    const target = this.findTarget(focused, event.key);
    if (!target) return;
    event.preventDefault();
    target.focus();
  }

  /**
   * Return the button that a key leads to from another; undefined where it leads nowhere.
   * @param {HTMLElement} focused
   * @param {string} key
   */
  findTarget(focused, key) {
    /** @type {HTMLElement | null} */
    const row = focused.closest(ROWS);
    if (!row) return undefined;
    const rows = this.listRows();
    const next = ROW_KEYS[key]?.(rows.indexOf(row), rows.length - 1);
    if (next !== undefined) return mainButtonOf(rows[next]);
    const step = BUTTON_STEPS[key];
    const buttons = [...row.querySelectorAll("button")].filter((button) => this.isShown(button));
    return step ? buttons.find((_, at) => buttons[at - step] === focused) : undefined;
  }
}

/**
 * Return the button of a row that chooses its value.
 * @param {HTMLElement} row
 * @returns {HTMLElement}
 */
const mainButtonOf = (row) => row.querySelector(".rl-facet-toggle") ?? row;
