// Where formulas begin and end: the counterpart of formula_marks.py.

const LONGEST = 10000; // characters of a formula
const ADDRESS = 300; // characters of an address before a formula
const TRIES = 8; // dollar signs within braces
const CLOSE_WRITING = "\u2e80"; // from here on, scripts that put no spaces between words

const BLANK = /\n[ \t>]*\r?(?:\n|$)/;
const LEAD = /^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*$/;
const LINE_END = /^[ \t]*\r?(?:\n|$)/;
const OTHER_BLOCK = /\n[ \t>]*(?:```|~~~|#{1,6}[ \t]|\$\$)/;
const TEX = /[\\^_={}]/;
const PRICE = /^\d[^\\^_={}\n]*?[ ][A-Za-z]{2,}(?:[ ]|$)/;
const SENTENCE_MARK = /[、。，；：？！「」『』《》]/; // of Chinese and Japanese
const WORDS = /(?<![A-Za-z])[A-Za-z]{2,}[.,;:]?[ ]+[A-Za-z]{2,}/;
const LINK = /\)\{\.rl-|\[[^[\]\\$]*[A-Za-z]{2}[^[\]\\$]*\]\(/;
const OTHER_WORD = /[\u0400-\u1eff\u2e80-\u9fff\uac00-\ud7af]{2}/; // but for Greek and signs
const LABEL_END = /^[^[\]\n\\]*\]\(/; // of a link, behind a bracket in its label
const CERTAIN = /^[\^_](?:[\p{L}\p{N}_*+−–-]|\{[^{}\s])|\\[A-Za-z]{2}|^[<>=]{1,2}$/u;
const NUMBERS = /^[\d,;\s*–-]+$/;
const IN_TEXT = /\\(?:text[a-z]{0,8}|mbox|hbox)\{[^{}]*$/;
const BEGIN = /^\\begin\{([a-z]{5,9}\*?)\}/;
const REFERENCE = /^\\(?:eq)?ref\{[^{}\n]{1,100}\}/;
const WORD = /[\p{L}\p{N}]/u;

export class FormulaMarks {
  /** @param {string[]} environments Those that are formulas without other marks. */
  constructor(environments) {
    this.environments = new Set(environments);
  }

  /**
   * Return where the formula ends that the sign at `at` begins, or -1. One within a line ends before
   * `end`.
   * @param {string} text
   * @param {number} at
   * @param {number} end
   */
  findEnd(text, at, end) {
    if (text[at] === "$") {
      if (text.startsWith("$$", at)) return findDisplay(text, at, "$$", end);
      return findDollars(text, at, end);
    }
    switch (text[at + 1]) {
      case "(":
        return findBrackets(text, at, end);
      case "[":
        return findSquareBrackets(text, at, end);
      case "b":
        return this.findEnvironment(text, at, end);
      case "e":
      case "r": {
        const found = REFERENCE.exec(text.slice(at, Math.min(end, at + LONGEST)));
        return found ? at + found[0].length : -1;
      }
      default:
        return -1;
    }
  }

  /**
   * @param {string} text
   * @param {number} at
   * @param {number} end
   */
  findEnvironment(text, at, end) {
    const ahead = text.slice(at, at + LONGEST);
    const found = BEGIN.exec(ahead);
    if (!found || !this.environments.has(found[1]) || !beginsLine(text, at)) return -1;
    const closing = `\\end{${found[1]}}`;
    const stop = ahead.indexOf(closing);
    return stop < 0 ? -1 : checkDisplay(text, at, at + stop + closing.length, end);
  }
}

/**
 * @param {string} text
 * @param {number} at
 * @param {string} closing
 * @param {number} end
 */
function findDisplay(text, at, closing, end) {
  const stop = text.slice(at + 2, at + LONGEST).indexOf(closing);
  return stop <= 0 ? -1 : checkDisplay(text, at, at + 2 + stop + closing.length, end);
}

/**
 * Return the end of a displayed formula; one with blank lines must begin and end its lines.
 * @param {string} text
 * @param {number} at
 * @param {number} stop
 * @param {number} end
 */
function checkDisplay(text, at, stop, end) {
  const whole = text.slice(at, stop);
  if (!BLANK.test(whole) && stop <= end) return stop;
  if (!beginsLine(text, at) || !endsLine(text, stop)) return -1;
  if (OTHER_BLOCK.test(whole.slice(0, -3)) || LINK.test(whole)) return -1;
  return TEX.test(whole.slice(2, -2)) ? stop : -1;
}

/**
 * @param {string} text
 * @param {number} at
 */
const beginsLine = (text, at) => LEAD.test(text.slice(text.lastIndexOf("\n", at - 1) + 1, at));

/**
 * @param {string} text
 * @param {number} at
 */
function endsLine(text, at) {
  const lineEnd = text.indexOf("\n", at);
  return LINE_END.test(text.slice(at, lineEnd < 0 ? text.length : lineEnd + 1));
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} end
 */
function findDollars(text, at, end) {
  if (isInAddress(text, at)) return -1;
  const isGlued = isGluedTo(text, at);
  const limit = Math.min(end, at + LONGEST);
  if (text[at + 1] === "`" && !isGlued) {
    const stop = text.slice(at + 2, limit).indexOf("`$");
    return stop > 0 ? at + 2 + stop + 2 : -1;
  }
  const stop = findClosingDollar(text, at, limit);
  if (stop < 0) return -1;
  const inside = text.slice(at + 1, stop);
  const following = text[stop + 1] ?? "";
  const isLoose = isGlued || /[0-9]/.test(following) || /^\s|\s$/.test(inside);
  if (following === "$" || (isLoose && !isCertain(inside))) return -1;
  return isPrice(inside) || LINK.test(`$${inside}`) ? -1 : stop + 1;
}

