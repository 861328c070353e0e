// Reading a query: text to tree, or to what is wrong with it; the other half is readinglog/query/grammar.py.
// A tree is {is: "word" | "phrase", text, inTitle} · {is: "filter", field, value} · {is: "not", item} · {is: "and" | "or", items},
// each with its start and end in the text.

import { Names } from "./names.js";
import { words } from "./words.js";

const GAP = "\\t\\n\\v\\f\\r\\x85 \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const TOKEN = new RegExp(
  `(?<gap>[${GAP}]+)|(?<open>\\()|(?<close>\\))|(?<minus>-)` +
    `|(?<field>[A-Za-z][A-Za-z-]*:(?!//))?(?:"(?<quoted>[^"]*)(?<end>"?)|(?<bare>[^${GAP}"()]*))`,
  "y",
);
const PLAIN = new RegExp(`^[^${GAP}"()]+$`);
const QUOTES = /[“”„‟«»]/g;

class Unreadable extends Error {}

/** The query that a text writes, as {tree, sort}, or {problem: {name, start, end, message, help, mended}}. */
export function parse(text, language) {
  const query = read(text, language);
  if (query.problem?.mended) {
    const mended = parse(query.problem.mended, language);
    if (mended.problem) query.problem.mended = mended.problem.mended;
  }
  return query;
}

function read(text, language) {
  try {
    if ([...text].length > language.longest)
      stop(language, "too-long", text, [language.longest, text.length], null, ["", language.longest.toLocaleString("en")]);
    return new Reader(text, language).query();
  } catch (error) {
    if (error instanceof Unreadable) return { problem: error.problem };
    throw error;
  }
}

/** A query that says what a tree says. */
export function print({ tree, sort }) {
  return [tree ? printed(tree) : "", sort ? `sort:${sort}` : ""].filter(Boolean).join(" ");
}

function printed(tree) {
  const inner = (item, ...kinds) => (kinds.includes(item.is) ? `(${printed(item)})` : printed(item));
  switch (tree.is) {
    case "word": return (tree.inTitle ? "title:" : "") + tree.text;
    case "phrase": return `${tree.inTitle ? "title:" : ""}"${tree.text}"`;
    case "filter": return `${tree.field}:${PLAIN.test(tree.value) ? tree.value : `"${tree.value}"`}`;
    case "not": return "-" + inner(tree.item, "and", "or", "not");
    case "and": return tree.items.map((item) => inner(item, "and", "or")).join(" ");
    default: return tree.items.map((item) => inner(item, "or")).join(" OR ");
  }
}

/** The terms that all hold: what can be taken out of a query one by one. */
export const clauses = (tree) => (!tree ? [] : tree.is === "and" ? tree.items : [tree]);

/** Every term, also those that must not hold. */
export function leaves(tree) {
  if (!tree) return [];
  return tree.is === "not" ? leaves(tree.item) : tree.items ? tree.items.flatMap(leaves) : [tree];
}

/** The words and phrases that give a note its weight: not those that must not hold. */
export function sought(tree) {
  if (!tree || tree.is === "not" || tree.is === "filter") return [];
  return tree.items ? tree.items.flatMap(sought) : [tree];
}

/** A tree with one of its terms changed, or taken out where there is no other. */
export function replaced(tree, old, other) {
  if (tree === old) return other;
  if (tree?.is === "not") {
    const item = replaced(tree.item, old, other);
    return item && { ...tree, item };
  }
  if (!tree?.items) return tree;
  const items = tree.items.map((item) => replaced(item, old, other)).filter(Boolean);
  return items.length > 1 ? { ...tree, items } : items[0];
}

/** The range of texts, from the first on and before the second, that a value writes; undefined where it writes none. */
export function bounds(form, value) {
  const isDay = (text) => new Date(`${text}T00:00Z`).toISOString().startsWith(text) && text >= "0001"; // the 30th of February is the 2nd of March
  const is = (text) => new RegExp(`^(?:${form})$`).test(text) && (text.length < "2024-05-06".length || isDay(text));
  const signed = /^(>=|<=|>|<)(.*)$/s.exec(value);
  if (signed) {
    const [, sign, at] = signed;
    return is(at) ? { ">=": [at, "~"], ">": [at + "~", "~"], "<=": ["", at + "~"], "<": ["", at] }[sign] : undefined;
  }
  const dots = value.indexOf("..");
  if (dots < 0) return is(value) ? [value, value + "~"] : undefined;
  const [low, high] = [value.slice(0, dots), value.slice(dots + 2)];
  return (low || high) && [low, high].every((end) => !end || is(end)) ? [low, high + "~"] : undefined;
}

function stop(language, name, text, [start, end], mend, texts = [], put = "", near = "") {
  const fill = (words) => words.replace(/\{(\d)\}/g, (_, number) => texts[number]);
  const [message, help] = language.messages[name].map(fill);
  const mended = mend ? (text.slice(0, mend[0]) + put + text.slice(mend[1])).replace(/ {2,}/g, " ").replace(/^ | $/g, "") : "";
  const problem = { name, start, end, message, help: near ? `did you mean \`${near}\`? ${help}` : help, mended };
  throw Object.assign(new Unreadable(), { problem });
}

class Reader {
  constructor(text, language) {
    Object.assign(this, { text, language, sort: "", at: 0 });
    this.tokens = [...this.readTokens()];
  }

  query() {
    const tree = this.tokens.length ? this.either(0) : null;
    if (this.next()) this.stop("stray-close", this.next(), this.next());
    return { tree, sort: this.sort };
  }

