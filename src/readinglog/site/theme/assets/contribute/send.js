// Where the note goes: to the forge's page for a new file, to the clipboard, or into a file.

import { element } from "../element.js";

const LONGEST = 7000; // characters of an address that the forges still take

export class Sender {
  constructor(pattern) {
    this.pattern = pattern;
  }

  /** The forge's page for a new file, with the name and, if an address can carry it, the text filled in. */
  address(name, text) {
    const filled = (pattern) => pattern.replace("{name}", encodeURIComponent(name)).replace("{text}", () => encodeURIComponent(text));
    const whole = filled(this.pattern);
    const carries = whole.length <= LONGEST;
    return { carries, url: carries ? whole : filled(this.pattern.replace(/[?&]\w+=\{text\}/, "")) };
  }

  /** The note is copied as well: not every version of a forge takes it from the address. */
  async open(name, text) {
    const { carries, url } = this.address(name, text);
    const copied = await this.written(text);
    open(url, "_blank", "noopener");
    if (carries) return `Opened in a new tab with the note filled in.${copied ? " It is copied too, should that page be empty." : ""}`;
    return copied ? "The note is copied: paste it into the page that was opened." : "Copy the file from here into the page that was opened.";
  }

  async copy(name, text) {
    return (await this.written(text)) ? `Copied: paste it into ${name}.md.` : "Your browser does not let the note be copied: show the file, and select it.";
  }

  download(name, text) {
    const url = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
    element("a", { href: url, download: `${name}.md` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    return `Downloaded as ${name}.md: put it into the folder of notes.`;
  }

  /** Whether the text could be put on the clipboard. */
  async written(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
}
