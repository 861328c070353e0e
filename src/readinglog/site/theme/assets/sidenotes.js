// Side notes: where there is room, footnotes are repeated beside the line that refers to them, and
// what a work is about stands beside the line that cites it first. Neither moves the text. The
// contents above them stay while the page scrolls: a side note that comes up to them makes way.

import { decodeAddress } from "./address.js";
import { createElement } from "./element.js";

const GAP = 12; // pixels between two side notes
const FARTHEST = 240; // pixels from the line to its side note
const FAR_BELOW = 100_000; // pixels: only the upper edge of a side note counts
const NOT_TEXT = ".rl-card, .rl-note-footer, .rl-embed";

/** @typedef {{ reference: HTMLElement, note: HTMLElement }} Sidenote A note and what refers to it. */

/** Show the side notes of a note's page, laid out again whenever its text changes its size. */
export function showSidenotes() {
  /** @type {HTMLElement | null} */
  const main = document.querySelector(".rl-layout:not(.rl-wide) > .rl-main");
  if (!main) return;
  // Footnotes come first: they were written for their place.
  const sidenotes = [...createFootnotes(main), ...createCitations(main)];
  if (!sidenotes.length) return;
  const notes = sidenotes.map(({ note }) => note);
  const properties = { className: "rl-sidenotes", "aria-hidden": "true" };
  const column = createElement("div", properties, notes);
  main.after(column);
  const wide = matchMedia("(min-width: 68.75em)");
  /** @type {HTMLElement | null} */
  const margin = document.querySelector(".rl-margin");
  const height = () => (margin ? margin.offsetHeight + GAP : 0);
  const layOut = () => placeSidenotes(sidenotes, main, wide.matches, height());
  layOut();
  const observer = new ResizeObserver(layOut);
  for (const element of [main, column]) observer.observe(element);
  wide.addEventListener("change", layOut);
  if (margin) makeWay(notes, margin);
}

/**
 * Hide the side notes that reach into what stays at the top of the window, as long as they do.
 * @param {HTMLElement[]} notes
 * @param {HTMLElement} margin
 */
function makeWay(notes, margin) {
  /** @param {IntersectionObserverEntry[]} entries */
  const cover = (entries) => {
    for (const { target, boundingClientRect, rootBounds } of entries) {
      const isCovered = boundingClientRect.top < (rootBounds?.top ?? 0);
      target.classList.toggle("rl-covered", isCovered);
    }
  };
  /** @type {IntersectionObserver | undefined} */
  let observer;
  // The height of the contents is a margin of the window, which an observer cannot change.
  const observe = () => {
    observer?.disconnect();
    observer = new IntersectionObserver(cover, {
      rootMargin: `-${margin.offsetHeight}px 0px ${FAR_BELOW}px 0px`,
      threshold: [0, 1],
    });
    for (const note of notes) observer.observe(note);
  };
  new ResizeObserver(observe).observe(margin); // which begins with a first report
}

/**
 * Put each side note beside its line, or as little below it as others leave room; one that would be
 * far from its line is hidden.
 * @param {Sidenote[]} sidenotes
 * @param {HTMLElement} main
 * @param {boolean} isWide Whether there is room for any.
 * @param {number} start Where the first may stand: below the contents.
 */
function placeSidenotes(sidenotes, main, isWide, start) {
  for (const { note } of sidenotes) note.hidden = !isWide;
  if (!isWide) return;
  const { top } = main.getBoundingClientRect();
  const taken = [{ start: 0, end: start }];
  const measured = sidenotes.map(({ reference, note }) => ({
    note,
    line: (reference.getClientRects()[0] ?? reference.getBoundingClientRect()).top - top,
    height: note.offsetHeight + GAP,
  }));
  for (const { note, line, height } of measured) {
    let place = line;
    for (const { start, end } of taken) if (place < end && place + height > start) place = end;
    note.hidden = place - line > FARTHEST;
    if (note.hidden) continue;
    note.style.top = `${place}px`;
    taken.push({ start: place, end: place + height });
    taken.sort((one, other) => one.start - other.start);
  }
}

/**
 * Return the side notes of footnotes, hidden from screen readers, which find the footnotes
 * themselves.
 * @param {HTMLElement} main
 * @returns {Sidenote[]}
 */
function createFootnotes(main) {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const references = main.querySelectorAll('a.footnote-ref[href^="#"]');
  return [...references].flatMap((reference) => {
    const footnote = document.getElementById(decodeAddress(reference.hash.slice(1)));
    if (!footnote) return [];
    const copy = /** @type {HTMLElement} */ (footnote.cloneNode(true));
    for (const link of copy.querySelectorAll(".footnote-backref")) link.remove();
    for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
    const number = createElement("sup", {}, reference.textContent);
    const properties = { className: "rl-sidenote" };
    return [{ reference, note: createElement("div", properties, number, ...copy.childNodes) }];
  });
}

/**
 * Return the side notes of cited works, each for the first link to it, whose preview says the same
 * to screen readers.
 * @param {HTMLElement} main
 * @returns {Sidenote[]}
 */
function createCitations(main) {
  /** @type {NodeListOf<HTMLElement>} */
  const works = main.querySelectorAll(".rl-cited > p"); // a list for paper
  const inText = [...main.querySelectorAll("a")].filter((link) => !link.closest(NOT_TEXT));
  return [...works].flatMap((work) => {
    const { pathname } = new URL(work.dataset.href ?? "", location.href);
    const reference = inText.find((link) => link.pathname === pathname);
    const note = /** @type {HTMLElement} */ (work.cloneNode(true));
    note.className = "rl-sidenote";
    return reference ? [{ reference, note }] : [];
  });
}
