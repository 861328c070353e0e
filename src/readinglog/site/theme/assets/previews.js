// A link to a note shows what it leads to: on hover, on focus and on a first touch. It lies over the page and moves nothing.

import { element } from "./element.js";

const WAIT = 250, LINGER = 200; // milliseconds before a preview comes, and after the hand has left
const LISTED = ".rl-notes, nav, svg"; // where what a preview says stands beside the link, or the link is for going on
const ADDRESS = /\/notes\/[^/]+\/$/;

/** Watches the links of a page to notes below `root`. */
export function previewing(root) {
  const box = element("div", { id: "rl:preview", className: "rl-preview", popover: "manual" });
  box.setAttribute("role", "tooltip");
  document.body.append(box);
  const kept = new Map();
  let link = null, timer = 0, touched = null, byTouch = false;

  const noted = (target) => {
    const found = target.closest?.(".md-content a[href]");
    const address = found && new URL(found.href, location.href);
    if (!found || found.closest(LISTED) || address.origin !== location.origin || !ADDRESS.test(address.pathname)) return null;
    return address.pathname === location.pathname || !address.pathname.startsWith(root.pathname) ? null : found;
  };
  const load = (found) => {
    const file = new URL("preview.json", new URL(found.href, location.href));
    if (!kept.has(file.pathname)) kept.set(file.pathname, fetch(file).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null));
    return kept.get(file.pathname);
  };
  const later = (act, wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
  const hide = () => {
    clearTimeout(timer);
    link?.removeAttribute("aria-describedby");
    link = touched = null;
    if (box.matches(":popover-open")) box.hidePopover();
  };
  const show = async (found) => {
    if (found === link) return true;
    hide();
    link = found;
    const note = await load(found);
    if (!note || link !== found) return Boolean(note);
    box.replaceChildren(
      element("p", { className: "rl-note-title" }, note.title),
      element("p", { className: "rl-note-by" }, note.by),
      element("p", { className: "rl-note-summary" }, note.summary),
      element("p", { className: "rl-tags" }, (note.tags ?? []).flatMap(([name, hue]) => [element("span", { className: "rl-tag", "data-hue": hue }, name), " "])),
      ...(byTouch ? [element("p", { className: "rl-links" }, element("a", { href: found.href }, "Open the note"))] : []),
    );
    box.showPopover();
    place(box, found);
    found.setAttribute("aria-describedby", box.id);
    return true;
  };

  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "mouse") return;
    const found = noted(event.target);
    clearTimeout(timer);
    if (found) later(() => show(found), WAIT);
    else if (!box.contains(event.target) && document.activeElement !== link) later(hide, LINGER);
  });
  document.documentElement.addEventListener("pointerleave", () => clearTimeout(timer));
  document.addEventListener("focusin", (event) => {
    const found = noted(event.target);
    if (found?.matches(":focus-visible")) show(found);
  });
  document.addEventListener("focusout", () => !touched && hide());
  addEventListener("keydown", (event) => event.key === "Escape" && hide());
  addEventListener("scroll", () => link && place(box, link), { passive: true });
  document.addEventListener("pointerdown", (event) => {
    byTouch = event.pointerType === "touch";
    if (byTouch && link && !box.contains(event.target) && !link.contains(event.target)) hide();
  });
  document.addEventListener("click", async (event) => {
    const found = noted(event.target);
    if (!byTouch || !found || found === touched) return; // the second touch follows the link
    event.preventDefault();
    if (await show(found)) touched = found;
    else location.assign(found.href); // there is nothing to show
  }, true);
}

/** Puts the box below the link where there is room, else above it, and within the window. */
function place(box, link) {
  const rects = link.getClientRects();
  const at = rects[0] ?? link.getBoundingClientRect();
  const below = rects[rects.length - 1] ?? at;
  const { width, height } = box.getBoundingClientRect();
  const fits = below.bottom + height + 12 < innerHeight || at.top < height + 12;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  box.style.top = `${fits ? below.bottom + 6 : at.top - height - 6}px`;
}
