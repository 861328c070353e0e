// The names of the notes that this browser has marked as read, which it alone has.

/** What says that the marks have changed, other than by the button of the page. */
export const MARKS_CHANGED = "rl-marks";

/**
 * Return the names of the notes that this browser has marked as read.
 * @param {URL} root The address of the site: a host may have several.
 */
export const loadReadNames = (root) => loadNames(makeMarksKey(root));

/**
 * Store the names of the notes that are marked as read; return whether that can be done here.
 * @param {URL} root
 * @param {Iterable<string>} names
 */
export function storeReadNames(root, names) {
  try {
    localStorage.setItem(makeMarksKey(root), JSON.stringify([...names].sort()));
    return true;
  } catch {
    return false; // storage is blocked: the mark lasts as long as the page
  }
}

/** @param {URL} root */
export const makeMarksKey = (root) => `readinglog:read:${root.pathname}`;

/**
 * @param {string} key
 * @returns {Set<string>}
 */
function loadNames(key) {
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(stored) ? stored.filter((name) => typeof name === "string") : []);
  } catch {
    return new Set(); // storage is blocked, or holds something else
  }
}
