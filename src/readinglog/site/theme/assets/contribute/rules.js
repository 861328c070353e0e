// What the check will say of the note, in its own words: patterns, sayings and tags come from the package, as data.

import { Names } from "../search/names.js";
import { fold } from "../search/words.js";
import { wikilinks } from "./links.js";
import { kebab } from "./note.js";
import { whole } from "./patterns.js";

const DAY = 86400000;

export class Rules {
  constructor(terms, works) {
    Object.assign(this, terms, { log: works });
    this.byWord = new Map();
    const add = (word, tag) => this.byWord.has(fold(word)) || this.byWord.set(fold(word), tag);
    const tags = terms.tags.map(([key, name, aliases, above]) => ({ key, name, aliases, above }));
    for (const tag of tags) [tag.key, tag.name, [...tag.above, tag.key].join("/"), ...tag.aliases].forEach((word) => add(word, tag));
    for (const tag of tags) this.byWord.set(fold(tag.key), tag);
    this.tagNames = new Names(this.byWord.keys());
    this.kebab = new RegExp(`^(?:${terms.names.kebab})$`);
    this.placeholder = whole(terms.text.placeholder);
  }

  /** All that the check says of a note with these fields, name and body: `{field, rule, severity, message, help, fix}`. */
  check(fields, name, body, today) {
    this.found = [];
    this.valid = {};
    for (const [field, value] of Object.entries(fields)) this.ofValues(field, [value].flat());
    this.topic = fields.kind?.toLowerCase() === "topic";
    this.own = new Set([name, fields.title ?? name, ...(fields.aliases ?? [])].map(fold));
    this.ofMissing(fields);
    if (this.closed) this.ofTags(this.valid.tags ?? []);
    this.ofWork();
    for (const [field, { format }] of Object.entries(this.fields)) if (format.schemes.length) this.ofScheme(field, this.valid[field]?.[0], format.schemes);
    this.ofDates(this.valid.date?.[0], this.valid.published?.[0], today);
    this.ofNames(name, fields);
    this.ofBody(body, fields);
    return this.found;
  }

  /** Adds what a saying says of a field. */
  say(key, field, words = {}, fix = undefined) {
    const { rule, severity, message, help, guess } = this.sayings[key];
    const filled = (text) => text.replace(/\{(\w+)\}/g, (_, word) => words[word] ?? "");
    if (severity !== "ignore") this.found.push({ key, field, rule, severity, message: filled(message), help: filled(guess && words.near ? guess : help), fix, other: words.other });
  }

  short(text) {
    return [...text].slice(0, this.shown).join("");
  }

  ofValues(field, values) {
    for (const text of values) {
      const left = this.placeholder.exec(text);
      if (left) this.say("placeholder", field, { text: this.short(left[0]) });
      else if (this.read(field, text)) (this.valid[field] ??= []).push(text);
    }
  }

  /** Whether a text is of its field's format; if not, that is said. */
  read(field, text) {
    const { pattern, expected, help, slips, choices, calendar, limit } = this.fields[field].format;
    if (limit && [...text].length > limit) return void this.say("long", field, { count: [...text].length, limit });
    if (!pattern) return true;
    const not = (words, fix) => void this.say("not", field, { text: this.short(text), ...words }, fix && { from: text, to: fix });
    if (whole(pattern).test(text)) return !calendar[0] || isDay(text) || not({ expected: calendar[0], help: calendar[1] });
    for (const slip of slips) {
      const groups = whole(slip.pattern).exec(text)?.map((group) => (/^\d+$/.test(group) ? group.padStart(2, "0") : group));
      const filled = (words) => words.replace(/\{(\d)\}/g, (_, at) => groups[at]);
      const meant = groups && filled(slip.meant);
      if (groups && (!meant || whole(pattern).test(meant))) return not({ expected: slip.expected, help: filled(slip.help) }, meant);
    }
    const near = choices.length ? new Names(choices).nearest(text) : "";
    return not({ expected, help, near }, near);
  }

  ofMissing(fields) {
    for (const [name, { needed, topics }] of Object.entries(this.fields))
      if (needed && !(name in fields) && (topics || !this.topic)) this.say("missing", name, { name, needed });
    if (!this.topic && !this.works.some((name) => name in fields)) this.say("nowhere", "url");
  }

