// Formulas of the index as elements.

import { createElement } from "../element.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const parser = new DOMParser();

export const FORMULA_MARK = "\ufffc";

/**
 * Return a line of text with a mark for each of its formulas, and these in their order.
 * @param {string} text
 * @param {Record<string, string>} mathml By formulas as they are written.
 */
export function markFormulas(text, mathml) {
  /** @type {string[]} */
  const formulas = [];
  let marked = "";
  let rest = text.replaceAll(FORMULA_MARK, " ");
  for (;;) {
    const found = Object.keys(mathml)
      .map((written) => ({ written, at: rest.indexOf(written) }))
      .filter(({ at }) => at >= 0)
      .sort((one, other) => one.at - other.at)[0];
    if (!found) return { text: marked + rest, formulas };
    marked += rest.slice(0, found.at) + FORMULA_MARK;
    formulas.push(mathml[found.written]);
    rest = rest.slice(found.at + found.written.length);
  }
}

/**
 * Return a function that puts formulas, in their order, into the parts of a text.
 * @param {string[]} formulas
 * @returns {(part: string) => (Node | string)[]}
 */
export function renderFormulas(formulas) {
  const rest = formulas.values();
  return (part) =>
    part.split(FORMULA_MARK).flatMap((text, at) => {
      return at ? [renderFormula(rest.next().value ?? ""), text] : text;
    });
}

/**
 * Return a line of text with its formulas as the children of an element.
 * @param {string} text
 * @param {Record<string, string>} mathml
 */
export function renderLine(text, mathml) {
  const marked = markFormulas(text, mathml);
  return renderFormulas(marked.formulas)(marked.text);
}

/**
 * Return a formula as an element: MathML, or LaTeX in `$…$` as code. What has any element that is
 * not MathML, such as a parser's error, is shown as it is written.
 * @param {string} formula
 */
export function renderFormula(formula) {
  if (formula.startsWith("<")) {
    const xml = formula.replace("<math", `<math xmlns="${MATHML}"`);
    const { documentElement: math } = parser.parseFromString(xml, "application/xml");
    const elements = [math, ...math.querySelectorAll("*")];
    if (elements.every(({ namespaceURI }) => namespaceURI === MATHML)) {
      return document.importNode(math, true);
    }
  }
  return createElement("code", {}, formula);
}
