// Tables whose rows are sorted by a click on the head of a column. Without scripts they stand in the
// order in which they were made.

import { createElement } from "./element.js";

/** Make the heads of the columns of such tables buttons. */
export function makeTablesSortable() {
  for (const table of document.querySelectorAll("table.rl-sortable")) {
    if (table instanceof HTMLTableElement) makeSortable(table);
  }
}

/** @param {HTMLTableElement} table */
function makeSortable(table) {
  const heads = [...(table.tHead?.rows[0].cells ?? [])];
  const [body] = table.tBodies;
  const rows = [...body.rows]; // in their first order
  for (const [column, head] of heads.entries()) {
    const onclick = () => {
      const isAscending = head.ariaSort !== "ascending";
      for (const other of heads) other.ariaSort = null;
      head.ariaSort = isAscending ? "ascending" : "descending";
      body.append(...sortRows(rows, column, isAscending));
    };
    const properties = { type: "button", className: "rl-sort", onclick };
    head.replaceChildren(createElement("button", properties, ...head.childNodes));
  }
}

/**
 * Return rows in the order of a column; those that are empty there stand last, both ways.
 * @param {HTMLTableRowElement[]} rows
 * @param {number} column
 * @param {boolean} isAscending
 */
function sortRows(rows, column, isAscending) {
  const compared = rows.map((row) => ({ row, value: readValue(row.cells[column]) }));
  const sign = isAscending ? 1 : -1;
  compared.sort(({ value: a }, { value: b }) => {
    if (a === "" || b === "") return Number(a === "") - Number(b === "");
    return sign * compareValues(a, b);
  });
  return compared.map(({ row }) => row);
}

/**
 * Return the number of a cell where it has one, else its day or its text.
 * @param {HTMLTableCellElement} cell
 */
function readValue(cell) {
  const text =
    cell.dataset.sort ?? cell.querySelector("time")?.dateTime ?? cell.textContent?.trim() ?? "";
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/**
 * Compare numbers as such, and put them before texts.
 * @param {number | string} a
 * @param {number | string} b
 */
function compareValues(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== typeof b) return typeof a === "number" ? -1 : 1;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
