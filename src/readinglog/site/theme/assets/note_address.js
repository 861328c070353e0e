// The addresses of notes; the counterpart of addresses.py.

/**
 * Return the address of a note below the root of the site; its name may have a folder.
 * @param {string} name
 */
export const makeNoteAddress = (name) =>
  `notes/${name.split("/").map(encodeURIComponent).join("/")}/`;
