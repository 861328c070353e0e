"""The index of words: written whole or not at all, said clearly where it cannot be, and made beside
a preview.
"""

from __future__ import annotations

import base64
import importlib.util
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from readinglog.search.pagefind_index import BackgroundIndexer, SearchIndexError, write_index

from readinglog.notebook.notebook import Notebook
from readinglog.search import pagefind_index as search_index
from support.worlds import notebook, work

ERROR = base64.b64encode(b'{"payload": {"type": "Error", "message": "no room"}}').decode()
LOG = {"a.md": work("Routing."), "b.md": work("Tiles.", title="Another")}


def files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix().partition("_")[0]
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_only_the_files_that_the_page_needs_are_written(tmp_path: Path) -> None:
    write_index(notebook(LOG), tmp_path)
    found = files(tmp_path / "pagefind")
    assert {
        "pagefind.js",
        "pagefind-worker.js",
        "pagefind-entry.json",
        "wasm.en.pagefind",
        "pagefind.en",
        "index/en",
    } == found


def test_a_log_without_notes_has_no_index(tmp_path: Path) -> None:
    write_index(notebook({}), tmp_path)
    assert not files(tmp_path)


def test_a_missing_pagefind_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(
        SearchIndexError,
        match=r"Pagefind is not installed .*: the search page finds notes by tag and other fields",
    ):
        write_index(notebook(LOG), tmp_path)


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("", "Pagefind stopped"),
        ("print('no answer,')", "Pagefind stopped"),
        (f"print({ERROR!r}, end=',')", r"Pagefind failed \(no room\)"),
    ],
)
def test_a_pagefind_that_fails_leaves_the_index_there_is(
    program: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(notebook(LOG), tmp_path)
    before = files(tmp_path)
    (tmp_path / "fails").write_text(f"#!{sys.executable}\n{program}\n", encoding="utf-8")
    (tmp_path / "fails").chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "fails"))
    with pytest.raises(SearchIndexError, match=message):
        write_index(notebook(LOG), tmp_path)
    assert files(tmp_path) - {"fails"} == before


def test_of_many_changes_in_a_row_only_the_first_and_the_last_are_indexed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Notebook] = []
    begun, go_on = threading.Event(), threading.Event()

    def write(log: Notebook, _: Path) -> None:
        made.append(log)
        begun.set()
        go_on.wait(10)

    monkeypatch.setattr(search_index, "write_index", write)
    indexer = BackgroundIndexer(pytest.fail)
    logs = [notebook(LOG) for _ in range(4)]
    indexer.start(logs[0], tmp_path)
    assert begun.wait(10)
    for log in logs[1:]:
        indexer.start(log, tmp_path)
    go_on.set()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(10)
    assert made == [logs[0], logs[3]]


@pytest.mark.parametrize("failure", [SearchIndexError("Pagefind stopped"), OSError("no room")])
def test_a_preview_without_an_index_logs_a_warning(
    failure: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, told = threading.Event(), []

    def fail(*_: object) -> None:
        raise failure

    def warn(text: str) -> None:
        told.append(text)
        said.set()

    monkeypatch.setattr(search_index, "write_index", fail)
    BackgroundIndexer(warn).start(notebook(LOG), tmp_path)
    assert said.wait(10)
    assert "but not by words" in told[0]


def test_the_service_that_pagefind_offers_is_there() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pagefind", "--service"],
        input=b"",
        capture_output=True,
        check=False,
        timeout=20,
    )
    assert done.stdout == b""
