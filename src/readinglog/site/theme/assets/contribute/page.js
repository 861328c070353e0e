// The page that writes a note: fields on one side, the note on the other; what is wrong is said at once, in the words of the check.

import { fetched } from "../address.js";
import { element } from "../element.js";
import { Fields } from "./fields.js";
import { keep, kept } from "./kept.js";
import { Writer } from "./note.js";
import { whole } from "./patterns.js";
import { preview } from "./preview.js";
import { Rules } from "./rules.js";
import { Sender } from "./send.js";
import { Told } from "./told.js";
import { Works } from "./works.js";

const root = new URL("../../", import.meta.url);
const UNSENT = ["no-name", "name-odd"]; // what the check lets pass, and a forge should not be asked to make a file of
const PAUSE = 150; // milliseconds without a key after which the note is checked

class ContributePage {
  constructor(form, terms, works) {
    Object.assign(this, { form, terms, log: new Works(works, terms.work), touched: new Set() });
    const changed = (name) => this.changed(name);
    this.writer = new Writer(terms);
    this.rules = new Rules(terms, this.log);
    this.sender = new Sender(terms.new);
    this.fields = new Fields(form, Object.keys(terms.fields), this.writer, changed);
    this.told = new Told(form, this.fields, this.log, changed);
    for (const [name, part] of Object.entries(this.fields.parts)) part.addEventListener("focusout", () => this.leave(name));
    document.getElementById(`${terms.prefix}l-notes`)?.append(...works.map(([name, title]) => element("option", { value: name }, title)));
    form.addEventListener("submit", (event) => event.preventDefault());
    for (const button of form.querySelectorAll("[data-view]")) button.addEventListener("click", () => this.view(button.dataset.view));
    for (const button of form.querySelectorAll("[data-send]")) button.addEventListener("click", () => this.send(button.dataset.send));
    form.addEventListener("keydown", (event) => (this.tabbing = event.key === "Tab"));
    form.addEventListener("pointerdown", () => (this.tabbing = false));
    addEventListener("pagehide", () => this.keep());
    this.begin(kept());
    form.hidden = false;
  }

  get name() {
    return this.fields.value("name").replace(/\.md$/i, "");
  }

