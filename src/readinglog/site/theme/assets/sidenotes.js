// Side notes: footnotes are repeated beside the text where there is room. They stay at its end in
// any case.

import { decodeAddress } from "./address.js";
import { createElement } from "./element.js";

const GAP = 12; // pixels between two side notes

/** Show the footnotes of the page beside the text, laid out again whenever its width changes. */
export function showSidenotes() {
  /** @type {HTMLElement | null} */
  const main = document.querySelector(".rl-main");
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const references = document.querySelectorAll('.rl-main a.footnote-ref[href^="#"]');
  const sidenotes = [...references].flatMap(createSidenote);
  if (!main || !sidenotes.length) return;
  main.append(...sidenotes.map(({ note }) => note));
  const wide = matchMedia("(min-width: 76.25em)");
  const layOut = () => {
    const top = main.getBoundingClientRect().top;
    const margin = document.querySelector(".rl-margin");
    let free = margin ? margin.getBoundingClientRect().bottom - top + GAP : 0;
    for (const { reference, note } of sidenotes) {
      const wanted = reference.getBoundingClientRect().top - top;
      note.hidden = !wide.matches || wanted < free;
      note.style.top = `${wanted}px`;
      if (!note.hidden) free = wanted + note.offsetHeight + GAP;
    }
  };
  layOut();
  new ResizeObserver(layOut).observe(main);
  wide.addEventListener("change", layOut);
}

/**
 * Return the side note of a reference, hidden from screen readers, which find the footnote itself;
 * none where there is no footnote.
 * @param {HTMLAnchorElement} reference
 */
function createSidenote(reference) {
  const footnote = document.getElementById(decodeAddress(reference.hash.slice(1)));
  if (!footnote) return [];
  const copy = /** @type {HTMLElement} */ (footnote.cloneNode(true));
  for (const link of copy.querySelectorAll(".footnote-backref")) link.remove();
  for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
  for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
  const number = createElement("sup", {}, reference.textContent);
  const properties = { className: "rl-sidenote", hidden: true, "aria-hidden": "true" };
  const note = createElement("div", properties, number, ...copy.childNodes);
  return [{ reference, note }];
}
