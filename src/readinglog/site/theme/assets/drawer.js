// The drawer with the menu, of a narrow window, for those who use a keyboard.

import { createElement } from "./element.js";
import { t } from "./messages.js";

/**
 * Put a button in place of the label for the drawer; the focus goes into it, stays there while it is
 * open, and returns.
 */
export function enableDrawer() {
  const drawer = document.getElementById("__drawer");
  const label = document.querySelector(".md-header__button[for=__drawer]");
  if (!(drawer instanceof HTMLInputElement) || !label) return;
  // `for` means nothing on a button, but the theme's styles know it by that.
  const attributes = { type: "button", className: label.className, "aria-label": t("Menu") };
  const button = createElement("button", attributes, ...label.childNodes);
  button.setAttribute("for", "__drawer");
  label.replaceWith(button);
  const show = () => {
    button.setAttribute("aria-expanded", String(drawer.checked));
    const menu = document.querySelector(".md-sidebar--primary");
    for (const element of listOutside(menu)) element.toggleAttribute("inert", drawer.checked);
  };
  /** @param {boolean} isOpen */
  const set = (isOpen) => {
    if (drawer.checked !== isOpen) drawer.click();
  };
  button.addEventListener("click", () => set(!drawer.checked));
  drawer.addEventListener("change", () => {
    show();
    const link = document.querySelector(".md-sidebar--primary .md-nav__item a");
    const target = drawer.checked ? link : button;
    if (target instanceof HTMLElement) target.focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    set(false);
    event.preventDefault();
  });
  for (const name of ["hashchange", "pageshow"]) addEventListener(name, () => set(false));
  matchMedia("(min-width: 76.25em)").addEventListener("change", () => set(false)); // no drawer
  show();
}

/**
 * Return what stands on the page around an element, but for what closes the drawer.
 * @param {Element | null} inner
 */
function listOutside(inner) {
  /** @type {Element[]} */
  const outside = [];
  for (let part = inner; part && part !== document.body; part = part.parentElement) {
    const others = [...(part.parentElement?.children ?? [])].filter((other) => other !== part);
    outside.push(...others.filter((other) => !other.matches(".md-toggle, .md-overlay, dialog")));
  }
  return outside;
}
