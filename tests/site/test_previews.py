"""The previews of notes, in files of a few notes each."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from readinglog.notebook.notebook import Notebook
from readinglog.search.packing import sort_key
from readinglog.site.page import DataFolder, Site
from readinglog.site.views import previews
from support.pages import read_folder
from support.worlds import notebook, work

STARTS = "starts.bin"


def make_files(log: Notebook) -> dict[str, str]:
    [folder] = previews.make_outputs(log, Site("A log"))
    assert isinstance(folder, DataFolder)
    assert folder.path == "previews/"
    return read_folder(folder)


def make_log(count: int, **fields: str) -> Notebook:
    return notebook({f"n{number}.md": work("", **fields) for number in range(count)})


def test_each_note_is_in_the_shard_that_the_starts_say() -> None:
    files = make_files(make_log(250, summary="s" * 200))
    starts = json.loads(files.pop(STARTS))["starts"]
    assert list(files) == [f"{number}.bin" for number in range(len(starts))]
    assert len(starts) > 3
    shards = [json.loads(text) for text in files.values()]
    names = [name for shard in shards for name in shard]
    assert names == sorted(f"n{number}" for number in range(250))
    assert [next(iter(shard)) for shard in shards] == starts
    assert all(len(text) < 18_000 for text in files.values())


def test_formulas_of_a_title_and_a_summary_stand_beside_them() -> None:
    log = notebook({"a.md": work("", title="On $k$-means", summary="Plain.")})
    [title, _, _, _, formulas] = json.loads(make_files(log)["0.bin"])["a"]
    assert title == "On $k$-means"
    assert formulas == {"$k$": "<math><mi>k</mi></math>"}


def test_a_link_to_a_claim_shows_what_it_says_and_its_evidence() -> None:
    claim = "- For $k = 1$ it *holds*. [at:: §2] [checked:: full] ^holds\n"
    other = "- It fails. [at:: §1] [disputes:: [[a#^holds]]] ^fails\n"
    log = notebook({"a.md": work(claim), "b.md": work(other)})
    shown = json.loads(make_files(log)["0.bin"])
    *_, formulas, claims = shown["a"]
    assert claims == {
        "^holds": ["For $k = 1$ it holds.", "§2 · checked against: full text · disputed"]
    }
    assert formulas["$k = 1$"].startswith("<math>")
    assert shown["b"][-2:] == [{}, {"^fails": ["It fails.", "§1"]}]


def test_an_empty_log_has_no_shard() -> None:
    files = make_files(notebook({}))
    assert list(files) == [STARTS]
    assert json.loads(files[STARTS])["starts"] == []


def test_the_digest_changes_with_what_a_preview_shows_and_with_nothing_else() -> None:
    def read_digest(log: Notebook) -> str:
        return str(json.loads(make_files(log)[STARTS])["build_id"])

    first = read_digest(notebook({"a.md": work("One text.", summary="One.")}))
    assert read_digest(notebook({"a.md": work("Other text.", summary="One.")})) == first
    assert read_digest(notebook({"a.md": work("One text.", summary="Other.")})) != first


@given(st.sets(st.text(st.characters(codec="utf-16"), min_size=1, max_size=4), max_size=12))
def test_names_are_sorted_as_a_browser_compares_them(names: set[str]) -> None:
    log = notebook({f"{name.replace('/', '-')}.md": work("") for name in names})
    files = make_files(log)
    shown = [name for path, text in files.items() if path != STARTS for name in json.loads(text)]
    assert shown == sorted((note.page_name for note in log.published), key=sort_key)
