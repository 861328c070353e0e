"""What views find is what the command finds, and the index of a build is made once."""

from __future__ import annotations

import pytest

from readinglog.search import index_writer
from readinglog.search.engine import Search
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.site import shared_search
from readinglog.site.compiler import compile_site
from readinglog.site.page import DataFolder, Site
from readinglog.workspace.loading import load_notebook
from support.pages import read_folder
from support.paths import SAMPLE


@pytest.mark.parametrize(
    "query",
    ["pendulum", "tag:mechanical-clocks sort:published", "telegraph OR quartz", "sort:date", "zzz"],
)
def test_a_query_of_a_note_finds_what_the_command_finds_in_the_same_order(query: str) -> None:
    log = load_notebook(SAMPLE / "notes")
    search = Search(SearchIndex(make_index(log).__getitem__))
    names = [search.index.get_card(hit.note).name for hit in search.ask(query).hits]
    found = shared_search.find_notes(query, log)
    assert found is not None
    assert [note.name for note in found] == names


@pytest.mark.parametrize("query", ["tag:moe (", "is:marked", "kind:nothing"])
def test_what_cannot_be_answered_finds_nothing_at_all(query: str) -> None:
    assert shared_search.find_notes(query, load_notebook(SAMPLE / "notes")) is None


def test_the_index_of_a_build_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(index_writer, "make_index", lambda log: made.append(log) or make_index(log))
    log = load_notebook(SAMPLE / "notes")
    outputs = {output.path: output for output in compile_site(log, Site("Log"))}
    folder = outputs["search/"]
    assert isinstance(folder, DataFolder)
    assert "catalogue.bin" in read_folder(folder)
    assert "notes/clocks-that-tick/notes.json" in outputs
    assert made == [log]
