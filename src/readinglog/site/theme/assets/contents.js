// The contents of a page: in a wide window they stand beside the text, and the section that is being
// read is marked there.

import { decodeAddress } from "./address.js";
import { createElement } from "./element.js";
import { t } from "./messages.js";

const LINE = 0.3; // of the window's height: what begins above it is being read

/** Repeat the contents, which a page has once, before its text, in the margin of a wide window. */
export function showContentsInMargin() {
  const contents = document.querySelector(".rl-narrow .rl-contents")?.cloneNode(true);
  const main = document.querySelector(".rl-layout > .rl-main");
  if (!contents || !main) return;
  const properties = { className: "rl-margin", "aria-label": t("Beside the text") };
  main.after(createElement("aside", properties, contents));
}

/** Mark the current section in the contents, as long as the page is read. */
export function markCurrentSection() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll('.rl-contents a[href^="#"]');
  /** @type {Map<HTMLElement, HTMLAnchorElement[]>} */
  const linksByHeading = new Map();
  for (const link of links) {
    const target = document.getElementById(decodeAddress(link.hash.slice(1)));
    /** @type {HTMLElement | null | undefined} */
    const summary = target?.closest("details.rl-fold")?.querySelector("summary"); // may be closed
    const heading = summary ?? target;
    if (heading) linksByHeading.set(heading, [...(linksByHeading.get(heading) ?? []), link]);
  }
  const headings = [...linksByHeading.keys()];
  const observer = new IntersectionObserver(
    () => {
      const line = innerHeight * LINE + 1;
      const current = headings.findLast((heading) => {
        return heading.checkVisibility() && heading.getBoundingClientRect().top < line;
      });
      for (const [heading, own] of linksByHeading) {
        for (const link of own) markLink(link, heading === current);
      }
    },
    { rootMargin: `0px 0px -${100 - LINE * 100}% 0px` },
  );
  for (const heading of headings) observer.observe(heading);
}

/**
 * Mark a link, and show it where its list scrolls.
 * @param {HTMLAnchorElement} link
 * @param {boolean} isCurrent
 */
function markLink(link, isCurrent) {
  if (!isCurrent) return link.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  const list = link.closest(".rl-margin");
  if (!list || list.scrollHeight <= list.clientHeight) return;
  const { top, height } = link.getBoundingClientRect();
  list.scrollTop += top - list.getBoundingClientRect().top - (list.clientHeight - height) / 2;
}
