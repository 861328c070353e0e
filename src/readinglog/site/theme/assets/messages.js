// The words of the pages in scripts. What is served has those of the site's language in place of the
// English ones: see assets.py.

/**
 * Return a message with `values` in place of its `{names}`.
 * @param {string} text
 * @param {Record<string, unknown>} [values]
 */
export const t = (text, values = {}) =>
  text.replace(/\{(\w+)\}/g, (mark, name) => String(values[name] ?? mark));

/** @param {number} number */
export const formatNumber = (number) =>
  number.toLocaleString(document.documentElement.lang || "en");
