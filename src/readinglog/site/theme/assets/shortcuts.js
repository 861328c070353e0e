// Shortcuts of one letter. They can be turned off: a typo or speech input may press them by
// accident.

import { createElement } from "./element.js";

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
 * Listen for the shortcuts, and list them at the end of the page.
 * @param {URL} root The address of the site: a host may have several.
 */
export function enableShortcuts(root) {
  const storageKey = `readinglog:keys:${root.pathname}`;
  let enabled = readSetting(storageKey) !== "off";
  addEventListener("keydown", (event) => {
    if (!enabled || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
      return;
    const shortcut = shortcuts.get(event.key);
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
    list.replaceChildren(...(enabled ? listShortcuts() : ["Keyboard shortcuts are off."]), " ");
    button.textContent = enabled ? "Turn off" : "Turn on";
  };
  show();
  const help = createElement("p", { className: "rl-shortcuts" }, list, button);
  document.querySelector(".rl-main")?.append(help);
}

/** Return the shortcuts as the children of an element, those that do the same together. */
function listShortcuts() {
  const groups = Map.groupBy(shortcuts, ([, { label }]) => label);
  const items = [...groups].flatMap(([label, group]) => {
    const keys = group.flatMap(([key]) => [" or ", createElement("kbd", {}, key)]);
    return [" · ", ...keys.slice(1), ` ${label}`];
  });
  return ["Keyboard shortcuts: ", ...items.slice(1)];
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
