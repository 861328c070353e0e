// What scrolls sideways can be reached by key, where it does scroll.

const SCROLLING = ".md-typeset .rl-scroll:not([role]), .md-typeset math[display='block'], .md-typeset pre > code";

/** Watches what may be too wide for the page. */
export function scrolling() {
  const watch = new ResizeObserver((changes) => {
    for (const { target } of changes) target.scrollWidth > target.clientWidth ? target.setAttribute("tabindex", "0") : target.removeAttribute("tabindex");
  });
  for (const part of document.querySelectorAll(SCROLLING)) watch.observe(part);
}
