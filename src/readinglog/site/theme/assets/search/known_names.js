// The keys by which a whole query may name a note, and names with what is known of a work beside
// them; the counterpart of name_keys.py and descriptions.py.

import { decodeAddress } from "../address.js";
import { WorkKeys } from "../identifiers.js";
import { splitWords } from "./words.js";

/** @typedef {Record<string, string>} NamePatterns What a query may be, or hold. */

const SIGNS = /[.:/]/; // one of these is in each address and identifier
const ASCII = /^\p{ASCII}*$/u;
const YEAR = /^[0-9]{4}$/;

export class NameKeys {
  /** @param {import("./catalogue.js").Language} language */
  constructor({ name_patterns, work_patterns }) {
    this.works = new WorkKeys(work_patterns);
    /** @type {Record<string, RegExp>} */
    this.patterns = {};
    for (const [name, pattern] of Object.entries(name_patterns)) {
      this.patterns[name] = new RegExp(pattern, "gis");
    }
  }

  /**
   * Return what a pattern finds first in a text.
   * @param {string} name
   * @param {string} text
   * @returns {RegExpMatchArray | undefined}
   */
  find(name, text) {
    return text.matchAll(this.patterns[name]).next().value;
  }

  /**
   * Return a text without what a pattern finds.
   * @param {string} name
   * @param {string} text
   */
  cut(name, text) {
    return text.replace(this.patterns[name], "");
  }

  /**
   * Return the keys by which a query may name a note, the surest first.
   * @param {string} text
   */
  list(text) {
    if (this.find("exclusion", text)) return [];
    const bare = this.cut("prefix", this.cut("outer_marks", text));
    const whole = this.cut("prefix", text.trim());
    const names = [findPageName(bare), this.find("file", bare)?.[1]];
    const addresses = [whole, decodeAddress(whole), bare, decodeAddress(bare)];
    const keys = [
      ...names.flatMap((name) => (name ? makePageKey(decodeAddress(name)) : [])),
      ...addresses.flatMap((address) => (/\s/.test(address) ? [] : this.listAddressKeys(address))),
      ...[text, decodeAddress(text)].flatMap((form) => [
        ...this.listKeysWithin(form),
        ...this.listNames(form),
      ]),
    ];
    return [...new Set(keys)].filter(Boolean);
  }

  /**
   * Return the keys of an address or identifier, with or without its scheme.
   * @param {string} address
   */
  listAddressKeys(address) {
    if (!SIGNS.test(address)) return [];
    const keys = [this.works.make(address), this.works.make(`//${address}`)];
    const repository = this.findRepository(address);
    const roots = repository?.isWithin ? [] : [`${repository?.key}/`];
    return [
      ...keys.filter((key) => SIGNS.test(key)),
      ...(repository ? [repository.key, ...roots] : []),
    ];
  }

  /**
   * Return the repository of an address, and whether it is of a folder or file within it.
   * @param {string} address
   */
  findRepository(address) {
    const [, bare] = this.find("owner_and_name", address) ?? [];
    const found = this.find("repository", bare ? `github.com/${bare}` : address);
    if (!found) return undefined;
    const path = `${found[1]}/${found[2]}`.toLowerCase();
    const end = this.find("repository_end", path);
    const root = path.slice(0, end?.index);
    const github = this.find("github", root);
    return {
      key: `git:${github ? `github.com/${github[1]}` : root}`,
      isWithin: Boolean(end?.[1] || github?.[2]),
    };
  }

  /**
   * Return the keys of the identifiers and addresses that stand in a text or an address.
   * @param {string} text
   */
  listKeysWithin(text) {
    /** @param {string} name */
    const findAll = (name) => [...text.matchAll(this.patterns[name])];
    return [
      ...findAll("arxiv_within").map(([, id]) => `arxiv:${id.toLowerCase()}`),
      ...findAll("doi_within").flatMap(([, name]) => this.listDoiKeys(name)),
      ...findAll("address_within").flatMap(([address]) =>
        this.listAddressKeys(this.cut("outer_marks", address)),
      ),
    ];
  }

