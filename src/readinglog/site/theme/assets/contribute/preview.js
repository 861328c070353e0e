// How the note will look, nearly: enough of Markdown to read what one writes.

import { createElement } from "../element.js";
import { t } from "../messages.js";
import { makeNoteAddress } from "../note_address.js";

/**
 * @typedef {import("./works.js").WorkIndex} WorkIndex
 * @typedef {(found: RegExpExecArray, works: WorkIndex) => HTMLElement | null} BlockRenderer
 */

// Each part has a maximal length, so that marks that are never closed cost little.
const INLINE =
  /`([^`\n]{1,300})`|\$([^$\n]{1,300})\$|\*\*([^*\n]{1,300})\*\*|\*([^*\n]{1,300})\*|!?\[\[([^[\]\n|]{1,300})(?:\|([^[\]\n]{0,300}))?\]\]|\[([^[\]\n]{1,300})\]\(([^()\s]{1,500})\)|\[([A-Za-z][\w -]{0,40})::((?:[^[\]\n]|\[\[[^[\]\n]{1,300}\]\]){1,300})\]|[ \t]\^[A-Za-z0-9-]{1,80}$/gm;
const MAX_LENGTH = 50000; // characters of a text that are shown
const BULLET = /\n(?=[-*+][ \t])/;
const NUMBER = /\n(?=\d+\.[ \t])/;

/** @type {{ pattern: RegExp, render: BlockRenderer }[]} */
const BLOCKS = [
  {
    pattern: /^(`{3,}(?!`)|~{3,}(?!~))[^\n]*\n([\s\S]*?)(?:\n\1|$)/,
    render: ([, , code]) => renderCodeBlock(code),
  },
  {
    pattern: /^\$\$([\s\S]*?)(?:\$\$|$)/,
    render: ([, formula]) => renderCodeBlock(formula.trim()),
  },
  { pattern: /^<!--[\s\S]*?(?:-->|$)/, render: () => null },
  {
    pattern: /^(#{1,6})[ \t]+([^\n]*)/,
    render: ([, marks, text], works) =>
      createElement(headingTag(marks.length), {}, renderInline(text, works)),
  },
  {
    pattern: /^(?:[-*+][ \t][^\n]*(?:\n(?:[ \t]+[^\n]+|[-*+][ \t][^\n]*))*)/,
    render: ([text], works) => createElement("ul", {}, renderItems(text, BULLET, works)),
  },
  {
    pattern: /^(?:\d+\.[ \t][^\n]*(?:\n(?:[ \t]+[^\n]+|\d+\.[ \t][^\n]*))*)/,
    render: ([text], works) => createElement("ol", {}, renderItems(text, NUMBER, works)),
  },
  {
    pattern: /^(?:>[^\n]*\n?)+/,
    render: ([text], works) => {
      const quoted = renderInline(text.replace(/^>[ \t]?/gm, ""), works);
      return createElement("blockquote", {}, createElement("p", {}, quoted));
    },
  },
  { pattern: /^(?:\|[^\n]*\n?)+/, render: ([table]) => renderCodeBlock(table) },
  {
    pattern: /^[^\n]+(?:\n(?!\n|#{1,6}[ \t]|```|[-*+][ \t]|>|<!--|\$\$)[^\n]+)*/,
    render: ([text], works) => createElement("p", {}, renderInline(text, works)),
  },
];

/**
 * Return the note as it will be read: facts of the work, summary, text.
 * @param {import("./fields.js").FieldValues} fields
 * @param {string} body
 * @param {WorkIndex} works
 */
