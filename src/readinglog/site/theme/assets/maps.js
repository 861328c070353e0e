// Maps: the note under the pointer or the focus is highlighted with the notes that it is linked
// with.

/** Watch the maps of the page. */
export function highlightNeighbours() {
  /** @type {NodeListOf<SVGSVGElement>} */
  const maps = document.querySelectorAll("svg.rl-map");
  for (const map of maps) watchMap(map);
}

/** @param {SVGSVGElement} map */
function watchMap(map) {
  const highlight = createHighlighter(map);
  /** @param {EventTarget | null} target */
  const nodeAt = (target) =>
    target instanceof Element
      ? /** @type {SVGElement | null} */ (target.closest("[data-node]"))
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
 * @param {SVGSVGElement} map
 * @returns {(node: SVGElement | null) => void}
 */
function createHighlighter(map) {
  /** @type {NodeListOf<SVGElement>} */
  const nodes = map.querySelectorAll("[data-node]");
  /** @type {NodeListOf<SVGElement>} */
  const lines = map.querySelectorAll("[data-ends]");
  const edges = [...lines].map((line) => ({ line, ends: (line.dataset.ends ?? "").split(" ") }));
  return (chosen) => {
    const id = chosen?.dataset.node;
    const incident = edges.filter(({ ends }) => id !== undefined && ends.includes(id));
    const near = new Set([id, ...incident.flatMap(({ ends }) => ends)]);
    const shown = new Set(incident.map(({ line }) => line));
    map.classList.toggle("rl-dimmed", Boolean(chosen));
    for (const node of nodes) {
      node.classList.toggle("rl-highlighted", Boolean(chosen) && near.has(node.dataset.node));
    }
    for (const line of lines) line.classList.toggle("rl-highlighted", shown.has(line));
  };
}
