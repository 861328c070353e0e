// Fields that hold a list: Enter, a comma or leaving the field makes an entry of what is typed; a
// button removes an entry.

import { createElement } from "../element.js";
import { t } from "../messages.js";

export class ListField {
  /**
   * Make a text input collect entries.
   * @param {HTMLInputElement} input
   * @param {string} label
   * @param {() => void} onChange
   * @param {(text: string) => string[]} split Takes apart several entries in one text.
   */
  constructor(input, label, onChange, split) {
    this.input = input;
    this.label = label;
    this.onChange = onChange;
    this.split = split;
    /** @type {string[]} */
    this.values = [];
    this.list = createElement("ul", { className: "rl-entries" });
    input.before(this.list);
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("input", (event) => {
      if (isCompletion(event)) this.addTyped();
    });
    input.addEventListener("change", () => this.addTyped());
    input.addEventListener("paste", (event) => this.onPaste(event));
  }

  /** @param {string[]} values */
  set(values) {
    this.values = [];
    this.input.value = "";
    this.list.replaceChildren();
    for (const value of values) this.add(value);
  }

  /** @param {string} value */
  add(value) {
    const remove = () => {
      this.values.splice(this.values.indexOf(value), 1);
      entry.remove();
      this.onChange();
      this.input.focus();
    };
    const label = t("Remove from {field}: {value}", { field: this.label, value });
    const properties = { type: "button", "aria-label": label, onclick: remove };
    const button = createElement("button", properties, value, createElement("span", {}, " ×"));
    const entry = createElement("li", {}, button);
    this.values.push(value);
    this.list.append(entry);
  }

  /**
   * Replace an entry, or remove it where the other is empty.
   * @param {string} from
   * @param {string} to
   */
  replace(from, to) {
    this.set(this.values.map((value) => (value === from ? to : value)).filter(Boolean));
    this.onChange();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" || (event.key === "," && this.splitsAtComma())) {
      if (this.input.value.trim()) event.preventDefault();
      this.addTyped();
    } else if (event.key === "Backspace" && !this.input.value && this.values.length) {
      this.input.value = this.values.pop() ?? "";
      this.list.lastChild?.remove();
      event.preventDefault();
      this.onChange();
    }
  }

  splitsAtComma() {
    return this.split("a, b").length > 1;
  }

  /**
   * Add several entries at once, as a page or a citation lists them.
   * @param {ClipboardEvent} event
   */
  onPaste(event) {
    const entries = this.split(event.clipboardData?.getData("text") ?? "");
    if (entries.length < 2) return;
    event.preventDefault();
    for (const entry of entries) this.add(entry);
    this.onChange();
  }

  /**
   * Make entries of what is typed. Those that are there stay, and so does the focus on one of them.
   */
  addTyped() {
    const entries = this.split(this.input.value);
    if (!entries.length) return;
    this.input.value = "";
    for (const entry of entries) this.add(entry);
    this.onChange();
  }
}

/**
 * Return whether a completion was chosen from the list, and nothing typed.
 * @param {Event} event
 */
function isCompletion(event) {
  return !(event instanceof InputEvent) || event.inputType === "insertReplacementText";
}

/**
 * Return the entries in a text that lists several, by lines, semicolons or commas.
 * @param {string} text
 */
export const splitEntries = (text) => trimAll(text.split(/\n|;|,(?=\s|$)/));

/**
 * Return a text as one entry.
 * @param {string} text
 */
export const singleEntry = (text) => trimAll([text]);

/**
 * Return the people that a text names: as a page lists them, or as BibTeX does, `Last, First and
 * Last, First`.
 * @param {string} text
 */
export function splitPeople(text) {
  const names = trimAll(text.split(/(?<!\s)\s+and\s+/));
  if (names.length > 1 && names.every((name) => name.split(",").length === 2)) {
    return names.map((name) => name.split(/,\s*/).reverse().join(" "));
  }
  return names.flatMap(splitEntries);
}

/** @param {string[]} parts */
const trimAll = (parts) => parts.map((part) => part.trim()).filter(Boolean);
