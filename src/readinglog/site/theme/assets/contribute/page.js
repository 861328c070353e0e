// The page that writes a note: the form on one side, the note on the other. What is wrong is said
// at once, in the words of the check.

import { fetchPacked } from "../address.js";
import { createElement } from "../element.js";
import { t } from "../messages.js";
import { compilePattern } from "../patterns.js";
import { ClaimForm } from "./claim_form.js";
import { loadDraft, loadDraftSetAside, setDraftAside, storeDraft } from "./draft_storage.js";
import { createButton, FieldMessages } from "./field_messages.js";
import { FormFields } from "./fields.js";
import { NoteChecker } from "./note_checker.js";
import { NoteWriter } from "./note_writer.js";
import { renderPreview } from "./preview.js";
import { Sender } from "./send.js";
import { makeBookmarklet, quoteText, readSharedPage } from "./shared_page.js";
import { WorkIndex } from "./works.js";

/**
 * @typedef {import("./note_checker.js").Terms} Terms
 * @typedef {import("./note_checker.js").Diagnostic} Diagnostic
 * @typedef {import("./draft_storage.js").Draft} Draft
 */

const root = new URL("../../", import.meta.url);
// warnings of the check; a forge should not make a file of such a name
const REQUIRED_TO_SEND = ["no-name", "bad-name"];
const TYPING_PAUSE = 150; // milliseconds without a key after which the note is checked

class ContributePage {
  /**
   * @param {HTMLFormElement} form
   * @param {Terms} terms
   * @param {import("./works.js").WorkEntry[]} entries
   */
  constructor(form, terms, entries) {
    /** @param {string} name */
    const onChange = (name) => this.onChange(name);
    this.form = form;
    this.terms = terms;
    this.works = new WorkIndex(entries, terms.work_patterns);
    this.writer = new NoteWriter(terms);
    this.checker = new NoteChecker(terms, this.works);
    this.sender = new Sender(terms.new_file_url);
    this.fields = new FormFields(form, Object.keys(terms.fields), this.writer, onChange);
    this.claims = new ClaimForm(form, terms, this.writer, () => this.onChange("body"));
    this.messages = new FieldMessages(form, this.fields, this.works, onChange);
    this.preview = query(form, ".rl-note-preview");
    this.source = query(form, ".rl-note-source");
    this.notice = query(form, ".rl-draft-notice");
    this.summaryHelp = query(form, "[data-field=summary] .rl-field-help");
    /** @type {Set<string>} Fields that were left, or are to be sent. */
    this.touched = new Set();
    /** @type {Record<string, string>} Ids that came from the address. */
    this.takenIds = {};
    /** @type {Diagnostic[]} */
    this.diagnostics = [];
    this.note = "";
    this.done = ""; // what was just done
    this.hasOwnName = false; // whether the file name was typed, not made from the title
    this.isSent = false;
    this.isTabbing = false;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.offerNames(entries);
    this.listen();
    this.restore(loadDraft());
    this.takeSharedPage();
    form.inert = false;
  }

  /**
   * Offer the names of all notes for completion.
   * @param {import("./works.js").WorkEntry[]} entries
   */
  offerNames(entries) {
    const options = entries.map(([value, title]) => createElement("option", { value }, title));
    document.getElementById(`${this.terms.id_prefix}l-notes`)?.append(...options);
  }

