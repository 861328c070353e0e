"""Made-up queries for properties."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from readinglog.search.query import And, Filter, Not, Or, Tree

SORTS = st.sampled_from(["", "relevance", "published", "date", "rating"])


def make_leaves(
    *, tag: Sequence[str], author: Sequence[str], venue: Sequence[str], note: Sequence[str]
) -> st.SearchStrategy[Filter]:
    """Filters by every field, with values of those given."""
    return st.one_of(
        st.builds(Filter, st.just("tag"), st.sampled_from(tag)),
        st.builds(Filter, st.just("author"), st.sampled_from(author)),
        st.builds(Filter, st.just("venue"), st.sampled_from(venue)),
        st.builds(Filter, st.sampled_from(["links", "linked-from"]), st.sampled_from(note)),
        st.builds(Filter, st.just("kind"), st.sampled_from(["paper", "topic"])),
        st.builds(Filter, st.just("status"), st.sampled_from(["read", "to-read"])),
        st.builds(
            Filter, st.just("has"), st.sampled_from(["code", "math", "doi", "claim", "builds_on"])
        ),
        st.builds(Filter, st.just("is"), st.sampled_from(["read", "orphan", "disputed"])),
        st.builds(
            Filter,
            st.sampled_from(["year", "date"]),
            st.sampled_from(["2024", "2019..2024", "..2020", "2021..", ">2019", "<=2022"]),
        ),
        st.builds(Filter, st.just("rating"), st.sampled_from(["4", ">=3", "..2"])),
    )


def grow(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    """Larger trees of smaller ones."""
    several = st.lists(trees, min_size=2, max_size=4).map(tuple)
    return st.one_of(st.builds(Not, trees), st.builds(And, several), st.builds(Or, several))
