// The draft, kept in this browser; one that keeps nothing still writes a note.

const KEPT = "readinglog:draft";

/** The draft that was kept, or null. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
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
