// Where the note goes: to the forge's page for a new file, to the clipboard, or into a file.

import { createElement } from "../element.js";
import { t } from "../messages.js";

const MAX_URL_LENGTH = 7000; // characters of an address that the forges still take
const DOWNLOAD_TIME = 60000; // milliseconds after which the browser has surely begun to download

/**
 * What to say of a note that was sent, and whether nothing is left to be copied by hand.
 * @typedef {{ message: string, isCopied: boolean }} Sent
 */
/** @typedef {(name: string, text: string) => Promise<Sent>} Send */

export class Sender {
  /** @param {string} pattern The forge's page for a new file, with `{name}` and `{text}`. */
  constructor(pattern) {
    this.pattern = pattern;
    /** @type {Record<string, Send>} */
    this.ways = { open: this.open.bind(this), copy: copyNote, download: downloadNote };
  }

  /**
   * Open the forge's page. The note is copied as well: not every version of a forge takes it from
   * the address.
   * @param {string} name
   * @param {string} text
   */
  async open(name, text) {
    const { url, hasText } = this.newFileUrl(name, text);
    // At once, as phones open no page after a pause.
    const isCopiedAtOnce = copySelection(text);
    const isCopied = isCopiedAtOnce || (await writeClipboard(text));
    open(url, "_blank", "noopener");
    return { message: describeOpened(hasText, isCopied), isCopied: isCopied || hasText };
  }

  /**
   * Return the address of the page with the name and, where an address can hold it, the text filled
   * in.
   * @param {string} name
   * @param {string} text
   */
  newFileUrl(name, text) {
    /** @param {string} pattern */
    const fill = (pattern) =>
      pattern
        .replace("{name}", encodeURIComponent(name))
        .replace("{text}", () => encodeURIComponent(text));
    const whole = fill(this.pattern);
    const hasText = whole.length <= MAX_URL_LENGTH;
    return { hasText, url: hasText ? whole : fill(this.pattern.replace(/[?&]\w+=\{text\}/, "")) };
  }
}

/**
 * @param {boolean} hasText
 * @param {boolean} isCopied
 */
function describeOpened(hasText, isCopied) {
  if (hasText) {
    const opened = t("Opened in a new tab with the note filled in.");
    const copied = t("It is on your clipboard too, in case that page is empty.");
    return isCopied ? `${opened} ${copied}` : opened;
  }
  if (isCopied) return t("Note copied. Paste it into the page that opened.");
  return t("Copy the selected text into the page that opened.");
}

/** @type {Send} */
async function copyNote(name, text) {
  const isCopied = copySelection(text) || (await writeClipboard(text));
  const message = isCopied
    ? t("Copied. Paste it into {file}.", { file: `${name}.md` })
    : t("Your browser blocked copying. Copy the selected text.");
  return { message, isCopied };
}

/** @type {Send} */
async function downloadNote(name, text) {
  const file = new Blob([text], { type: "text/markdown;charset=utf-8" });
  const href = URL.createObjectURL(file);
  createElement("a", { href, download: `${name}.md` }).click();
  setTimeout(() => URL.revokeObjectURL(href), DOWNLOAD_TIME);
  const message = t("Downloaded as {file}. Put it into the notes folder.", { file: `${name}.md` });
  return { message, isCopied: true };
}

/**
 * Copy a text at once, as browsers do with what is selected, without a permission and on sites
 * without https, too; return whether the browser lets it.
 * @param {string} text
 */
function copySelection(text) {
  const focused = document.activeElement;
  const area = createElement("textarea", { value: text, readOnly: true, className: "rl-copied" });
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}

/**
 * Copy a text; return whether the browser lets it.
 * @param {string} text
 */
async function writeClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
