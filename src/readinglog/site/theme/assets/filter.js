// The box above a long page that leaves only the parts with the words written there. Without scripts
// all of them are shown.

import { formatNumber, t } from "./messages.js";

/** Show the boxes, and follow what is written there. */
export function showFilters() {
  /** @type {NodeListOf<HTMLElement>} */
  const boxes = document.querySelectorAll(".rl-filter");
  for (const box of boxes) enableFilter(box);
}

/** @param {HTMLElement} box */
function enableFilter(box) {
  const input = box.querySelector("input");
  const status = box.querySelector("[role=status]");
  if (!input || !status) return;
  const items = [...document.querySelectorAll(box.dataset.items ?? "")].map((element) => ({
    element,
    text: fold(`${element.textContent} ${listNames(element)}`),
    section: element.closest("section"),
  }));
  const filter = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const found = items.filter(({ text }) => words.every((word) => text.includes(word)));
    const shown = new Set(found.flatMap(({ element, section }) => [element, section]));
    for (const part of items.flatMap(({ element, section }) => [element, section])) {
      part?.classList.toggle("rl-filtered-out", !shown.has(part));
    }
    const values = { count: formatNumber(found.length), total: formatNumber(items.length) };
    status.textContent = words.length ? t("{count} of {total}", values) : "";
  };
  box.hidden = false;
  input.addEventListener("input", filter);
  if (input.value) filter(); // the browser may remember what was written
}

/**
 * Return the names of the notes that a part links to, which may say more than what is shown.
 * @param {Element} part
 */
function listNames(part) {
  const links = [...part.querySelectorAll("a[href]")];
  const paths = links.map((link) => new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname);
  return paths.map((path) => decodeURI(path).replace(/[-_/]+/g, " ")).join(" ");
}

/**
 * Return a text as it is compared: without case and accents.
 * @param {string} text
 */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
