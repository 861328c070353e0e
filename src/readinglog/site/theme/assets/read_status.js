// What this browser has marked as read. It is stored here only, by the names of notes: of a renamed
// note the former names count.

import { createElement } from "./element.js";
import { t } from "./messages.js";
import { findNoteName } from "./note_links.js";
import { loadReadNames, MARKS_CHANGED, makeMarksKey, storeReadNames } from "./read_marks.js";

const ROWS = "tr, li, p, dd"; // in which a note is marked once

/**
 * Show on the page which notes are read, wherever it leads to them, and the button that marks one.
 * @param {URL} root
 */
export function showReadStatus(root) {
  let readNames = loadReadNames(root);
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = document.querySelectorAll(".rl-card .rl-mark-read");
  /** @param {string[]} names The name of a note and its former ones. */
  const isRead = (names) => names.some((name) => readNames.has(name));
  /** @param {ParentNode} part */
  const showLinks = (part) => {
    if (!readNames.size && !document.querySelector(".rl-read")) return;
    const links = [...part.querySelectorAll("a[href]")];
    if (part instanceof Element && part.matches("a[href]")) links.push(part);
    markLinks(links, root, isRead);
  };
  const show = () => {
    learnNewNames(readNames);
    showLinks(document);
    for (const path of document.querySelectorAll(".rl-reading-path")) showPath(path, root, isRead);
    for (const place of buttons) {
      const button = /** @type {HTMLButtonElement} */ (place.firstChild);
      button.textContent = isRead(listNames(place, root)) ? t("✓ Read · Undo") : t("Mark as read");
    }
  };
  const reload = () => {
    readNames = loadReadNames(root);
    show();
  };
  for (const place of buttons) {
    const toggle = () => {
      readNames = loadReadNames(root);
      const names = listNames(place, root);
      const wasRead = isRead(names);
      for (const name of names) readNames.delete(name);
      if (!wasRead) readNames.add(names[0]);
      storeReadNames(root, readNames);
      show();
    };
    place.append(createElement("button", { type: "button", onclick: toggle }));
    place.hidden = false;
  }
  show();
  // What comes later, such as the results of a search.
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]);
    for (const node of added) if (node instanceof Element) showLinks(node);
  }).observe(document.body, { childList: true, subtree: true });
  addEventListener(MARKS_CHANGED, reload);
  addEventListener("storage", (event) => {
    if (event.key === makeMarksKey(root)) reload();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) reload();
  });
}

/**
 * Count the notes as read by their new names, too, that were marked under former ones: links have
 * the new ones alone.
 * @param {Set<string>} readNames
 */
function learnNewNames(readNames) {
  /** @type {NodeListOf<HTMLElement>} */
  const notes = document.querySelectorAll("[data-note]");
  for (const note of notes) {
    const names = readWrittenNames(note);
    if (names.some((name) => readNames.has(name))) readNames.add(names[0]);
  }
}

/**
 * Mark the links that lead to notes that are read, in a row or paragraph the first to each.
 * @param {Element[]} links
 * @param {URL} root
 * @param {(names: string[]) => boolean} isRead
 */
function markLinks(links, root, isRead) {
  /** @type {Map<Element | null, Set<string>>} */
  const seen = new Map();
  for (const link of links) {
    const url = new URL(link.getAttribute("href") ?? "", document.baseURI);
    const name = url.pathname === location.pathname ? "" : findMarkName(url, root);
    const row = link.closest(ROWS);
    const names = seen.get(row) ?? new Set();
    const isFirst = !row || !names.has(name);
    seen.set(row, names.add(name));
    link.classList.toggle("rl-read", Boolean(name) && isFirst && isRead([name]));
  }
}

/**
 * Mark the notes of a reading path that are read, and say how much of it remains.
 * @param {Element} path
 * @param {URL} root
 * @param {(names: string[]) => boolean} isRead
 */
function showPath(path, root, isRead) {
  const notes = /** @type {HTMLElement[]} */ ([...path.querySelectorAll("[data-minutes]")]);
  for (const note of notes) {
    const isMarked = isRead(listNames(note, root));
    note.classList.toggle("rl-is-read", isMarked);
    note.querySelector(".rl-check")?.remove();
    if (isMarked) note.append(createElement("span", { className: "rl-check" }, ` ✓ ${t("read")}`));
  }
  const unread = notes.filter((note) => !isRead(listNames(note, root)));
  const remaining = path.querySelector(".rl-remaining");
  if (remaining) remaining.textContent = describeRest(notes, unread);
}

/**
 * @param {HTMLElement[]} notes
 * @param {HTMLElement[]} unread
 */
function describeRest({ length: total }, unread) {
  if (unread.length === total) return "";
  if (!unread.length) return ` · ${t("all read")}`;
  const read = t("{count} of {total} read", { count: total - unread.length, total });
  const minutes = unread.reduce((sum, note) => sum + Number(note.dataset.minutes), 0);
  return ` · ${read} · ${t("{count} left, {minutes} min", { count: unread.length, minutes })}`;
}

/**
 * Return the name of the note of an element, and its former ones: those that are written there, or
 * else the name that its link leads to.
 * @param {HTMLElement} element
 * @param {URL} root
 */
function listNames(element, root) {
  if (element.dataset.note) return readWrittenNames(element);
  const link = element.querySelector("a");
  const name = link ? findMarkName(link, root) : "";
  return name ? [name] : [];
}

/**
 * Return the name that is written at an element, and the former ones behind it.
 * @param {HTMLElement} element
 */
const readWrittenNames = (element) => (element.dataset.note ?? "").split("/");

/**
 * Return the name by which the note that an address leads to is marked, or "".
 * @param {HTMLAnchorElement | URL} address
 * @param {URL} root
 */
const findMarkName = (address, root) => findNoteName(address, root).replaceAll("/", ":");