  /**
   * Return the keys of a DOI that stands in an address, which may go on behind it.
   * @param {string} name
   */
  listDoiKeys(name) {
    const steps = name.slice(0, this.find("doi_end", name)?.index).split("/");
    const starts = steps.map((_, at) => steps.slice(0, steps.length - at).join("/"));
    return [name, ...starts.slice(0, -1)].map((start) => this.works.make(start));
  }

  /**
   * Return the keys of the names that a text may be, or the title of a tab be made of.
   * @param {string} text
   */
  listNames(text) {
    const reference = this.find("reference", text.trim())?.slice(1).find(Boolean) ?? "";
    const title = this.cut("title_marks", text.trim());
    const separators = [...title.matchAll(this.patterns.separator)];
    const pieces = [
      ...separators.map(({ index }) => title.slice(0, index)).reverse(),
      ...separators.map(({ 0: mark, index }) => title.slice(index + mark.length)),
    ];
    return [
      ...(reference ? [makePageKey(reference), makeNameKey(reference)] : []),
      makeNameKey(text),
      makeNameKey(title),
      ...pieces.flatMap((piece) => {
        const words = splitWords(piece);
        const [, name] = this.find("owner_and_name", piece.split(": ")[0]) ?? [];
        return [
          words.length > 1 ? words.join("") : "",
          name ? `git:github.com/${name.toLowerCase()}` : "",
        ];
      }),
    ];
  }
}

/** @param {string} text */
const makeNameKey = (text) => splitWords(text).join("");

/**
 * Return the name of the note whose page is at an address, its folder included, or "".
 * @param {string} address
 */
function findPageName(address) {
  const path = `/${address.split(/[?#]/, 1)[0]}`;
  const at = path.toLowerCase().lastIndexOf("/notes/");
  if (at < 0 || /\s/.test(address.slice(at))) return "";
  const end = path.endsWith("/") ? path.length - 1 : path.length;
  return path.slice(at + "/notes/".length, end).replace(/\.md$/, "");
}

/** @param {string} name */
const makePageKey = (name) => `/notes/${name}/`;

/**
 * Finds names with what is known of a work beside them, such as `the transformer paper`, and works
 * by their authors, as texts cite them: `Shazeer et al. 2017`.
 */
export class Descriptions {
  /** @param {import("./search.js").Search} search */
  constructor(search) {
    this.search = search;
    this.kindWords = search.language.kind_words;
    /** @type {Map<string, Set<number>>} */
    this.authors = new Map();
  }

  /**
   * Return the numbers of the authors' names that have a word.
   * @param {string} word
   */
  findAuthors(word) {
    const known = this.authors.get(word);
    if (known) return known;
    /** @type {Set<number>} */
    const found = new Set();
    for (const [at, name] of this.search.index.getNames("author").names.entries()) {
      const isLikely = name.toLowerCase().includes(word) || !ASCII.test(name);
      if (isLikely && splitWords(name).includes(word)) found.add(at);
    }
    this.authors.set(word, found);
    return found;
  }

  /**
   * Return the notes that the words name with what is known of a work beside its name, or else those
   * of the authors and the year that they are; the likeliest first. Where they hold `et al.`, authors
   * are meant first.
   * @param {string[]} words
   */
  find(words) {
    if (!this.mayDescribe(words)) return [];
    const isCitation = this.hasEtAl(words);
    const found = isCitation ? this.findCited(words) : this.findNamed(words);
    if (found.length) return found;
    return isCitation ? this.findNamed(words) : this.findCited(words);
  }

  /** @param {string[]} words */
  hasEtAl(words) {
    const [first, second] = this.search.language.et_al;
    return words.some((word, at) => word === first && words[at + 1] === second);
  }

