// The page for an address that does not exist: the notes, tags and authors with the most similar
// names.

import { decodeAddress, fetchPacked } from "./address.js";
import { createElement } from "./element.js";
import { FuzzyIndex } from "./fuzzy_index.js";
import { t } from "./messages.js";

const FOLDERS = ["notes", "tags", "authors"];
const MAX_SUGGESTIONS = 3; // of a folder

const root = new URL("../", import.meta.url);

/** Show the suggestions, and put the name in the address into the search box. */
async function showSuggestions() {
  const steps = decodeAddress(location.pathname.slice(root.pathname.length))
    .split("/")
    .filter(Boolean);
  const wanted = steps.at(-1)?.replace(/\.(html|md)$/, "") ?? "";
  const folders = FOLDERS.includes(steps[0]) ? [steps[0]] : FOLDERS;
  const suggestions = [];
  for (const folder of folders) suggestions.push(...(await suggestPages(folder, wanted)));
  const answer = suggestions.length
    ? [createElement("p", {}, t("Did you mean:")), createElement("ul", {}, suggestions)]
    : [createElement("p", {}, t("No page has a similar name."))];
  document.getElementById("rl-suggestions")?.append(...answer);
  /** @type {HTMLInputElement | null} */
  const box = document.querySelector(".rl-search input");
  if (box) box.value = wanted.replaceAll("-", " ");
}

/**
 * Return links to the pages of a folder whose names are most similar to a name.
 * @param {string} folder
 * @param {string} wanted
 */
async function suggestPages(folder, wanted) {
  const pages = await fetchNames(folder);
  const links = [];
  while (links.length < MAX_SUGGESTIONS) {
    const pageByName = new Map();
    for (const [page, names] of pages) {
      for (const name of [page, ...names]) pageByName.set(name, page);
    }
    const page = pageByName.get(new FuzzyIndex(pageByName.keys()).nearest(wanted));
    if (page === undefined) break;
    const path = page.split("/").map(encodeURIComponent).join("/");
    const { href } = new URL(`${folder}/${path}/`, root);
    const link = createElement("a", { href }, pages.get(page)?.[0]);
    links.push(createElement("li", {}, link, ` (${folder.slice(0, -1)})`));
    pages.delete(page);
  }
  return links;
}

/**
 * Return the names of each page of a folder by its path, the title first; none where they cannot be
 * fetched.
 * @param {string} folder
 * @returns {Promise<Map<string, string[]>>}
 */
async function fetchNames(folder) {
  const names = await fetchPacked(new URL(`names/${folder}.bin`, root)).catch(() => ({}));
  return new Map(Object.entries(names));
}

await showSuggestions();
