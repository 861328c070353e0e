// Links to the notes of the site.

import { decodeAddress } from "./address.js";

const NOTE_ADDRESS = /^notes\/(.+)\/$/;

/**
 * Return the name of the note of the site at `root` that an address leads to, or "".
 * @param {{ origin: string, pathname: string }} address
 * @param {URL} root
 */
export function findNoteName({ origin, pathname }, root) {
  if (origin !== location.origin || !pathname.startsWith(root.pathname)) return "";
  return decodeAddress(NOTE_ADDRESS.exec(pathname.slice(root.pathname.length))?.[1] ?? "");
}