export function renderPreview(fields, body, works) {
  const authors = [fields.authors ?? []].flat().join(", ");
  const facts = [authors, fields.venue, fields.published].filter(Boolean).join(" · ");
  const tags = [fields.tags ?? []]
    .flat()
    .flatMap((tag) => [createElement("span", { className: "rl-tag" }, tag), " "]);
  const summary = String(fields.summary ?? "");
  const isCut = body.length > MAX_LENGTH;
  const parts = [
    createElement("h2", {}, String(fields.title ?? "") || t("Untitled")),
    createElement("p", { className: "rl-authors" }, facts),
    tags.length && createElement("p", { className: "rl-tags" }, tags),
    summary && createElement("p", { className: "rl-lead" }, summary),
    ...renderBlocks(body.slice(0, MAX_LENGTH), works),
    isCut && createElement("p", {}, t("… The preview ends here.")),
  ];
  return parts.filter((part) => part instanceof HTMLElement);
}

/**
 * @param {string} text
 * @param {WorkIndex} works
 */
function* renderBlocks(text, works) {
  let rest = text.replace(/^\s*\n/, "");
  while (rest.trim()) {
    const { element, length } = renderBlock(rest, works);
    if (element) yield element;
    rest = rest.slice(length).replace(/^(?:[ \t]*\n)+/, "");
  }
}

/**
 * Return the first block of a text, and how long it is.
 * @param {string} text
 * @param {WorkIndex} works
 */
function renderBlock(text, works) {
  for (const { pattern, render } of BLOCKS) {
    const found = pattern.exec(text);
    if (found?.[0]) return { element: render(found, works), length: found[0].length };
  }
  return { element: null, length: 1 };
}

/** @param {string} code */
const renderCodeBlock = (code) => createElement("pre", {}, createElement("code", {}, code));

/** @param {number} level Of the note's own text: the page has its title above. */
const headingTag = (level) =>
  /** @type {"h2" | "h3" | "h4" | "h5" | "h6"} */ (`h${Math.min(6, level + 1)}`);

/**
 * @param {string} text
 * @param {RegExp} between
 * @param {WorkIndex} works
 */
function renderItems(text, between, works) {
  return text.split(between).map((item) => {
    const content = item.replace(/^(?:[-*+]|\d+\.)[ \t]+/, "");
    return createElement("li", {}, renderInline(content, works));
  });
}

/**
 * @param {string} text
 * @param {WorkIndex} works
 * @returns {(HTMLElement | string)[]}
 */
function renderInline(text, works) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    parts.push(text.slice(at, found.index), renderSpan(found, works));
    at = found.index + found[0].length;
  }
  return [...parts, text.slice(at)];
}

/**
 * @param {RegExpExecArray} found
 * @param {WorkIndex} works
 * @returns {HTMLElement | string}
 */
function renderSpan([, code, math, strong, em, target, label, words, url, field, value], works) {
  if (field) return renderField(field.trim().toLowerCase(), value, works);
  if (code ?? math) return createElement("code", {}, code ?? math);
  if (strong) return createElement("strong", {}, strong);
  if (em) return createElement("em", {}, em);
  if (target) return renderWikilink(target, label, works);
  if (!url) return ""; // the name of a block
  if (!/^https?:/i.test(url)) return words;
  const properties = { href: url, rel: "noopener noreferrer", target: "_blank" };
  return createElement("a", properties, words);
}

/**
 * Return the field of a claim as the page has it: a place or a result alone, others by their names.
 * @param {string} name
 * @param {string} value
 * @param {WorkIndex} works
 */
function renderField(name, value, works) {
  const label = ["at", "result"].includes(name) ? "" : `${name} `;
  return createElement(
    "span",
    { className: "rl-evidence" },
    label,
    renderInline(value.trim(), works),
  );
}

/**
 * Return a link to a note by its title; where there is no such note, a mark.
 * @param {string} target
 * @param {string | undefined} label
 * @param {WorkIndex} works
 */
function renderWikilink(target, label, works) {
  if (target.startsWith("#")) return createElement("a", { href: "#" }, label || target);
  const name = works.resolve(target.split("#")[0]);
  if (name === undefined) {
    const title = t("No note is named {name}", { name: target });
    const properties = { className: "rl-wanted", title };
    return createElement("span", properties, label || target);
  }
  const { href } = new URL(`../../${makeNoteAddress(name)}`, import.meta.url);
  return createElement("a", { href }, label || (works.titles.get(name) ?? target));
}
