// Making elements: texts stay texts.

/** An element with properties (those with a dash are attributes) and children. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) name.includes("-") ? made.setAttribute(name, value) : (made[name] = value);
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return made;
}

/** A sentence with what stands in `backticks` as code. */
export const spoken = (text) => coded(text.slice(0, 1).toUpperCase() + text.slice(1));

/** A text with what stands in `backticks` as code. */
export function coded(text) {
  const parts = text.split("`");
  return parts.map((part, at) => (at % 2 ? element("code", {}, part) : part));
}
