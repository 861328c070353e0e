// The drawer with the menu, of a narrow window: what is in it, and how it is used by keyboard.

import { createElement } from "./element.js";
import { t } from "./messages.js";

/**
 * Put a button in place of the label for the drawer, and the menu into it where the page has none;
 * the focus goes into it, stays there while it is open, and returns.
 */
export function enableDrawer() {
  const drawer = document.getElementById("__drawer");
  const label = document.querySelector(".md-header__button[for=__drawer]");
  if (!(drawer instanceof HTMLInputElement) || !label) return;
  if (!document.querySelector(".md-sidebar--primary")) addMenu();
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

/** Add the menu that a page does not write beside its tabs: the same links, as the theme's menu. */
function addMenu() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const tabs = document.querySelectorAll(".md-tabs__link");
  const items = [...tabs].map(({ href, childNodes, parentElement }) => {
    const isActive = parentElement?.classList.contains("md-tabs__item--active");
    const content = [...childNodes].map((node) => node.cloneNode(true));
    const className = `md-nav__link${isActive ? " md-nav__link--active" : ""}`;
    const text = createElement("span", { className: "md-ellipsis" }, content);
    const link = createElement("a", { className, href }, text);
    return createElement("li", { className: "md-nav__item" }, link);
  });
  const logo = document.querySelector(".md-header .md-logo")?.cloneNode(true);
  if (logo instanceof Element) logo.className = "md-nav__button md-logo";
  const name = document.querySelector(".md-header__topic")?.textContent?.trim();
  const title = createElement("label", { className: "md-nav__title" }, logo, name);
  title.htmlFor = "__drawer";
  const nav = createElement(
    "nav",
    { className: "md-nav md-nav--primary md-nav--lifted", "aria-label": t("Menu") },
    title,
    createElement("ul", { className: "md-nav__list" }, items),
  );
  nav.dataset.mdLevel = "0";
  const inner = createElement("div", { className: "md-sidebar__inner" }, nav);
  const wrap = createElement("div", { className: "md-sidebar__scrollwrap" }, inner);
  const className = "md-sidebar md-sidebar--primary";
  const sidebar = createElement("div", { className, hidden: true }, wrap);
  sidebar.dataset.mdType = "navigation";
  document.querySelector(".md-main__inner")?.prepend(sidebar);
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
