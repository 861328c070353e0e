"""What the palette completes has the counts of the search."""

from __future__ import annotations

from typing import cast

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.search.completions import make_completions
from readinglog.search.filters import UnanswerableQueryError
from readinglog.search.index_writer import make_index
from readinglog.workspace.loading import load_notebook
from support.paths import CASES
from support.searching import find, make_search
from support.worlds import notebook, work

LOG = load_notebook(CASES / "searching")
SEARCH = make_search(LOG)
Rows = list[list[object]]
Counts = dict[str, dict[str, int | None]]


def complete(log: Notebook) -> dict[str, object]:
    return cast("dict[str, object]", make_index(log)["completions"])


COMPLETIONS = complete(LOG)
VALUES = cast("Counts", COMPLETIONS["values"])
NAMES = cast("Counts", COMPLETIONS["names"])


def test_tags_people_kinds_years_and_statuses_have_the_counts_beside_the_results() -> None:
    facets = SEARCH.count_facets(range(SEARCH.index.size))
    tags = {key: count for key, _, _, count, *_ in cast("Rows", COMPLETIONS["tags"])}
    assert tags == facets["tag"]
    assert NAMES["author"] == facets["author"]
    for field in ("kind", "year", "status"):
        assert VALUES[field] == facets[field]


@pytest.mark.parametrize(
    ("field", "value", "count"),
    [
        (field, value, count)
        for field, counts in VALUES.items()
        if field != "sort"
        for value, count in counts.items()
    ],
)
def test_a_value_has_the_count_of_what_its_filter_finds(
    field: str, value: str, count: int | None
) -> None:
    query = f"{field}:{value}"
    if count is None:
        with pytest.raises(UnanswerableQueryError):
            SEARCH.ask(query)
        return
    assert len(SEARCH.ask(query).hits) == count > 0


def test_a_work_has_its_names_and_the_number_of_notes_that_link_to_it() -> None:
    kinds = cast("list[str]", COMPLETIONS["kinds"])
    works = cast("list[tuple[str, str, int, int, str]]", COMPLETIONS["works"])
    assert len(works) == len(LOG.published)
    for note, (name, title, kind, links, _, *aliases) in zip(
        LOG.published[::-1], works, strict=True
    ):
        assert (name, title, kinds[kind]) == (note.name, note.title, note.kind)
        assert aliases == list(note.texts("aliases"))
        assert len(SEARCH.ask(f"links:{name}").hits) == links


@pytest.mark.parametrize(
    ("authors", "published", "citation"),
    [
        ("[Noam Shazeer, Azalia Mirhoseini]", "2017-01-23", "Shazeer 2017"),
        ("[Aaron van den Oord]", "2017", "van den Oord 2017"),
        ("['{Google DeepMind}']", "2024-05", "Google DeepMind 2024"),
        ("[李明]", "2023", "李明 2023"),
        ("['et al.']", "2023", ""),
        ("[Noam Shazeer]", "", ""),
        ("", "2023", ""),
    ],
)
def test_a_work_has_its_first_author_and_year(authors: str, published: str, citation: str) -> None:
    book = notebook({"a.md": work(authors=authors, published=published)})
    [[*_, found]] = cast("Rows", complete(book)["works"])
    assert found == citation


def test_a_title_with_formulas_is_shown_as_words() -> None:
    book = notebook({"a.md": work(title="Plain"), "b.md": work(title="'From $\\alpha$ to $x^2$'")})
    files = make_index(book)
    completions = cast("dict[str, object]", files["completions"])
    assert completions["plain_titles"] == {"b": "From α to x^2"}


def test_each_field_has_an_example() -> None:
    fields = cast("dict[str, str]", COMPLETIONS["fields"])
    assert fields["year"] == "year:2024"
    assert fields["has"] == "has:code"
    for field, example in fields.items():
        assert example.startswith(f"{field}:")


def test_neither_drafts_nor_tags_without_notes_are_completed() -> None:
    log = notebook(
        {
            "a.md": work(tags="[routing]", authors="[Ada Adams, et al.]"),
            "b.md": work(draft="true", tags="[other]", authors="[Bo Berg]"),
            "tags.yml": "moe: {}\nrouting: {parent: moe}\nother: {}",
        }
    )
    found = complete(log)
    assert [row[0] for row in cast("Rows", found["works"])] == ["a"]
    assert [row[0] for row in cast("Rows", found["tags"])] == ["moe", "routing"]
    assert found["names"] == {"author": {"Ada Adams": 1}, "venue": {}, "by": {}}


def test_of_days_their_months_are_completed() -> None:
    log = notebook({f"n{day}.md": work(date=f"2026-1{day % 2}-0{day}") for day in range(1, 6)})
    values = cast("Counts", complete(log)["values"])
    assert values["date"] == {"2026-11": 3, "2026-10": 2}
    assert len(find(make_search(log), "date:2026-11")) == 3


def test_a_log_without_notes_completes_fields_alone() -> None:
    found = make_completions(Notebook([]), [], {})
    assert (found["works"], found["tags"]) == ([], [])
    values = cast("Counts", found["values"])
    assert values["kind"] == values["has"] == {}
    assert values["is"] == {"marked": None}
