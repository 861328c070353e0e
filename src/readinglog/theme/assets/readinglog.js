// What every page runs: keys that lead to the search, and what answers to the hand. Nothing here is needed to read.

import { element } from "./element.js";
import { copying } from "./copy.js";
import { highlighting } from "./maps.js";
import { marking } from "./marks.js";
import { previewing } from "./previews.js";
import { besides } from "./sidenotes.js";

export const root = new URL("../", import.meta.url);
const typing = (target) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
const keys = new Map([["/", search], ["s", search]]);

function search() {
  const box = document.querySelector(".rl-search input");
  box ? (box.focus(), box.select()) : location.assign(new URL("search/", root));
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keys.has(event.key)) return;
  event.preventDefault();
  keys.get(event.key)();
});

const link = element("a", { className: "rl-to-search", href: new URL("search/", root).href }, "Search", element("kbd", {}, "/"));
document.querySelector(".md-header__inner .md-header__title")?.after(link);

copying(keys);
highlighting(document.querySelectorAll("svg.rl-map"));
marking();
previewing(root);
besides();
