// A list of completions below a box: a combobox with a listbox, as the ARIA Authoring Practices
// describe it. The focus stays in the box.

import { createElement } from "../element.js";
import { formatNumber, t } from "../messages.js";
import { nameValue } from "../value_names.js";
import { findTyped, findWord } from "./search_text.js";

/**
 * A completion that is shown: where it leads, or what it does.
 * @typedef {object} Row
 * @property {import("./completions.js").Completion} completion
 * @property {string} href
 * @property {() => void} [run]
 */

/** @type {Promise<unknown> | undefined} */
let style;

/** Fetch the style of the list, once, and wait for it. */
export function loadStyle() {
  const { href } = new URL("../style/completion.css", import.meta.url);
  style ??= new Promise((done) => {
    const properties = { rel: "stylesheet", href, onload: done, onerror: done };
    document.head.append(createElement("link", properties));
  });
  return style;
}

export class CompletionList {
  /**
   * @param {HTMLInputElement} box
   * @param {string} id The id of the list.
   */
  constructor(box, id) {
    this.box = box;
    /** @type {HTMLElement[]} */
    this.options = [];
    this.chosen = -1;
    this.root = createElement("div", {
      id,
      className: "rl-completions",
      role: "listbox",
      "aria-label": t("Suggestions"),
      hidden: true,
      onpointerdown: keepFocus,
    });
    this.status = createElement("p", { className: "rl-completion-status", "aria-live": "polite" });
    const attributes = {
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": id,
      "aria-expanded": "false",
    };
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
  }

  get isOpen() {
    return !this.root.hidden;
  }

  /**
   * Show completions.
   * @param {Row[]} rows
   * @param {string[]} words What was typed of them.
   */
  show(rows, words) {
    this.options = rows.map((row, at) => this.createOption(row, words, at));
    this.root.replaceChildren(...this.options);
    this.root.hidden = !rows.length;
    this.root.scrollTop = 0;
    this.box.setAttribute("aria-expanded", String(this.isOpen));
    this.choose(-1);
  }

  close() {
    this.show([], []);
    this.status.textContent = "";
  }

  /**
   * Choose an option by its number; -1 for none.
   * @param {number} at
   */
  choose(at) {
    this.options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = at;
    const option = this.options[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.box.setAttribute("aria-activedescendant", option.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  /** Follow the option that is chosen. */
  follow() {
    this.options[this.chosen]?.click();
  }

  /**
   * @param {Row} row
   * @param {string[]} words
   * @param {number} at
   */
  createOption({ completion, href, run }, words, at) {
    /** @param {MouseEvent} event */
    const onclick = (event) => {
      if (!run || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      run();
    };
    const properties = {
      id: `${this.root.id}-${at}`,
      className: "rl-completion",
      role: "option",
      "aria-selected": "false",
      tabIndex: -1,
      href,
      onclick,
    };
    const { kind } = completion;
    const about = [nameValue(kind), describeCount(completion)].filter(Boolean).join(" · ");
    return createElement(
      "a",
      properties,
      createElement("span", { className: "rl-completion-name" }, ...renderName(completion, words)),
      about && createElement("span", { className: "rl-completion-kind" }, about),
    );
  }
}

/**
 * Leave the focus in the box when an option is pressed.
 * @param {Event} event
 */
const keepFocus = (event) => event.preventDefault();

/** @param {import("./completions.js").Completion} completion */
function describeCount({ path, field, count }) {
  if (!count) return "";
  const number = formatNumber(count);
  if (path && field === "title") return t("cited by {count}", { count: number });
  return count === 1 ? t("1 note") : t("{count} notes", { count: number });
}

/**
 * Return the label of a completion with the letters marked that were typed, and the other name by
 * which it was found.
 * @param {import("./completions.js").Completion} completion
 * @param {string[]} words
 */
function renderName({ label, names, citation = "", detail }, words) {
  if (!names.length) return [createElement("span", { dir: "auto" }, label)];
  const missing = words.filter((word) => !findWord(label, word).length);
  const others = missing.length ? [...names, citation] : [];
  const other = others.find((name) => hasAll(name, missing));
  const parts = [createElement("span", { dir: "auto" }, ...markTyped(label, words))];
  if (other) parts.push(createDetail(...markTyped(other, words)));
  if (detail) parts.push(createDetail(detail));
  return parts.flatMap((part) => [part, " "]);
}

/** @param {...(import("../element.js").Child)} content */
const createDetail = (...content) =>
  createElement("span", { className: "rl-completion-detail", dir: "auto" }, ...content);

/**
 * @param {string} name
 * @param {string[]} words
 */
const hasAll = (name, words) => words.every((word) => findWord(name, word).length);

/**
 * @param {string} name
 * @param {string[]} words
 */
function markTyped(name, words) {
  /** @type {import("../element.js").Child[]} */
  const parts = [];
  let at = 0;
  for (const [start, end] of findTyped(name, words)) {
    parts.push(name.slice(at, start), createElement("mark", {}, name.slice(start, end)));
    at = end;
  }
  return [...parts, name.slice(at)];
}
