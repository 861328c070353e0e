// Copying a citation: a button at each form of it, and the key `c` for the first.

import { element } from "./element.js";

/** Adds the buttons, and the key to `keys`. */
export function copying(keys) {
  const blocks = document.querySelectorAll(".rl-cite");
  for (const block of blocks) {
    const key = block === blocks[0] ? [" ", element("kbd", {}, "c")] : [];
    const status = element("span", { role: "status", className: "rl-copied" });
    const copy = async () => {
      try {
        await navigator.clipboard.writeText(block.querySelector("code, p").textContent.trim());
        status.textContent = "copied";
      } catch {
        getSelection().selectAllChildren(block.querySelector("code, p"));
        status.textContent = "selected: copy it with your browser";
      }
      setTimeout(() => (status.textContent = ""), 4000);
    };
    block.append(element("div", { className: "rl-buttons" }, element("button", { type: "button", onclick: copy }, `Copy ${block.dataset.copy}`, ...key), status));
    if (key.length) keys.set("c", copy);
  }
}
