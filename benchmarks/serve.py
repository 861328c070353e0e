"""Measures the preview: from its start to the first page, and from a save to the new bytes of an
open page, against `mkdocs serve` with Material alone.

The page of a note is open as in a browser: its script waits for a change, then fetches the page.
MkDocs is asked for the page again and again, as it answers once it has built all. PEER=0 leaves it
out, SAVES is how many saves of each kind are measured.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from html import unescape
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

from corpora import Corpus, choose_note, edit_body, edit_title, list_corpora
from plain_notes import write_plain_log
from timing import MKDOCS, READINGLOG, RUNS, describe_machine, print_table, start_program

_SAVES = int(os.environ.get("SAVES") or 5)
_SAVES_OF_PEER = 3  # at most, as each is a whole build
_HAS_PEER = os.environ.get("PEER") != "0"
_PAUSE = 0.02  # seconds between two requests
_LIMIT = 1_800  # seconds to wait for anything
_REST = 2.0  # seconds after a save, in which a server ends what it does besides
_ROOT = "/log/"
_START = "start to the first page, nothing kept"
_START_AGAIN = "start again"
_OURS = (READINGLOG, "serve", "--address")
_PEER = (*MKDOCS, "serve", "--quiet", "--livereload", "--dev-addr")
_CONFIG = """\
site_name: Reading log
site_url: https://example.org/log/
docs_dir: notes
theme: {name: material}
plugins: [readinglog]
extra: {generator: false}
"""
_CHANGES = re.compile(rb'data-changes="([^"]+)"')
Holds = Callable[[int, bytes], bool]  # whether an answer is the one that is waited for
_NEW = """\
---
title: "New note {number}"
kind: post
authors: [Ada Adams]
date: 2025-01-01
url: https://example.org/new/{number}
tags: [safety]
summary: What is new.
---

A new note, {mark}.
"""


class Server:
    """A server that runs, and how long it took to its first page."""

    def __init__(self, port: int, seconds: float) -> None:
        self.port, self.seconds = port, seconds

    def get(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_LIMIT)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def wait_until(self, path: str, holds: Holds) -> None:
        """Ask for a page until the answer is the right one. Raise TimeoutError."""
        last = time.monotonic() + _LIMIT
        while time.monotonic() < last:
            if holds(*self.get(path)):
                return
            time.sleep(_PAUSE)
        raise TimeoutError(f"{path} does not become what it should be")

    def wait_for_change(self, path: str, save: Callable[[], object], holds: Holds) -> float:
        """Return the seconds from a save until an open page is the right one."""
        _, page = self.get(path)
        found = _CHANGES.search(page)
        if found is None:  # MkDocs
            start = save_at(save)
            self.wait_until(path, holds)
            return time.perf_counter() - start
        connection = HTTPConnection("127.0.0.1", self.port, timeout=_LIMIT)
        connection.request("GET", unescape(found[1].decode()))
        answer = connection.getresponse()
        answer.readline()  # it is listening
        start = save_at(save)
        while b"event: change" not in (line := answer.readline()) and line:
            pass
        self.wait_until(path, holds)
        connection.close()
        return time.perf_counter() - start


def save_at(save: Callable[[], object]) -> float:
    """Save, and return when that was done."""
    save()
    return time.perf_counter()


@contextmanager
def start_server(command: Sequence[str], folder: Path, page: str) -> Iterator[Server]:
    """Start a server, and give it once it has answered with a page."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    start = time.perf_counter()
    process = start_program([*command, f"127.0.0.1:{port}"], folder)
    server = Server(port, 0)
    try:
        while not _answers(server, page):
            if process.poll() is not None:
                raise RuntimeError(f"{' '.join(command)} has ended: {process.returncode}")
            if time.perf_counter() - start > _LIMIT:
                raise TimeoutError(f"{' '.join(command)} does not answer")
            time.sleep(_PAUSE)
        server.seconds = time.perf_counter() - start
        yield server
    finally:
        _stop(process)


def _answers(server: Server, page: str) -> bool:
    try:
        return server.get(page)[0] == HTTPStatus.OK
    except (OSError, HTTPException):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Edit(NamedTuple):
    """An edit of a kind: what is saved, and the page on which that shows."""

    kind: str
    page: str
    save: Callable[[], object]
    holds: Holds


