// What the check will say of the note, in its own words: patterns, messages and tags are data that
// Python writes.

import { FuzzyIndex } from "../fuzzy_index.js";
import { compilePattern } from "../patterns.js";
import { fold } from "../slugs.js";
import { ClaimChecker } from "./claim_checker.js";
import { checkFormat, findUnsafeScheme } from "./formats.js";
import { FormulaMarks } from "./formula_marks.js";
import { findWikilinks } from "./links.js";
import { isKebabCase, toKebabCase } from "./note_writer.js";
import { Vocabulary } from "./vocabulary.js";

/**
 * @typedef {import("./fields.js").FieldValues} FieldValues
 * @typedef {import("./formats.js").Format} Format
 * @typedef {import("./works.js").WorkIndex} WorkIndex
 */

/**
 * @typedef {object} FieldTerms
 * @property {Format} format
 * @property {boolean} [is_list]
 * @property {string} [required_example] How a field is written that must be there.
 * @property {string[]} [required_of] The kinds of notes that must have it.
 * @property {boolean} [only_on_hubs]
 * @property {string} [address] Where an identifier leads that stands in place of `{}`.
 */

/**
 * The message of a rule, with `{name}` for the values of a case.
 * @typedef {object} MessageTemplate
 * @property {string} rule
 * @property {string} severity
 * @property {string} message
 * @property {string} help
 * @property {string} help_with_suggestion The help where there is a `{near}`.
 */

/**
 * All that the form has to know, but for the works.
 * @typedef {object} Terms
 * @property {Record<string, FieldTerms>} fields
 * @property {string[]} work_fields
 * @property {string[]} relation_fields
 * @property {string} default_kind
 * @property {string[]} work_kinds
 * @property {string[]} hub_kinds
 * @property {string[]} located_kinds Those whose notes must say where the work is.
 * @property {Record<string, MessageTemplate>} messages
 * @property {number} max_quoted Characters of a text that a message repeats.
 * @property {{ published: number, logged: number }} earliest Years.
 * @property {{ latin_spellings: Record<string, string>, greek_names: Record<string, string>,
 *   greek_word: string, reserved: string, max_length: number, max_bytes: number }} file_names
 * @property {YamlTerms} yaml
 * @property {string} placeholder
 * @property {string} body_template
 * @property {string[]} formula_environments
 * @property {import("../identifiers.js").WorkPatterns} work_patterns
 * @property {boolean} closed_vocabulary
 * @property {import("./vocabulary.js").TagEntry[]} tags
 * @property {string[]} people Those who may write notes; none where everybody may.
 * @property {Record<string, import("./claim_checker.js").ClaimFieldTerms>} claim_fields
 * @property {import("./claim_form.js").ResultTerms} result
 * @property {string} new_file_url
 * @property {string} id_prefix
 */

/**
 * How values are written in YAML.
 * @typedef {object} YamlTerms
 * @property {string} plain_text
 * @property {string} unquoted_value
 * @property {string[]} unquoted_fields
 * @property {string[]} reserved_words
 * @property {string} control_characters
 */

/**
 * What the check says of a field, with a fix where there is a safe one, the other note that it is
 * about, and the part of the text.
 * @typedef {object} Diagnostic
 * @property {string} key
 * @property {string} field
 * @property {string} rule
 * @property {string} severity
 * @property {string} message
 * @property {string} help
 * @property {Fix} [fix]
 * @property {string} [other]
 * @property {string} [place]
 */

/** @typedef {{ from: string, to: string }} Fix */
/**
 * @typedef {Record<string, string | number | undefined> & { near?: string, other?: string }} Values
 */

const DAY = 86400000; // milliseconds

export class NoteChecker {
  /**
   * @param {Terms} terms
   * @param {WorkIndex} works
   */
  constructor(terms, works) {
    this.terms = terms;
    this.works = works;
    this.vocabulary = new Vocabulary(terms.tags);
    this.people = new FuzzyIndex(terms.people);
    this.reservedName = compilePattern(terms.file_names.reserved);
    this.placeholder = compilePattern(terms.placeholder);
    this.formulaMarks = new FormulaMarks(terms.formula_environments);
    this.claims = new ClaimChecker(terms);
    /** @type {Diagnostic[]} */
    this.diagnostics = [];
    /** @type {Record<string, string[]>} The values that are of their fields' formats. */
    this.valid = {};
    /** @type {Set<string>} What the note itself may be called. */
    this.ownNames = new Set();
    this.kind = terms.default_kind;
  }

