// How names are compared; the counterpart of slugs.py.

/**
 * Return the form in which names are compared: case, composition, and space against `-` and `_` do
 * not count.
 * @param {string} text
 */
export function fold(text) {
  const folded = text.normalize("NFC").toLowerCase().normalize("NFC");
  return folded.replace(/[\s_-]+/g, "-").replace(/^-+|(?<!-)-+$/g, "") || text;
}
