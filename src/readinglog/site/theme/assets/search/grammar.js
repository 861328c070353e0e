// The parser of queries: from text to tokens and to a tree, or to what is wrong with the text; the
// counterpart of tokenizer.py and parser.py.

import { decodeAddress } from "../address.js";
import { FuzzyIndex } from "../fuzzy_index.js";
import { t } from "../messages.js";
import { WHITESPACE } from "./tree.js";
import { splitWords } from "./words.js";

/**
 * @typedef {import("./catalogue.js").Language} Language
 * @typedef {import("./catalogue.js").Field} Field
 * @typedef {import("./tree.js").Tree} Tree
 * @typedef {import("./tree.js").Query} Query
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
const MOST_CORRECTIONS = 20; // of one query; each is parsed again
const NEGATION = /(?<![^\s(])(?:-|NOT\s+)$/;
const MARGINS = new RegExp(`^[${WHITESPACE}]+|(?<![${WHITESPACE}])[${WHITESPACE}]+$`, "g");
// What follows a minus that is a dash, which excludes nothing.
const DASH_END = new RegExp(`^(?:[-${WHITESPACE}]|$)`);
const QUOTES = /[“”„‟«»]/g;
const OPERATORS = ["OR", "AND", "NOT"];
const DAY_LENGTH = "2024-05-06".length;
const TO = /\.{3}|[-–—+…:]|to/g; // what is often written for `..`
const END = "~"; // sorts behind every text with the same start

/** @typedef {(Query & { error?: undefined }) | { error: QuerySyntaxError }} Parsed */

/**
 * Return the query that a text writes, decoded where it has no spaces but encoded characters, as in
 * an address; or why it cannot be parsed.
 * @param {string} text
 * @param {Language} language
 * @param {number} corrections How many may be made of it to suggest a query.
 * @returns {Parsed}
 */
export function parseQuery(text, language, corrections = MOST_CORRECTIONS) {
  const isEncoded = text.includes("%") && !text.includes("://") && !/\s/.test(text);
  const decoded = isEncoded ? decodeAddress(text) : text;
  const parsed = parseWritten(decoded, language, corrections);
  return parsed.error && decoded !== text ? parseWritten(text, language, corrections) : parsed;
}

/**
 * @param {string} text
 * @param {Language} language
 * @param {number} corrections
 * @returns {Parsed}
 */
function parseWritten(text, language, corrections) {
  try {
    return new Parser(text, language).parse();
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    if (!corrections) error.suggestion = "";
    if (error.suggestion) {
      // A text may have several errors.
      const next = parseQuery(error.suggestion, language, corrections - 1);
      if (next.error) error.suggestion = next.error.suggestion;
    }
    return { error };
  }
}

/**
 * Return the range of texts that a value writes, from the first on and before the second; undefined
 * where it writes none.
 * @param {string} pattern How the field's values are written.
 * @param {string} value
 * @returns {[string, string] | undefined}
 */
export function parseRange(pattern, value) {
  const whole = new RegExp(`^(?:${pattern})$`);
  /** @param {string} text */
  const isValid = (text) => whole.test(text) && (text.length < DAY_LENGTH || isDay(text));
  const compared = /^(>=|<=|>|<)(.*)$/s.exec(value);
  if (compared) {
    const [, operator, limit] = compared;
    return isValid(limit) ? rangeOf(operator, limit) : undefined;
  }
  const dots = value.indexOf("..");
  if (dots < 0) return isValid(value) ? [value, value + END] : undefined;
  const ends = [value.slice(0, dots), value.slice(dots + 2)];
  if (!ends.some(Boolean) || !ends.filter(Boolean).every(isValid)) return undefined;
  return [ends[0], ends[1] + END];
}

/**
 * Return the range that was likely meant by `2017-2019`, `2025-` or `4+`, or "".
 * @param {string} pattern
 * @param {string} value
 */
function suggestRange(pattern, value) {
  const split = [...value.matchAll(TO)].map(({ 0: sign, index }) => {
    return `${value.slice(0, index)}..${value.slice(index + sign.length)}`;
  });
  const isForward = (/** @type {string} */ text) => {
    const range = parseRange(pattern, text);
    return range && range[0] <= range[1];
  };
  return split.find(isForward) ?? "";
}

/**
 * @param {string} operator
 * @param {string} limit
 * @returns {[string, string]}
 */
function rangeOf(operator, limit) {
  switch (operator) {
    case ">=":
      return [limit, END];
    case ">":
      return [limit + END, END];
    case "<=":
      return ["", limit + END];
    default:
      return ["", limit];
  }
}

/**
 * Return whether a day exists: JavaScript takes the 30th of February for the 2nd of March.
 * @param {string} text
 */
