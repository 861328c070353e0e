// The keys by which a whole query may name a note; the counterpart of name_keys.py.

import { decodeAddress } from "../address.js";
import { WorkKeys } from "../identifiers.js";
import { splitWords } from "./words.js";

const SIGNS = /[.:/]/; // one of these is in each address and identifier

export class NameKeys {
  /** @param {import("./catalogue.js").Language} language */
  constructor({ name_patterns, work_patterns }) {
    this.works = new WorkKeys(work_patterns);
    this.page = new RegExp(name_patterns.page);
    this.outerMarks = new RegExp(name_patterns.outer_marks, "g");
    this.prefix = new RegExp(name_patterns.prefix, "gi");
  }

  /**
   * Return the keys by which a query may name a note, the surest first.
   * @param {string} text
   */
  list(text) {
    const bare = text.replace(this.outerMarks, "").replace(this.prefix, "");
    const whole = text.trim().replace(this.prefix, "");
    const [, name] = this.page.exec(bare) ?? [];
    const addresses = [whole, decodeAddress(whole), bare, decodeAddress(bare)];
    const keys = [
      name ? `/notes/${decodeAddress(name)}/` : "",
      ...addresses.flatMap((address) => this.listWorkKeys(address)),
      splitWords(text).join(""),
    ];
    return [...new Set(keys)].filter(Boolean);
  }

  /**
   * Return the keys of the work that an address or identifier means, with or without its scheme.
   * @param {string} address
   */
  listWorkKeys(address) {
    if (!SIGNS.test(address) || /\s/.test(address)) return [];
    const keys = [this.works.make(address), this.works.make(`//${address}`)];
    return keys.filter((key) => SIGNS.test(key));
  }
}
