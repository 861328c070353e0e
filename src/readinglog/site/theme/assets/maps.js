// On a map, the note under the hand or the focus stands out with those that it is linked with.

/** Watches the maps of a page. */
export function highlighting() {
  for (const map of document.querySelectorAll("svg.rl-map")) {
    const nodes = new Map([...map.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
    const edges = [...map.querySelectorAll("[data-ends]")].map((edge) => [edge, edge.dataset.ends.split(" ")]);
    const show = (chosen) => {
      map.classList.toggle("rl-chosen", Boolean(chosen));
      for (const node of nodes.values()) node.classList.toggle("rl-near", node === chosen);
      for (const [edge, ends] of edges) {
        const near = Boolean(chosen) && ends.includes(chosen.dataset.node);
        edge.classList.toggle("rl-near", near);
        if (near) for (const end of ends) nodes.get(end).classList.add("rl-near");
      }
    };
    const node = (target) => target?.closest?.("[data-node]") ?? null;
    const focused = () => (map.contains(document.activeElement) ? node(document.activeElement) : null);
    const frame = map.parentElement; // an SVG that listens for focus would take it
    frame.addEventListener("pointerover", (event) => show(node(event.target) ?? focused()));
    frame.addEventListener("pointerleave", () => show(focused()));
    frame.addEventListener("focusin", (event) => show(node(event.target)));
    frame.addEventListener("focusout", () => show(null));
  }
}
