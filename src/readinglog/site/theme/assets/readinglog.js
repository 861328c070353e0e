// What every page runs. Nothing here is needed to read.

import { markCurrentSection, showContentsInMargin } from "./contents.js";
import { addCopyButtons } from "./copy.js";
import { enableDrawer } from "./drawer.js";
import { createElement } from "./element.js";
import { t } from "./messages.js";
import { openPalette } from "./open_palette.js";
import { enablePreviews } from "./previews.js";
import { showReadStatus } from "./read_status.js";
import { makeScrollableFocusable } from "./scroll.js";
import { COMMAND, enableShortcuts, shortcuts } from "./shortcuts.js";
import { showSidenotes } from "./sidenotes.js";

const root = new URL("../", import.meta.url);

/** @type {HTMLInputElement | null} */
const box = document.querySelector(".rl-search input");

/** Go to the search box of the page, or to the search page. */
function openSearchBox() {
  if (!box) return location.assign(new URL("search/", root));
  box.focus();
  box.select();
}

/** Open the palette; the search page has a box of its own. */
function openSearch() {
  if (document.getElementById("rl-results")) openSearchBox();
  else openPalette(root);
}

function addSearchLink() {
  const { href } = new URL("search/", root);
  /** @param {MouseEvent} event */
  const onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    openSearch();
  };
  const properties = { className: "rl-search-link", href, onclick };
  const key = createElement("kbd", { "aria-hidden": "true" }, "/");
  const link = createElement("a", properties, t("Search"), key);
  document.querySelector(".md-header__inner .md-header__title")?.after(link);
}

/**
 * Make the tags of a note lead to the search, which can be narrowed; without scripts they lead to
 * the tag's page.
 */
function linkTagsToSearch() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const tags = document.querySelectorAll(".rl-card [data-tag]");
  for (const tag of tags) {
    tag.href = new URL(`search/?q=tag:${encodeURIComponent(tag.dataset.tag ?? "")}`, root).href;
  }
}

/** Show the names of links that show a sign alone, such as `¶`, to those who point at them. */
function nameSigns() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const signs = document.querySelectorAll(".headerlink, .footnote-backref");
  for (const sign of signs) if (sign.ariaLabel) sign.title = sign.ariaLabel;
}

async function enableMaps() {
  if (!document.querySelector(".rl-map, .rl-lanes")) return;
  const { watchMaps } = await import("./maps.js");
  watchMaps();
}

async function sortTables() {
  if (!document.querySelector(".rl-sortable")) return;
  const { makeTablesSortable } = await import("./sortable.js");
  makeTablesSortable();
}

async function filterPage() {
  if (!document.querySelector(".rl-filter")) return;
  const { showFilters } = await import("./filter.js");
  showFilters();
}

async function showDesk() {
  if (!document.querySelector(".rl-desk")) return;
  const desk = await import("./desk.js");
  desk.showDesk(root);
}

for (const key of ["/", `${COMMAND}K`]) shortcuts.set(key, { run: openSearch, label: t("search") });
shortcuts.set("s", { run: openSearchBox, label: t("search page") });
const features = [
  showContentsInMargin, // before what lays out the margin, or marks links in it
  enableDrawer,
  addSearchLink,
  linkTagsToSearch,
  nameSigns,
  makeScrollableFocusable,
  addCopyButtons,
  () => enableShortcuts(root), // after those that add shortcuts
  enableMaps,
  () => showReadStatus(root),
  () => enablePreviews(root),
  showSidenotes,
  sortTables,
  filterPage,
  markCurrentSection,
  showDesk,
];
for (const start of features) {
  try {
    start();
  } catch (error) {
    console.error(error); // the other features do not depend on it
  }
}
