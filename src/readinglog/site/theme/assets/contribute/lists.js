// Fields that hold a list: what is typed becomes an entry by Enter, by a comma or on leaving; an entry is taken out by its button.

import { element } from "../element.js";

export class ListField {
  /**
   * Makes `box`, a text input, one that collects `values`; `changed` is called after each change. `parts` takes apart what is
   * entered at once.
   */
  constructor(box, label, changed, parts) {
    Object.assign(this, { box, label, changed, parts, values: [] });
    this.list = element("ul", { className: "rl-entries" });
    box.before(this.list);
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("input", (event) => this.chosen(event) && this.take());
    box.addEventListener("change", () => this.take());
    box.addEventListener("paste", (event) => this.paste(event));
  }

  set(values) {
    this.values = [];
    this.box.value = "";
    this.list.replaceChildren();
    for (const value of values) this.add(value);
  }

  add(value) {
    const take = () => {
      this.values.splice(this.values.indexOf(value), 1);
      entry.remove();
      this.changed();
      this.box.focus();
    };
    const entry = element("li", {}, element("button", { type: "button", "aria-label": `Take out of ${this.label}: ${value}`, onclick: take }, value, element("span", {}, " ×")));
    this.values.push(value);
    this.list.append(entry);
  }

  replace(from, to) {
    this.set(this.values.map((value) => (value === from ? to : value)).filter(Boolean));
    this.changed();
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" || (event.key === "," && this.parts("a, b").length > 1)) {
      if (this.box.value.trim()) event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.box.value && this.values.length) {
      this.box.value = this.values.pop();
      this.list.lastChild.remove();
      event.preventDefault();
      this.changed();
    }
  }

  /** Several at once, as a page or a citation lists them. */
  paste(event) {
    const parts = this.parts(event.clipboardData.getData("text"));
    if (parts.length < 2) return;
    event.preventDefault();
    for (const part of parts) this.add(part);
    this.changed();
  }

  /** Whether a completion was chosen: then the event brings no typing of its own. */
  chosen(event) {
    return event.inputType === "insertReplacementText" || !(event instanceof InputEvent);
  }

  /** Makes entries of what is typed; those that are there stay, and so does the focus on one of them. */
  take() {
    const typed = this.parts(this.box.value);
    if (!typed.length) return;
    this.box.value = "";
    for (const part of typed) this.add(part);
    this.changed();
  }
}

/** The entries in a text that lists several, by lines, semicolons or commas. */
export const entries = (text) => trimmed(text.split(/\n|;|,(?=\s|$)/));

/** The one entry of a text. */
export const single = (text) => trimmed([text]);

/** The people that a text names: as a page lists them, or as BibTeX does, `Last, First and Last, First`. */
export function people(text) {
  const named = trimmed(text.split(/\s+and\s+/));
  if (named.length > 1 && named.every((name) => name.split(",").length === 2)) return named.map((name) => name.split(/,\s*/).reverse().join(" "));
  return named.flatMap(entries);
}

const trimmed = (parts) => parts.map((part) => part.trim()).filter(Boolean);
