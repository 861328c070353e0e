// The results of a search as a file, made in the browser of what the site publishes of all notes.

import { fetchFile } from "./address.js";
import { createElement } from "./element.js";
import { formatNumber, t } from "./messages.js";

/** @typedef {{ text: string, count: number }} Export A file, and how many notes are in it. */
/** @typedef {(names: string[], root: URL) => Promise<Export>} Write */

/** @type {[name: string, file: string, write: Write][]} */
const FORMATS = [
  ["BibTeX", "results.bib", writeBibtex],
  ["CSL", "results-csl.json", (names, root) => writeJson(names, root, "bibliography.json")],
  ["JSON", "results.json", (names, root) => writeJson(names, root, "notes.json")],
];

/**
 * Return a button for each format, and what says how it went.
 * @param {() => Promise<string[]>} getNames Return the names of the notes found, in their order.
 * @param {URL} root The address of the site.
 */
export function createExportButtons(getNames, root) {
  const status = createElement("span", { role: "status" });
  const buttons = FORMATS.map(([name, file, write]) => {
    const onclick = async () => {
      status.textContent = await exportNotes(file, async () => write(await getNames(), root));
    };
    return createElement("button", { type: "button", onclick }, name);
  });
  return [...buttons, status];
}

/**
 * Save notes as a file; return what to say of that.
 * @param {string} file
 * @param {() => Promise<Export>} write
 */
async function exportNotes(file, write) {
  try {
    const { text, count } = await write();
    if (!count) return t("None of these notes is about a work.");
    const href = URL.createObjectURL(new Blob([text]));
    createElement("a", { href, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    return t("{count} saved.", { count: formatNumber(count) });
  } catch (error) {
    console.warn(error);
    return t("A file could not be loaded. Try again.");
  }
}

/**
 * The bibliographies have the same works in the same order: that in CSL says their names.
 * @type {Write}
 */
async function writeBibtex(names, root) {
  const text = await (await fetchFile(new URL("bibliography.bib", root))).text();
  const entries = text.split(/^(?=@\w+\{)/m);
  const items = await (await fetchFile(new URL("bibliography.json", root))).json();
  if (entries.length !== items.length) throw new Error("bibliography.bib");
  const chosen = select(names, entries, (_, at) => items[at].id);
  return { text: chosen.map((entry) => `${entry.trim()}\n`).join("\n"), count: chosen.length };
}

/**
 * @param {string[]} names
 * @param {URL} root
 * @param {string} file One with notes or works, a list or the only list of a table.
 */
async function writeJson(names, root, file) {
  const { notes, ...data } = await (await fetchFile(new URL(file, root))).json();
  /** @type {Record<string, string>[]} */
  const items = notes ?? Object.values(data);
  const chosen = select(names, items, ({ id, name }) => id ?? name);
  return {
    text: JSON.stringify(notes ? { notes: chosen } : chosen, null, 1),
    count: chosen.length,
  };
}

/**
 * Return the items with some names, in the order of these.
 * @template Item
 * @param {string[]} names
 * @param {Item[]} items
 * @param {(item: Item, at: number) => string} getName
 */
function select(names, items, getName) {
  const known = new Map(items.map((item, at) => [getName(item, at), item]));
  return names.flatMap((name) => known.get(name) ?? []);
}
