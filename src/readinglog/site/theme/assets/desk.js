// The home page for those who come back: what is new since their last visit, how far they are on
// each reading path, and their marks as a file. All of it stays in this browser.

import { createElement } from "./element.js";
import { parseMarksFile, writeMarksFile } from "./marks_file.js";
import { formatNumber, t } from "./messages.js";
import { loadReadNames, MARKS_CHANGED, storeReadNames } from "./read_marks.js";

const BETWEEN_NOTES = "//"; // in the paths of notes, whose own names have `/` between them

/** @typedef {{ day: string, seen: string[], before: string[] }} Visit Notes seen today and before. */

/**
 * @param {URL} root The address of the site.
 */
export function showDesk(root) {
  showVisit(root);
  const show = () => showProgress(loadReadNames(root));
  show();
  addEventListener(MARKS_CHANGED, show);
  addMarksFile(root);
}

/**
 * Draw a line below the notes that were not in the list on the last day of a visit.
 * @param {URL} root
 */
function showVisit(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const rows = document.querySelectorAll(".rl-desk .rl-works > [data-note]");
  if (!rows.length) return;
  const names = [...rows].map(({ dataset }) => (dataset.note ?? "").split("/"));
  const { before } = rememberVisit(
    root,
    names.map(([name]) => name),
  );
  const known = new Set(before);
  const first = names.findIndex((each) => each.some((name) => known.has(name)));
  if (first < 1) return; // a first visit, or nothing is new
  rows[first].classList.add("rl-seen");
  const text = t("{count} new since your last visit", { count: formatNumber(first) });
  const heading = document.querySelector(".rl-desk h2");
  heading?.append(createElement("small", {}, ` · ${text}`));
}

/**
 * Remember what is listed today, and return what was listed on the last day before.
 * @param {URL} root
 * @param {string[]} seen
 * @returns {Visit}
 */
function rememberVisit(root, seen) {
  const key = `readinglog:visit:${root.pathname}`;
  const day = new Date().toDateString();
  try {
    const last = readVisit(localStorage.getItem(key));
    const visit = { day, seen, before: last.day === day ? last.before : last.seen };
    localStorage.setItem(key, JSON.stringify(visit));
    return visit;
  } catch {
    return { day, seen, before: [] }; // storage is blocked
  }
}

/**
 * @param {string | null} stored
 * @returns {Visit}
 */
function readVisit(stored) {
  try {
    const { day, seen, before } = JSON.parse(stored ?? "{}");
    return { day: String(day), seen: listNames(seen), before: listNames(before) };
  } catch {
    return { day: "", seen: [], before: [] };
  }
}

/** @param {unknown} value */
const listNames = (value) => (Array.isArray(value) ? value.map(String) : []);

/**
 * Say of each reading path how many of its notes are read.
 * @param {Set<string>} readNames
 */
function showProgress(readNames) {
  /** @type {NodeListOf<HTMLElement>} */
  const paths = document.querySelectorAll("[data-path]");
  for (const path of paths) {
    const notes = (path.dataset.path ?? "").split(BETWEEN_NOTES).map((names) => names.split("/"));
    const count = notes.filter((names) => names.some((name) => readNames.has(name))).length;
    const text = t("{count} of {total} read", { count, total: notes.length });
    const place = path.querySelector(".rl-remaining");
    if (place) place.textContent = count ? ` · ${text}` : "";
  }
}

/**
 * Offer the marks of this browser as a file, and to add those of a file.
 * @param {URL} root
 */
function addMarksFile(root) {
  /** @type {HTMLElement | null} */
  const place = document.querySelector(".rl-marks");
  if (!place) return;
  const status = createElement("p", { role: "status" });
  const count = createElement("span");
  /** @param {Iterable<string>} names */
  const store = (names) => {
    const isStored = storeReadNames(root, names);
    dispatchEvent(new Event(MARKS_CHANGED));
    show();
    return isStored;
  };
  const show = () => {
    const { size } = loadReadNames(root);
    count.textContent = size
      ? t("{count} marked as read in this browser.", { count: formatNumber(size) })
      : t("None marked as read in this browser yet.");
    save.hidden = !size;
  };
  const save = addButton(t("Export"), () => {
    const text = writeMarksFile(loadReadNames(root), root);
    const href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    createElement("a", { href, download: "reading-marks.json" }).click();
    setTimeout(() => URL.revokeObjectURL(href), 1000);
  });
  const input = createElement("input", { type: "file", accept: ".json,application/json" });
  input.hidden = true;
  input.onchange = async () => {
    const [file] = input.files ?? [];
    input.value = "";
    if (!file) return;
    const { names, problem } = await parseMarksFile(file);
    if (problem) return status.replaceChildren(problem);
    const before = loadReadNames(root);
    const all = new Set([...before, ...names]);
    if (!store(all)) return status.replaceChildren(t("This browser does not store marks."));
    const added = formatNumber(all.size - before.size);
    const undo = addButton(t("Undo"), () => {
      store(before);
      status.replaceChildren();
    });
    status.replaceChildren(t("{count} added.", { count: added }), " ", undo);
  };
  const open = addButton(t("Import"), () => input.click());
  place.append(createElement("p", {}, count, " ", save, " ", open), input, status);
  place.hidden = false;
  show();
}

/**
 * @param {string} label
 * @param {() => void} onclick
 */
const addButton = (label, onclick) => createElement("button", { type: "button", onclick }, label);
