// What scrolls sideways has a name and can be focused, so that arrow keys scroll it; what fits is no
// stop of the Tab key.

import { t } from "./messages.js";

const SCROLLABLE = ".md-typeset .rl-scroll:not([role]), .md-typeset pre > code";

/** Watch what may be too wide for the page. */
export function makeScrollableFocusable() {
  const observer = new ResizeObserver((entries) => {
    // All are measured before one is changed: a change has the whole page laid out again.
    const changed = entries
      .map(({ target }) => ({ element: target, isWide: target.scrollWidth > target.clientWidth }))
      .filter(({ element, isWide }) => isWide !== element.hasAttribute("tabindex"));
    for (const { element, isWide } of changed) nameScrollable(element, isWide);
  });
  for (const element of document.querySelectorAll(SCROLLABLE)) observer.observe(element);
}

/**
 * @param {Element} element
 * @param {boolean} isWide
 */
function nameScrollable(element, isWide) {
  if (isWide) {
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", nameContent(element));
  } else {
    for (const name of ["tabindex", "role", "aria-label"]) element.removeAttribute(name);
  }
}

/** @param {Element} element */
function nameContent(element) {
  if (element.matches(".rl-formula, .rl-line-formula")) return t("Formula");
  return element.matches("code") ? t("Code") : t("Table");
}
