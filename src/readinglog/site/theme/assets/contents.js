// The contents of a page: the section that is being read is marked there.

import { decodeAddress } from "./address.js";

const LINE = 0.3; // of the window's height: what begins above it is being read

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
