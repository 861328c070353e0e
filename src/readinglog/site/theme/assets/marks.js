// What this browser has marked as read. It is kept here only, by the names of notes: a renamed note is known by its former names.

import { element } from "./element.js";

function read(key) {
  try {
    return new Set(JSON.parse(localStorage.getItem(key) ?? "[]"));
  } catch {
    return new Set(); // not ours, or not allowed
  }
}

function keep(key, names) {
  try {
    localStorage.setItem(key, JSON.stringify([...names].sort()));
  } catch {
    // where nothing may be kept, a mark lasts as long as the page
  }
}

/** Shows the marks of a page's reading paths, and the button of a note; a log is known by where its `root` is. */
export function marking(root) {
  const key = `readinglog:read:${root.pathname}`;
  let names = read(key);
  const known = (place) => place.dataset.note.split("/").some((name) => names.has(name));
  const show = () => {
    for (const list of document.querySelectorAll(".rl-path-list:has(> [data-note])")) {
      const notes = [...list.children];
      for (const note of notes) {
        note.classList.toggle("rl-is-read", known(note));
        note.querySelector(".rl-tick")?.remove();
        if (known(note)) note.append(element("span", { className: "rl-tick" }, " ✓ read"));
      }
      const left = notes.filter((note) => !known(note));
      const minutes = left.reduce((sum, note) => sum + Number(note.dataset.minutes), 0);
      const words = left.length ? `; ${left.length} left, ${minutes} minute${minutes === 1 ? "" : "s"}` : "; all read";
      list.nextElementSibling.querySelector(".rl-left").textContent = left.length < notes.length ? words : "";
    }
    for (const place of document.querySelectorAll(".rl-card > .rl-done")) place.firstChild.textContent = known(place) ? "✓ Read by you (take back)" : "Mark as read by you";
  };
  for (const place of document.querySelectorAll(".rl-card > .rl-done")) {
    const toggle = () => {
      names = read(key);
      const own = place.dataset.note.split("/");
      const was = known(place);
      for (const name of own) names.delete(name);
      if (!was) names.add(own[0]);
      keep(key, names);
      show();
    };
    place.append(element("button", { type: "button", onclick: toggle }));
    place.hidden = false;
  }
  show();
  addEventListener("storage", (event) => event.key === key && ((names = read(key)), show()));
  addEventListener("pageshow", (event) => event.persisted && ((names = read(key)), show()));
}
