// The marks of a browser as a file, for another browser. A file may come from anywhere: what it
// holds is checked, and only names of notes are taken from it.

import { t } from "./messages.js";

const FORMAT = "readinglog-marks";
const VERSION = 1;
const LARGEST = 2_000_000; // bytes
const MOST = 50_000; // names
const LONGEST = 300; // characters of a name
// What no name of a note has: `/` is between names, the others cannot be seen.
const NOT_IN_NAMES = /[/\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/**
 * Return the text of a file with marks.
 * @param {Iterable<string>} names
 * @param {URL} root The site that they are of.
 */
export const writeMarksFile = (names, root) =>
  `${JSON.stringify({ format: FORMAT, version: VERSION, site: root.href, read: [...names].sort() }, null, 1)}\n`;

/**
 * Return the names that a file marks as read, or else what is wrong with it and what to do.
 * @param {Blob} file
 * @returns {Promise<{ names: string[], problem: string }>}
 */
export async function parseMarksFile(file) {
  if (file.size > LARGEST) return refuse(t("The file is larger than 2 MB."));
  let content;
  try {
    content = JSON.parse(await file.text());
  } catch {
    return refuse(t("The file is not JSON."));
  }
  if (content?.format !== FORMAT) return refuse(t("The file has no `format` of reading marks."));
  if (content.version !== VERSION) return refuse(t("The file has a `version` other than 1."));
  const { read } = content;
  if (!Array.isArray(read)) return refuse(t("The file has no list `read`."));
  if (read.length > MOST) return refuse(t("The list `read` has more than 50,000 names."));
  const wrong = read.findIndex((name) => !isName(name));
  if (wrong < 0) return { names: [...new Set(read)], problem: "" };
  return refuse(t("Entry {number} of `read` is not the name of a note.", { number: wrong + 1 }));
}

/** @param {unknown} name */
const isName = (name) =>
  typeof name === "string" &&
  name.trim() !== "" &&
  name.length <= LONGEST &&
  !NOT_IN_NAMES.test(name);

/** @param {string} problem */
const refuse = (problem) => ({
  names: [],
  problem: `${problem} ${t("Nothing was imported. Choose a file that “Export” has written.")}`,
});
