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
    map.addEventListener("pointerover", show);
    map.addEventListener("pointerleave", clear);
    map.addEventListener("focusin", show);
    map.addEventListener("focusout", clear);
  }
}
