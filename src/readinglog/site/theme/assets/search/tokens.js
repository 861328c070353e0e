// The tokens of a query's text, and what can be wrong with it; the counterpart of tokens.py.

import { WHITESPACE } from "./tree.js";

/**
 * @typedef {import("./catalogue.js").Language} Language
 * @typedef {[start: number, end: number]} Span
 */

/**
 * A part of a query's text: a term, an operator or a parenthesis.
 * @typedef {object} Token
 * @property {"term" | "open" | "close" | "minus" | "OR" | "AND" | "NOT"} kind
 * @property {Span} span
 * @property {string} field
 * @property {string} value
 * @property {boolean} quoted
 */

/**
 * How the text of a query can be repaired.
 * @typedef {object} Repair
 * @property {Span} span What to replace.
 * @property {string} [text] What to put there.
 * @property {string} [near] The name that was probably meant.
 */

const TOKEN = new RegExp(
  `(?<gap>[${WHITESPACE}]+)|(?<open>\\()|(?<close>\\))|(?<minus>-)` +
    `|(?<field>[A-Za-z][A-Za-z-]*:(?!//))?(?:"(?<quoted>[^"]*)(?<end>"?)|(?<bare>[^${WHITESPACE}"()]*))`,
  "y",
);
const MARGINS = new RegExp(`^[${WHITESPACE}]+|[${WHITESPACE}]+$`, "g");
// What follows a minus that is a dash, which excludes nothing.
const DASH_END = new RegExp(`^(?:[-${WHITESPACE}]|$)`);
export const QUOTES = /[“”„‟«»]/g;
const OPERATORS = ["OR", "AND", "NOT"];

/** Why a query cannot be parsed: where, and what to do. */
export class QuerySyntaxError extends Error {
  /**
   * @param {Language} language
   * @param {string} name
   * @param {string} text
   * @param {Span} span
   * @param {(string | number)[]} values What the message and the help say of this case.
   * @param {Repair} [repair]
   */
  constructor(language, name, text, span, values, repair) {
    const [message, help] = language.messages[name].map((template) =>
      template.replace(/\{(\d)\}/g, (_, at) => String(values[at])),
    );
    super(message);
    this.name = name;
    this.start = span[0];
    this.end = span[1];
    this.help = repair?.near ? `did you mean \`${repair.near}\`? ${help}` : help;
    /** The query repaired, or "" where there is no safe way. */
    this.suggestion = repair ? repairText(text, repair) : "";
  }
}

/**
 * @param {string} text
 * @param {Repair} repair
 */
function repairText(text, { span: [start, end], text: replacement = "" }) {
  const repaired = text.slice(0, start) + replacement + text.slice(end);
  return repaired.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}

/**
 * Yield the tokens of a query's text.
 * @param {string} text
 * @param {Language} language
 */
export function* readTokens(text, language) {
  const plain = text.replace(QUOTES, '"');
  for (let start = 0; start < plain.length; start = TOKEN.lastIndex) {
    TOKEN.lastIndex = start;
    const groups = TOKEN.exec(plain)?.groups ?? {};
    /** @type {Span} */
    const span = [start, TOKEN.lastIndex];
    if (groups.quoted !== undefined && !groups.end) {
      const { length } = text;
      const repair = { span: /** @type {Span} */ ([length, length]), text: '"' };
      const quote = span[1] - groups.quoted.length - 1;
      throw new QuerySyntaxError(language, "unclosed-quote", text, [quote, length], [], repair);
    }
    const isDash = groups.minus && DASH_END.test(plain.slice(span[1], span[1] + 1));
    if (groups.gap === undefined && !isDash) yield createToken(groups, span);
  }
}

/**
 * @param {Record<string, string | undefined>} groups
 * @param {Span} span
 * @returns {Token}
 */
function createToken({ open, close, minus, field = "", quoted, bare = "" }, span) {
  const token = { span, field: "", value: "", quoted: false };
  if (open) return { ...token, kind: "open" };
  if (close) return { ...token, kind: "close" };
  if (minus) return { ...token, kind: "minus" };
  if (quoted === undefined && !field && OPERATORS.includes(bare)) {
    return { ...token, kind: /** @type {Token["kind"]} */ (bare) };
  }
  return {
    kind: "term",
    span,
    field: field.slice(0, -1).toLowerCase(),
    value: quoted === undefined ? bare : quoted.replace(MARGINS, ""),
    quoted: quoted !== undefined,
  };
}