  changed(name) {
    if (name) this.done = "";
    if (name === "name") this.named = this.fields.value("name") !== "";
    if (name !== "name" && !this.named) this.fields.put("name", this.writer.name(this.fields.value("title")));
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.show(), PAUSE);
  }

  leave(name) {
    this.touched.add(name);
    if (name === "url") this.take(this.fields.value("url"));
    this.changed();
    if (this.tabbing) this.show(); // before the next stop is scrolled to; a button that is being pressed must not move
  }

  /** From an address of arXiv or a DOI comes the id, in the place of one that came so before. */
  take(url) {
    const found = (name) => whole(this.terms.fields[name].format.slips[0].pattern).exec(url)?.[1] ?? "";
    const arxiv = found("arxiv");
    for (const [name, id] of Object.entries({ arxiv, doi: arxiv ? "" : found("doi") })) {
      const mine = this.fields.value(name);
      if (mine && mine !== this.taken[name]) continue;
      this.fields.put(name, id);
      this.taken[name] = id;
    }
  }

  show() {
    const [fields, body, name] = [this.fields.all(), this.fields.body, this.name];
    this.note = this.writer.written(fields, body);
    this.found = this.rules.check(fields, name, body, today());
    const same = fields.title && !this.found.some(({ key }) => key === "same-work") && this.log.titledLike(fields.title);
    for (const field of Object.keys(this.fields.parts)) {
      // A field is spoken of once it was left, or the note is to be sent; a work that is there already, at once.
      const due = this.found.filter((one) => one.field === field && (this.touched.has(field) || one.key === "same-work"));
      this.told.of(field, due, field === "title" && same);
    }
    const [summary, { limit }] = [this.fields.parts.summary.querySelector(".rl-doc"), this.terms.fields.summary.format];
    summary.dataset.count = `${[...(fields.summary ?? "")].length} of ${limit}`;
    this.form.querySelector(".rl-draft").replaceChildren(...preview(fields, body, this.log));
    this.form.querySelector(".rl-file").textContent = this.note;
    this.sum();
    this.keep();
  }

  /** The fields that have errors, in the order of the form; of its text the check of the pull request has the last word. */
  due() {
    const errors = this.found.filter(({ key, severity }) => severity === "error" || UNSENT.includes(key));
    return Object.keys(this.fields.parts).filter((field) => field !== "body" && errors.some((one) => one.field === field));
  }

  sum() {
    this.told.sum(this.due(), this.found.filter(({ field, severity }) => severity !== "error" || field === "body").length, this.done);
  }

  view(name) {
    for (const button of this.form.querySelectorAll("[data-view]")) button.setAttribute("aria-pressed", button.dataset.view === name);
    for (const part of this.form.querySelectorAll("[data-shown]")) part.hidden = part.dataset.shown !== name;
  }

  // The draft ---------------------------------------------------------------------------------------------------------

  /** What has been written so far, or null where that is nothing. */
  draft() {
    const [fields, body] = [this.fields.all(), this.fields.body];
    const begun = Object.keys(fields).some((name) => !["date", "kind"].includes(name)) || body !== this.terms.text.body;
    return begun ? { fields, body, name: this.named ? this.name : "", away: this.sent ? "sent" : "" } : null;
  }

  /** Keeps what is written; one that was sent or put away, until something else is. */
  keep() {
    const draft = this.draft();
    if (draft || !kept()?.away) keep(draft);
  }

  /** Fills the form with a draft, or for a new note; one that was sent or put away is offered, not brought back unasked. */
  begin(draft) {
    if (draft?.away) return this.offer(draft);
    this.fill(draft ?? {});
    this.say(draft && "This draft was kept in your browser. ", "Start anew", () => this.send("clear"));
  }

  /** An empty form, and the way back to a draft. */
  offer(draft) {
    this.fill({});
    this.say(`Your last note was ${draft.away === "sent" ? "sent" : "put away"}. `, "Bring it back", () => this.begin({ ...draft, away: "" }));
  }

  say(words, button, onclick) {
    const place = this.form.querySelector(".rl-kept");
    place.hidden = !words;
    place.replaceChildren(words || "", this.told.button(button, onclick));
  }

  fill({ fields = {}, body = this.terms.text.body, name = "" }) {
    const begun = { kind: "paper", date: today(), ...fields };
    for (const field of Object.keys(this.terms.fields)) this.fields.put(field, begun[field]);
    this.fields.put("body", body);
    this.fields.put("name", name || this.writer.name(begun.title ?? ""));
    Object.assign(this, { named: name !== "", sent: false, done: "", taken: {} });
    this.touched.clear();
    this.show();
  }

  // Sending -----------------------------------------------------------------------------------------------------------

  async send(how) {
    if (how === "clear") return this.clear();
    this.touched = new Set(Object.keys(this.fields.parts));
    this.show();
    const [first] = this.due();
    if (how === "open" && first) return this.fields.control(first).focus();
    this.done = await this.sender[how](this.name || "note", this.note);
    this.sent ||= how !== "copy";
    this.sum();
    this.keep();
  }

  clear() {
    const draft = this.draft();
    if (draft) keep({ ...draft, away: draft.away || "cleared" });
    this.begin(kept());
    this.fields.control("url").focus();
  }
}

/** The day here, as YYYY-MM-DD. */
function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

const told = (name) => fetched(new URL(`contribute/${name}.json`, root), { cache: "no-cache" });
const form = document.getElementById("rl-form");
try {
  new ContributePage(form, ...(await Promise.all([told("terms"), told("works")])));
} catch (error) {
  console.error(error);
  form.before(element("p", { role: "alert" }, "The form could not be loaded. Reload the page, or add the note in one of the ways below."));
}
