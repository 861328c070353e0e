// The draft, stored in this browser. Where storage is blocked, the form still writes a note.

/**
 * @typedef {object} Draft
 * @property {Record<string, string | string[]>} fields
 * @property {string} body
 * @property {string} name The file name, "" where it is made from the title.
 * @property {"" | "sent" | "cleared"} status
 */

const root = new URL("../../", import.meta.url);
const STORAGE_KEY = `readinglog:draft:${root.pathname}`; // of this log: a host may have several

/**
 * Return the stored draft, or null where there is none of today's shape.
 * @returns {Draft | null}
 */
export function loadDraft() {
  try {
    const draft = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null");
    const texts = [...Object.values(draft.fields).flat(), draft.body, draft.name];
    return texts.every((text) => typeof text === "string") ? draft : null;
  } catch {
    return null;
  }
}

/**
 * Store a draft in place of the last one; null removes it.
 * @param {Draft | null} draft
 */
export function storeDraft(draft) {
  try {
    if (draft) localStorage.setItem(STORAGE_KEY, JSON.stringify(draft));
    else localStorage.removeItem(STORAGE_KEY);
  } catch {
    // storage is blocked: the draft lasts as long as the page
  }
}