  ofTags(texts) {
    const tags = texts.map((text) => [text, this.byWord.get(fold(text.trim().replace(/^#+/, "")))]);
    const above = new Map(tags.flatMap(([, tag]) => tag?.above.map((key) => [key, tag.name]) ?? []));
    const seen = new Set();
    for (const [text, tag] of tags) {
      const swap = (to) => ({ from: text, to });
      if (!tag) {
        const near = this.byWord.get(this.tagNames.nearest(text.trim().replace(/^#+/, "")))?.key;
        this.say("unknown-tag", "tags", { text: this.short(text), near }, near && swap(near));
        continue;
      }
      if (text !== tag.key && text !== tag.name) this.say("tag-alias", "tags", { text, tag: tag.key }, swap(tag.key));
      if (seen.has(tag.key)) this.say("tag-again", "tags", { text }, swap(""));
      else if (above.has(tag.key)) this.say("tag-above", "tags", { text, below: above.get(tag.key) }, swap(""));
      seen.add(tag.key);
    }
  }

  ofWork() {
    if (this.topic) return;
    const keyed = this.works.filter((name) => this.valid[name]).map((name) => [this.log.key(this.valid[name][0], this.valid.title?.[0]), name]);
    for (const [key, name] of keyed.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))) {
      const other = this.log.byKey.get(key);
      if (other) return this.say("same-work", name, { other });
    }
  }

  ofScheme(field, url, schemes) {
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url ?? "https:")[1].toLowerCase();
    if (!schemes.includes(scheme)) this.say("unsafe", field, { scheme });
  }

  ofDates(date, published, today) {
    if (date && Date.parse(date) > Date.parse(today) + DAY) this.say("logged-ahead", "date", { date });
    else if (date && Number(date.slice(0, 4)) < this.first.log) this.say("logged-long-ago", "date", { date });
    if (!published) return;
    if (published > (date ?? today).slice(0, published.length)) this.say(date ? "published-after" : "published-ahead", "published", { date: published, logged: date });
    else if (Number(published.slice(0, 4)) < this.first.year) this.say("published-long-ago", "published", { date: published });
  }

  /** What is said of the text: that there is none, and links to notes that there are not. */
  ofBody(body, fields) {
    const said = body.replace(/<!--[\s\S]*?(?:-->|$)/g, "").replace(/^#{1,6}[ \t].*$/gm, "").trim();
    if (!said && fields.status !== "to-read" && fields.draft !== "true") this.say("no-text", "body");
    for (const target of wikilinks(body)) {
      const near = this.log.names.nearest(target.split("/").pop());
      if (!/^(?:arxiv|doi|https?):/i.test(target) && !this.log.named(target) && !this.own.has(fold(target))) this.say("no-note", "body", { text: target, near }, near && { from: `[[${target}`, to: `[[${near}` });
    }
  }

  /** What is said of names: of those of other notes, and of the note's own. */
  ofNames(name, fields) {
    for (const field of this.relations)
      for (const written of this.valid[field] ?? []) {
        const text = (/^\[\[([^[\]|#]+)(?:[|#].*)?\]\]$/.exec(written.trim())?.[1] ?? written).trim();
        const near = this.log.names.nearest(text);
        if (!this.log.named(text) && !this.own.has(fold(text))) this.say("unresolved", field, { field, text: this.short(text), near }, near && { from: written, to: near });
      }
    for (const alias of this.valid.aliases ?? []) {
      const other = this.log.byName.get(fold(alias)) ?? this.log.byTitle.get(fold(alias));
      if (other) this.say(this.log.aliases.get(other).has(fold(alias)) ? "alias-shared" : "alias-taken", "aliases", { text: this.short(alias), other });
    }
    const other = this.log.byName.get(fold(name));
    if (other) this.say("name-taken", "name", { other });
    const near = [name, fields.title ?? name].map((words) => kebab(words, this.names.letters)).find((made) => this.kebab.test(made) && made !== "note");
    if (!name) this.say("no-name", "name");
    else if (!this.kebab.test(name)) this.say("name-odd", "name", { name, near }, near && { from: name, to: near });
    if (this.names.reserved.includes(name.toLowerCase())) this.say("name-reserved", "name", { name });
  }
}

/** Whether a day, or the first one of a month or year, exists. */
function isDay(text) {
  const day = `${text}-01-01`.slice(0, 10);
  const read = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === day && day.slice(0, 4) !== "0000";
}
