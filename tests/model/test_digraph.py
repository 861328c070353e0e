"""Graphs of strings: circles, and what comes before what."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.digraph import find_cycle, find_nodes_on_cycles, sort_prerequisites

NODES = "abcdef"
GRAPHS = st.dictionaries(st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=3))


def reach(graph: dict[str, list[str]], start: str) -> set[str]:
    """All that `start` leads to, by the plainest way."""
    found: set[str] = set()
    left = list(graph.get(start, ()))
    while left:
        if (node := left.pop()) not in found:
            found.add(node)
            left += graph.get(node, ())
    return found


def test_what_to_read_first_comes_deepest_first() -> None:
    graph = {
        "mixtral": ["switch"],
        "switch": ["sparsely-gated"],
        "sparsely-gated": ["adaptive"],
        "other": ["mixtral"],
    }
    assert sort_prerequisites(graph, "mixtral") == ["adaptive", "sparsely-gated", "switch"]


def test_a_work_that_two_ways_lead_to_is_read_once() -> None:
    assert sort_prerequisites({"d": ["b", "c"], "b": ["a"], "c": ["a"]}, "d") == ["a", "b", "c"]


def test_a_circle_is_cut_where_it_closes() -> None:
    assert sort_prerequisites({"a": ["b"], "b": ["c"], "c": ["a"]}, "a") == ["c", "b"]


def test_a_circle_is_shown_by_its_shortest_way() -> None:
    graph = {"a": ["b", "c"], "b": ["d"], "d": ["a"], "c": ["a"]}
    assert find_cycle(graph, "a") == ["a", "c"]
    assert find_cycle({"a": ["a"]}, "a") == ["a"]
    assert find_cycle({"a": ["b"], "b": ["b"]}, "a") == []


def test_a_chain_of_ten_thousand_overflows_nothing() -> None:
    graph = {str(number): [str(number + 1)] for number in range(10_000)}
    assert sort_prerequisites(graph, "0")[0] == "10000"
    assert find_cycle(graph, "0") == []
    assert find_cycle(graph | {"10000": ["0"]}, "0")[-1] == "10000"


@given(GRAPHS, st.sampled_from(NODES))
def test_everything_that_leads_up_to_a_node_is_there_once(
    graph: dict[str, list[str]], start: str
) -> None:
    order = sort_prerequisites(graph, start)
    assert set(order) == reach(graph, start) - {start}
    assert len(order) == len(set(order))


@given(GRAPHS, st.sampled_from(NODES))
def test_without_circles_each_comes_before_what_builds_on_it(
    graph: dict[str, list[str]], start: str
) -> None:
    downward = {node: [after for after in afters if after > node] for node, afters in graph.items()}
    order = sort_prerequisites(downward, start)
    assert all(
        order.index(after) < order.index(node) for node in order for after in downward.get(node, ())
    )


@given(GRAPHS, st.sampled_from(NODES))
def test_a_circle_is_found_where_there_is_one(graph: dict[str, list[str]], start: str) -> None:
    path = find_cycle(graph, start)
    assert bool(path) == (start in reach(graph, start))
    assert all(after in graph[node] for node, after in pairwise([*path, *path[:1]]))
    assert not path or start in find_nodes_on_cycles(graph)
