// The passage of a note in which what was looked for stands, and the words to mark in it.

import { words } from "./words.js";

const AROUND = 40; // words of a passage
const BEFORE = 8; // of them, before the first that was looked for
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const ENDINGS = /^(e|s|es|d|ed|ing|ings|er|ers|ion|ions|ation|ations|al|ally|ly|y|ies|ied|ment|ments|ness|ic|ive|able|ize[sd]?|izing|ization)?$/;

/** What of a text to mark, as {start, end, term}: the words looked for, in their forms; phrases as they are. */
export function marks(text, terms) {
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({ word: words(token).join(""), start: index, end: index + token.length }));
  return terms.flatMap((term, number) => {
    const run = words(term.text);
    const same = term.is === "phrase" ? (a, b) => a === b : isForm;
    const starts = tokens.map((_, at) => at).filter((at) => run.every((word, step) => tokens[at + step] && same(tokens[at + step].word, word)));
    return starts.map((at) => ({ start: tokens[at].start, end: tokens[at + run.length - 1].end, term: number }));
  });
}

/** Whether two words look like forms of one. */
function isForm(a, b) {
  let same = 0;
  while (same < a.length && a[same] === b[same]) same++;
  if (a.length === same && b.length === same) return true;
  return same >= 3 && ENDINGS.test(a.slice(same)) && ENDINGS.test(b.slice(same));
}

/** The part of a note's sections that has most of the terms, as {anchor, heading, text}; undefined where none has one. */
export function passage(sections, terms) {
  let best;
  for (const [anchor, heading, text] of sections) {
    const found = marks(text, terms).sort((a, b) => a.start - b.start);
    for (const first of found) {
      const [start, end] = window_(text, first.start);
      const inside = found.filter((mark) => mark.start >= first.start && mark.end <= end);
      const score = 10 * new Set(inside.map((mark) => mark.term)).size + Math.min(inside.length, 9);
      if (score > (best?.score ?? 0)) best = { score, anchor, heading, start, end, whole: text };
    }
  }
  if (!best) return undefined;
  const { anchor, heading, start, end, whole } = best;
  return { anchor, heading, text: (start ? "… " : "") + whole.slice(start, end) + (end < whole.length ? " …" : "") };
}

/** Some words around a place of a text: where they begin and end. */
function window_(text, at) {
  const before = text.slice(0, at).split(" ");
  const start = before.slice(0, Math.max(0, before.length - 1 - BEFORE)).join(" ").length;
  const behind = text.slice(start).trimStart().split(" ").slice(0, AROUND).join(" ");
  const from = start ? start + 1 : 0;
  return [from, from + behind.length];
}
