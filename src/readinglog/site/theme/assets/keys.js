// Keys of one letter, what they do, and a way to turn them off for those to whom a slip or a spoken word would be a key.

import { element } from "./element.js";

/** What each key does, with a word for it; others add theirs. */
export const keys = new Map();

const typing = (target) => target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);

/** Listens for the keys, and says at the end of the page which there are. */
export function listening(root) {
  const kept = `readinglog:keys:${root.pathname}`;
  let on = true;
  try {
    on = localStorage.getItem(kept) !== "off";
  } catch {
    // where nothing may be kept, they are on
  }
  addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keys.has(event.key)) return;
    event.preventDefault();
    keys.get(event.key)[0]();
  });
  const words = element("span");
  const turn = element("button", { type: "button", onclick: () => keep(!on) });
  const show = () => {
    words.replaceChildren(...(on ? ["Keys:", ...[...keys].flatMap(([key, [, word]]) => [" ", element("kbd", {}, key), ` ${word}`])] : ["Keys are off."]), " ");
    turn.textContent = on ? "Turn them off" : "Turn them on";
  };
  const keep = (wanted) => {
    on = wanted;
    show();
    try {
      localStorage.setItem(kept, on ? "on" : "off");
    } catch {
      // for this page, then
    }
  };
  show();
  document.querySelector(".rl-main")?.append(element("p", { className: "rl-keys-help" }, words, turn));
}
