// The page that writes a note: fields on one side, the note on the other; what is wrong is said at once, in the words of the check.

import { coded, element, spoken } from "../element.js";
import { ListField } from "./lists.js";
import { Writer } from "./note.js";
import { preview } from "./preview.js";
import { Rules } from "./rules.js";
import { Sender } from "./send.js";
import { Works } from "./works.js";

const root = new URL("../../", import.meta.url);
const KEPT = "readinglog:draft";
const PAUSE = 150; // milliseconds without a key after which the note is checked

class ContributePage {
  constructor(form, terms, works) {
    Object.assign(this, { form, terms, log: new Works(works, terms.work), touched: new Set(), lists: {} });
    this.writer = new Writer(terms);
    this.rules = new Rules(terms, this.log);
    this.sender = new Sender(terms.new);
    this.parts = Object.fromEntries([...form.querySelectorAll("[data-field]")].map((part) => [part.dataset.field, part]));
    for (const [name, part] of Object.entries(this.parts)) {
      if ("many" in part.dataset) this.lists[name] = new ListField(this.control(name), this.label(name), () => this.changed(name), name !== "aliases");
      part.addEventListener("focusout", () => this.leave(name));
    }
    document.getElementById(`${terms.prefix}l-notes`)?.append(...works.map(([name, title]) => element("option", { value: name }, title)));
    form.addEventListener("input", (event) => this.changed(event.target.name));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll("[data-view]")) button.addEventListener("click", () => this.view(button.dataset.view));
    for (const button of form.querySelectorAll("[data-send]")) button.addEventListener("click", () => this.send(button.dataset.send));
    this.begin(this.kept());
    form.hidden = false;
  }

  control(name) {
    return this.form.elements.namedItem(name);
  }

  label(name) {
    return this.parts[name].querySelector("label").firstChild.textContent.trim();
  }

  // What is typed -----------------------------------------------------------------------------------------------------

  /** The fields as the front matter will have them; what is empty is left out. */
  fields() {
    const told = {};
    for (const name of Object.keys(this.terms.fields)) {
      const value = this.value(name);
      if (value.length) told[name] = value;
    }
    return told;
  }

  value(name) {
    if (this.lists[name]) return this.lists[name].all.map((text) => this.writer.cleaned(text)).filter(Boolean);
    const control = this.control(name);
    return !control ? "" : control.type === "checkbox" ? (control.checked ? control.value : "") : this.writer.cleaned(control.value);
  }

  put(name, value) {
    const control = this.control(name);
    if (this.lists[name]) this.lists[name].set([value].flat());
    else if (control?.type === "checkbox") control.checked = value === "true";
    else if (control) control.value = value;
  }

  get body() {
    return this.control("body").value.replaceAll("\r\n", "\n");
  }

  changed(name) {
    if (name) this.told = "";
    if (name === "name") this.named = this.control("name").value !== "";
    if (name === "url") this.take(this.value("url"));
    if (name !== "name" && !this.named) this.control("name").value = this.writer.name(this.value("title"));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  leave(name) {
    this.touched.add(name);
    this.changed();
  }

  /** From an address of arXiv or a DOI comes the id. */
  take(url) {
    const { arxiv, doi } = this.log;
    const id = arxiv.exec(url)?.[1], name = !id && doi.exec(url)?.[1];
    if (id && !this.value("arxiv")) this.put("arxiv", id);
    if (name && !this.value("doi")) this.put("doi", name);
  }

  // What is shown -----------------------------------------------------------------------------------------------------

  show() {
    const [fields, text, name] = [this.fields(), this.body, this.value("name")];
    this.note = this.writer.written(fields, text);
    this.found = this.rules.check(fields, name, text, today());
    const same = fields.title && !this.found.some(({ key }) => key === "same-work") && this.log.titledLike(fields.title);
    for (const [field, part] of Object.entries(this.parts)) {
      // What is empty is spoken of only once it was left, or the note is to be sent.
      const due = this.found.filter((one) => one.field === field && (this.touched.has(field) || (this.value(field).length && one.key !== "no-text")));
      this.tell(field, part, due, field === "title" && same ? [this.known(same)] : []);
    }
    this.form.querySelector(".rl-draft").replaceChildren(...preview(fields, text, this.log));
    this.form.querySelector(".rl-file").textContent = this.note;
    this.sum();
    this.keep(fields, text, name);
  }

  /** Says what was found of a field, and offers to mend it. */
  tell(field, part, found, more) {
    const lines = found.map(({ severity, message, help, fix, other }) =>
      element("li", { "data-severity": severity }, spoken(message), ": ", fix ? this.mend(field, fix, help) : coded(help), other && [". ", this.link(other, "Read it")]),
    );
    const place = part.querySelector(".rl-said-here");
    const words = (items) => items.map((item) => item.textContent).join("\n");
    if (words([...place.children]) !== words([...lines, ...more])) place.replaceChildren(...lines, ...more); // a button that is being pressed stays
    const count = part.querySelector(".rl-doc");
    if (field === "summary") count.dataset.count = `${[...this.value("summary")].length} of ${this.terms.fields.summary.format.limit}`;
    const control = this.control(field);
    control.setAttribute("aria-invalid", found.some(({ severity }) => severity === "error"));
  }

  mend(field, { from, to }, help) {
    const doIt = () => {
      if (this.lists[field]) this.lists[field].replace(from, to);
      else this.put(field, to);
      this.changed(field);
      this.control(field).focus();
    };
    return element("button", { type: "button", className: "rl-mend-it", onclick: doIt }, coded(help));
  }

  /** That a note of nearly the same title is there. */
  known(name) {
    return element("li", { "data-severity": "warning" }, "A note has nearly this title: ", this.link(name, this.log.titles.get(name)));
  }

  link(name, words) {
    return element("a", { href: new URL(`notes/${encodeURIComponent(name)}/`, root).href, target: "_blank", rel: "noopener" }, words);
  }

  /** The fields that have errors, in the order of the form. */
  due() {
    return Object.keys(this.parts).filter((field) => this.found.some((one) => one.field === field && one.severity === "error"));
  }

  /** How much is left to do before the check is content, with links to where. */
  sum() {
    const due = this.due();
    const links = due.flatMap((field, at) => [at ? ", " : "", element("a", { href: `#${this.control(field).id}` }, this.label(field))]);
    const hints = this.found.filter(({ severity }) => severity !== "error").length;
    const rest = hints ? ` ${hints === 1 ? "One hint stands" : `${hints} hints stand`} beside the fields.` : "";
    const told = this.told ? [this.told] : due.length ? ["To do: ", ...links, "."] : ["Nothing to mend here.", rest];
    const place = this.form.querySelector(".rl-sum");
    if (place.textContent !== told.map((part) => part.textContent ?? part).join("")) place.replaceChildren(...told);
    place.dataset.due = due.length;
  }

  view(name) {
    for (const button of this.form.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === name);
    for (const part of this.form.querySelectorAll("[data-shown]")) part.hidden = part.dataset.shown !== name;
  }

  // The draft ---------------------------------------------------------------------------------------------------------

  kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT));
    } catch {
      return null;
    }
  }

  keep(fields, body, name) {
    const { date, kind, ...told } = fields;
    if (!Object.keys(told).length && body === this.terms.text.body) return this.forget();
    try {
      localStorage.setItem(KEPT, JSON.stringify({ fields, body, name: this.named ? name : "", sent: this.sent }));
    } catch {
      // a browser that keeps nothing still writes a note
    }
  }

  forget() {
    try {
      localStorage.removeItem(KEPT);
    } catch {
      // nothing was kept
    }
  }

  /** Fills the form with a draft, or for a new note; a draft that was sent is offered, not brought back unasked. */
  begin(draft) {
    const place = this.form.querySelector(".rl-kept");
    place.hidden = !draft;
    if (draft?.sent) {
      const back = element("button", { type: "button", className: "rl-mend-it", onclick: () => this.begin({ ...draft, sent: false }) }, "Bring it back");
      place.replaceChildren("Your last note was sent. ", back);
      this.fill({});
    } else {
      if (draft) place.replaceChildren("This draft was kept in your browser. ", element("button", { type: "button", className: "rl-mend-it", onclick: () => this.send("clear") }, "Start anew"));
      this.fill(draft ?? {});
    }
  }

  fill({ fields = {}, body = this.terms.text.body, name = "" }) {
    const begun = { kind: "paper", date: today(), ...fields };
    for (const field of Object.keys(this.terms.fields)) this.put(field, begun[field] ?? (this.lists[field] ? [] : ""));
    this.control("body").value = body;
    this.named = name !== "";
    this.control("name").value = name || this.writer.name(begun.title ?? "");
    this.sent = false;
    this.told = "";
    if (fields.title === undefined) this.touched.clear();
    this.show();
  }

  // Sending -----------------------------------------------------------------------------------------------------------

  async send(how) {
    if (how === "clear") {
      this.forget();
      this.begin(null);
      this.control("url").focus();
      return;
    }
    this.touched = new Set(Object.keys(this.parts));
    this.show();
    const [first] = this.due();
    if (how === "open" && first) return this.control(first).focus();
    const name = this.value("name") || "note";
    this.told = await this.sender[how](name, this.note);
    this.sum();
    this.sent = how !== "copy" || this.sent;
    this.keep(this.fields(), this.body, name);
  }
}

/** The day here, as YYYY-MM-DD. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

async function fetched(name) {
  const answer = await fetch(new URL(`contribute/${name}.json`, root), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

const form = document.getElementById("rl-form");
try {
  new ContributePage(form, ...(await Promise.all([fetched("terms"), fetched("works")])));
} catch (error) {
  console.error(error);
  form.before(element("p", { role: "alert" }, "The form could not be loaded. Reload the page, or add the note in one of the ways below."));
}
