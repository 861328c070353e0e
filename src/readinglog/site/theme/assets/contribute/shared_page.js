// A page that was shared with the form: by the bookmarklet, or from a phone, by the address of the
// form. It comes from another site, so it only fills in what its reader sees and may change.

const LIMITS = { url: 2000, title: 300, text: 5000 }; // characters
const ADDRESS = /https?:\/\/[^\s<>"`\\]+/i;
const ID_BEFORE_TITLE = /^\[\d{4}\.\d{4,5}(?:v\d+)?\]\s+/; // as arXiv titles its pages

/** @typedef {{ url: string, title: string, text: string }} SharedPage */

/**
 * Return what the query of an address shares, or null where that is nothing. Many phones put the
 * address of a page, and its title, into the text.
 * @param {string} search
 * @returns {SharedPage | null}
 */
export function readSharedPage(search) {
  const query = new URLSearchParams(search);
  /** @param {keyof SharedPage} name */
  const read = (name) => (query.get(name) ?? "").trim().slice(0, LIMITS[name]);
  const { url, rest } = takeAddress(read("url"), read("text"), read("title"));
  const [text, written] = rest;
  const isTitle = !written && text.length <= LIMITS.title && !text.includes("\n");
  const title = (isTitle ? text : written).replace(/\s+/g, " ").replace(ID_BEFORE_TITLE, "");
  const shared = { url, title, text: isTitle ? "" : text };
  return Object.values(shared).some(Boolean) ? shared : null;
}

/**
 * Return the first address in some texts, and the texts but the first without it.
 * @param {string[]} texts
 */
function takeAddress(...texts) {
  const url = texts.map((text) => ADDRESS.exec(text)?.[0]).find(Boolean) ?? "";
  const rest = texts.slice(1).map((text) => text.replace(url, "").trim());
  return { url, rest };
}

/**
 * Return a text as a quote in Markdown.
 * @param {string} text
 */
export const quoteText = (text) => text.replace(/^/gm, "> ").replace(/^> $/gm, ">");

/**
 * Return the bookmarklet that shares the page on which it is clicked, and what is selected there.
 * @param {string} form The address of the form.
 */
export function makeBookmarklet(form) {
  const values = [
    "location.href",
    "document.title",
    `String(getSelection()).slice(0,${LIMITS.text})`,
  ];
  const [url, title, text] = values.map((value) => `encodeURIComponent(${value})`);
  const target = JSON.stringify(`${form}?url=`);
  const code = `void open(${target}+${url}+"&title="+${title}+"&text="+${text})`;
  return `javascript:${encodeURIComponent(code)}`;
}
