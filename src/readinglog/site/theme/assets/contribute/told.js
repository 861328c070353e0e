// What is said of the fields, beside them, and what is left to do.

import { coded, element, spoken } from "../element.js";

const root = new URL("../../", import.meta.url);

export class Told {
  constructor(form, fields, log, changed) {
    Object.assign(this, { fields, log, changed, place: form.querySelector(".rl-sum") });
  }

  /** Says what was found of a field, and offers to mend it; `same` is a note of nearly the same title. */
  of(field, found, same) {
    const lines = found.map(({ key, severity, message, help, fix, other }) => {
      const how = fix ? this.button(help, () => this.mend(field, fix)) : key !== "missing" && coded(help); // which tells how to write a file
      return element("li", { "data-severity": severity }, spoken(message), how && ": ", how, other && [". ", this.link(other, "Read it")]);
    });
    if (same) lines.push(element("li", { "data-severity": "warning" }, "A note has nearly this title: ", this.link(same, this.log.titles.get(same))));
    const place = this.fields.parts[field].querySelector(".rl-said-here");
    const words = (items) => items.map((item) => item.textContent).join("\n");
    if (words([...place.children]) !== words(lines)) place.replaceChildren(...lines); // a button that is being pressed stays
    this.fields.control(field).setAttribute("aria-invalid", found.some(({ severity }) => severity === "error"));
  }

  mend(field, fix) {
    this.fields.mend(field, fix);
    this.changed(field);
  }

  button(words, onclick) {
    return element("button", { type: "button", className: "rl-mend-it", onclick }, coded(words));
  }

  link(name, words) {
    return element("a", { href: new URL(`notes/${encodeURIComponent(name)}/`, root).href, target: "_blank", rel: "noopener" }, words);
  }

  /** How much is left to do before the check is content, with links to where; or else what was just `done`. */
  sum(due, hints, done) {
    const links = due.flatMap((field, at) => [at ? ", " : "", element("a", { href: `#${this.fields.control(field).id}` }, this.fields.label(field))]);
    const rest = hints ? ` ${hints === 1 ? "One hint stands" : `${hints} hints stand`} beside the fields.` : "";
    const told = done ? [done] : due.length ? ["To do: ", ...links, "."] : ["Nothing to mend here.", rest];
    if (this.place.textContent !== told.map((part) => part.textContent ?? part).join("")) this.place.replaceChildren(...told);
    this.place.dataset.due = due.length;
  }
}
