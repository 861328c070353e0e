// The keys by which a whole query may name a note; the counterpart of name_keys.py.

import { decodeAddress } from "../address.js";
import { WorkKeys } from "../identifiers.js";
import { splitWords } from "./words.js";

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
    const [, name] = this.page.exec(bare) ?? [];
    const keys = [
      name && `/notes/${decodeAddress(name)}/`,
      bare && !/\s/.test(bare) && this.works.make(bare),
      splitWords(text).join(" "),
    ];
    return keys.filter((key) => typeof key === "string" && key !== "").map(String);
  }
}