function isDay(text) {
  return text >= "0001" && new Date(`${text}T00:00Z`).toISOString().startsWith(text);
}

/** Parses one text, by recursive descent. */
class Parser {
  /**
   * @param {string} text
   * @param {Language} language
   */
  constructor(text, language) {
    this.text = text;
    this.language = language;
    this.sort = "";
    this.at = 0; // of the next token
    const { max_length } = language;
    if ([...text].length > max_length) {
      this.fail("too-long", [max_length, text.length], ["", max_length.toLocaleString("en")]);
    }
    const tokens = [...readTokens(text, language)];
    const terms = tokens.filter((token, at) => {
      const after = tokens[at + 1];
      const isBeforeMark = after && isMark(after) && after.span[0] === token.span[1];
      return !isMark(token) && !(token.kind === "minus" && isBeforeMark);
    });
    this.tokens = terms.length ? terms : tokens;
  }

  /** @returns {Query} */
  parse() {
    const tree = this.tokens.length ? this.parseOr(0) : null;
    const rest = this.next();
    if (rest) this.fail("stray-close", rest.span, [], { span: rest.span });
    return { tree, sort: this.sort };
  }

  /** @returns {Token | undefined} */
  next() {
    return this.tokens[this.at];
  }

  /**
   * Return the next token and go on behind it, if it is of one of some kinds.
   * @param {...Token["kind"]} kinds
   */
  take(...kinds) {
    const token = this.next();
    if (!token || !kinds.includes(token.kind)) return undefined;
    this.at += 1;
    return token;
  }

  // Terms -----------------------------------------------------------------------------------------

  /**
   * @param {number} depth How many parentheses are open.
   * @returns {Tree | null}
   */
  parseOr(depth) {
    const items = [this.parseAnd(depth)];
    for (let token = this.take("OR"); token; token = this.take("OR")) {
      items.push(this.parseAnd(depth));
      if (items.includes(null)) this.fail("lone-or", token.span, ["OR"], { span: token.span });
    }
    return items.length === 1
      ? items[0]
      : { type: "or", items: items.filter((item) => item !== null) };
  }

  /**
   * @param {number} depth
   * @returns {Tree | null}
   */
  parseAnd(depth) {
    const items = [];
    for (let token = this.next(); token; token = this.next()) {
      if (token.kind === "OR" || token.kind === "close") break;
      if (token.kind === "AND") this.skipAnd(token, items.length > 0);
      else {
        const item = this.parseTerm(depth);
        if (item) items.push(item);
      }
    }
    return items.length > 1 ? { type: "and", items } : (items[0] ?? null);
  }

  /**
   * Skip an AND, which may stand between terms.
   * @param {Token} token
   * @param {boolean} hasTermBefore
   */
  skipAnd(token, hasTermBefore) {
    this.at += 1;
    const after = this.next();
    const hasTermAfter = after && !["OR", "AND", "close"].includes(after.kind);
    if (!hasTermBefore || !hasTermAfter)
      this.fail("lone-or", token.span, ["AND"], { span: token.span });
  }

  /**
   * @param {number} depth
   * @returns {Tree | null}
   */
  parseTerm(depth) {
    const negation = this.take("minus", "NOT");
    if (negation) return this.parseNegation(negation, depth);
    const open = this.take("open");
    if (open) return this.parseGroup(open, depth);
    const token = this.tokens[this.at];
    this.at += 1;
    return this.parseLeaf(token, depth);
  }

  /**
   * @param {Token} negation
   * @param {number} depth
   * @returns {Tree | null}
   */
  parseNegation(negation, depth) {
    const after = this.next();
    const isApart = negation.kind === "minus" && after && after.span[0] > negation.span[1];
    if (!after || isApart || !["term", "open"].includes(after.kind)) {
      const operator = negation.kind === "minus" ? "-" : "NOT";
      this.fail("lone-not", negation.span, [operator], { span: negation.span });
    }
    if (after.field === "sort") {
      this.fail("inner-sort", after.span, [], { span: [negation.span[0], after.span[1]] });
    }
    const item = this.parseTerm(depth);
    return item && { type: "not", item };
  }

  /**
   * @param {Token} open
   * @param {number} depth
   */
  parseGroup(open, depth) {
    const { max_depth } = this.language;
    if (depth === max_depth) this.fail("too-deep", open.span, ["", max_depth]);
    const inside = this.parseOr(depth + 1);
    const close = this.take("close");
    if (!close) {
      const { length } = this.text;
      this.fail("unclosed-group", open.span, [], { span: [length, length], text: ")" });
    }
    /** @type {Span} */
    const span = [open.span[0], close.span[1]];
    if (!inside) this.fail("empty-group", span, [], { span });
    return inside;
  }

