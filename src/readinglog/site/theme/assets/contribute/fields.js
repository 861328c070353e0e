// The fields of the form: what is typed into them, one text or a list, and the other way round.

import { ListField, entries, people, single } from "./lists.js";

const PARTS = { authors: people, aliases: single }; // an alias may hold a comma

export class Fields {
  /** The fields of `form` that the schema names, and the note's name and body; `changed(field)` is called while one types. */
  constructor(form, names, writer, changed) {
    Object.assign(this, { form, names, writer, lists: {} });
    this.parts = Object.fromEntries([...form.querySelectorAll("[data-field]")].map((part) => [part.dataset.field, part]));
    for (const [name, part] of Object.entries(this.parts))
      if ("many" in part.dataset) this.lists[name] = new ListField(this.control(name), this.label(name), () => changed(name), PARTS[name] ?? entries);
    form.addEventListener("input", (event) => changed(event.target.name));
  }

  control(name) {
    return this.form.elements.namedItem(name);
  }

  label(name) {
    return this.parts[name].querySelector("label").firstChild.textContent.trim();
  }

  /** The fields as the front matter will have them; what is empty is left out. */
  all() {
    return Object.fromEntries(this.names.map((name) => [name, this.value(name)]).filter(([, value]) => value.length));
  }

  value(name) {
    if (this.lists[name]) return this.lists[name].values.map((text) => this.writer.cleaned(text)).filter(Boolean);
    const control = this.control(name);
    return !control || (control.type === "checkbox" && !control.checked) ? "" : this.writer.cleaned(control.value);
  }

  put(name, value) {
    const control = this.control(name);
    if (this.lists[name]) this.lists[name].set([value ?? []].flat());
    else if (control?.type === "checkbox") control.checked = value === "true";
    else if (control) control.value = value ?? "";
  }

  /** Writes `to` where `from` stands: in a list, in the text, or as the whole. */
  mend(name, { from, to }) {
    if (this.lists[name]) this.lists[name].replace(from, to);
    else this.put(name, name === "body" ? this.body.replaceAll(from, to) : to);
    this.control(name).focus();
  }

  get body() {
    return this.control("body").value.replaceAll("\r\n", "\n");
  }
}
