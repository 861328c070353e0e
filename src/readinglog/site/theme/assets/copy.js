// Copying code and citations: a button at each, and the key `c` for the first citation.

import { createElement } from "./element.js";
import { t } from "./messages.js";
import { shortcuts } from "./shortcuts.js";

const MESSAGE_TIME = 4000; // milliseconds for which a message is shown

/** @type {HTMLElement | undefined} */
let toast;
/** @type {number | undefined} */
let timer;

/** Add the buttons and the key. */
export function addCopyButtons() {
  for (const block of document.querySelectorAll(".highlight")) {
    const copy = () => copyText(block.querySelector("code"), t("Code"));
    block.append(createButton(t("Copy"), copy));
  }
  /** @type {NodeListOf<HTMLElement>} */
  const citations = document.querySelectorAll(".rl-note-footer .rl-cite");
  for (const [at, block] of citations.entries()) {
    const what = block.dataset.copy ?? "";
    const copy = () => copyText(block.querySelector("code, p"), what);
    block.append(createButton(t("Copy {what}", { what }), copy));
    if (at === 0) shortcuts.set("c", { run: copy, label: t("copy citation") });
  }
}

/**
 * @param {string} label
 * @param {() => void} onclick
 */
function createButton(label, onclick) {
  const button = createElement("button", { type: "button", onclick }, label);
  return createElement("div", { className: "rl-buttons" }, button);
}

/**
 * Copy the text of an element, or select it where the browser forbids to copy.
 * @param {Element | null} source
 * @param {string} what
 */
async function copyText(source, what) {
  if (!source) return;
  try {
    await navigator.clipboard.writeText((source.textContent ?? "").trim());
    showMessage(t("{what} copied", { what: `${what[0].toUpperCase()}${what.slice(1)}` }));
  } catch {
    getSelection()?.selectAllChildren(source);
    showMessage(t("Couldn’t copy. The text is selected for you to copy"));
  }
}

/**
 * Show a message at the foot of the window for a while.
 * @param {string} message
 */
function showMessage(message) {
  toast ??= document.body.appendChild(
    createElement("div", { className: "rl-toast", role: "status" }),
  );
  toast.textContent = message;
  clearTimeout(timer);
  timer = setTimeout(showMessage, MESSAGE_TIME, "");
}
