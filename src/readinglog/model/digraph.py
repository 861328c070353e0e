"""Directed graphs of strings: their cycles, and the order of what comes before what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def find_cycle(graph: Graph, start: str) -> list[str]:
    """Return a shortest path from `start` back to itself, or an empty list where there is none.

    The last node is the one before `start`.
    """
    came_from: dict[str, str] = {}
    queue = [start]
    for node in queue:  # it grows meanwhile: breadth first
        for after in graph.get(node, ()):
            if after == start:
                path = [node]
                while path[-1] != start:
                    path.append(came_from[path[-1]])
                return path[::-1]
            if after not in came_from:
                came_from[after] = node
                queue.append(after)
    return []


def find_nodes_on_cycles(graph: Graph) -> set[str]:
    """Return the nodes that may be on a cycle.

    They are what remains when nodes without a predecessor or a successor are removed repeatedly.
    """
    nodes = {node: set(after) for node, after in graph.items()}
    while True:
        targets = {after for afters in nodes.values() for after in afters}
        kept = {
            node: after & nodes.keys()
            for node, after in nodes.items()
            if node in targets and after & nodes.keys()
        }
        if len(kept) == len(nodes):
            return set(nodes)
        nodes = kept


def sort_prerequisites(graph: Graph, start: str) -> list[str]:
    """Return all nodes that `start` leads to, deepest first: the order to read in.

    Cycles are cut where they close.
    """
    done: dict[str, None] = {}
    open_: set[str] = {start}
    stack = [(start, iter(graph.get(start, ())))]
    while stack:
        node, rest = stack[-1]
        for after in rest:
            if after not in done and after not in open_:
                open_.add(after)
                stack.append((after, iter(graph.get(after, ()))))
                break
        else:
            stack.pop()
            done[node] = None
    return [node for node in done if node != start]
