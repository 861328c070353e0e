// The results of a search as a file, made in the browser of what the site publishes of all works.

import { fetchJson } from "../address.js";
import { createElement } from "../element.js";
import { formatNumber, t } from "../messages.js";

/**
 * A format: what the button says, the file, and how it is made of notes.
 * @typedef {object} Format
 * @property {string} name
 * @property {string} file
 * @property {string} type
 * @property {(names: string[], root: URL) => Promise<{ text: string, count: number }>} write
 */

/** @type {Format[]} */
const FORMATS = [
  { name: "BibTeX", file: "results.bib", type: "application/x-bibtex", write: writeBibtex },
  {
    name: "CSL",
    file: "results-csl.json",
    type: "application/vnd.citationstyles.csl+json",
    write: writeCsl,
  },
  { name: "JSON", file: "results.json", type: "application/json", write: writeNotes },
];

/**
 * Return a fold with a button for each format.
 * @param {() => Promise<string[]>} getNames Return the names of the notes found, in their order.
 * @param {URL} root The address of the site.
 */
export function createExportMenu(getNames, root) {
  const status = createElement("span", { role: "status" });
  const buttons = FORMATS.map((format) => {
    const onclick = async () => {
      status.textContent = "";
      status.textContent = await exportNotes(format, getNames, root);
    };
    return createElement("button", { type: "button", onclick }, format.name);
  });
  const properties = { className: "rl-fold rl-export" };
  const summary = createElement("summary", {}, t("Export"));
  const line = createElement("p", {}, ...buttons, status);
  return createElement("details", properties, summary, line);
}

/**
 * Save notes as a file; return what to say of that.
 * @param {Format} format
 * @param {() => Promise<string[]>} getNames
 * @param {URL} root
 */
async function exportNotes({ file, type, write }, getNames, root) {
  try {
    const { text, count } = await write(await getNames(), root);
    if (!count) return t("None of these notes is about a work.");
    const href = URL.createObjectURL(new Blob([text], { type }));
    createElement("a", { href, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
    return t("{count} saved.", { count: formatNumber(count) });
  } catch (error) {
    console.warn(error);
    return t("A file could not be loaded. Try again.");
  }
}

/**
 * Both bibliographies have the same works in the same order; that in CSL says their names.
 * @param {string[]} names
 * @param {URL} root
 */
async function writeBibtex(names, root) {
  const [response, items] = await Promise.all([
    fetch(new URL("bibliography.bib", root)),
    fetchJson(new URL("bibliography.json", root)),
  ]);
  if (!response.ok) throw new Error(`bibliography.bib: ${response.status}`);
  const entries = (await response.text()).split(/^(?=@\w+\{)/m);
  const ids = items.map((/** @type {{ id: string }} */ { id }) => id);
  if (entries.length !== ids.length) throw new Error("the bibliographies are of two builds");
  const chosen = select(names, entries, (_, at) => ids[at]);
  return {
    text: chosen
      .map((entry) => entry.trim())
      .join("\n\n")
      .concat("\n"),
    count: chosen.length,
  };
}

/**
 * @param {string[]} names
 * @param {URL} root
 */
async function writeCsl(names, root) {
  /** @type {{ id: string }[]} */
  const items = await fetchJson(new URL("bibliography.json", root));
  const chosen = select(names, items, ({ id }) => id);
  return { text: `${JSON.stringify(chosen, null, 1)}\n`, count: chosen.length };
}

/**
 * @param {string[]} names
 * @param {URL} root
 */
async function writeNotes(names, root) {
  /** @type {{ notes: { name: string }[] }} */
  const { notes } = await fetchJson(new URL("notes.json", root));
  const chosen = select(names, notes, ({ name }) => name);
  return { text: `${JSON.stringify({ notes: chosen }, null, 1)}\n`, count: chosen.length };
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
  return names.flatMap((name) => {
    const item = known.get(name);
    return item === undefined ? [] : [item];
  });
}
