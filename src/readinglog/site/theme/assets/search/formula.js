// Formulas of the index as elements.

import { createElement } from "../element.js";

const MATHML = "http://www.w3.org/1998/Math/MathML";
const parser = new DOMParser();

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
