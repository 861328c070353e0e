// Identifiers of works, and the keys by which they are compared; the counterpart of identifiers.py.

import { compilePattern } from "./patterns.js";
import { fold } from "./slugs.js";

/**
 * Patterns of identifiers and addresses.
 * @typedef {object} WorkPatterns
 * @property {string} arxiv
 * @property {string} doi
 * @property {string} address
 * @property {string} tracking Parameters of an address that do not change the page.
 */

/** Makes the keys of works. */
export class WorkKeys {
  /** @param {WorkPatterns} patterns */
  constructor(patterns) {
    this.arxiv = compilePattern(patterns.arxiv);
    this.doi = compilePattern(patterns.doi);
    this.address = compilePattern(patterns.address);
    this.tracking = compilePattern(patterns.tracking);
  }

  /**
   * Return the key of a work: `arxiv:…`, `doi:…` or a normalised address, with the title if that is
   * a site's front page.
   * @param {string} text
   * @param {string} [title]
   */
  make(text, title = "") {
    const trimmed = text.trim();
    const arxiv = this.arxiv.exec(trimmed);
    const doi = this.doi.exec(trimmed);
    if (arxiv) return `arxiv:${arxiv[1].toLowerCase()}`;
    if (doi) return `doi:${doi[1].toLowerCase()}`;
    const parts = this.address.exec(trimmed) ?? [];
    const [, address = "", path = "", query = "", fragment = ""] = parts;
    const host = address.toLowerCase().split("@").pop() ?? "";
    const place = host.replace(/^www\.|:(?:443|80)$/g, "");
    const parameters = query.split("&").filter((pair) => pair && !this.tracking.test(pair));
    const within = [
      path.replace(/\/(?:index\.html?)?$/, ""),
      parameters.length && `?${parameters.sort().join("&")}`,
      fragment && `#${fragment}`,
    ].filter(Boolean);
    return within.length ? place + within.join("") : `${place} ${fold(title)}`.trimEnd();
  }
}
