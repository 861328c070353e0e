// The pages in the menu of the site, which the palette finds by their names.

import { makeSearchText } from "./search_text.js";

const LINKS = ".md-tabs__link[href], .md-nav--primary .md-nav__link[href]";

/**
 * Return the pages of the site that its menu leads to, each with its address and the last part of
 * that as a second name.
 * @param {URL} root The address of the site.
 * @returns {import("./completions.js").Completion[]}
 */
export function listMenuPages(root) {
  /** @type {Map<string, import("./completions.js").Completion>} */
  const pages = new Map();
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(LINKS);
  for (const { href, textContent } of links) {
    const path = href.startsWith(root.href) ? href.slice(root.href.length) : "";
    const label = (textContent ?? "").trim();
    if (!path || !label || path.startsWith("#") || pages.has(path)) continue;
    const names = [label, path.split("/").filter(Boolean).at(-1) ?? ""];
    const searchText = makeSearchText(names);
    const page = { kind: "page", field: "", label, names, count: null, path, term: "", searchText };
    pages.set(path, page);
  }
  return [...pages.values()];
}
