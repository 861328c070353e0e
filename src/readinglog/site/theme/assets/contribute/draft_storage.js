// The draft, stored in this browser. Where storage is blocked, the form still writes a note.

/**
 * @typedef {object} Draft
 * @property {Record<string, string | string[]>} fields
 * @property {string} body
 * @property {string} name The file name, "" where it is made from the title.
 * @property {"" | "sent" | "cleared"} status
 */

const root = new URL("../../", import.meta.url);
// of this log: a host may have several
const CURRENT = `readinglog:draft:${root.pathname}`;
const SET_ASIDE = `readinglog:draft-set-aside:${root.pathname}`;

/** Return the stored draft, or null where there is none of today's shape. */
export const loadDraft = () => load(CURRENT);

/** Return the draft that was set aside when a page was shared. */
export const loadDraftSetAside = () => load(SET_ASIDE);

/**
 * @param {string} key
 * @returns {Draft | null}
 */
function load(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key) ?? "null");
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
export const storeDraft = (draft) => store(CURRENT, draft);

/**
 * Store an unfinished draft while another note is written; null forgets it.
 * @param {Draft | null} draft
 */
export const setDraftAside = (draft) => store(SET_ASIDE, draft);

/**
 * @param {string} key
 * @param {Draft | null} draft
 */
function store(key, draft) {
  try {
    if (draft) localStorage.setItem(key, JSON.stringify(draft));
    else localStorage.removeItem(key);
  } catch {
    // storage is blocked: the draft lasts as long as the page
  }
}
