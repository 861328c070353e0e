// Fields that hold a list: what is typed becomes an entry by Enter, by a comma or on leaving; an entry is taken out by its button.

import { element } from "../element.js";

export class ListField {
  /** Makes `box`, a text input, one that collects `values`; `changed` is called after each change. */
  constructor(box, label, changed, commas) {
    Object.assign(this, { box, label, changed, commas, values: [] });
    this.list = element("ul", { className: "rl-entries" });
    box.before(this.list);
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("input", (event) => (this.chosen(event) ? this.take() : changed()));
    box.addEventListener("change", () => this.take());
    box.addEventListener("paste", (event) => this.paste(event));
  }

  /** What is in the list, with what is still being typed. */
  get all() {
    return this.box.value.trim() ? [...this.values, this.box.value.trim()] : this.values;
  }

  set(values) {
    this.values = [...values];
    this.box.value = "";
    this.list.replaceChildren(...this.values.map((value, at) => this.entry(value, at)));
  }

  replace(from, to) {
    this.set(this.all.map((value) => (value === from ? to : value)).filter(Boolean));
    this.changed();
  }

  entry(value, at) {
    const take = () => (this.set(this.values.filter((_, other) => other !== at)), this.changed(), this.box.focus());
    return element("li", {}, element("button", { type: "button", "aria-label": `Take out of ${this.label}: ${value}`, onclick: take }, value, element("span", {}, " ×")));
  }

  key(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" || (event.key === "," && this.commas)) {
      if (this.box.value.trim()) event.preventDefault();
      this.take();
    } else if (event.key === "Backspace" && !this.box.value && this.values.length) {
      this.box.value = this.values.at(-1);
      const typed = this.box.value;
      this.set(this.values.slice(0, -1));
      this.box.value = typed;
      event.preventDefault();
      this.changed();
    }
  }

  /** Several at once, as a page or a citation lists them. */
  paste(event) {
    const parts = event.clipboardData.getData("text").split(/\n|;|,(?=\s)|\s+and\s+/).map((part) => part.trim()).filter(Boolean);
    if (parts.length < 2 || !this.commas) return;
    event.preventDefault();
    this.set([...this.all, ...parts]);
    this.changed();
  }

  /** Whether a completion was chosen: then the event brings no typing of its own. */
  chosen(event) {
    return event.inputType === "insertReplacementText" || !(event instanceof InputEvent);
  }

  take() {
    this.set(this.all);
    this.changed();
  }
}
