// The palette: a box over any page that completes what one types, and leads there.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { CompletionList, loadStyle } from "./completion_list.js";
import { loadCompletions } from "./completions.js";
import { listEndings } from "./last_term.js";
import { listMenuPages } from "./menu_pages.js";

/** @typedef {import("./completions.js").Completion} Completion */

const MAX_ROWS = 9; // and one that searches
const FILTERS = ["filter", "field"]; // kinds of completions

/**
 * Return what completes in a frame, with its style.
 * @param {import("../open_palette.js").PaletteFrame} frame
 */
export async function createPalette(frame) {
  await loadStyle();
  return new Palette(frame);
}

export class Palette {
  /** @param {import("../open_palette.js").PaletteFrame} frame */
  constructor(frame) {
    this.frame = frame;
    this.box = frame.box;
    /** @type {import("./completions.js").Completions | undefined} */
    this.completions = undefined;
    this.pages = listMenuPages(frame.root);
    this.hasFailed = false;
    this.list = new CompletionList(this.box, "rl:palette-list");
    const keys = createElement("p", { className: "rl-palette-keys" }, ...describeKeys());
    const foot = createElement("div", { className: "rl-palette-foot" }, this.list.status, keys);
    frame.wait.replaceWith(this.list.root, foot);
  }

  /** Whether what is listed is all that completes the text. */
  get isReady() {
    return this.completions !== undefined || this.hasFailed;
  }

  open() {
    this.update();
    if (!this.completions) this.load();
  }

  async load() {
    this.hasFailed = false;
    try {
      this.completions = await loadCompletions(this.frame.root);
    } catch {
      this.hasFailed = true;
    }
    this.update();
    if (this.frame.isEntered) this.follow();
  }

  /**
   * Show what completes the text in the box, and a row that searches for the text: that comes first
   * unless the text is the whole name of something, or a field without a value, which is no query.
   * The first row is chosen.
   */
  update() {
    const text = this.box.value.trim();
    const { found, words, before, isExcluded } = this.complete(this.box.value);
    const rows = found.map((completion) => this.createRow(completion, before, isExcluded));
    const isName = !before && !isExcluded && this.isNameOfFirst(text, found);
    const isLast = isName || this.completions?.parseField(text)?.value === "";
    if (text) rows.splice(isLast ? rows.length : 0, 0, this.createSearchRow(text));
    this.list.show(rows, words);
    if (rows.length) this.list.choose(0);
    this.list.status.textContent = this.describe(text, found.length);
  }

  /**
   * Return whether a text is the whole name of the first of some completions, and of no other work.
   * @param {string} text
   * @param {Completion[]} found
   */
  isNameOfFirst(text, found) {
    const { completions } = this;
    if (!completions || !found.length) return false;
    const [first, ...others] = found;
    const isCalled = (/** @type {Completion} */ other) => completions.isCalled(other, text);
    return isCalled(first) && !(isWork(first) && others.filter(isWork).some(isCalled));
  }

  /**
   * Return what completes a text, or else the last term of it, and what stands before that.
   * @param {string} text
   * @returns {{ found: Completion[], words: string[], before: string, isExcluded: boolean }}
   */
  complete(text) {
    const { completions } = this;
    const nothing = { found: [], words: [], before: "", isExcluded: false };
    if (!completions) return nothing;
    const found = completions.parseField(text)
      ? completions.complete(text, MAX_ROWS)
      : this.matchWithPages(completions, text);
    const words = completions.splitTyped(text);
    if (found.length) return { ...nothing, found, words };
    const isField = (/** @type {string} */ part) => completions.parseField(part) !== null;
    for (const { start, text: part, isExcluded } of listEndings(text, isField)) {
      const ending = part.trim() ? completions.complete(part, MAX_ROWS) : [];
      const allowed = ending.filter((completion) => !(isExcluded && isWork(completion)));
      if (!allowed.length) continue;
      const before = text.slice(0, start);
      return { found: allowed, words: completions.splitTyped(part), before, isExcluded };
    }
    return { ...nothing, words };
  }

  /**
   * Return what completes words with the pages of the menu: those of that very name come first,
   * those whose names begin so before filters.
   * @param {import("./completions.js").Completions} completions
   * @param {string} text
   */
  matchWithPages(completions, text) {
    const [pages, , begunPages] = completions.rank(this.pages, text, MAX_ROWS);
    const [called, people, begun, others] = completions.rank(completions.all, text, MAX_ROWS);
    const isFilter = (/** @type {Completion} */ { kind }) => FILTERS.includes(kind);
    const first = [...called, ...people, ...begun.filter((other) => !isFilter(other))];
    const room = MAX_ROWS - pages.length - begunPages.length;
    const before = first.slice(0, Math.max(room, 0));
    const rest = [...begun.filter(isFilter), ...others];
    return [...pages, ...before, ...begunPages, ...rest].slice(0, MAX_ROWS);
  }

  /**
   * @param {string} text
   * @param {number} count
   */
  describe(text, count) {
    if (this.hasFailed) return t("Suggestions could not be loaded. Enter searches the notes.");
    if (!this.completions) return t("Loading suggestions …");
    if (!text) return "";
    if (!count) return t("No suggestions");
    return count === 1 ? t("1 suggestion") : t("{count} suggestions", { count });
  }

  /**
   * @param {Completion} completion
   * @param {string} before What of the query stands before it.
   * @param {boolean} isExcluded
   * @returns {import("./completion_list.js").Row}
   */
  createRow(completion, before, isExcluded) {
    const { kind, path, term } = completion;
    const query = before + term;
    const leadsToPage = path && (isWork(completion) || !before);
    const { href } = leadsToPage ? new URL(path, this.frame.root) : this.frame.addressOf(query);
    const run = kind === "field" ? () => this.type(query) : () => this.frame.go(href);
    const label = isExcluded ? `-${term}` : completion.label;
    return { completion: { ...completion, label }, href, run };
  }

  /**
   * @param {string} text
   * @returns {import("./completion_list.js").Row}
   */
  createSearchRow(text) {
    const label = t("Search for “{text}”", { text });
    const completion = { kind: "", field: "", label, names: [], count: null, term: text };
    return { completion, href: this.frame.addressOf(text).href, run: () => this.frame.search() };
  }

  /** Follow what is chosen. */
  follow() {
    if (this.list.isOpen) this.list.follow();
    else this.frame.search();
  }

  /**
   * Walk through the rows. Return whether the key does that.
   * @param {KeyboardEvent} event
   */
  onKey({ key }) {
    const { length } = this.list.options;
    if (!length || !["ArrowDown", "ArrowUp"].includes(key)) return false;
    const step = key === "ArrowDown" ? 1 : -1;
    this.list.choose((this.list.chosen + step + length) % length);
    return true;
  }

  /**
   * Go on with another text in the box.
   * @param {string} text
   */
  type(text) {
    this.box.value = text;
    this.update();
  }
}

/** @param {Completion} completion */
const isWork = ({ path, field }) => Boolean(path) && field === "title";

function describeKeys() {
  const keys = {
    "↑ ↓": t("choose"),
    Enter: t("opens"),
    "Shift-Enter": t("searches"),
    Esc: t("closes"),
  };
  const parts = Object.entries(keys).flatMap(([key, action]) => {
    return [" · ", createElement("kbd", {}, key), ` ${action}`];
  });
  return parts.slice(1);
}
