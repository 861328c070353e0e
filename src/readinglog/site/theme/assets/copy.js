// Copying code and citations: a button at each, and the key `c` for the first citation.

import { element } from "./element.js";
import { keys } from "./keys.js";

let status, timer;

/** Adds the buttons and the key. */
export function copying() {
  for (const block of document.querySelectorAll(".highlight")) block.append(element("div", { className: "rl-buttons" }, button(block.querySelector("code"), "Copy").made));
  const citations = [...document.querySelectorAll(".rl-around .rl-cite")];
  for (const block of citations) {
    const { made, copy } = button(block.querySelector("code, p"), `Copy ${block.dataset.copy}`);
    block.append(element("div", { className: "rl-buttons" }, made));
    if (block === citations[0]) keys.set("c", [copy, "copies the citation"]);
  }
}

/** A button that copies the text of an element. */
function button(source, words) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(source.textContent.trim());
      said(`${words.replace("Copy ", "").replace("Copy", "code")} copied`);
    } catch {
      getSelection().selectAllChildren(source);
      said("selected: copy it with your browser");
    }
  };
  return { copy, made: element("button", { type: "button", onclick: copy }, words) };
}

/** Says something at the foot of the window, for a while. */
function said(words) {
  status ??= document.body.appendChild(element("div", { className: "rl-said", role: "status" }));
  status.textContent = words;
  clearTimeout(timer);
  timer = setTimeout(() => (status.textContent = ""), 4000);
}
