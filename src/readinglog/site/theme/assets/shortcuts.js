// Keyboard shortcuts. They can be turned off: a typo or speech input may press those of one letter
// by accident.

import { createElement } from "./element.js";
import { t } from "./messages.js";

const isMac = /^(Mac|iPhone|iPad)/.test(navigator.platform);
/** How shortcuts begin that are pressed with the key for commands. */
export const COMMAND = isMac ? "⌘" : "Ctrl-";

/**
 * The shortcuts by their keys. Other modules add theirs.
 * @type {Map<string, { run: () => void, label: string }>}
 */
export const shortcuts = new Map();

/** @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/**
 * Return the name of the shortcut that is pressed; "" where it can be none.
 * @param {KeyboardEvent} event
 */
function nameKey({ key, ctrlKey, metaKey, altKey, shiftKey, target }) {
  const isCommand = isMac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  if (isCommand && !altKey && !shiftKey) return COMMAND + key.toUpperCase();
  return ctrlKey || metaKey || altKey || isTyping(target) ? "" : key;
}

/**
 * Listen for the shortcuts, and list them at the end of the page.
 * @param {URL} root The address of the site: a host may have several.
 */
export function enableShortcuts(root) {
  const storageKey = `readinglog:keys:${root.pathname}`;
  let enabled = readSetting(storageKey) !== "off";
  addEventListener("keydown", (event) => {
    const shortcut = enabled && shortcuts.get(nameKey(event));
    if (!shortcut) return;
    event.preventDefault();
    shortcut.run();
  });
  const list = createElement("span");
  const toggle = () => {
    enabled = !enabled;
    storeSetting(storageKey, enabled ? "on" : "off");
    show();
  };
  const button = createElement("button", { type: "button", onclick: toggle });
  const show = () => {
    list.replaceChildren(...(enabled ? listShortcuts() : [t("Keyboard shortcuts are off.")]), " ");
    button.textContent = enabled ? t("Turn off") : t("Turn on");
  };
  show();
  const summary = createElement("summary", {}, t("Keyboard shortcuts"));
  const keys = createElement("p", {}, list, button);
  const help = createElement("details", { className: "rl-fold rl-shortcuts" }, summary, keys);
  document.querySelector(".rl-main")?.append(help);
}

/** Return the shortcuts as the children of an element, those that do the same together. */
function listShortcuts() {
  const groups = Map.groupBy(shortcuts, ([, { label }]) => label);
  const items = [...groups].flatMap(([label, group]) => {
    const keys = group.flatMap(([key]) => [` ${t("or")} `, createElement("kbd", {}, key)]);
    return [" · ", ...keys.slice(1), ` ${label}`];
  });
  return items.slice(1);
}

/** @param {string} key */
function readSetting(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is blocked
  }
}

/**
 * @param {string} key
 * @param {string} value
 */
function storeSetting(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // storage is blocked: the setting lasts as long as the page
  }
}
