// Maps: the note under the pointer or the focus is highlighted with the notes that it is linked
// with, and the legend of lanes chooses which are shown.

import { createElement } from "./element.js";

const SVG = "http://www.w3.org/2000/svg";

/**
 * A link between two nodes by their numbers, and how its line is shown or hidden.
 * @typedef {{ ends: (string | undefined)[], show: (shown: boolean) => void }} Edge
 */

/** Watch the maps of the page. */
export function watchMaps() {
  /** @type {NodeListOf<SVGSVGElement>} */
  const maps = document.querySelectorAll("svg.rl-map");
  for (const map of maps) {
    /** @type {NodeListOf<SVGElement>} */
    const lines = map.querySelectorAll("[data-ends]");
    const edges = [...lines].map((line) => ({
      ends: line.dataset.ends?.split(" ") ?? [],
      show: (/** @type {boolean} */ shown) => line.classList.toggle("rl-highlighted", shown),
    }));
    watchMap(map, edges);
  }
  /** @type {NodeListOf<HTMLElement>} */
  const laneMaps = document.querySelectorAll(".rl-lanes");
  for (const map of laneMaps) watchMap(map, listLaneEdges(map));
  filterLanes();
}

/**
 * @param {HTMLElement | SVGSVGElement} map
 * @param {Edge[]} edges
 */
function watchMap(map, edges) {
  const highlight = createHighlighter(map, edges);
  /** @param {EventTarget | null} target */
  const nodeAt = (target) =>
    target instanceof Element
      ? /** @type {HTMLElement | SVGElement | null} */ (target.closest("[data-node]"))
      : null;
  const focusedNode = () => {
    const focused = document.activeElement;
    return map.contains(focused) ? nodeAt(focused) : null;
  };
  const frame = map.parentElement; // an SVG that listens for focus would take it
  if (!frame) return;
  frame.addEventListener("pointerover", ({ target }) => highlight(nodeAt(target) ?? focusedNode()));
  frame.addEventListener("pointerleave", () => highlight(focusedNode()));
  frame.addEventListener("focusin", ({ target }) => highlight(nodeAt(target)));
  frame.addEventListener("focusout", () => highlight(null));
}

/**
 * Return a function that highlights a node with its neighbours, or nothing.
 * @param {Element} map
 * @param {Edge[]} edges
 * @returns {(node: HTMLElement | SVGElement | null) => void}
 */
function createHighlighter(map, edges) {
  /** @type {NodeListOf<HTMLElement | SVGElement>} */
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
 * Return the links of a map of lanes, whose lines are drawn when they are shown: where its nodes
 * stand depends on its width.
 * @param {HTMLElement} map
 * @returns {Edge[]}
 */
function listLaneEdges(map) {
  const field = map.firstElementChild;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("class", "rl-lane-lines");
  picture.setAttribute("aria-hidden", "true");
  field?.prepend(picture);
  /** @type {NodeListOf<HTMLElement>} */
  const nodes = map.querySelectorAll("[data-node]");
  const byNumber = new Map([...nodes].map((node) => [node.dataset.node, node]));
  return [...nodes].flatMap((node) =>
    (node.dataset.links?.split(" ") ?? []).map((to) => {
      const line = document.createElementNS(SVG, "path");
      line.dataset.ends = `${node.dataset.node} ${to}`;
      const target = byNumber.get(to);
      const show = (/** @type {boolean} */ shown) => {
        line.remove();
        if (!shown || !target || isHidden(node) || isHidden(target)) return;
        line.setAttribute("d", makePath(node, target, picture));
        picture.append(line);
      };
      return { ends: [node.dataset.node, to], show };
    }),
  );
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
