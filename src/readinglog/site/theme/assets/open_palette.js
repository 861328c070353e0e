// Opening the palette. Its box is there at once; what completes is loaded when it is first opened.

import { createElement } from "./element.js";
import { t } from "./messages.js";

/** @type {PaletteFrame | undefined} */
let frame;

/**
 * Open the palette.
 * @param {URL} root The address of the site.
 */
export function openPalette(root) {
  frame ??= new PaletteFrame(root);
  frame.open();
}

/** The dialog with its box. What completes is put into it by `completion/palette.js`. */
export class PaletteFrame {
  /** @param {URL} root */
  constructor(root) {
    this.root = root;
    /** @type {import("./completion/palette.js").Palette | undefined} */
    this.palette = undefined;
    this.isLoading = false;
    this.isEntered = false; // before there was anything to follow
    this.box = createElement("input", {
      type: "text",
      name: "q",
      "aria-label": t("Search the notes"),
      placeholder: t("Title, tag, author or filter"),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: false,
      enterKeyHint: "search",
      maxLength: 1000,
      oninput: () => this.onInput(),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.onKey(event),
    });
    const close = { type: "button", onclick: () => this.close() };
    const onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      this.enter();
    };
    const form = createElement(
      "form",
      { className: "rl-palette-head", role: "search", onsubmit },
      this.box,
      createElement("button", close, t("Close")),
    );
    const onclick = (/** @type {MouseEvent} */ event) => {
      if (event.target === this.dialog) this.close(); // the page around it
    };
    this.wait = createElement("p", { className: "rl-palette-wait", role: "status" });
    const properties = { className: "rl-palette", "aria-label": t("Search"), onclick };
    this.dialog = createElement("dialog", properties, form, this.wait);
    document.body.append(this.dialog);
  }

  open() {
    if (!this.dialog.open) this.dialog.showModal();
    this.isEntered = false;
    this.box.select();
    this.box.focus();
    if (this.palette) this.palette.open();
    else this.load();
  }

  /** Load what completes; where that cannot be, search. */
  async load() {
    this.wait.textContent = t("Loading suggestions …");
    if (this.isLoading) return;
    this.isLoading = true;
    try {
      const { createPalette } = await import("./completion/palette.js");
      this.palette = await createPalette(this);
      this.palette.open();
    } catch (error) {
      console.error(error);
      if (this.dialog.open) this.search();
    }
    this.isLoading = false;
  }

  /** Close the palette; the focus returns to where it was, which may be nowhere. */
  close() {
    this.isEntered = false;
    this.dialog.close();
    this.box.blur();
  }

  onInput() {
    this.isEntered = false;
    this.palette?.update();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && event.shiftKey) this.search();
    else if (!this.palette?.onKey(event)) return;
    event.preventDefault();
  }

  /** Follow what is chosen; where nothing can be chosen yet, do so once it can. */
  enter() {
    if (this.box.value.trim() === "") this.search();
    else if (this.palette?.isReady) this.palette.follow();
    else this.isEntered = true;
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