  /**
   * Return the works by authors with all of the words in their names, and of the year among them:
   * those whose first author has one come first, then the most linked. Words without a year are
   * authors where `et al.` is among them.
   * @param {string[]} words
   */
  findCited(words) {
    const { index, catalogue, commonWords } = this.search;
    const years = [...new Set(words.filter((word) => YEAR.test(word)))];
    const names = words.filter((word) => !YEAR.test(word) && !commonWords.has(word));
    const said = names.filter((word) => [...word].length > 1); // others are initials
    if (!said.length || years.length > 1 || !(years.length || this.hasEtAl(words))) return [];
    const people = said.map((word) => this.findAuthors(word));
    if (!people.every((authors) => authors.size)) return [];
    const [year] = years;
    const ofYear = [...index.notes].filter(
      (note) => !year || catalogue.valuesOf("year")[note] === year,
    );
    const lists = index.getNames("author").notes;
    const isBy = (/** @type {number} */ note) =>
      people.every((authors) => lists[note].some((at) => authors.has(at)));
    const isFirst = (/** @type {number} */ note) =>
      people.some((authors) => authors.has(lists[note][0]));
    const { linkCounts } = catalogue;
    return ofYear
      .filter(isBy)
      .sort(
        (a, b) => Number(isFirst(b)) - Number(isFirst(a)) || linkCounts[b] - linkCounts[a] || b - a,
      );
  }

  /**
   * Return the notes that some of the words name, if all others say of what kind they are, of which
   * year, or by whom; the likeliest first.
   * @param {string[]} words
   */
  findNamed(words) {
    const { length } = words;
    for (let size = length - 1; size; size--) {
      for (let start = 0; start + size <= length; start++) {
        const others = [...words];
        const found = this.findBeside(others.splice(start, size), others);
        if (found.length) return found;
      }
    }
    return [];
  }

  /**
   * Return the notes of a name of which all words beside it say something.
   * @param {string[]} words
   * @param {string[]} around
   */
  findBeside(words, around) {
    const { commonWords, index } = this.search;
    const others = around.filter((word) => !commonWords.has(word));
    const isCommon = words.every((word) => commonWords.has(word));
    if (isCommon || !others.length) return [];
    const named = [...index.findNamed(words.join(""))];
    if (others.some((word) => !this.kindWords[word])) named.push(...this.listTitled(words));
    // Only then are the authors of all notes needed.
    if (!named.length || !others.every((word) => this.isBeside(word))) return [];
    const found = named.filter((note) => others.every((word) => this.describes(word, note)));
    return [...new Set(found)];
  }

  /**
   * Return whether there are so many words that they may be a name and others.
   * @param {string[]} words
   */
  mayDescribe({ length }) {
    return length > 1 && length <= this.search.language.max_description;
  }

  /**
   * Return the notes whose titles or names have forms of all words, most linked first.
   * @param {string[]} words
   */
  listTitled(words) {
    const { index, catalogue } = this.search;
    const found = words.reduce((kept, word) => {
      const titled = new Set();
      for (const postings of index.findForms(word).values()) {
        for (const [note, value] of postings) if (value % 2) titled.add(note);
      }
      return kept.intersection(titled);
    }, index.notes);
    const { linkCounts } = catalogue;
    return [...found].sort((a, b) => linkCounts[b] - linkCounts[a] || b - a);
  }

  /**
   * Return whether a word may say of what kind or year a note is, or who wrote it.
   * @param {string} word
   */
  isBeside(word) {
    return this.kindWords[word] || YEAR.test(word) || this.findAuthors(word).size;
  }

  /**
   * Return whether a word says of what kind or year a note is, or who wrote it.
   * @param {string} word
   * @param {number} note
   */
  describes(word, note) {
    const { catalogue, index } = this.search;
    const isKind = this.kindWords[word]?.includes(catalogue.kind[note]);
    const authors = this.findAuthors(word);
    const isAuthor = index.getNames("author").notes[note].some((at) => authors.has(at));
    return word === catalogue.valuesOf("year")[note] || isKind || isAuthor;
  }
}
