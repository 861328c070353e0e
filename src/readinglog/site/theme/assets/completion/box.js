// Completions below the box of the search page: of the term that is being typed.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { CompletionList, loadStyle } from "./completion_list.js";
import { loadCompletions } from "./completions.js";
import { listEndings } from "./last_term.js";

/** @typedef {import("./completions.js").Completion} Completion */

const MAX_ROWS = matchMedia("(max-width: 45em)").matches ? 3 : 5;
const CLICK_DELAY = 400; // milliseconds within which a click follows the end of a press
const MIN_LETTERS = 2; // one letter of words completes too much to be of help

/**
 * Complete what is typed into a box from now on.
 * @param {HTMLInputElement} box
 * @param {URL} root The address of the site.
 */
export async function enableCompletions(box, root) {
  const [completions] = await Promise.all([loadCompletions(root), loadStyle()]);
  new CompletedBox(box, completions, root).update();
}

class CompletedBox {
  /**
   * @param {HTMLInputElement} box
   * @param {import("./completions.js").Completions} completions
   * @param {URL} root
   */
  constructor(box, completions, root) {
    this.box = box;
    this.completions = completions;
    this.root = root;
    this.list = new CompletionList(box, "rl:box-list");
    const { root: list, status } = this.list;
    box.after(createElement("div", { className: "rl-box-completions" }, list, status));
    box.addEventListener("input", (event) => this.onInput(event));
    box.addEventListener("keydown", (event) => this.onKey(event));
    box.addEventListener("blur", () => this.onBlur());
    addEventListener("pointerdown", () => this.onPress(), true);
    this.isPressed = false;
    box.form?.addEventListener("submit", () => this.list.close());
  }

  /**
   * Complete what is typed; what is pasted is whole.
   * @param {Event} event
   */
  onInput(event) {
    if (event instanceof InputEvent && event.inputType === "insertFromPaste") this.list.close();
    else this.update();
  }

  /** Close the list; what is pressed must not move away before it is clicked. */
  onBlur() {
    if (!this.isPressed) this.list.close();
  }

  onPress() {
    this.isPressed = true;
    const release = () => {
      if (!this.isPressed) return;
      this.isPressed = false;
      if (document.activeElement !== this.box) this.list.close();
    };
    addEventListener("click", () => setTimeout(release), { once: true, capture: true });
    const later = () => setTimeout(release, CLICK_DELAY); // where no click follows
    addEventListener("pointerup", later, { once: true, capture: true });
    addEventListener("pointercancel", later, { once: true, capture: true });
  }

  /** Show what completes the last term in the box. */
  update() {
    const { value } = this.box;
    const { ending, found } = this.findEnding();
    if (!ending || document.activeElement !== this.box) {
      this.list.close();
      return;
    }
    const before = value.slice(0, ending.start);
    const rows = found.map((completion) => this.createRow(completion, before, ending));
    this.list.show(rows, this.completions.splitTyped(ending.text));
    this.list.status.textContent =
      found.length === 1
        ? t("1 suggestion below the box")
        : t("{count} suggestions below the box", { count: found.length });
  }

  /** Return the longest end of the query that can be completed, and what completes it. */
  findEnding() {
    const { value, selectionStart } = this.box;
    const isField = (/** @type {string} */ text) => this.completions.parseField(text) !== null;
    const endings = selectionStart === value.length ? listEndings(value, isField) : [];
    for (const ending of endings) {
      const found = this.complete(ending);
      if (found.length) return { ending, found };
    }
    return { found: [] };
  }

  /**
   * @param {import("./last_term.js").Ending} ending
   * @returns {Completion[]}
   */
  complete({ text, isExcluded }) {
    const typed = text.trim();
    if (typed.length < MIN_LETTERS) return [];
    const found = this.completions.complete(typed, MAX_ROWS + 1);
    const isNew = (/** @type {Completion} */ { path, field, term }) =>
      term !== typed && !(isExcluded && path && field === "title");
    return found.filter(isNew).slice(0, MAX_ROWS);
  }

  /**
   * @param {Completion} completion
   * @param {string} before What of the query stands before the term.
   * @param {import("./last_term.js").Ending} ending
   * @returns {import("./completion_list.js").Row}
   */
  createRow(completion, before, { isExcluded }) {
    const { kind, path, field, term } = completion;
    if (path && field === "title") return { completion, href: new URL(path, this.root).href };
    const query = before + term;
    const { href } = new URL(`?${new URLSearchParams({ q: query })}`, location.href);
    const label = isExcluded ? `-${term}` : completion.label;
    const run = () => this.write(query, kind !== "field");
    return { completion: { ...completion, label }, href, run };
  }

  /**
   * Write a query into the box.
   * @param {string} query
   * @param {boolean} isWhole Whether it is to be answered; else its last term goes on.
   */
  write(query, isWhole) {
    this.box.value = query;
    if (isWhole) this.box.form?.requestSubmit();
    else this.box.dispatchEvent(new Event("input"));
  }

  /**
   * Walk through the list, and from its end to the results, which the page does.
   * @param {KeyboardEvent} event
   */
  onKey(event) {
    const { list } = this;
    if (!list.isOpen || event.isComposing) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.key === "ArrowDown" && list.chosen < list.options.length - 1) {
      list.choose(list.chosen + 1);
    } else if (event.key === "ArrowUp" && list.chosen >= 0) list.choose(list.chosen - 1);
    else if (event.key === "Enter" && list.chosen >= 0) list.follow();
    else if (event.key === "Escape") list.close();
    else {
      if (event.key === "ArrowDown") list.close();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
