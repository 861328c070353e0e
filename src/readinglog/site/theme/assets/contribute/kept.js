// The draft, kept in this browser; one that keeps nothing still writes a note.

const KEPT = `readinglog:draft:${new URL("../../", import.meta.url).pathname}`; // of this log: a host may have several

/** The draft that was kept, or null where there is none of the shape that is kept now. */
export function kept() {
  try {
    const draft = JSON.parse(localStorage.getItem(KEPT));
    const texts = Object.values(draft.fields).flat();
    return [...texts, draft.body, draft.name].every((text) => typeof text === "string") ? draft : null;
  } catch {
    return null;
  }
}

/** Keeps a draft in the place of the last one, or none. */
export function keep(draft) {
  try {
    draft ? localStorage.setItem(KEPT, JSON.stringify(draft)) : localStorage.removeItem(KEPT);
  } catch {
    // it lasts as long as the page
  }
}
