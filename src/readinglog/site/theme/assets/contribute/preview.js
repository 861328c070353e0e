// How the note will look, nearly: enough of Markdown to read what one writes. Made of elements, so that text stays text.

import { element } from "../element.js";

const INLINE = // with an end to each part, so that marks that are never closed cost little
  /`([^`\n]{1,300})`|\$([^$\n]{1,300})\$|\*\*([^*\n]{1,300})\*\*|\*([^*\n]{1,300})\*|!?\[\[([^[\]\n|]{1,300})(?:\|([^[\]\n]{0,300}))?\]\]|\[([^[\]\n]{1,300})\]\(([^()\s]{1,500})\)/g;
const SHOWN = 50000; // characters of a text
const BLOCKS = [
  [/^(```+|~~~+)[^\n]*\n([\s\S]*?)(?:\n\1|$)/, (found) => element("pre", {}, element("code", {}, found[2]))],
  [/^\$\$([\s\S]*?)(?:\$\$|$)/, (found) => element("pre", {}, element("code", {}, found[1].trim()))],
  [/^<!--[\s\S]*?(?:-->|$)/, () => ""],
  [/^(#{1,6})[ \t]+([^\n]*)/, (found, log) => element(`h${Math.min(6, found[1].length + 1)}`, {}, inline(found[2], log))],
  [/^(?:[-*+][ \t][^\n]*(?:\n(?:[ \t]+[^\n]+|[-*+][ \t][^\n]*))*)/, (found, log) => element("ul", {}, items(found[0], /\n(?=[-*+][ \t])/, log))],
  [/^(?:\d+\.[ \t][^\n]*(?:\n(?:[ \t]+[^\n]+|\d+\.[ \t][^\n]*))*)/, (found, log) => element("ol", {}, items(found[0], /\n(?=\d+\.[ \t])/, log))],
  [/^(?:>[^\n]*\n?)+/, (found, log) => element("blockquote", {}, element("p", {}, inline(found[0].replace(/^>[ \t]?/gm, ""), log)))],
  [/^(?:\|[^\n]*\n?)+/, (found) => element("pre", {}, element("code", {}, found[0]))],
  [/^[^\n]+(?:\n(?!\n|#{1,6}[ \t]|```|[-*+][ \t]|>|<!--|\$\$)[^\n]+)*/, (found, log) => element("p", {}, inline(found[0], log))],
];

/** The note as it will be read: what is known of the work, the summary, the text. */
export function preview(fields, body, log) {
  const by = [(fields.authors ?? []).join(", "), fields.venue, fields.published].filter(Boolean).join(" · ");
  return [
    element("h2", {}, fields.title || "Untitled"),
    element("p", { className: "rl-authors" }, by),
    fields.tags?.length ? element("p", { className: "rl-tags" }, fields.tags.flatMap((tag) => [element("span", { className: "rl-tag" }, tag), " "])) : "",
    fields.summary ? element("p", { className: "rl-lead" }, fields.summary) : "",
    ...blocks(body.slice(0, SHOWN), log),
    body.length > SHOWN && element("p", {}, "… and so on: a preview has an end."),
  ].filter(Boolean);
}

function* blocks(text, log) {
  let rest = text.replace(/^\s*\n/, "");
  while (rest.trim()) {
    const [made, length] = block(rest, log);
    if (made) yield made;
    rest = rest.slice(length).replace(/^(?:[ \t]*\n)+/, "");
  }
}

function block(text, log) {
  for (const [pattern, made] of BLOCKS) {
    const found = pattern.exec(text);
    if (found?.[0]) return [made(found, log), found[0].length];
  }
  return ["", 1];
}

const items = (text, between, log) => text.split(between).map((item) => element("li", {}, inline(item.replace(/^(?:[-*+]|\d+\.)[ \t]+/, ""), log)));

function inline(text, log) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, math, strong, em, target, label, words, url] = found;
    parts.push(text.slice(at, found.index));
    at = found.index + whole.length;
    if (code ?? math) parts.push(element("code", {}, code ?? math));
    else if (strong) parts.push(element("strong", {}, strong));
    else if (em) parts.push(element("em", {}, em));
    else if (target) parts.push(wikilink(target, label, log));
    else parts.push(/^https?:/i.test(url) ? element("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, words) : words);
  }
  return [...parts, text.slice(at)];
}

/** A link to a note by its title, or, where it leads nowhere, marked as such. */
function wikilink(target, label, log) {
  const name = target.startsWith("#") ? "" : log.named(target.split("#")[0]);
  const words = label || (name && log.titles.get(name)) || target;
  if (name === undefined) return element("span", { className: "rl-wanted", title: `no note is named ${target}` }, words);
  return element("a", { href: name ? new URL(`../../notes/${encodeURIComponent(name)}/`, import.meta.url).href : "#" }, words);
}
