// The range of years that the query asks for, to be chosen: from one year, to another, or both.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { parseRange } from "./grammar.js";
import { clausesOf } from "./tree.js";

/**
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Filter} Filter
 */

const MIN_YEARS = 3; // of fewer, one is chosen as well

export class YearRange {
  /**
   * @param {string[]} years Those of the log, the newest first.
   * @param {string} pattern How a year is written.
   * @param {(old: Tree[], term: Tree | null) => void} replace
   */
  constructor(years, pattern, replace) {
    this.years = [...years].reverse();
    this.pattern = pattern;
    this.replace = replace;
    /** @type {Filter[]} The terms of the query that include years. */
    this.terms = [];
    this.from = this.createSelect(this.years, t("first year"));
    this.to = this.createSelect(years, t("last year"));
    this.root = createElement(
      "p",
      {
        className: "rl-year-range",
        role: "group",
        "aria-label": t("Range of years"),
        hidden: years.length < MIN_YEARS,
      },
      createElement("label", {}, `${t("from")} `, this.from),
      " ",
      createElement("label", {}, `${t("to")} `, this.to),
    );
  }

  /** Whether the query has years to choose others for. */
  get isChosen() {
    return this.terms.length > 0;
  }

  /**
   * @param {string[]} years
   * @param {string} open What it is called to set no limit.
   */
  createSelect(years, open) {
    const options = years.map((year) => createElement("option", { value: year }, year));
    const onchange = () => this.change();
    return createElement(
      "select",
      { onchange },
      createElement("option", { value: "" }, open),
      ...options,
    );
  }

  /** Ask for what is chosen in place of the years that the query has. */
  change() {
    const { from, to } = this;
    const isBackward = from.value && to.value && from.value > to.value;
    const [low, high] = isBackward ? [to.value, from.value] : [from.value, to.value];
    const value = low === high ? low : `${low}..${high}`;
    this.replace(this.terms, value ? { type: "filter", field: "year", value } : null);
  }

  /**
   * Show which years a query asks for.
   * @param {Tree | null} tree
   */
  show(tree) {
    this.terms = clausesOf(tree).filter(isYear);
    const ranges = this.terms.flatMap(({ value }) => {
      const range = parseRange(this.pattern, value);
      return range ? [range] : [];
    });
    const shown = this.years.filter((year) =>
      ranges.every(([low, high]) => year >= low && year < high),
    );
    const isLimited = (/** @type {string} */ year) => !shown.includes(year);
    this.from.value = isLimited(this.years[0]) ? (shown[0] ?? "") : "";
    this.to.value = isLimited(this.years.at(-1) ?? "") ? (shown.at(-1) ?? "") : "";
  }
}

/**
 * @param {Tree} term
 * @returns {term is Filter}
 */
const isYear = (term) => term.type === "filter" && term.field === "year";
