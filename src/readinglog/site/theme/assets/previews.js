// Previews of notes that links lead to: on hover, on focus and on a first touch. They lie over the
// page and move nothing.

import { decodeAddress } from "./address.js";
import { createElement } from "./element.js";
import { t } from "./messages.js";
import { findNoteName } from "./note_links.js";
import { PreviewShards } from "./preview_shards.js";

const HOVER_DELAY = 250; // milliseconds before a preview comes
const HIDE_DELAY = 200; // milliseconds after the pointer has left
// a list shows the same beside the link; other links are for navigation
const WITHOUT_PREVIEW = ".rl-notes, .rl-completions, nav";
const EDGE = 8; // pixels between a preview and the edge of the window
const GAP = 6; // pixels between a preview and its link

/**
 * Watch the links of the page to notes of the site at `root`.
 * @param {URL} root
 */
export function enablePreviews(root) {
  const previews = new Previews(root);
  /** @type {number | undefined} */
  let timer;
  let isTouch = false;
  /** @type {HTMLAnchorElement | null} */
  let touched = null;
  const hide = () => {
    clearTimeout(timer);
    touched = null;
    previews.hide();
  };
  /** @param {HTMLAnchorElement} link */
  const show = (link) => {
    if (link !== previews.link) hide();
    return previews.show(link, isTouch);
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const link = previews.linkAt(event.target);
    clearTimeout(timer);
    if (link) timer = setTimeout(show, HOVER_DELAY, link);
    else if (!previews.contains(event.target) && document.activeElement !== previews.link) {
      timer = setTimeout(hide, HIDE_DELAY);
    }
  });
  document.documentElement.addEventListener("pointerleave", () => clearTimeout(timer));
  document.addEventListener("focusin", (event) => {
    const link = previews.linkAt(event.target);
    if (link?.matches(":focus-visible")) show(link);
  });
  document.addEventListener("focusout", () => {
    if (!touched) hide();
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  addEventListener("scroll", () => previews.place(), { passive: true });
  document.addEventListener("pointerdown", (event) => {
    isTouch = event.pointerType === "touch";
    const { target } = event;
    if (!isTouch || !previews.link || previews.contains(target)) return;
    if (!(target instanceof Node && previews.link.contains(target))) hide();
  });
  const onClick = async (/** @type {Event} */ event) => {
    const link = previews.linkAt(event.target);
    if (!isTouch || !link || link === touched) return; // the second touch follows the link
    event.preventDefault();
    if (await show(link)) touched = link;
    else location.assign(link.href); // there is nothing to show
  };
  document.addEventListener("click", onClick, true);
}

/** The box that shows a preview, and what it shows. */
class Previews {
  /** @param {URL} root */
  constructor(root) {
    this.root = root;
    /** @type {HTMLAnchorElement | null} */
    this.link = null;
    this.shards = new PreviewShards(root);
    this.box = createElement("div", {
      id: "rl:preview",
      className: "rl-preview",
      popover: "manual",
      role: "tooltip",
    });
    document.body.append(this.box);
  }

  /**
   * Return the link to another note at the target of an event, or null.
   * @param {EventTarget | null} target
   * @returns {HTMLAnchorElement | null}
   */
  linkAt(target) {
    /** @type {HTMLAnchorElement | null} */
    const link = target instanceof Element ? target.closest(".md-content a[href]") : null;
    if (!link || link.closest(WITHOUT_PREVIEW)) return null;
    const isOther = link.pathname !== location.pathname;
    return isOther && findNoteName(link, this.root) ? link : null;
  }

  /** @param {EventTarget | null} target */
  contains(target) {
    return target instanceof Node && this.box.contains(target);
  }

  /**
   * Show the preview of a link; return whether there is one.
   * @param {HTMLAnchorElement} link
   * @param {boolean} withLink Whether to show a link to the note, for those who touch.
   */
  async show(link, withLink) {
    if (link === this.link) return true;
    this.link = link;
    const note = await this.shards.find(findNoteName(link, this.root));
    const title = note && (await renderLine(note.title, note.formulas));
    const anchor = decodeAddress(link.hash.slice(1));
    const claim = note && Object.hasOwn(note.claims, anchor) ? note.claims[anchor] : null;
    const text = note && (await renderLine(claim ? claim[0] : note.summary, note.formulas));
    if (this.link !== link) return Boolean(note);
    if (!note) {
      this.link = null; // what can be tried again
      return false;
    }
    const tags = note.tags.flatMap(({ name, hue }) => [
      createElement("span", { className: "rl-tag", "data-hue": hue }, name),
      " ",
    ]);
    this.box.replaceChildren(
      createElement("p", { className: "rl-note-title" }, title),
      createElement("p", { className: "rl-note-by" }, note.by),
      createElement("p", { className: claim ? "rl-claim" : "rl-note-summary" }, text),
      claim
        ? createElement("p", { className: "rl-claim-by" }, claim[1])
        : createElement("p", { className: "rl-tags" }, tags),
    );
    if (withLink) {
      const open = createElement("a", { href: link.href }, t("Open note"));
      this.box.append(createElement("p", { className: "rl-links" }, open));
    }
    this.box.showPopover();
    this.place();
    link.setAttribute("aria-describedby", this.box.id);
    return true;
  }

  hide() {
    this.link?.removeAttribute("aria-describedby");
    this.link = null;
    if (this.box.matches(":popover-open")) this.box.hidePopover();
  }

  /** Put the box below its link where there is room, else above it, and within the window. */
  place() {
    if (!this.link) return;
    const rects = this.link.getClientRects();
    const first = rects[0] ?? this.link.getBoundingClientRect();
    const last = rects[rects.length - 1] ?? first;
    const { width, height } = this.box.getBoundingClientRect();
    const fitsBelow = last.bottom + height + 2 * GAP < innerHeight;
    const fitsAbove = first.top >= height + 2 * GAP;
    const top = fitsBelow || !fitsAbove ? last.bottom + GAP : first.top - height - GAP;
    const left = Math.max(EDGE, Math.min(first.left, innerWidth - width - EDGE));
    this.box.style.left = `${left}px`;
    this.box.style.top = `${top}px`;
  }
}

/**
 * Return a line of text with its formulas as the children of an element; few have any.
 * @param {string} text
 * @param {Record<string, string>} formulas
 */
async function renderLine(text, formulas) {
  if (!Object.keys(formulas).length) return text;
  const formula = await import("./search/formula.js");
  return formula.renderLine(text, formulas);
}
