// What scrolls sideways can be focused, so that arrow keys scroll it; what fits is no stop of the
// Tab key.

const SCROLLABLE =
  ".md-typeset .rl-scroll:not([role]), .md-typeset math[display='block'], .md-typeset pre > code";

/** Watch what may be too wide for the page. */
export function makeScrollableFocusable() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const element of document.querySelectorAll(SCROLLABLE)) observer.observe(element);
}
