// On a map, the note under the hand or the focus stands out with those that it is linked with.

/** Watches the maps of a page. */
export function highlighting(maps) {
  for (const map of maps) {
    const nodes = new Map([...map.querySelectorAll("[data-node]")].map((node) => [node.dataset.node, node]));
    const edges = [...map.querySelectorAll("[data-ends]")].map((edge) => [edge, edge.dataset.ends.split(" ")]);
    const show = (event) => {
      const node = event.target.closest("[data-node]");
      map.classList.toggle("rl-chosen", Boolean(node));
      for (const other of nodes.values()) other.classList.toggle("rl-near", other === node);
      for (const [edge, ends] of edges) {
        const near = Boolean(node) && ends.includes(node.dataset.node);
        edge.classList.toggle("rl-near", near);
        if (near) for (const end of ends) nodes.get(end).classList.add("rl-near");
      }
    };
    const clear = () => show({ target: map });
    const frame = map.parentElement; // an SVG that listens for focus would take it
    frame.addEventListener("pointerover", show);
    frame.addEventListener("pointerleave", clear);
    frame.addEventListener("focusin", show);
    frame.addEventListener("focusout", clear);
  }
}
