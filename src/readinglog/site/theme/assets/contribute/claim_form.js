// What writes one claim after the other into the text of the note, as an item of a list with inline
// fields and a name; the counterpart of claim.py.

import { createElement, renderSentence } from "../element.js";
import { t } from "../messages.js";
import { checkClaimValue } from "./formats.js";

/**
 * @typedef {object} ResultTerms
 * @property {string} before_number What may stand in front of the number of a value.
 * @property {string} decimal_comma How a value begins that has a comma in place of a point.
 * @property {Record<string, string>} errors
 */

const AGAINST = " against ";
const WORDS_OF_NAME = 4;

/**
 * Return why a result cannot be read as `METRIC on DATA = VALUE [against VALUE][; SETTING]`, or "".
 * @param {string} text
 * @param {ResultTerms} terms
 */
export function findResultError(text, { before_number, decimal_comma, errors }) {
  const measured = text.trim().split(/\s+/).join(" ").split(";")[0];
  const [named, ...others] = measured.split(AGAINST);
  const against = others.join(AGAINST).trim();
  const equals = named.lastIndexOf("=");
  const value = named.slice(equals + 1).trim();
  if (equals < 0 || !value) return errors.value;
  const [metric, ...data] = named.slice(0, equals).split(" on ");
  if (!metric.trim() || !data.join(" on ").trim()) return errors.measure;
  const start = new RegExp(`^${before_number}\\p{Nd}`, "u");
  const comma = new RegExp(`^(?:${decimal_comma})`);
  for (const each of [value, against].filter(Boolean)) {
    const key = start.test(each) ? "comma" : "number";
    if (key === "number" || comma.test(each)) return errors[key].replace("{text}", () => each);
  }
  return "";
}

/**
 * Return a text with a new item of a list at the end of the section at `position`: of the list
 * there, or of a new one.
 * @param {string} text
 * @param {string} item
 * @param {number} position
 */
function insertItem(text, item, position) {
  const end = text.indexOf("\n#", position);
  const before = (end < 0 ? text : text.slice(0, end)).trimEnd();
  const after = end < 0 ? "\n" : `\n${text.slice(end)}`;
  const lastBlock = before.slice(before.lastIndexOf("\n\n") + 1).trimStart();
  const gap = before && (/^[-*+] /.test(lastBlock) ? "\n" : "\n\n");
  return `${before}${gap}${item}${after}`;
}

