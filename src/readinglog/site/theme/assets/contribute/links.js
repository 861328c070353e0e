// The links to notes in a text: what cannot hold one is blanked out first, nearly as readinglog/parse/regions.py does.
// Where it is hard to tell (indented text, HTML), no link is seen here, and the check of the pull request has the word.

const CODE = [
  /^[ \t>]*(?:(?:[-*+]|\d+\.)[ \t]+)?(?<fence>`{3,}|~{3,})[^\n`]*\n[\s\S]*?(?:^[ \t>]*\k<fence>[`~]*[ \t]*$|(?![\s\S]))/, // fenced
  /<!--[\s\S]*?-->|%%[\s\S]*?%%/, // comments
  /(?<![\\`])(?<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,2000}?(?<!`)\k<ticks>(?!`)/,
  /^ {0,3}<\/?[a-zA-Z][^\n]*(?:\n(?![ \t]*\n)[^\n]*)*/, // HTML, up to an empty line
  /(?:(?<![\s\S])|^[ \t]*\n)(?:(?: {4}|\t)[^\n]*(?:\n|(?![\s\S])))+/, // indented, or a part of a list
];
const MATH = [
  /\$\$[\s\S]*?\$\$|\\\[[^\n]{1,2000}?\\\]|\\\([^\n]{1,2000}?\\\)/,
  /(?<!\\)\$(?![\s$])(?:[^$\\\n]|\\.|\n(?![ \t]*\n)){1,2000}?(?<!\s)\$(?!\d)/,
  /\\(?!\|)[\s\S]/, // what is escaped; a bar in a table is none
];
const LINK = /\[\[([^[\]\n|#\\]*)(?:#[^[\]\n|\\]*)?(?:\\?\|(?:[^\]\n]|\](?!\]))*)?\]\](?![([])/g;

// Code before formulas, and both in order: a link counts that is seen either way.
const WAYS = [[CODE, MATH], [[...CODE, ...MATH]]].map((way) => way.map((patterns) => new RegExp(patterns.map((pattern) => pattern.source).join("|"), "gm")));

/** The names that a text links to, but for those of its own headings. */
export function wikilinks(text) {
  const [one, other] = WAYS.map((way) => way.reduce((left, hidden) => left.replace(hidden, (found) => found.replace(/[^\n]/g, " ")), text));
  const seen = [...one.matchAll(LINK)].filter(({ 0: link, index }) => other.startsWith(link, index));
  return new Set(seen.map((found) => found[1].trim()).filter(Boolean));
}
