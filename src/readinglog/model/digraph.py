"""Directed graphs of strings: what comes before what, and where that goes round in a circle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Graph = Mapping[str, Sequence[str]]


def find_cycle(graph: Graph, start: str) -> list[str]:
    """A shortest way from `start` back to itself, without the return; empty where there is none."""
    came_from: dict[str, str] = {}
    queue = [start]
    for node in queue:  # grows while it is walked: breadth first
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
    """The nodes that may lie on a cycle: what is left when ends and beginnings are taken away again and again."""
    left = {node: set(after) for node, after in graph.items()}
    while True:
        targets = {after for afters in left.values() for after in afters}
        kept = {
            node: after & left.keys()
            for node, after in left.items()
            if node in targets and after & left.keys()
        }
        if len(kept) == len(left):
            return set(left)
        left = kept


def sort_prerequisites(graph: Graph, start: str) -> list[str]:
    """All that `start` leads to, deepest first: the order to read in. Cycles are cut where they close."""
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
