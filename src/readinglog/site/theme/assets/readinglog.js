// What every page runs: keys, and what answers to the hand. Nothing here is needed to read.

import { copying } from "./copy.js";
import { element } from "./element.js";
import { keys, listening } from "./keys.js";
import { highlighting } from "./maps.js";
import { marking } from "./marks.js";
import { previewing } from "./previews.js";
import { scrolling } from "./scroll.js";
import { besides } from "./sidenotes.js";

const root = new URL("../", import.meta.url);

function search() {
  const box = document.querySelector(".rl-search input");
  box ? (box.focus(), box.select()) : location.assign(new URL("search/", root));
}

function heading() {
  const link = element("a", { className: "rl-to-search", href: new URL("search/", root).href }, "Search", element("kbd", {}, "/"));
  document.querySelector(".md-header__inner .md-header__title")?.after(link);
}

/** With scripts, a tag on a note leads to the search for all that have it; without, to the tag's page. */
function tags() {
  for (const tag of document.querySelectorAll(".rl-card [data-tag]")) tag.href = new URL(`search/?q=tag:${encodeURIComponent(tag.dataset.tag)}`, root).href;
}

keys.set("/", [search, "search"]).set("s", [search, "search"]);
for (const begin of [heading, tags, scrolling, copying, () => listening(root), highlighting, () => marking(root), () => previewing(root), besides]) {
  try {
    begin();
  } catch (error) {
    console.error(error); // what follows can do without it
  }
}