  /**
   * @param {Token} token
   * @param {number} depth
   * @returns {Tree | null}
   */
  parseLeaf(token, depth) {
    const { field, value, span, quoted } = this.readUnknownField(token);
    const known = field ? this.language.fields[field] : undefined;
    if (known) this.requireValue(token, known);
    if (field === "sort") return this.parseSort(token, depth);
    if ((!known || known.is_words) && !splitWords(value, { isQuery: true }).length) {
      this.fail("no-word", span, [this.text.slice(...span)], { span });
    }
    if (field && !this.language.text_fields.includes(field)) {
      return { type: "filter", field, value: this.parseValue(token) };
    }
    return { type: quoted ? "phrase" : "word", text: value, field };
  }

  /**
   * Return a token as words where it has a colon but names no field, as many titles do.
   * @param {Token} token
   * @returns {Token}
   */
  readUnknownField(token) {
    const { field, value, span, quoted } = token;
    if (!field || Object.hasOwn(this.language.fields, field)) return token;
    const written = this.text.slice(...span).replace(QUOTES, '"');
    return { ...token, field: "", value: quoted ? `${field} ${value}` : written };
  }

  /**
   * Fail where there is no value behind a field.
   * @param {Token} token
   * @param {Field} known
   */
  requireValue({ field, value, span }, known) {
    if (value) return;
    const example = known.example ?? known.values?.[0] ?? "";
    const written = example.includes(":") ? example : `${field}:${example}`;
    this.fail("no-value", span, [`${field}:`, written], { span });
  }

  /**
   * @param {Token} token
   * @param {number} depth
   */
  parseSort(token, depth) {
    const { span } = token;
    if (depth) this.fail("inner-sort", span, [], { span });
    if (this.sort) this.fail("two-sorts", span, [], { span });
    this.sort = this.parseValue(token);
    return null;
  }

  /** @param {Token} token */
  parseValue(token) {
    const known = this.language.fields[token.field];
    if (known.type === "choice") return this.parseChoice(token, known.values ?? []);
    if (known.type === "range") this.requireRange(token, known);
    return token.value;
  }

  /**
   * @param {Token} token
   * @param {string[]} choices
   */
  parseChoice({ field, value, span }, choices) {
    const chosen = value.toLowerCase();
    if (choices.includes(chosen)) return chosen;
    const synonyms = new Map(Object.entries(this.language.value_synonyms[field] ?? {}));
    const near = synonyms.get(chosen) ?? new FuzzyIndex(choices).nearest(value);
    const repair = { span, text: near && `${field}:${near}`, near };
    this.fail("unknown-choice", span, [value, field, listNames(choices)], repair);
  }

  /**
   * @param {Token} token
   * @param {Field} known
   */
  requireRange({ field, value, span }, { pattern = "", example = "" }) {
    const range = parseRange(pattern, value);
    if (!range) {
      const near = suggestRange(pattern, value);
      const repair = { span, text: near && `${field}:${near}`, near };
      this.fail("no-range", span, [value, field, example], repair);
    }
    if (range[0] <= range[1]) return;
    const turned = value.split("..").reverse().join("..");
    this.fail("backward-range", span, [value, turned], { span, text: `${field}:${turned}` });
  }

  // Errors ----------------------------------------------------------------------------------------

  /**
   * @param {string} name
   * @param {Span} span
   * @param {(string | number)[]} [values]
   * @param {Repair} [repair]
   * @returns {never}
   */
  fail(name, span, values = [], repair = undefined) {
    throw new QuerySyntaxError(this.language, name, this.text, span, values, repair);
  }
}

/**
 * Return whether a term has no letter or digit, such as the `&` in a title.
 * @param {Token} token
 */
const isMark = ({ kind, field, value, quoted }) =>
  kind === "term" && !field && !quoted && !splitWords(value).length;

/** @param {string[]} names */
const listNames = (names) => names.map((name) => `\`${name}\``).join(", ");

// Tokens -----------------------------------------------------------------------------------------

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
    this.help = repair?.near
      ? t("did you mean `{near}`? {help}", { near: repair.near, help })
      : help;
    /** The query repaired, or "" where there is no safe way. */
    this.suggestion = repair ? repairText(text, repair) : "";
  }
}

/**
 * Return a query as a repair changes it; where it takes a term away, what negates it goes, too.
 * @param {string} text
 * @param {Repair} repair
 */
function repairText(text, { span: [start, end], text: replacement = "" }) {
  const before = text.slice(0, start);
  const kept = replacement ? before : before.replace(NEGATION, "");
  const repaired = kept + replacement + text.slice(end);
  return repaired.replace(/ {2,}/g, " ").replace(/^ | $/g, "");
}

/**
 * Yield the tokens of a query's text.
 * @param {string} text
 * @param {Language} language
 */
function* readTokens(text, language) {
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