  *readTokens() {
    const text = this.text.replace(QUOTES, '"');
    for (let at = 0; at < text.length; ) {
      TOKEN.lastIndex = at;
      const { 0: whole, groups } = TOKEN.exec(text);
      const [start, end] = [at, at + whole.length];
      at = end;
      if (groups.quoted !== undefined && !groups.end)
        this.stop("unclosed-quote", [end - groups.quoted.length - 1, text.length], [text.length, text.length], [], '"');
      const mark = ["open", "close", "minus"].find((kind) => groups[kind] !== undefined);
      if (mark) yield { kind: mark, start, end };
      else if (groups.gap === undefined) yield this.term(groups, start, end);
    }
  }

  term({ field = "", quoted, bare = "" }, start, end) {
    if (quoted === undefined && !field && ["OR", "AND", "NOT"].includes(bare)) return { kind: bare, start, end };
    const value = quoted === undefined ? bare : trimmed(quoted);
    return { kind: "term", start, end, field: field.slice(0, -1).toLowerCase(), value, quoted: quoted !== undefined };
  }

  next() { return this.tokens[this.at]; }

  take(...kinds) { return kinds.includes(this.next()?.kind) ? this.tokens[this.at++] : undefined; }

  either(depth) {
    const first = this.at;
    const items = [this.together(depth)];
    for (let token; (token = this.take("OR")); ) {
      items.push(this.together(depth));
      if (items.includes(null)) this.stop("lone-or", token, token, ["OR"]);
    }
    return items.length === 1 ? items[0] : { is: "or", items, ...this.span(first) };
  }

  together(depth) {
    const first = this.at;
    const items = [];
    for (let token; (token = this.next()) && token.kind !== "OR" && token.kind !== "close"; ) {
      if (this.take("AND")) {
        const after = this.next();
        if (!items.length || !after || ["OR", "AND", "close"].includes(after.kind)) this.stop("lone-or", token, token, ["AND"]);
        continue;
      }
      const item = this.single(depth);
      if (item) items.push(item);
    }
    return items.length > 1 ? { is: "and", items, ...this.span(first) } : items[0] ?? null;
  }

  single(depth) {
    const first = this.at;
    const negation = this.take("minus", "NOT");
    if (negation) {
      const after = this.next();
      const apart = negation.kind === "minus" && after?.start > negation.end;
      if (!after || apart || !["term", "open"].includes(after.kind))
        this.stop("lone-not", negation, negation, [negation.kind === "minus" ? "-" : "NOT"]);
      if (after.field === "sort") this.stop("inner-sort", after, [negation.start, after.end]);
      return { is: "not", item: this.single(depth), ...this.span(first) };
    }
    const opened = this.take("open");
    return opened ? this.group(opened, depth) : this.leaf(this.tokens[this.at++], depth);
  }

  group(opened, depth) {
    if (depth === this.language.deepest) this.stop("too-deep", opened, null, ["", this.language.deepest]);
    const inside = this.either(depth + 1);
    const closed = this.take("close");
    if (!closed) this.stop("unclosed-group", opened, [this.text.length, this.text.length], [], ")");
    if (!inside) this.stop("empty-group", [opened.start, closed.end], [opened.start, closed.end]);
    return inside;
  }

  leaf(token, depth) {
    const { field, value, start, end } = token;
    const known = this.language.fields[field];
    if (field && !known) this.unknownField(token);
    if (field && !value) {
      const example = known.example ?? known.values[0];
      this.stop("no-value", token, token, [`${field}:`, example.includes(":") ? example : `${field}:${example}`]);
    }
    if (field === "sort") return this.order(token, depth);
    if ((!known || known.is_words) && !words(value).length)
      this.stop("no-word", token, token, [this.text.slice(start, end)]);
    if (field && field !== "title") return { is: "filter", field, value: this.value(token), start, end };
    return { is: token.quoted ? "phrase" : "word", text: value, inTitle: field === "title", start, end };
  }

  order(token, depth) {
    if (depth) this.stop("inner-sort", token, token);
    if (this.sort) this.stop("two-sorts", token, token);
    this.sort = this.value(token);
    return null;
  }

  value(token) {
    const { field, value } = token;
    const known = this.language.fields[field];
    if (known.of === "choice") {
      const chosen = value.toLowerCase();
      if (known.values.includes(chosen)) return chosen;
      const near = new Names(known.values).nearest(value) ?? "";
      const texts = [value, field, listed(known.values)];
      this.stop("unknown-choice", token, token, texts, near && `${field}:${near}`, near);
    }
    if (known.of === "range") {
      const found = bounds(known.form, value);
      if (!found) this.stop("no-range", token, token, [value, field, known.example]);
      const turned = value.split("..").reverse().join("..");
      if (found[0] > found[1]) this.stop("backward-range", token, token, [value, turned], `${field}:${turned}`);
    }
    return value;
  }

  unknownField(token) {
    const fields = Object.keys(this.language.fields);
    const near = new Names(fields).nearest(token.field) ?? "";
    const written = this.text.slice(token.start, token.end).replace(QUOTES, '"');
    const put = near ? near + written.slice(token.field.length) : `"${written.replaceAll('"', "")}"`;
    this.stop("unknown-field", token, token, [token.field, listed(fields)], put, near);
  }

  span(first) { return { start: this.tokens[first].start, end: this.tokens[this.at - 1].end }; }

  stop(name, where, mend, texts, put, near) {
    const span = (at) => (Array.isArray(at) ? at : [at.start, at.end]);
    stop(this.language, name, this.text, span(where), mend && span(mend), texts, put, near);
  }
}

const listed = (names) => names.map((name) => `\`${name}\``).join(", ");
const trimmed = (text) => text.replace(new RegExp(`^[${GAP}]+|[${GAP}]+$`, "g"), "");
