// The links to notes in a text. What cannot hold one is blanked out first, nearly as regions.py
// does. Where it is hard to tell (indented text, HTML), no link is seen here; the check of the pull
// request has the last word.

const CODE = [
  // fenced
  /^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(?<fence>`{3,}(?!`)|~{3,}(?!~))[^\n`]*\n[\s\S]*?(?:^[ \t>]*\k<fence>[`~]*[ \t]*$|(?![\s\S]))/,
  /<!--(?:(?!<!--)[\s\S])*?-->|%%[\s\S]*?%%/, // comments
  /(?<![\\`])(?<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,2000}?(?<!`)\k<ticks>(?!`)/,
  /^ {0,3}<\/?[a-zA-Z][^\n]*(?:\n(?![ \t]*\n)[^\n]*)*/, // HTML, up to an empty line
  // indented, or a part of a list
  /(?:(?<![\s\S])|^[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|(?![\s\S])))+/,
];
const MARK = /\$\$?|\\/g; // may begin a formula
const NOTHING = /(?!)/g;
const BLOCK_END = /\n[ \t>]*\n/g;
// Not with the address of a link behind.
const LINK =
  /\[\[([^[\]\n|#\\]*)(?:#[^[\]\n|\\]*)?(?:\\?\|(?:[^[\]\n]|\[(?!\[)|\](?!\]))*)?\]\](?!\((?:[^()\s]|\([^()\s]*\))*(?:[ \t]+"[^"\n]*")?\))/g;
const NAME_BEHIND = /\[([^[\]\n]+)\]/y; // of a reference, whose label the brackets are
const DEFINITION = /^[ \t>]*(?:[-*+][ \t]+|\d{1,9}[.)][ \t]+)?\[(?!\^)([^[\]\n]+)\]:/gm;

const CODE_PATTERN = CODE.map(({ source }) => source).join("|");

/**
 * Return the names that a text links to, but for those of its own headings. Whether code comes
 * before formulas, or what begins first: a link counts only where both ways see it.
 * @param {string} text
 * @param {import("./formula_marks.js").FormulaMarks} marks
 */
export function findWikilinks(text, marks) {
  const code = new RegExp(CODE_PATTERN, "gm");
  const codeFirst = blankOutCode(text, marks);
  const inOrder = blankOut(text, marks, code);
  const references = new Set([...codeFirst.matchAll(DEFINITION)].map(([, name]) => makeKey(name)));
  const links = [...codeFirst.matchAll(LINK)].filter(
    ({ 0: link, index }) =>
      inOrder.startsWith(link, index) &&
      !references.has(makeKey(findNameBehind(codeFirst, index + link.length))),
  );
  return new Set(links.map(([, name]) => name.trim()).filter(Boolean));
}

/**
 * Return a text of the same length, with spaces for code, comments, HTML, formulas and escaped
 * characters.
 * @param {string} text
 * @param {import("./formula_marks.js").FormulaMarks} marks
 */
export const blankOutCode = (text, marks) =>
  blankOut(text.replace(new RegExp(CODE_PATTERN, "gm"), blank), marks);

/**
 * Return the name in brackets at `at`, or "".
 * @param {string} text
 * @param {number} at
 */
function findNameBehind(text, at) {
  NAME_BEHIND.lastIndex = at;
  return NAME_BEHIND.exec(text)?.[1] ?? "";
}

/**
 * Return the form in which the names of references match.
 * @param {string} name
 */
const makeKey = (name) => name.toLowerCase().trim().replace(/\s+/g, " ");

/** @param {string} found */
const blank = (found) => found.replace(/[^\n]/g, " ");

/**
 * Return a text of the same length, with spaces for formulas, escaped characters, and for what a
 * pattern finds before these.
 * @param {string} text
 * @param {import("./formula_marks.js").FormulaMarks} marks
 * @param {RegExp} [code]
 */
function blankOut(text, marks, code) {
  const parts = [];
  let done = 0;
  for (const [start, end] of findSpans(text, marks, code)) {
    parts.push(text.slice(done, start), blank(text.slice(start, end)));
    done = end;
  }
  return parts.join("") + text.slice(done);
}

/**
 * Yield where what is blanked out starts and ends, in order.
 * @param {string} text
 * @param {import("./formula_marks.js").FormulaMarks} marks
 * @param {RegExp} [code]
 * @returns {Generator<[start: number, end: number]>}
 */
function* findSpans(text, marks, code = NOTHING) {
  const [codes, signs, blockEnds] = [code, MARK, BLOCK_END].map((one) => new Finder(one, text));
  let at = 0;
  for (;;) {
    const [coded, sign] = [codes.next(at), signs.next(at)];
    const isCode = coded && coded.index <= (sign?.index ?? text.length);
    const found = isCode ? coded : sign;
    if (!found) return;
    const start = found.index;
    const blockEnd = blockEnds.next(start)?.index ?? text.length;
    const end = isCode ? start + found[0].length : findMarkedEnd(text, start, blockEnd, marks);
    if (end > start) yield [start, end];
    at = Math.max(end, start + found[0].length, start + 1);
  }
}

/** Finds matches of a pattern in their order; it is never asked for one before the last. */
class Finder {
  /**
   * @param {RegExp} pattern One that is global.
   * @param {string} text
   */
  constructor(pattern, text) {
    this.pattern = pattern;
    this.text = text;
    /** @type {RegExpExecArray | null | undefined} */
    this.found = undefined;
  }

  /**
   * Return the first match that begins at `at` or behind it.
   * @param {number} at
   */
  next(at) {
    if (this.found === undefined || (this.found && this.found.index < at)) {
      this.pattern.lastIndex = at;
      this.found = this.pattern.exec(this.text);
    }
    return this.found;
  }
}

/**
 * Return where a formula or an escaped character ends, or -1; the bar in a table is none.
 * @param {string} text
 * @param {number} at
 * @param {number} blockEnd
 * @param {import("./formula_marks.js").FormulaMarks} marks
 */
function findMarkedEnd(text, at, blockEnd, marks) {
  const end = marks.findEnd(text, at, blockEnd);
  const isEscape = text[at] === "\\" && text[at + 1] !== "|";
  return end < 0 && isEscape ? at + 2 : end;
}
