// Maps: the note under the pointer or the focus is highlighted with the notes that it is linked
// with, and the legend of lanes chooses which are shown.

import { createElement } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";
// Of the map of a note, in the units of its picture: a row, the line on which the dots stand, and
// what is free at the other side.
const ROW = 20;
const ARC_END = 62;
const ARC_MARGIN = 4;

/**
 * A link between two nodes by their numbers, and how its line is shown or hidden.
 * @typedef {{ ends: string[], show: (shown: boolean) => void }} Edge
 */

/** Watch the maps of the page. */
export function watchMaps() {
  /** @type {NodeListOf<HTMLElement>} */
  const maps = document.querySelectorAll(".rl-map");
  for (const map of maps) watchMap(map, drawArcs(map));
  /** @type {NodeListOf<HTMLElement>} */
  const laneMaps = document.querySelectorAll(".rl-lanes");
  for (const map of laneMaps) watchMap(map, listLaneEdges(map));
  filterLanes();
}

/**
 * @param {HTMLElement} map
 * @param {Edge[]} edges
 */
function watchMap(map, edges) {
  const highlight = createHighlighter(map, edges);
  /** @param {EventTarget | null} target */
  const nodeAt = (target) =>
    target instanceof Element
      ? /** @type {HTMLElement | null} */ (target.closest("[data-node]"))
      : null;
  const focusedNode = () => {
    const focused = document.activeElement;
    return map.contains(focused) ? nodeAt(focused) : null;
  };
  map.addEventListener("pointerover", ({ target }) => highlight(nodeAt(target) ?? focusedNode()));
  map.addEventListener("pointerleave", () => highlight(focusedNode()));
  map.addEventListener("focusin", ({ target }) => highlight(nodeAt(target)));
  map.addEventListener("focusout", () => highlight(null));
}

/**
 * Return a function that highlights a node with its neighbours, or nothing.
 * @param {Element} map
 * @param {Edge[]} edges
 * @returns {(node: HTMLElement | null) => void}
 */
function createHighlighter(map, edges) {
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = map.querySelectorAll("[data-node]");
  return (chosen) => {
    const id = chosen?.dataset.node;
    const incident = new Set(edges.filter(({ ends }) => id !== undefined && ends.includes(id)));
    const near = new Set([id, ...[...incident].flatMap(({ ends }) => ends)]);
    map.classList.toggle("rl-dimmed", Boolean(chosen));
    for (const node of nodes) {
      node.classList.toggle("rl-highlighted", Boolean(chosen) && near.has(node.dataset.node));
    }
    for (const edge of edges) edge.show(incident.has(edge));
  };
}

/**
 * Draw the links of the map of a note as arcs between its rows, and return them.
 * @param {HTMLElement} map
 * @returns {Edge[]}
 */
function drawArcs(map) {
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = map.querySelectorAll("li > a");
  for (const [number, { dataset }] of nodes.entries()) dataset.node = String(number);
  const picture = createPicture("rl-edges");
  picture.setAttribute("viewBox", `0 0 ${ARC_END} ${ROW * nodes.length}`);
  const edges = listLinks(map).map((ends) => {
    const [top, bottom] = ends.map((number) => ROW * (Number(number) + 0.5));
    const line = createLine(ends);
    const high = (bottom - top) / 2; // flattened where it has no room
    const wide = Math.min(ARC_END - ARC_MARGIN, high);
    line.setAttribute("d", `M${ARC_END} ${top}A${wide} ${high} 0 0 0 ${ARC_END} ${bottom}`);
    picture.append(line);
    const show = (/** @type {boolean} */ shown) => line.classList.toggle("rl-highlighted", shown);
    return { ends, show };
  });
  map.firstElementChild?.prepend(picture); // a list has no other children than rows
  return edges;
}

/**
 * Return the links of a map of lanes, whose lines are drawn when they are shown: where its nodes
 * stand depends on its width.
 * @param {HTMLElement} map
 * @returns {Edge[]}
 */
function listLaneEdges(map) {
  const field = map.firstElementChild;
  const picture = createPicture("rl-lane-lines");
  field?.prepend(picture);
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = map.querySelectorAll("[data-node]");
  const byNumber = new Map([...nodes].map((node) => [node.dataset.node, node]));
  return listLinks(map).map((ends) => {
    const line = createLine(ends);
    const [node, target] = ends.map((number) => byNumber.get(number));
    const show = (/** @type {boolean} */ shown) => {
      line.remove();
      if (!shown || !node || !target || isHidden(node) || isHidden(target)) return;
      line.setAttribute("d", makePath(node, target, picture));
      picture.append(line);
    };
    return { ends, show };
  });
}

/**
 * Return the links of a map, each as the numbers of its nodes.
 * @param {HTMLElement} map
 */
function listLinks(map) {
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = map.querySelectorAll("[data-links]");
  return [...nodes].flatMap(({ dataset }) =>
    (dataset.links?.split(" ") ?? []).map((to) => [dataset.node ?? "", to]),
  );
}

/** @param {string} name */
function createPicture(name) {
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", name);
  picture.setAttribute("aria-hidden", "true");
  return picture;
}

/** @param {string[]} ends */
function createLine(ends) {
  const line = document.createElementNS(SVG, "path");
  line.dataset.ends = ends.join(" ");
  return line;
}

/** @param {Element} node */
const isHidden = (node) => Boolean(node.closest("[hidden]"));

/**
 * Return the path between the marks of two nodes; each stands where its item of the list does.
 * @param {Element} from
 * @param {Element} to
 * @param {Element} picture
 */
function makePath(from, to, picture) {
  const { left, top } = picture.getBoundingClientRect();
  const [[x, y], [toX, toY]] = [from, to].map((node) => {
    const item = (node.parentElement ?? node).getBoundingClientRect();
    const { height } = node.getBoundingClientRect();
    return [item.left - left, item.top - top + height / 2];
  });
  const bend = (x + toX) / 2;
  return `M${x} ${y}C${bend} ${y} ${bend} ${toY} ${toX} ${toY}`;
}

/** Make the legend choose which lanes are shown; where none is chosen, all are. */
function filterLanes() {
  /** @type {NodeListOf<HTMLAnchorElement>} */
  const links = document.querySelectorAll(".rl-lane-legend a");
  const buttons = [...links].map((link) => {
    const button = createElement("button", { type: "button" }, link.textContent ?? "");
    Object.assign(button.dataset, link.dataset);
    button.setAttribute("aria-pressed", "false");
    const lane = document.getElementById(decodeURIComponent(link.hash.slice(1)))?.parentElement;
    link.replaceWith(button);
    return { button, lane };
  });
  /** @param {HTMLElement} button */
  const isPressed = (button) => button.getAttribute("aria-pressed") === "true";
  for (const { button } of buttons) {
    button.addEventListener("click", () => {
      button.setAttribute("aria-pressed", String(!isPressed(button)));
      const isAny = buttons.some((other) => isPressed(other.button));
      for (const other of buttons) {
        if (other.lane) other.lane.hidden = isAny && !isPressed(other.button);
      }
    });
  }
}
