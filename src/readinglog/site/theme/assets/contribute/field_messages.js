// Messages of the form: what is wrong with a field, beside it, and what is left to do.

import { createElement, renderCode, renderSentence } from "../element.js";
import { t } from "../messages.js";
import { makeNoteAddress } from "../note_address.js";

/** @typedef {import("./note_checker.js").Diagnostic} Diagnostic */

const LONGEST_PLACE = 40; // characters of the text that a message is about
const root = new URL("../../", import.meta.url);

export class FieldMessages {
  /**
   * @param {HTMLFormElement} form
   * @param {import("./fields.js").FormFields} fields
   * @param {import("./works.js").WorkIndex} works
   * @param {(name: string) => void} onChange
   */
  constructor(form, fields, works, onChange) {
    this.fields = fields;
    this.works = works;
    this.onChange = onChange;
    this.status = /** @type {HTMLElement} */ (form.querySelector(".rl-form-status"));
  }

  /**
   * Show what was found in a field, with a button for each fix.
   * @param {string} field
   * @param {Diagnostic[]} diagnostics
   * @param {string} [similar] A note with nearly the same title.
   */
  show(field, diagnostics, similar = "") {
    const items = diagnostics.map((diagnostic) => this.renderDiagnostic(field, diagnostic));
    if (similar) {
      const link = createNoteLink(similar, this.works.titles.get(similar) ?? similar);
      const text = t("A note with a similar title:");
      items.push(createElement("li", { "data-severity": "warning" }, text, " ", link));
    }
    const list = this.fields.parts.get(field)?.querySelector(".rl-field-messages");
    const isChanged = joinTexts(list?.children ?? []) !== joinTexts(items);
    if (isChanged) list?.replaceChildren(...items); // a button that is being pressed must stay
    const isInvalid = diagnostics.some(({ severity }) => severity === "error");
    this.fields.control(field)?.setAttribute("aria-invalid", String(isInvalid));
  }

  /**
   * @param {string} field
   * @param {Diagnostic} diagnostic
   */
  renderDiagnostic(field, { key, severity, message, help, fix, other, place }) {
    const content = renderSentence(message);
    if (place) content.unshift(createElement("code", {}, shorten(place)), ": ");
    if (fix)
      content.push(
        ": ",
        createButton(help, () => this.applyFix(field, fix)),
      );
    // How to write a missing field is for those who write the file.
    else if (key !== "missing-field") content.push(": ", ...renderCode(help));
    if (other) content.push(". ", createNoteLink(other, t("Open it")));
    return createElement("li", { "data-severity": severity }, content);
  }

  /**
   * @param {string} field
   * @param {{ from: string, to: string }} fix
   */
  applyFix(field, fix) {
    this.fields.applyFix(field, fix);
    this.onChange(field);
  }

  /**
   * Show what was just done, or else how much is left to do, with links to where.
   * @param {string[]} invalid Fields with errors.
   * @param {number} hintCount
   * @param {string} done
   */
  showStatus(invalid, hintCount, done) {
    const parts = done ? [done] : this.describeRest(invalid, hintCount);
    const text = parts.map((part) => (typeof part === "string" ? part : part.textContent)).join("");
    if (this.status.textContent !== text) this.status.replaceChildren(...parts);
    this.status.dataset.errors = String(invalid.length);
  }

  /**
   * @param {string[]} invalid
   * @param {number} hintCount
   */
  describeRest(invalid, hintCount) {
    if (!invalid.length) return [t("No problems."), describeHints(hintCount)];
    const links = invalid.flatMap((field) => {
      const href = `#${this.fields.control(field)?.id}`;
      return [", ", createElement("a", { href }, this.fields.label(field))];
    });
    return [t("To fix:"), " ", ...links.slice(1), "."];
  }
}

/**
 * Return a part of the text in one line, no longer than what finds it again.
 * @param {string} text
 */
function shorten(text) {
  const [line, ...rest] = text.split("\n");
  const start = [...line].slice(0, LONGEST_PLACE).join("");
  return rest.length || start !== line ? `${start}…` : line;
}

/**
 * @param {string} label
 * @param {() => void} onclick
 */
export function createButton(label, onclick) {
  return createElement(
    "button",
    { type: "button", className: "rl-fix", onclick },
    renderCode(label),
  );
}

/**
 * @param {string} name
 * @param {string} label
 */
function createNoteLink(name, label) {
  const { href } = new URL(makeNoteAddress(name), root);
  return createElement("a", { href, target: "_blank", rel: "noopener" }, label);
}

/** @param {number} count */
function describeHints(count) {
  if (!count) return "";
  const text =
    count === 1
      ? t("1 suggestion beside the fields.")
      : t("{count} suggestions beside the fields.", { count });
  return ` ${text}`;
}

/** @param {Iterable<Element>} elements */
const joinTexts = (elements) => [...elements].map((element) => element.textContent).join("\n");
