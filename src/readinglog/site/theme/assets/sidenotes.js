// Footnotes stand beside the text where there is room; they stay at its end in any case.

import { decoded } from "./address.js";
import { element } from "./element.js";

const GAP = 12; // pixels between two side notes
const noteOf = (reference) => document.getElementById(decoded(reference.hash.slice(1)));

/** Lays out the side notes of a page, again whenever its width changes. */
export function besides() {
  const main = document.querySelector(".rl-main");
  const references = [...document.querySelectorAll('.rl-main a.footnote-ref[href^="#"]')].filter(noteOf);
  if (!references.length) return;
  const notes = references.map((reference) => {
    const text = noteOf(reference).cloneNode(true);
    text.querySelectorAll(".footnote-backref").forEach((back) => back.remove());
    text.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
    text.querySelectorAll("a").forEach((part) => (part.tabIndex = -1));
    return element("div", { className: "rl-sidenote", hidden: true, "aria-hidden": "true" }, element("sup", {}, reference.textContent), ...text.childNodes);
  });
  main.append(...notes);
  const room = matchMedia("(min-width: 76.25em)");
  const lay = () => {
    const top = main.getBoundingClientRect().top;
    const margin = document.querySelector(".rl-margin");
    let free = margin ? margin.getBoundingClientRect().bottom - top + GAP : 0;
    notes.forEach((note, at) => {
      const wanted = references[at].getBoundingClientRect().top - top;
      note.hidden = !room.matches || wanted < free;
      note.style.top = `${wanted}px`;
      if (!note.hidden) free = wanted + note.offsetHeight + GAP;
    });
  };
  lay();
  new ResizeObserver(lay).observe(main);
  room.addEventListener("change", lay);
}
