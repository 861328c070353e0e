// Trees of queries: walking, changing and printing them; the counterpart of tree.py.

/**
 * @typedef {{ type: "word" | "phrase", text: string, field?: string, forms?: Set<string> }} TextTerm
 *   `field` is one of those behind which words are found as elsewhere, but only there; `forms` are
 *   the forms of its words in notes, where these are in several languages.
 * @typedef {{ type: "filter", field: string, value: string }} Filter
 * @typedef {{ type: "not", item: Tree }} Negation
 * @typedef {{ type: "and" | "or", items: Tree[] }} Group
 * @typedef {TextTerm | Filter | Negation | Group} Tree
 * @typedef {{ tree: Tree | null, sort?: string }} Query
 */

/** What stands between terms, for a class of a pattern. */
export const WHITESPACE =
  "\\t\\n\\v\\f\\r\\x85 \\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const UNQUOTED = new RegExp(`^[^${WHITESPACE}"()]+$`);

/**
 * @param {Tree} tree
 * @returns {tree is TextTerm}
 */
export const isText = (tree) => tree.type === "word" || tree.type === "phrase";

/**
 * Return a query in the search language.
 * @param {Query} query
 */
export function printQuery({ tree, sort }) {
  const parts = [tree && printTree(tree), sort && `sort:${sort}`];
  return parts.filter(Boolean).join(" ");
}

/**
 * Return a tree in the search language.
 * @param {Tree} tree
 * @returns {string}
 */
export function printTree(tree) {
  switch (tree.type) {
    case "word":
      return (tree.field ? `${tree.field}:` : "") + tree.text;
    case "phrase":
      return `${tree.field ? `${tree.field}:` : ""}"${tree.text}"`;
    case "filter":
      return `${tree.field}:${UNQUOTED.test(tree.value) ? tree.value : `"${tree.value}"`}`;
    case "not":
      return `-${printInner(tree.item, ["and", "or", "not"])}`;
    case "and":
      return tree.items.map((item) => printInner(item, ["and", "or"])).join(" ");
    case "or":
      return tree.items.map((item) => printInner(item, ["or"])).join(" OR ");
  }
}

/**
 * Return a part of a tree, in parentheses where it is of one of some types.
 * @param {Tree} item
 * @param {string[]} types
 */
function printInner(item, types) {
  return types.includes(item.type) ? `(${printTree(item)})` : printTree(item);
}

/**
 * Return the terms that all have to hold: what can be removed from a query one by one.
 * @param {Tree | null} tree
 */
export function clausesOf(tree) {
  if (!tree) return [];
  return tree.type === "and" ? tree.items : [tree];
}

/**
 * Return every term, also those that must not hold.
 * @param {Tree | null} tree
 * @returns {(TextTerm | Filter)[]}
 */
export function leavesOf(tree) {
  if (!tree) return [];
  if (tree.type === "not") return leavesOf(tree.item);
  return "items" in tree ? tree.items.flatMap(leavesOf) : [tree];
}

/**
 * Return the terms that are negated.
 * @param {Tree | null} tree
 * @returns {(TextTerm | Filter)[]}
 */
export function negatedLeavesOf(tree) {
  if (tree?.type === "not") return leavesOf(tree.item);
  return tree && "items" in tree ? tree.items.flatMap(negatedLeavesOf) : [];
}

/**
 * Return the words and phrases that give a note its score: not those that must not hold.
 * @param {Tree | null} tree
 * @returns {TextTerm[]}
 */
export function textTermsOf(tree) {
  if (!tree) return [];
  if (isText(tree)) return [tree];
  return "items" in tree ? tree.items.flatMap(textTermsOf) : [];
}

/**
 * Return a tree with one of its terms replaced, or removed where there is no other; null where
 * nothing is left.
 * @param {Tree | null} tree
 * @param {Tree} old
 * @param {Tree | null} other
 * @returns {Tree | null}
 */
export function replaceTerm(tree, old, other) {
  if (tree === old) return other;
  if (tree?.type === "not") {
    const item = replaceTerm(tree.item, old, other);
    return item && { ...tree, item };
  }
  if (!tree || !("items" in tree)) return tree;
  const items = tree.items.flatMap((item) => replaceTerm(item, old, other) ?? []);
  return items.length > 1 ? { ...tree, items } : (items[0] ?? null);
}
