// An address that leads nowhere: the notes, tags and authors whose names are near to it.

import { decoded } from "./address.js";
import { element } from "./element.js";
import { Names } from "./search/names.js";

const root = new URL("../", import.meta.url);
const FOLDERS = ["notes", "tags", "authors"];
const SHOWN = 3; // of a folder

const steps = decoded(location.pathname.slice(root.pathname.length)).split("/").filter(Boolean);
const wanted = steps.at(-1)?.replace(/\.(html|md)$/, "") ?? "";
const found = [];
for (const folder of FOLDERS.includes(steps[0]) ? [steps[0]] : FOLDERS) {
  const answer = await fetch(new URL(`names/${folder}.json`, root)).catch(() => null);
  const pages = new Map(Object.entries(answer?.ok ? await answer.json() : {}));
  for (let more = SHOWN; more > 0; more--) {
    const meant = new Map([...pages].flatMap(([page, names]) => [page, ...names].map((name) => [name, page])));
    const page = meant.get(new Names(meant.keys()).nearest(wanted));
    if (page === undefined) break;
    const address = new URL(`${folder}/${page.split("/").map(encodeURIComponent).join("/")}/`, root);
    found.push(element("li", {}, element("a", { href: address.href }, pages.get(page)[0]), ` (${folder.slice(0, -1)})`));
    pages.delete(page);
  }
}
const answer = found.length ? [element("p", {}, "Did you mean"), element("ul", {}, ...found)] : [element("p", {}, "Nothing here has a name like it.")];
document.getElementById("rl-near").append(...answer);
document.querySelector(".rl-search input").value = wanted.replaceAll("-", " ");