  listen() {
    const { form } = this;
    for (const [name, part] of this.fields.parts) {
      part.addEventListener("focusout", () => this.onLeave(name));
    }
    for (const button of queryAll(form, "[data-view]")) {
      button.addEventListener("click", () => this.showView(button.dataset.view));
    }
    for (const button of queryAll(form, ".rl-actions [data-action]")) {
      button.addEventListener("click", () => this.act(button.dataset.action ?? ""));
    }
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => {
      this.isTabbing = event.key === "Tab";
    });
    form.addEventListener("pointerdown", () => {
      this.isTabbing = false;
    });
    addEventListener("pagehide", () => this.saveDraft());
  }

  /** The file name, without its suffix. */
  get name() {
    return this.fields.text("name").replace(/\.md$/i, "");
  }

  // Typing ----------------------------------------------------------------------------------------

  /** @param {string} field */
  onChange(field) {
    this.done = "";
    if (field === "name") this.hasOwnName = this.fields.text("name") !== "";
    else this.updateName();
    this.scheduleUpdate();
  }

  updateName() {
    if (this.hasOwnName) return;
    this.fields.setValue("name", this.writer.nameFromTitle(this.fields.text("title")));
  }

  scheduleUpdate() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.update(), TYPING_PAUSE);
  }

  /** @param {string} field */
  onLeave(field) {
    this.touched.add(field);
    if (field === "url") this.takeIds(this.fields.text("url"));
    this.updateName();
    this.scheduleUpdate();
    // before the next stop is scrolled to; a button that is being pressed must not move
    if (this.isTabbing) this.update();
  }

  /**
   * Fill in the id that an address of arXiv or a DOI holds, in place of one that came from an
   * address before.
   * @param {string} url
   */
  takeIds(url) {
    /** @param {string} field */
    const idIn = (field) => {
      const [address] = this.terms.fields[field].format.mistakes; // an address in place of an id
      return compilePattern(address.pattern).exec(url)?.[1] ?? "";
    };
    const arxiv = idIn("arxiv");
    const ids = { arxiv, doi: arxiv ? "" : idIn("doi") };
    for (const [field, id] of Object.entries(ids)) {
      const written = this.fields.text(field);
      if (written && written !== this.takenIds[field]) continue;
      this.fields.setValue(field, id);
      this.takenIds[field] = id;
    }
  }

  // The note --------------------------------------------------------------------------------------

  /** Write, check and show the note, and save the draft. */
  update() {
    clearTimeout(this.timer);
    const { body } = this.fields;
    const fields = this.fields.values();
    this.note = this.writer.writeNote(fields, body);
    this.diagnostics = this.checker.check(fields, this.name, body, formatToday());
    for (const field of this.fields.parts.keys()) this.showMessages(field);
    const length = [...this.fields.text("summary")].length;
    this.summaryHelp.dataset.count = `${length} of ${this.terms.fields.summary.format.max_length}`;
    this.preview.replaceChildren(...renderPreview(fields, body, this.works));
    this.source.textContent = this.note;
    this.showStatus();
    this.saveDraft();
  }

  /**
   * Show what was found in a field once it was left, or the note is to be sent; that a work is
   * there already, at once.
   * @param {string} field
   */
  showMessages(field) {
    const isTouched = this.touched.has(field);
    const shown = this.diagnostics.filter(
      (diagnostic) =>
        diagnostic.field === field && (isTouched || diagnostic.key === "duplicate-work"),
    );
    this.messages.show(field, shown, field === "title" ? this.findSimilar() : undefined);
  }

  /**
   * Return a note with nearly the same title, unless another note is about the same work anyway.
   */
  findSimilar() {
    const title = this.fields.text("title");
    if (!title || this.diagnostics.some(({ key }) => key === "duplicate-work")) return undefined;
    return this.works.findByTitle(title);
  }

  showStatus() {
    const hints = this.diagnostics.filter(
      ({ field, severity }) => severity !== "error" || field === "body",
    );
    this.messages.showStatus(this.invalidFields(), hints.length, this.done);
  }

  /**
   * Return the fields with errors, in the order of the form; of the body the check of the pull
   * request has the last word.
   */
  invalidFields() {
    const errors = this.diagnostics.filter(
      ({ key, severity }) => severity === "error" || REQUIRED_TO_SEND.includes(key),
    );
    const fields = new Set(errors.map(({ field }) => field));
    return [...this.fields.parts.keys()].filter((field) => field !== "body" && fields.has(field));
  }

  /** @param {string | undefined} view */
  showView(view) {
    for (const button of queryAll(this.form, "[data-view]")) {
      button.setAttribute("aria-pressed", String(button.dataset.view === view));
    }
    for (const panel of queryAll(this.form, "[data-panel]")) {
      panel.hidden = panel.dataset.panel !== view;
    }
  }

  // The draft -------------------------------------------------------------------------------------

  /**
   * Return what has been written so far, or null where that is nothing.
   * @returns {Draft | null}
   */
  currentDraft() {
    const { body } = this.fields;
    const fields = this.fields.values();
    const isBegun = Object.keys(fields).some((name) => !["date", "kind"].includes(name));
    if (!isBegun && body === this.terms.body_template) return null;
    const name = this.hasOwnName ? this.name : "";
    return { fields, body, name, status: this.isSent ? "sent" : "" };
  }

  /**
   * Store what is written; a draft that was sent or cleared stays until something else is written.
   */
  saveDraft() {
    const draft = this.currentDraft();
    if (draft || !loadDraft()?.status) storeDraft(draft);
  }

  /**
   * Fill the form with a draft, or for a new note; a draft that was sent or cleared is offered
   * only.
   * @param {Draft | null} draft
   */
  restore(draft) {
    if (draft?.status) {
      this.offer(draft);
      return;
    }
    this.fill(draft);
    if (draft) {
      this.showNotice(t("Draft restored from this browser."), t("Clear form"), () => this.clear());
    } else if (!this.offerDraftSetAside()) this.notice.hidden = true;
  }

  /** Offer the draft that was set aside, where there is one, and return whether there is. */
  offerDraftSetAside() {
    const aside = loadDraftSetAside();
    if (!aside) return false;
    this.showNotice(t("An unfinished draft was set aside."), t("Restore it"), () => {
      const current = this.currentDraft();
      setDraftAside(current && !this.isSent ? current : null);
      this.restore(aside);
    });
    return true;
  }

  /**
   * Fill in the page that was shared, and set an unfinished draft aside, unless it is of that page.
   * The address loses its query, so that a reload keeps what is written then.
   */
  takeSharedPage() {
    const shared = readSharedPage(location.search);
    if (!shared) return;
    history.replaceState(null, "", location.pathname + location.hash);
    const draft = this.currentDraft();
    if (draft && shared.url && draft.fields.url === shared.url) return;
    if (draft) setDraftAside(draft);
    const { url, title, text } = shared;
    const quote = text && `${quoteText(text)}\n\n`;
    this.fill({
      fields: { url, title },
      body: quote + this.terms.body_template,
      name: "",
      status: "",
    });
    this.takeIds(url);
    this.update();
    if (!this.offerDraftSetAside()) {
      this.showNotice(t("Filled in from the page that you shared."), t("Clear form"), () =>
        this.clear(),
      );
    }
  }

  /**
   * Show an empty form, and a way back to a draft.
   * @param {Draft} draft
   */
  offer(draft) {
    this.fill(null);
    const message =
      draft.status === "sent" ? t("Your last draft was sent.") : t("Your last draft was cleared.");
    this.showNotice(message, t("Restore it"), () => this.restore({ ...draft, status: "" }));
  }

  /**
   * @param {string} message
   * @param {string} label
   * @param {() => void} onclick
   */
  showNotice(message, label, onclick) {
    this.notice.hidden = false;
    this.notice.replaceChildren(message, " ", createButton(label, onclick));
  }

  /** @param {Draft | null} draft */
  fill(draft) {
    /** @type {Draft["fields"]} */
    const values = { kind: this.terms.default_kind, date: formatToday(), ...draft?.fields };
    for (const field of Object.keys(this.terms.fields)) {
      this.fields.setValue(field, values[field] ?? "");
    }
    this.fields.setValue("body", draft?.body ?? this.terms.body_template);
    this.fields.setValue("name", draft?.name ?? "");
    this.hasOwnName = Boolean(draft?.name);
    this.updateName();
    this.isSent = false;
    this.done = "";
    this.takenIds = {};
    this.touched.clear();
    this.update();
  }

  // Sending ---------------------------------------------------------------------------------------

  /** @param {string} action */
  async act(action) {
    if (action === "clear") {
      this.clear();
      return;
    }
    this.touched = new Set(this.fields.parts.keys());
    this.update();
    const [firstInvalid] = this.invalidFields();
    if (action === "open" && firstInvalid) {
      this.fields.focus(firstInvalid);
      return;
    }
    const { message, isCopied } = await this.sender.ways[action](this.name || "note", this.note);
    this.done = message;
    if (!isCopied) this.selectFile();
    this.isSent ||= action !== "copy";
    this.showStatus();
    this.saveDraft();
  }

  /** Show the file, and select its text, so that it can be copied by hand. */
  selectFile() {
    this.showView("file");
    getSelection()?.selectAllChildren(this.source);
    this.source.scrollIntoView({ block: "nearest" });
  }

  /** Empty the form, and keep its draft to come back to. */
  clear() {
    const draft = this.currentDraft();
    if (draft) storeDraft({ ...draft, status: draft.status || "cleared" });
    this.restore(loadDraft());
    this.fields.focus("url");
  }
}

