// Copying code and citations: a button at each, and the key `c` for the first citation.

import { element } from "./element.js";

/** Adds the buttons, and the key to `keys`. */
export function copying(keys) {
  for (const block of document.querySelectorAll(".highlight")) block.append(element("div", { className: "rl-buttons" }, ...button(block.querySelector("code"), "Copy").parts));
  for (const [at, block] of document.querySelectorAll(".rl-cite").entries()) {
    const { parts, copy } = button(block.querySelector("code, p"), `Copy ${block.dataset.copy}`, at ? "" : "c");
    block.append(element("div", { className: "rl-buttons" }, ...parts));
    if (!at) keys.set("c", copy);
  }
}

/** A button that copies the text of an element, and the place where it says that it did. */
function button(source, words, key = "") {
  const status = element("span", { className: "rl-copied" });
  status.setAttribute("role", "status");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      status.textContent = "copied";
    } catch {
      getSelection().selectAllChildren(source);
      status.textContent = "selected: copy it with your browser";
    }
    setTimeout(() => (status.textContent = ""), 4000);
  };
  const label = key ? [`${words} `, element("kbd", {}, key)] : [words];
  return { copy, parts: [element("button", { type: "button", onclick: copy }, ...label), status] };
}
