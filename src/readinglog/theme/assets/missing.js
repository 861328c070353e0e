// An address that leads nowhere: the notes, tags and authors whose names are near to it.

import { element } from "./element.js";
import { root } from "./readinglog.js";
import { Names } from "./search/names.js";

const wanted = decodeURIComponent(location.pathname).split("/").filter(Boolean).at(-1)?.replace(/\.(html|md)$/, "") ?? "";
const answer = await fetch(new URL("names.json", root)).catch(() => null);
const groups = answer?.ok ? await answer.json() : {};
const found = [];
for (const [folder, names] of Object.entries(groups)) {
  const near = new Names([...Object.keys(names), ...Object.values(names)]).nearest(wanted);
  const name = Object.hasOwn(names, near) ? near : Object.keys(names).find((key) => names[key] === near);
  if (name) found.push(element("li", {}, element("a", { href: new URL(`${folder}/${encodeURI(name)}/`, root).href }, names[name]), ` (${folder.slice(0, -1)})`));
}
if (found.length) document.getElementById("rl-near").append(element("p", {}, "Did you mean"), element("ul", {}, ...found));