class Log:
    """Notes that are served and edited. `prefix` is what precedes the name of a note in a path."""

    def __init__(self, notes: Path, note: Path, prefix: str) -> None:
        self.page = f"{_ROOT}{prefix}{quote(note.stem)}/"
        self._notes, self._note, self._prefix = notes, note, prefix

    def list_edits(self, number: int) -> Iterator[Edit]:
        """Yield one edit of each kind."""
        new = self._notes / f"bench-new-{number}.md"
        new_page = f"{_ROOT}{self._prefix}{new.stem}/"
        for kind, edit in (("text", edit_body), ("title", edit_title)):
            mark = f"{kind}mark{number}"
            yield Edit(kind, self.page, partial(edit, self._note, mark), partial(_shows, mark))
        mark = f"newmark{number}"
        text = _NEW.format(number=number, mark=mark)
        save = partial(new.write_text, text, encoding="utf-8")
        yield Edit("new note", new_page, save, partial(_shows, mark))
        yield Edit("deleted note", new_page, new.unlink, _is_missing)


def _shows(mark: str, status: int, page: bytes) -> bool:
    return status == HTTPStatus.OK and mark.encode() in page


def _is_missing(status: int, _: bytes) -> bool:
    return status == HTTPStatus.NOT_FOUND


Times = dict[str, list[float]]


def measure(corpus: Corpus) -> None:
    """Print what a preview of these notes takes."""
    peer = corpus.folder / "alone"
    write_plain_log(corpus.notes, peer)
    (corpus.folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    note = choose_note(corpus.notes)
    place = note.relative_to(corpus.notes)
    log = Log(corpus.notes, note, "notes/")
    folder = "" if str(place.parent) == "." else f"{quote(place.parent.as_posix())}/"
    plain_log = Log(peer / "docs", peer / "docs" / place, folder)
    ours, theirs = Times(), Times()
    for number in range(RUNS):
        shutil.rmtree(corpus.folder / ".cache", ignore_errors=True)
        for kind in (_START, _START_AGAIN):
            with start_server(_OURS, corpus.folder, log.page) as server:
                ours.setdefault(kind, []).append(server.seconds)
        if _HAS_PEER and number:  # it is started once more for the saves
            with start_server(_PEER, peer, plain_log.page) as server:
                theirs.setdefault(_START, []).append(server.seconds)
    with ExitStack() as stack:
        server = stack.enter_context(start_server(_OURS, corpus.folder, log.page))
        plain = (
            stack.enter_context(start_server(_PEER, peer, plain_log.page)) if _HAS_PEER else None
        )
        if plain:
            theirs.setdefault(_START, []).append(plain.seconds)
            theirs[_START_AGAIN] = theirs[_START]  # it keeps nothing
        for number in range(1, _SAVES + 1):
            save_each(server, log, number, ours)
            if plain and number <= _SAVES_OF_PEER:
                save_each(plain, plain_log, number, theirs)
    print(f"preview of {corpus.count:,} notes; seconds, {RUNS} starts, {_SAVES} saves of each kind")
    head = ("preview", "median", "worst", "MkDocs + Material alone", "worst", "ratio")
    print_table(head, [make_row(kind, taken, theirs.get(kind)) for kind, taken in ours.items()])


def save_each(server: Server, log: Log, number: int, times: Times) -> None:
    """Make an edit of each kind, and add what it takes to `times`."""
    for edit in log.list_edits(number):
        time.sleep(_REST)
        taken = server.wait_for_change(edit.page, edit.save, edit.holds)
        times.setdefault(edit.kind, []).append(taken)


def make_row(kind: str, taken: list[float], base: list[float] | None) -> tuple[str, ...]:
    """Return a row of the table."""
    row = (kind, f"{median(taken):.2f}", f"{max(taken):.2f}")
    if base is None:
        return (*row, "", "", "")
    return (*row, f"{median(base):.2f}", f"{max(base):.2f}", f"{median(taken) / median(base):.3f}")


if __name__ == "__main__":
    print(describe_machine(), flush=True)
    for each in list_corpora():
        measure(each)