/**
 * Return whether the dollar sign before a text is one of money, as in `$5 and $6`.
 * @param {string} inside
 */
function isPrice(inside) {
  if (PRICE.test(inside)) return true;
  return /^\p{Nd}/u.test(inside) && !TEX.test(inside) && SENTENCE_MARK.test(inside);
}

/**
 * Return where the dollar sign is that closes the one at `at`, or -1; one in `\text{…}` does not.
 * @param {string} text
 * @param {number} at
 * @param {number} limit
 */
function findClosingDollar(text, at, limit) {
  let stop = findDollar(text, at + 1, limit);
  for (let tries = 0; tries < TRIES && stop >= 0; tries += 1) {
    if (!IN_TEXT.test(text.slice(at, stop))) break;
    stop = findDollar(text, stop + 1, limit);
  }
  return stop;
}

/**
 * Return whether what is between two dollar signs on a line is LaTeX, wherever they stand.
 * @param {string} inside
 */
const isCertain = (inside) => !inside.includes("\n") && !WORDS.test(inside) && CERTAIN.test(inside);

/**
 * Return whether a letter or digit of a script that has spaces between words is before `at`.
 * @param {string} text
 * @param {number} at
 */
function isGluedTo(text, at) {
  const before = text[at - 1] ?? "";
  return WORD.test(before) && before < CLOSE_WRITING;
}

/**
 * Return where the next dollar sign without a backslash before it is, or -1.
 * @param {string} text
 * @param {number} start
 * @param {number} limit
 */
function findDollar(text, start, limit) {
  let at = text.indexOf("$", start);
  while (at > 0 && text[at - 1] === "\\") at = text.indexOf("$", at + 1);
  return at < limit ? at : -1;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} end
 */
function findBrackets(text, at, end) {
  const inside = text.slice(at + 2, Math.min(end, at + LONGEST));
  const stop = inside.indexOf("\\)");
  if (stop <= 0 || isGluedTo(text, at)) return -1;
  if (isProse(inside.slice(0, stop)) || isInAddress(text, at)) return -1;
  return at + 2 + stop + 2;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {number} end
 */
function findSquareBrackets(text, at, end) {
  if (text.startsWith("[[", at + 1)) return -1; // an escaped wikilink
  const stop = findDisplay(text, at, "\\]", end);
  if (stop < 0 || text[at - 1] === "[" || text[stop] === "]") return -1;
  if (beginsLine(text, at) && endsLine(text, stop)) return stop;
  const inside = text.slice(at + 2, stop - 2);
  const hasWord = /[A-Za-z]{2}/.test(inside) || OTHER_WORD.test(inside);
  const hasWords = hasWord || LABEL_END.test(text.slice(stop, end));
  const isText = (hasWords && !TEX.test(inside)) || NUMBERS.test(inside);
  return isText || LINK.test(inside) || text[stop] === "(" || hasFormula(inside) ? -1 : stop;
}

/**
 * Return whether a formula is what is between escaped brackets, as in `\[$n$\]`.
 * @param {string} inside
 */
const hasFormula = (inside) => inside.includes("$") && !inside.includes("\\");

/**
 * Return whether what is between escaped brackets is words, not a formula.
 * @param {string} inside
 */
const isProse = (inside) =>
  LINK.test(inside) ||
  hasFormula(inside) ||
  ((WORDS.test(inside) || OTHER_WORD.test(inside)) && !TEX.test(inside));

/**
 * Return whether `at` is in the address of a link.
 * @param {string} text
 * @param {number} at
 */
function isInAddress(text, at) {
  const before = text.slice(Math.max(at - ADDRESS, 0), at);
  const start = before.lastIndexOf("](");
  return start >= 0 && !/[\s)]/.test(before.slice(start));
}