/**
 * Return an element of the form, which has to be there.
 * @param {HTMLElement} form
 * @param {string} selector
 */
const query = (form, selector) => /** @type {HTMLElement} */ (form.querySelector(selector));

/**
 * @param {HTMLElement} form
 * @param {string} selector
 * @returns {NodeListOf<HTMLElement>}
 */
const queryAll = (form, selector) => form.querySelectorAll(selector);

/** Return the day here, as YYYY-MM-DD. */
function formatToday() {
  const now = new Date();
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** Show the bookmarklet, which is not for the page that it is shown on. */
function showBookmarklet() {
  const item = /** @type {HTMLElement} */ (document.querySelector(".rl-bookmarklet"));
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = makeBookmarklet(new URL("contribute/", root).href);
  link.addEventListener("click", (event) => event.preventDefault());
  item.inert = false;
}

/** @param {string} name */
const fetchData = (name) =>
  fetchPacked(new URL(`contribute/${name}.bin`, root), { cache: "no-cache" });

showBookmarklet();
const form = /** @type {HTMLFormElement} */ (document.getElementById("rl-form"));
try {
  const [terms, works] = await Promise.all([fetchData("terms"), fetchData("works")]);
  new ContributePage(form, terms, works);
} catch (error) {
  console.error(error);
  const message = t(
    "The form could not be loaded. Reload the page, or use one of the other ways below.",
  );
  form.hidden = true;
  form.before(createElement("p", { role: "alert" }, message));
}
