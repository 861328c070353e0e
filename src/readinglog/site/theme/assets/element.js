// Elements are created by these functions only, so that text is never parsed as HTML.

/** @typedef {Node | string | number | false | null | undefined} Child What is falsy is left out. */

/**
 * Return a new element. A role, and what has a dash in its name, is set as an attribute.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function createElement(tag, properties = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") created.setAttribute(name, String(value));
    else Object.assign(created, { [name]: value });
  }
  created.append(...children.flat().filter(isShown));
  return created;
}

/**
 * @param {Child} child
 * @returns {child is Node | string}
 */
const isShown = (child) => Boolean(child);

/**
 * Return a message as the children of an element: with a capital first letter, `backticks` as code.
 * @param {string} message
 */
export const renderSentence = (message) =>
  renderCode(message.slice(0, 1).toUpperCase() + message.slice(1));

/**
 * Return a text as the children of an element, what stands in `backticks` as code.
 * @param {string} text
 */
export function renderCode(text) {
  const parts = text.split("`");
  return parts.map((part, at) => (at % 2 ? createElement("code", {}, part) : part));
}
