// The words of the pages in scripts. What is served has those of the site's language in place of the
// English ones: see assets.py.

/**
 * Return a message with `values` in place of its `{names}`.
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 */
export const t = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (mark, name) => String(values[name] ?? mark));

/** @type {Intl.NumberFormat | undefined} */
let format; // made once, and only for thousands: that takes longer than to write many numbers

/**
 * Return a number as it is written in the language of the page.
 * @param {number} number
 */
export function formatNumber(number) {
  if (number < 1000) return String(number);
  format ??= new Intl.NumberFormat(document.documentElement.lang || "en");
  return format.format(number);
}
