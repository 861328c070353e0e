"""Links to files of the repository that are not in the notes folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.lint.linter import check_notebook
from readinglog.refactor.rename_note import rename_note
from readinglog.site.page import PageBase
from readinglog.site.views.note_text import make_body
from readinglog.workspace.loading import load_notebook
from support.worlds import work

BODY = (
    "[code](../src/train.py) [deep](<../my data/a b.csv>) [none](../nothing.py) "
    "![curve](../curve.png) [out](../../secret.txt)"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of notes and code beside them, and a file outside of it."""
    for name in ("CI_PROJECT_URL", "GITHUB_SERVER_URL", "GITHUB_REPOSITORY", "GITHUB_REF_TYPE"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "log"
    files = {"notes/a.md": work(BODY), "src/train.py": "", "my data/a b.csv": "", "curve.png": ""}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (tmp_path / "secret.txt").write_text("")
    return root


def test_they_lead_to_the_forge_where_its_address_is_known(folder: Path) -> None:
    (folder / "mkdocs.yml").write_text("site_name: A\nrepo_url: https://github.com/a/log # here\n")
    book = load_notebook(folder / "notes")
    body = make_body(book.by_path["a.md"], book, PageBase("notes/a/"))
    assert "[code](https://github.com/a/log/blob/main/src/train.py)" in body
    assert "https://github.com/a/log/blob/main/my%20data/a%20b.csv" in body
    assert "../../secret.txt" not in book.surroundings.outside
    told = [found.message for found in check_notebook(book) if "link" in found.rule]
    assert told == ["there is nothing at `../nothing.py`"]


def test_without_an_address_they_are_told_and_are_words(folder: Path) -> None:
    book = load_notebook(folder / "notes")
    assert make_body(book.by_path["a.md"], book, PageBase("notes/a/")).startswith("code ")
    told = {(found.rule, found.message) for found in check_notebook(book)}
    message = "`../src/train.py` is not in the notes folder, and has no known address"
    assert ("unresolved-link", message) in told


def test_an_image_that_is_not_in_the_notes_folder_is_told(folder: Path) -> None:
    book = load_notebook(folder / "notes")
    told = [found.message for found in check_notebook(book) if found.rule == "missing-image"]
    assert "`../curve.png` is not in the notes folder, so that the site lacks it" in told


def test_a_note_that_moves_takes_them_along(folder: Path) -> None:

    book = load_notebook(folder / "notes")
    change = rename_note(book, book.by_path["a.md"], "x/y/a")
    assert "[code](../../../src/train.py)" in (change.after["x/y/a.md"] or "")
