// The palette: a box over any page that completes what one types, and leads there.

import { createElement } from "../element.js";
import { CompletionList, loadStyle } from "./completion_list.js";
import { loadCompletions } from "./completions.js";

const MAX_ROWS = 9; // and one that searches

/** @type {Palette | undefined} */
let palette;

/**
 * Show the palette.
 * @param {URL} root The address of the site.
 * @param {() => string} getTyped What was typed while it was loaded.
 */
export async function showPalette(root, getTyped) {
  await loadStyle();
  palette ??= new Palette(root);
  palette.open(getTyped());
}

class Palette {
  /** @param {URL} root */
  constructor(root) {
    this.root = root;
    /** @type {import("./completions.js").Completions | undefined} */
    this.completions = undefined;
    this.hasFailed = false;
    this.box = createElement("input", {
      type: "text",
      name: "q",
      "aria-label": "Search the notes",
      placeholder: "Title, tag, author or filter",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: false,
      enterKeyHint: "search",
      maxLength: 1000,
      oninput: () => this.update(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
    });
    this.list = new CompletionList(this.box, "rl:palette-list");
    const close = { type: "button", onclick: () => this.close() };
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (this.list.isOpen) this.list.follow();
      else this.search();
    };
    const form = createElement(
      "form",
      { className: "rl-palette-head", role: "search", onsubmit },
      this.box,
      createElement("button", close, "Close"),
    );
    const keys = createElement("p", { className: "rl-palette-keys" }, ...describeKeys());
    const foot = createElement("div", { className: "rl-palette-foot" }, this.list.status, keys);
    this.dialog = createElement(
      "dialog",
      { className: "rl-palette", "aria-label": "Search", onclick: this.onClick.bind(this) },
      form,
      this.list.root,
      foot,
    );
    document.body.append(this.dialog);
  }

  /** @param {string} typed */
  open(typed) {
    if (!this.dialog.open) this.dialog.showModal();
    if (typed) this.box.value = typed;
    else this.box.select();
    this.box.focus();
    this.update();
    if (!this.completions) this.load();
  }

  /** Close the palette; the focus returns to where it was, which may be nowhere. */
  close() {
    this.dialog.close();
    this.box.blur();
  }

  async load() {
    this.hasFailed = false;
    try {
      this.completions = await loadCompletions(this.root);
    } catch {
      this.hasFailed = true;
    }
    this.update();
  }

  /** Show what completes the text in the box; the first is chosen. */
  update() {
    const text = this.box.value;
    const found = this.completions?.complete(text, MAX_ROWS) ?? [];
    const rows = found.map((completion) => this.createRow(completion));
    if (text.trim()) rows.push(this.createSearchRow(text.trim()));
    this.list.show(rows, this.completions?.splitTyped(text) ?? []);
    if (rows.length) this.list.choose(0);
    this.list.status.textContent = this.describe(text, found.length);
  }

  /**
   * @param {string} text
   * @param {number} count
   */
  describe(text, count) {
    if (this.hasFailed) return "Completions could not be loaded. Enter searches the notes.";
    if (!text.trim()) return "";
    if (!this.completions) return "Loading completions …";
    return count === 1 ? "1 completion" : `${count || "No"} completions`;
  }

  /**
   * @param {import("./completions.js").Completion} completion
   * @returns {import("./completion_list.js").Row}
   */
  createRow(completion) {
    const { kind, path, term } = completion;
    const { href } = path ? new URL(path, this.root) : this.addressOf(term);
    const run = kind === "field" ? () => this.type(term) : () => this.go(href);
    return { completion, href, run };
  }

  /**
   * @param {string} text
   * @returns {import("./completion_list.js").Row}
   */
  createSearchRow(text) {
    const label = `Search for “${text}”`;
    const completion = { kind: "", field: "", label, names: [], count: null, term: text };
    return { completion, href: this.addressOf(text).href, run: () => this.search() };
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    const { length } = this.list.options;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      this.search();
    } else if (length && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.list.choose((this.list.chosen + step + length) % length);
    }
  }

  /**
   * Close the palette where the page around it is clicked.
   * @param {MouseEvent} event
   */
  onClick(event) {
    if (event.target === this.dialog) this.close();
  }

  /**
   * Go on with another text in the box.
   * @param {string} text
   */
  type(text) {
    this.box.value = text;
    this.update();
  }

  /** Search for what is typed. */
  search() {
    const text = this.box.value.trim();
    this.go(text ? this.addressOf(text).href : new URL("search/", this.root).href);
  }

  /** @param {string} href */
  go(href) {
    this.close();
    location.assign(href);
  }

  /**
   * Return the address of the answer to a query.
   * @param {string} query
   */
  addressOf(query) {
    return new URL(`search/?${new URLSearchParams({ q: query })}`, this.root);
  }
}

function describeKeys() {
  const keys = { Enter: "opens", "Shift-Enter": "searches", Esc: "closes" };
  const parts = Object.entries(keys).flatMap(([key, action]) => {
    return [" · ", createElement("kbd", {}, key), ` ${action}`];
  });
  return parts.slice(1);
}