  /**
   * Return all that the check says of a note.
   * @param {FieldValues} fields
   * @param {string} name
   * @param {string} body
   * @param {string} today
   */
  check(fields, name, body, today) {
    this.diagnostics = [];
    this.valid = {};
    this.ownNames = new Set([name, fields.title ?? name, fields.aliases ?? []].flat().map(fold));
    this.kind = String(fields.kind || this.terms.default_kind).toLowerCase();
    for (const [field, value] of Object.entries(fields)) this.checkValues(field, [value].flat());
    this.checkRequired(fields);
    if (this.terms.closed_vocabulary) this.checkTags(this.valid.tags ?? []);
    this.checkPeople(this.valid.by ?? []);
    if (this.terms.work_kinds.includes(this.kind)) this.checkWork();
    for (const [field, { format }] of Object.entries(this.terms.fields)) {
      const scheme = findUnsafeScheme(format, this.valid[field]?.[0]);
      if (scheme) this.report("unsafe-scheme", field, { scheme });
    }
    this.checkLogged(this.valid.date?.[0], today);
    this.checkPublished(this.valid.published?.[0], this.valid.date?.[0], today);
    for (const field of this.terms.relation_fields) this.checkRelations(field);
    for (const alias of this.valid.aliases ?? []) this.checkAlias(alias);
    this.checkName(name, String(fields.title ?? name));
    this.checkBody(fields, body);
    return this.diagnostics;
  }

  /**
   * Add what a message says of a field.
   * @param {string} key
   * @param {string} field
   * @param {Values} [values]
   * @param {Fix} [fix]
   * @param {string} [place]
   */
  report(key, field, values = {}, fix = undefined, place = undefined) {
    const { rule, severity, message, help, help_with_suggestion } = this.terms.messages[key];
    if (severity === "ignore") return;
    /** @param {string} template */
    const fill = (template) =>
      template.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
    const helpTemplate = values.near && help_with_suggestion ? help_with_suggestion : help;
    const texts = { message: fill(message), help: fill(helpTemplate) };
    const { other } = values;
    this.diagnostics.push({ key, field, rule, severity, ...texts, fix, other, place });
  }

  /** @param {string} text */
  quote(text) {
    return [...text].slice(0, this.terms.max_quoted).join("");
  }

  // Values ----------------------------------------------------------------------------------------

  /**
   * @param {string} field
   * @param {string[]} values
   */
  checkValues(field, values) {
    for (const text of values) {
      const placeholder = this.placeholder.exec(text);
      if (placeholder) this.report("placeholder", field, { text: this.quote(placeholder[0]) });
      else if (this.checkValue(field, text)) {
        this.valid[field] ??= [];
        this.valid[field].push(text);
      }
    }
  }

  /**
   * Return whether a value is of its field's format, and report where it is not.
   * @param {string} field
   * @param {string} text
   */
  checkValue(field, text) {
    const { format } = this.terms.fields[field];
    const length = [...text].length;
    if (format.max_length && length > format.max_length) {
      this.report("too-long", field, { count: length, limit: format.max_length });
      return false;
    }
    const error = checkFormat(format, text);
    if (!error) return true;
    const { replacement, ...values } = error;
    const fix = replacement ? { from: text, to: replacement } : undefined;
    this.report("invalid", field, { text: this.quote(text), ...values }, fix);
    return false;
  }

  /** @param {FieldValues} fields */
  checkRequired(fields) {
    const isDraft = /^(?:true|yes|on)$/i.test(String(fields.draft ?? ""));
    for (const [name, field] of Object.entries(this.terms.fields)) {
      const { required_example, required_of = [], only_on_hubs } = field;
      if (only_on_hubs && !this.terms.hub_kinds.includes(this.kind) && name in fields) {
        this.report("only-hubs", name, { name });
      }
      if (required_of.includes(this.kind) && !isDraft && !(name in fields)) {
        this.report("missing-field", name, { name, needed: required_example });
      }
    }
    const hasWork = this.terms.work_fields.some((name) => name in fields);
    const needsWork = this.terms.located_kinds.includes(this.kind) && !isDraft;
    if (needsWork && !hasWork) this.report("no-locator", "url");
  }

  // Dates -----------------------------------------------------------------------------------------

  /**
   * @param {string | undefined} date
   * @param {string} today
   */
  checkLogged(date, today) {
    if (!date) return;
    if (Date.parse(date) > Date.parse(today) + DAY) this.report("date-in-future", "date", { date });
    else if (yearOf(date) < this.terms.earliest.logged) {
      this.report("date-too-early", "date", { date });
    }
  }

  /**
   * @param {string | undefined} published
   * @param {string | undefined} logged
   * @param {string} today
   */
  checkPublished(published, logged, today) {
    if (!published) return;
    const latest = (logged ?? today).slice(0, published.length);
    if (published > latest) {
      const key = logged ? "published-after" : "published-in-future";
      this.report(key, "published", { date: published, logged });
    } else if (yearOf(published) < this.terms.earliest.published) {
      this.report("published-too-early", "published", { date: published });
    }
  }

  // Tags ------------------------------------------------------------------------------------------

  /** @param {string[]} texts */
  checkTags(texts) {
    const named = texts.map((text) => ({ text, tag: this.vocabulary.find(text) }));
    /** @type {Map<string, string>} A tag below, by the keys of those above it. */
    const below = new Map();
    for (const { tag } of named) {
      for (const key of tag?.ancestors ?? []) below.set(key, tag?.name ?? "");
    }
    const seen = new Set();
    for (const { text, tag } of named) {
      if (!tag) {
        this.reportUnknownTag(text);
        continue;
      }
      this.checkTag(text, tag, seen.has(tag.key), below.get(tag.key));
      seen.add(tag.key);
    }
  }

