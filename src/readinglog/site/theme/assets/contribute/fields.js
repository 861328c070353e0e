// The fields of the form: reading and writing their values, each a text or a list.

import { ListField, singleEntry, splitEntries, splitPeople } from "./list_field.js";

/** @typedef {Record<string, string | string[]>} FieldValues */
/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Control */

/** @type {Record<string, (text: string) => string[]>} */
const SPLITTERS = { authors: splitPeople, texts: singleEntry }; // a text may hold a comma

export class FormFields {
  /**
   * @param {HTMLFormElement} form
   * @param {string[]} names The fields of the schema.
   * @param {import("./note_writer.js").NoteWriter} writer
   * @param {(name: string) => void} onChange
   */
  constructor(form, names, writer, onChange) {
    this.form = form;
    this.names = names;
    this.writer = writer;
    /**
     * @type {Map<string, HTMLElement>} The fields that the form has, with their labels and
     *   messages.
     */
    this.parts = new Map();
    /** @type {Map<string, ListField>} */
    this.lists = new Map();
    /** @type {NodeListOf<HTMLElement>} */
    const parts = form.querySelectorAll("[data-field]");
    for (const part of parts) {
      const name = part.dataset.field ?? "";
      this.parts.set(name, part);
      if (!("list" in part.dataset)) continue;
      const input = /** @type {HTMLInputElement} */ (this.control(name));
      const split = SPLITTERS[part.dataset.list ?? ""] ?? splitEntries;
      const onListChange = () => onChange(name);
      this.lists.set(name, new ListField(input, this.label(name), onListChange, split));
    }
    form.addEventListener("input", ({ target }) => onChange(/** @type {Control} */ (target).name));
  }

  /**
   * Return the control of a field, or null where the form has none.
   * @param {string} name
   * @returns {Control | null}
   */
  control(name) {
    return /** @type {Control | null} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} name */
  label(name) {
    return this.parts.get(name)?.querySelector("label")?.firstChild?.textContent?.trim() ?? name;
  }

  /** @param {string} name */
  focus(name) {
    this.control(name)?.focus();
  }

  /**
   * Return the fields as the front matter will have them, without the empty ones.
   * @returns {FieldValues}
   */
  values() {
    const entries = this.names.map((name) => /** @type {const} */ ([name, this.value(name)]));
    return Object.fromEntries(entries.filter(([, value]) => value.length));
  }

  /** @param {string} name */
  value(name) {
    const list = this.lists.get(name);
    if (list) return list.values.map((text) => this.writer.cleanText(text)).filter(Boolean);
    return this.text(name);
  }

  /** @param {string} name */
  text(name) {
    const control = this.control(name);
    if (!control || (isCheckbox(control) && !control.checked)) return "";
    return this.writer.cleanText(control.value);
  }

  /**
   * @param {string} name
   * @param {string | string[]} value
   */
  setValue(name, value) {
    const list = this.lists.get(name);
    const control = this.control(name);
    if (list) list.set([value].flat().filter(Boolean));
    else if (control && isCheckbox(control)) control.checked = value === "true";
    else if (control) control.value = String(value);
  }

  /**
   * Replace a value: an entry of a list, a part of the body, or all of another field.
   * @param {string} name
   * @param {{ from: string, to: string }} fix
   */
  applyFix(name, { from, to }) {
    const list = this.lists.get(name);
    if (list) list.replace(from, to);
    else this.setValue(name, name === "body" ? this.body.replaceAll(from, to) : to);
    this.focus(name);
  }

  /** The text of the note, with lines that end in a newline alone. */
  get body() {
    return this.control("body")?.value.replaceAll("\r\n", "\n") ?? "";
  }
}

/**
 * @param {Control} control
 * @returns {control is HTMLInputElement}
 */
const isCheckbox = (control) => control.type === "checkbox";
