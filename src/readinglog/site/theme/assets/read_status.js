// What this browser has marked as read. It is stored here only, by the names of notes: of a renamed
// note the former names count.

import { createElement } from "./element.js";
import { t } from "./messages.js";

/**
 * Return the names of the notes that this browser has marked as read.
 * @param {URL} root The address of the site.
 */
export const loadReadNames = (root) => loadNames(makeStorageKey(root));

/**
 * Show which notes of the page's reading paths are read, and the button that marks a note.
 * @param {URL} root The address of the site: a host may have several.
 */
export function showReadStatus(root) {
  const storageKey = makeStorageKey(root);
  let readNames = loadNames(storageKey);
  /** @type {NodeListOf<HTMLElement>} */
  const buttons = document.querySelectorAll(".rl-card > .rl-mark-read");
  /** @param {HTMLElement} element One that names a note and its former names. */
  const isRead = (element) => namesOf(element).some((name) => readNames.has(name));
  const show = () => {
    for (const path of document.querySelectorAll(".rl-reading-path")) showPath(path, isRead);
    for (const place of buttons) {
      const button = /** @type {HTMLButtonElement} */ (place.firstChild);
      button.textContent = isRead(place) ? t("✓ Read · Undo") : t("Mark as read");
    }
  };
  const reload = () => {
    readNames = loadNames(storageKey);
    show();
  };
  for (const place of buttons) {
    const toggle = () => {
      readNames = loadNames(storageKey);
      const wasRead = isRead(place);
      const names = namesOf(place);
      for (const name of names) readNames.delete(name);
      if (!wasRead) readNames.add(names[0]);
      storeNames(storageKey, readNames);
      show();
    };
    place.append(createElement("button", { type: "button", onclick: toggle }));
    place.hidden = false;
  }
  show();
  addEventListener("storage", (event) => {
    if (event.key === storageKey) reload();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) reload();
  });
}

/**
 * Mark the notes of a reading path that are read, and say how much of it remains.
 * @param {Element} path
 * @param {(note: HTMLElement) => boolean} isRead
 */
function showPath(path, isRead) {
  const notes = /** @type {HTMLElement[]} */ ([...path.querySelectorAll("[data-note]")]);
  for (const note of notes) {
    note.classList.toggle("rl-is-read", isRead(note));
    note.querySelector(".rl-check")?.remove();
    if (isRead(note))
      note.append(createElement("span", { className: "rl-check" }, ` ✓ ${t("read")}`));
  }
  const unread = notes.filter((note) => !isRead(note));
  const remaining = path.querySelector(".rl-remaining");
  if (remaining) remaining.textContent = unread.length < notes.length ? describeRest(unread) : "";
}

/** @param {HTMLElement[]} unread */
function describeRest(unread) {
  if (!unread.length) return ` · ${t("all read")}`;
  const minutes = unread.reduce((sum, note) => sum + Number(note.dataset.minutes), 0);
  return ` · ${t("{count} left, {minutes} min", { count: unread.length, minutes })}`;
}

/** @param {URL} root */
const makeStorageKey = (root) => `readinglog:read:${root.pathname}`;

/** @param {HTMLElement} element */
const namesOf = (element) => (element.dataset.note ?? "").split("/");

/**
 * @param {string} key
 * @returns {Set<string>}
 */
function loadNames(key) {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set(); // storage is blocked, or holds something else
  }
}

/**
 * @param {string} key
 * @param {Set<string>} names
 */
function storeNames(key, names) {
  try {
    localStorage.setItem(key, JSON.stringify([...names].sort()));
  } catch {
    // storage is blocked: the mark lasts as long as the page
  }
}