  /**
   * @param {string} text
   * @param {import("./vocabulary.js").Tag} tag
   * @param {boolean} isRepeated
   * @param {string | undefined} below The name of a tag below it that the note has too.
   */
  checkTag(text, tag, isRepeated, below) {
    if (text !== tag.key && text !== tag.name) {
      const fix = { from: text, to: tag.key };
      this.report("tag-alias", "tags", { text, tag: tag.key }, fix);
    }
    const removal = { from: text, to: "" };
    if (isRepeated) this.report("repeated-tag", "tags", { text }, removal);
    else if (below !== undefined) this.report("implied-tag", "tags", { text, below }, removal);
  }

  /** @param {string} text */
  reportUnknownTag(text) {
    const near = this.vocabulary.nearest(text)?.key;
    const fix = near ? { from: text, to: near } : undefined;
    this.report("unknown-tag", "tags", { text: this.quote(text), near }, fix);
  }

  /** @param {string[]} names */
  checkPeople(names) {
    if (!this.terms.people.length) return;
    for (const name of names) {
      if (this.people.byFold.has(fold(name))) continue;
      const near = this.people.nearest(name);
      const fix = near ? { from: name, to: near } : undefined;
      this.report("unknown-person", "by", { text: this.quote(name), near }, fix);
    }
  }

  // Other notes -----------------------------------------------------------------------------------

  /** Report another note about the same work, once. */
  checkWork() {
    const title = this.valid.title?.[0];
    const fields = this.terms.work_fields.filter((field) => this.valid[field]);
    const keyed = fields.map((field) => ({
      field,
      key: this.makeWorkKey(field, title),
    }));
    keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
    const known = keyed.find(({ key }) => this.works.byWorkKey.has(key));
    if (!known) return;
    this.report("duplicate-work", known.field, { other: this.works.byWorkKey.get(known.key) });
  }

  /**
   * Return the key of the work that a field names.
   * @param {string} field
   * @param {string | undefined} title
   */
  makeWorkKey(field, title) {
    const [text] = this.valid[field];
    const { address = "{}" } = this.terms.fields[field];
    return this.works.keys.make(
      address.replaceAll("{}", () => text),
      title,
    );
  }

  /** @param {string} field */
  checkRelations(field) {
    for (const written of this.valid[field] ?? []) {
      const link = /^\[\[([^[\]|#]+)(?:[|#].*)?\]\]$/.exec(written.trim());
      const text = (link?.[1] ?? written).trim();
      if (this.isKnown(text)) continue;
      const near = this.works.names.nearest(text);
      const fix = near ? { from: written, to: near } : undefined;
      this.report("unresolved-relation", field, { field, text: this.quote(text), near }, fix);
    }
  }

  /** @param {string} alias */
  checkAlias(alias) {
    const other = this.works.byName.get(fold(alias)) ?? this.works.byTitle.get(fold(alias));
    if (!other) return;
    const key = this.works.hasAlias(other, alias) ? "alias-shared" : "alias-is-name";
    this.report(key, "aliases", { text: this.quote(alias), other });
  }

  /**
   * @param {string} name
   * @param {string} title
   */
  checkName(name, title) {
    const other = this.works.byName.get(fold(name));
    if (other) this.report("duplicate-name", "name", { other });
    if (!name) this.report("no-name", "name");
    else if (!isKebabCase(name, this.terms.file_names)) {
      const near = this.suggestName(name) || this.suggestName(title);
      const fix = near ? { from: name, to: near } : undefined;
      this.report("bad-name", "name", { name, near }, fix);
    }
    if (this.reservedName.test(name)) {
      this.report("reserved-name", "name", { name });
    }
  }

  /** @param {string} text */
  suggestName(text) {
    return toKebabCase(text, this.terms.file_names);
  }

  /**
   * Report a missing text, links to notes that do not exist, and what is wrong with claims.
   * @param {FieldValues} fields
   * @param {string} body
   */
  checkBody(fields, body) {
    const text = body
      .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
      .replace(/^#{1,6}[ \t].*$/gm, "")
      .trim();
    const mayBeEmpty = fields.status === "to-read" || fields.draft === "true";
    if (!text && !mayBeEmpty) this.report("no-text", "body");
    for (const target of findWikilinks(body, this.formulaMarks)) {
      if (this.works.keys.readReference(target) || /^https?:/i.test(target)) continue;
      if (this.isKnown(target)) continue;
      const near = this.works.names.nearest(target.split("/").pop() ?? "");
      const fix = near ? { from: `[[${target}`, to: `[[${near}` } : undefined;
      this.report("unresolved-link", "body", { text: target, near }, fix);
    }
    for (const { key, values, fix, place } of this.claims.check(body, this.formulaMarks)) {
      this.report(key, "body", values, fix, place);
    }
  }

  /**
   * Return whether a text names this note or another.
   * @param {string} text
   */
  isKnown(text) {
    return this.works.resolve(text) !== undefined || this.ownNames.has(fold(text));
  }
}

/** @param {string} date */
const yearOf = (date) => Number(date.slice(0, 4));
