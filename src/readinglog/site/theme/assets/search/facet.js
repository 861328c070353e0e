// A facet: the values of one field that the results have, in a list that folds.

import { createElement } from "../element.js";
import { RovingFocus } from "./roving_focus.js";

/**
 * @typedef {import("./facet_row.js").FacetRow} FacetRow
 * @typedef {import("./facet_row.js").TagRow} TagRow
 * @typedef {import("./facet_row.js").Choice} Choice
 */

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

/** The facet of tags: those at the root, each with those below it. */
export class TagFacet extends Facet {
  /**
   * @param {string} title
   * @param {TagRow[]} rows Of every tag.
   */
  constructor(title, rows) {
    super(title);
    this.rows = rows;
    this.roots = rows.filter((row) => row.tag.parent < 0);
    this.list.classList.add("rl-facet-tree");
    this.list.append(...this.roots.map((root) => root.item));
    this.list.addEventListener("click", () => this.focus.update()); // of what was opened or closed
  }

  /** @override */
  update() {
    for (const root of this.roots) root.arrange();
    super.update();
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
