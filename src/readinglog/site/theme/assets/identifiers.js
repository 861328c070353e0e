// Identifiers of works, and the keys by which they are compared; the counterpart of identifiers.py.

import { compilePattern } from "./patterns.js";
import { fold } from "./slugs.js";

/**
 * Patterns of identifiers and addresses.
 * @typedef {object} WorkPatterns
 * @property {Record<string, string>} identifiers By scheme; the group is the identifier.
 * @property {string} address
 * @property {string} tracking Parameters of an address that do not change the page.
 */

/** Makes the keys of works. */
export class WorkKeys {
  /** @param {WorkPatterns} patterns */
  constructor(patterns) {
    /** @type {[scheme: string, pattern: RegExp][]} */
    this.identifiers = Object.entries(patterns.identifiers).map(([scheme, pattern]) => [
      scheme,
      compilePattern(pattern),
    ]);
    this.address = compilePattern(patterns.address);
    this.tracking = compilePattern(patterns.tracking);
  }

  /**
   * Return the key of a work: an identifier with its scheme, or a normalised address, with the title
   * if that is a site's front page.
   * @param {string} text
   * @param {string} [title]
   */
  make(text, title = "") {
    const trimmed = text.trim();
    for (const [scheme, pattern] of this.identifiers) {
      const written = pattern.exec(trimmed)?.[1];
      const found = scheme === "isbn" ? parseIsbn(written ?? "") : written;
      if (found) return `${scheme}:${found.toLowerCase()}`;
    }
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

  /**
   * Return what stands behind the scheme of an identifier, as in `arxiv:…`, or undefined.
   * @param {string} text
   */
  readReference(text) {
    const [, scheme, rest] = /^([a-z]+):\s*(\S.*)$/i.exec(text) ?? [];
    return this.identifiers.some(([name]) => name === scheme?.toLowerCase()) ? rest : undefined;
  }
}

/**
 * Return the thirteen digits of an ISBN, or undefined where its check digit is wrong.
 * @param {string} text
 */
export function parseIsbn(text) {
  const digits = text.replace(/[ -]/g, "").toUpperCase();
  if (/^[0-9]{9}[0-9X]$/.test(digits)) {
    const values = Array.from(digits, (digit) => (digit === "X" ? 10 : Number(digit)));
    const total = values.reduce((sum, value, at) => sum + value * (10 - at), 0);
    return total % 11 === 0 ? completeIsbn(`978${digits.slice(0, 9)}`) : undefined;
  }
  const isWhole = /^97[89][0-9]{10}$/.test(digits) && completeIsbn(digits.slice(0, 12)) === digits;
  return isWhole ? digits : undefined;
}

/**
 * Return twelve digits of an ISBN with their check digit.
 * @param {string} digits
 */
function completeIsbn(digits) {
  const values = Array.from(digits, Number);
  const total = values.reduce((sum, value, at) => sum + value * (at % 2 ? 3 : 1), 0);
  return digits + ((10 - (total % 10)) % 10);
}
