// The passage of a note in which what was looked for stands, and the words to mark in it.

import { words } from "./words.js";

const AROUND = 40; // words of a passage
const BEFORE = 8; // of them, before the first that was looked for
const TOKEN = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const SEAM = /(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])/; // as in readinglog/query/words.py
const ENDINGS = /^(e|s|es|d|ed|ing|ings|ion|ions|ation|ations|al|ally|ly|y|ies|ied|ment|ments|ness|ic|ive|able|ize[sd]?|izing|ization)?$/;

/** What of a text to mark, as {start, end, term}: the words looked for, in their forms; phrases as they are. */
export function marks(text, terms) {
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({ token, word: words(token).join(""), start: index, end: index + token.length }));
  return terms.flatMap((term, number) => {
    const run = words(term.text);
    return tokens.flatMap((token, at) => {
      const last = term.is === "phrase" ? sideBySide(tokens, at, run, same) : sideBySide(tokens, at, run, isForm) ?? alone(tokens, at, run.join(""));
      return last ? [{ start: token.start, end: last.end, term: number }] : [];
    });
  });
}

const same = ({ word }, wanted) => word === wanted;

/** The last of the tokens from one on that are the words of a run. */
function sideBySide(tokens, at, run, is) {
  return run.every((word, step) => tokens[at + step] && is(tokens[at + step], word)) ? tokens[at + run.length - 1] : undefined;
}

/** The token, if a part of it is the word; or the next one, if both in one are. */
function alone(tokens, at, word) {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token.token.split(SEAM).some((part) => areForms(words(part).join(""), word))) return token;
  return next && areForms(token.word + next.word, word) ? next : undefined;
}

const isForm = ({ word }, wanted) => areForms(word, wanted);

/** Whether two words look like forms of one. */
function areForms(a, b) {
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
      const [start, end] = around(text, first.start);
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
function around(text, at) {
  const before = text.slice(0, at).split(" ");
  const start = before.slice(0, Math.max(0, before.length - 1 - BEFORE)).join(" ").length;
  const behind = text.slice(start).trimStart().split(" ").slice(0, AROUND).join(" ");
  const from = start ? start + 1 : 0;
  return [from, from + behind.length];
}
