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
const MATH = [
  /\$\$[\s\S]*?\$\$|\\\[(?:(?!\\\[)[^\n]){1,2000}?\\\]|\\\((?:(?!\\\()[^\n]){1,2000}?\\\)/,
  /(?<!\\)\$(?![\s$])(?:[^$\\\n]|\\.|\n(?![ \t]*\n)){1,2000}?(?<!\s)\$(?!\d)/,
  /\\(?!\|)[\s\S]/, // escaped characters, but for the bar in a table
];
const LINK = /\[\[([^[\]\n|#\\]*)(?:#[^[\]\n|\\]*)?(?:\\?\|(?:[^[\]\n]|\[(?!\[)|\](?!\]))*)?\]\](?![([])/g;

/** @param {RegExp[]} patterns */
const anyOf = (patterns) => new RegExp(patterns.map(({ source }) => source).join("|"), "gm");
// Whether code comes before formulas, or what begins first: a link counts only where both ways see
// it.
const CODE_FIRST = [anyOf(CODE), anyOf(MATH)];
const IN_ORDER = [anyOf([...CODE, ...MATH])];

/**
 * Return the names that a text links to, but for those of its own headings.
 * @param {string} text
 */
export function findWikilinks(text) {
  const codeFirst = blankOut(text, CODE_FIRST);
  const inOrder = blankOut(text, IN_ORDER);
  const links = [...codeFirst.matchAll(LINK)].filter(({ 0: link, index }) =>
    inOrder.startsWith(link, index),
  );
  return new Set(links.map(([, name]) => name.trim()).filter(Boolean));
}

/**
 * Return a text of the same length, with spaces for what some patterns find.
 * @param {string} text
 * @param {RegExp[]} patterns
 */
function blankOut(text, patterns) {
  return patterns.reduce(
    (left, pattern) => left.replace(pattern, (found) => found.replace(/[^\n]/g, " ")),
    text,
  );
}
