// Did you mean: the nearest of the names there are; the other half is readinglog/suggest.py.

import { fold } from "./words.js";

const ENOUGH = 0.6, CANDIDATES = 8, RAREST = 6, CROWDED = 500;

/** Known names, by the runs of three letters in them. */
export class Names {
  constructor(known) {
    this.byFold = new Map();
    for (const name of known) if (!this.byFold.has(fold(name))) this.byFold.set(fold(name), name);
    this.holders = new Map();
    for (const key of this.byFold.keys())
      for (const run of runs(key)) {
        if (!this.holders.has(run)) this.holders.set(run, []);
        this.holders.get(run).push(key);
      }
  }

  /** The name that looks most like `word`, or undefined where none does; `enough` is how alike, up to 1. */
  nearest(word, enough = ENOUGH) {
    const key = fold(word).slice(0, 100);
    const found = [...runs(key)].map((run) => this.holders.get(run)).filter(Boolean);
    const shared = new Map();
    for (const holders of found.sort((a, b) => a.length - b.length).slice(0, RAREST))
      for (const name of holders.slice(0, CROWDED)) shared.set(name, (shared.get(name) ?? 0) + 1);
    const near = [...shared].map(([name, count]) => [(2 * count) / (key.length + name.length), name]);
    near.sort((a, b) => b[0] - a[0] || (a[1] < b[1] ? -1 : 1));
    const scored = near.slice(0, CANDIDATES).map(([, name]) => [likeness(key, name), name]);
    const [score, best] = scored.reduce((a, b) => (b[0] > a[0] || (b[0] === a[0] && b[1] > a[1]) ? b : a), [0, ""]);
    return score >= enough ? this.byFold.get(best) : undefined;
  }
}

function runs(key) {
  const padded = `  ${key} `;
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
}

/** How alike two names are, from 0 to 1; one that holds the other whole is alike enough. */
function likeness(word, name) {
  const ratio = (2 * common(word, name)) / (word.length + name.length || 1);
  const within = Math.min(word.length, name.length) > 3 && (word.includes(name) || name.includes(word));
  return within ? Math.max(ratio, ENOUGH) : ratio;
}

/** How many letters two words share in order: those of the longest run in both, and of what stands before and behind it. */
function common(a, b) {
  let [size, atA, atB] = [0, 0, 0];
  let above = new Array(b.length + 1).fill(0);
  for (let i = 0; i < a.length; i++) {
    const row = new Array(b.length + 1).fill(0);
    for (let j = 0; j < b.length; j++)
      if (a[i] === b[j]) {
        row[j + 1] = above[j] + 1;
        if (row[j + 1] > size) [size, atA, atB] = [row[j + 1], i + 1 - row[j + 1], j + 1 - row[j + 1]];
      }
    above = row;
  }
  if (!size) return 0;
  return size + common(a.slice(0, atA), b.slice(0, atB)) + common(a.slice(atA + size), b.slice(atB + size));
}