export class ClaimForm {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./note_checker.js").Terms} terms
   * @param {import("./note_writer.js").NoteWriter} writer
   * @param {() => void} onAdd
   */
  constructor(form, terms, writer, onAdd) {
    this.terms = terms;
    this.writer = writer;
    this.onAdd = onAdd;
    this.body = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("body"));
    this.status = /** @type {HTMLElement} */ (form.querySelector(".rl-claim-status"));
    /** @type {Map<string, HTMLElement>} The parts of the form by the names of fields. */
    this.parts = new Map();
    /** @type {NodeListOf<HTMLElement>} */
    const parts = form.querySelectorAll("[data-claim]");
    for (const part of parts) this.parts.set(part.dataset.claim ?? "", part);
    this.relation = this.control("relation");
    form.querySelector("[data-action=claim]")?.addEventListener("click", () => this.add());
  }

  /**
   * @param {string} name
   * @returns {HTMLInputElement}
   */
  control(name) {
    return /** @type {HTMLInputElement} */ (
      this.parts.get(name)?.querySelector("input, select, textarea")
    );
  }

  /** @param {string} name */
  text(name) {
    return this.writer.cleanText(this.control(name).value);
  }

  /** Add the claim to the text, or say what is missing in it. */
  add() {
    const errors = this.findErrors();
    for (const [name, part] of this.parts) {
      const message = errors.get(name);
      const items = message ? [createElement("li", { "data-severity": "error" }, message)] : [];
      part.querySelector(".rl-field-messages")?.replaceChildren(...items);
      this.control(name).setAttribute("aria-invalid", String(errors.has(name)));
    }
    const [first] = errors.keys();
    this.status.textContent = first ? "" : t("Added to the text.");
    if (first) {
      this.control(first).focus();
      return;
    }
    this.body.value = insertItem(this.body.value, this.write(), this.findPlace());
    for (const name of this.parts.keys()) this.control(name).value = "";
    this.onAdd();
    this.control("text").focus();
  }

  /** Return what is wrong, by the names of fields. */
  findErrors() {
    const { messages, result } = this.terms;
    const errors = this.findMismatches();
    const written = this.text("result");
    const error = written && findResultError(written, result);
    if (!this.text("text")) errors.set("text", [t("Write what the work claims.")]);
    if (!this.listFields().length) errors.set("at", [t("Say at least where the work says so.")]);
    if (error) {
      const { message, help } = messages["invalid-result"];
      errors.set("result", renderSentence(`${message.replace("{error}", () => error)}: ${help}`));
    } else if (written && !this.text("at") && !this.text("checked")) {
      errors.set("at", renderSentence(messages["unplaced-result"].message));
    }
    const isRelated = this.relation.value !== "";
    if (isRelated !== (this.text("other") !== "")) {
      const missing = isRelated ? "other" : "relation";
      errors.set(missing, [t("Choose a relation and what it leads to.")]);
    }
    return errors;
  }

  /** Return which values are not of their fields' formats, by the names of fields. */
  findMismatches() {
    const { message, help, help_with_suggestion } = this.terms.messages["claim-value"];
    /** @type {Map<string, (Node | string)[]>} */
    const errors = new Map();
    for (const name of this.listFieldNames()) {
      const text = this.text(name);
      const mismatch = text && checkClaimValue(this.terms.claim_fields[name].format, text);
      if (!mismatch) continue;
      const whole = `${message}: ${mismatch.near ? help_with_suggestion : help}`;
      errors.set(name, renderSentence(t(whole, { name, text, ...mismatch })));
    }
    return errors;
  }

  /** Return the names of the fields that are no relations. */
  listFieldNames() {
    const fields = Object.entries(this.terms.claim_fields);
    return fields.filter(([, { is_relation }]) => !is_relation).map(([name]) => name);
  }

  /** Return the inline fields, as they are written. */
  listFields() {
    const fields = this.listFieldNames().map((name) => [name, this.text(name)]);
    const other = this.text("other").replace(/^\[\[|\]\]$/g, "");
    if (this.relation.value && other) fields.push([this.relation.value, `[[${other}]]`]);
    return fields
      .filter(([, value]) => value)
      .map(([name, value]) => `[${name}:: ${balanceBrackets(value)}]`);
  }

  /** Return the claim as an item of a list. */
  write() {
    return `- ${[this.text("text"), ...this.listFields(), `^${this.nameClaim()}`].join(" ")}`;
  }

  /** Return a name for the claim that stands nowhere in the text. */
  nameClaim() {
    const words = this.writer.nameFromTitle(this.text("text")).split("-");
    const name = words.slice(0, WORDS_OF_NAME).join("-") || "claim";
    const names = [name, ...Array.from({ length: 99 }, (_, at) => `${name}-${at + 2}`)];
    const isFree = (/** @type {string} */ each) =>
      !new RegExp(`\\^${each}\\s*$`, "m").test(this.body.value);
    return names.find(isFree) ?? name;
  }

  /** Return where in the text the claim belongs: where one has written, or in the first section. */
  findPlace() {
    const { selectionStart, value } = this.body;
    if (selectionStart && selectionStart < value.length) return selectionStart;
    return Math.max(0, value.search(/^#/m));
  }
}

/**
 * Return a text in which brackets open and close by pairs, or else are marked as text.
 * @param {string} text
 */
function balanceBrackets(text) {
  let depth = 0;
  const isBalanced = [...text].every((character) => {
    depth += Number(character === "[") - Number(character === "]");
    return depth >= 0;
  });
  return isBalanced && depth === 0 ? text : text.replace(/[[\]]/g, "\\$&");
}
