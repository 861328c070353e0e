"""The index of words, which Pagefind makes of the notes' words once the site stands."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO, cast

from readinglog.notebook.notebook import Notebook
from readinglog.search import Corpus, catalogue
from readinglog.search.corpus import list_pieces
from readinglog.search.index_document import GAP, IndexDocument
from readinglog.workspace.files import write_file

FOLDER = "pagefind"
_NEEDED = re.compile(
    r"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\.en\.pagefind|.*\.pf_meta|index/.*"
)
_GAP = "."  # takes a position, and is no word
_BATCH = 64  # records that are sent at once; their answers have room in a pipe
_EVEN = 512  # lengths are rounded up to this: every reader fetches those of all notes, and equal ones pack well


class IndexFailure(Exception):  # noqa: N818 - the site stands without it
    """Why there is no index of words."""

    def __str__(self) -> str:
        return (
            f"{self.args[0]}: the search page finds notes by tag and other fields, but not by words"
        )


def write_index(notebook: Notebook, site: Path) -> None:
    """Make the index for `notebook` in the finished site; what was there before is replaced when it is whole.

    Raises IndexFailure where Pagefind is missing or fails.
    """
    put_index(index_files(notebook), site)


def index_files(notebook: Notebook) -> list[tuple[str, bytes]]:
    """The files of the index for `notebook`, with their paths; none for a log without notes.

    Raises IndexFailure where Pagefind is missing or fails.
    """
    if importlib.util.find_spec("pagefind") is None:
        message = "Pagefind is not installed (`pip install pagefind[bin]`)"
        raise IndexFailure(message)
    if not notebook.published:
        return []
    with subprocess.Popen(
        [sys.executable, "-m", "pagefind", "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as service:
        return _index(notebook, cast("IO[bytes]", service.stdin), cast("IO[bytes]", service.stdout))


def _index(notebook: Notebook, to: IO[bytes], stream: IO[bytes]) -> list[tuple[str, bytes]]:
    """The files of the index that Pagefind's service makes, of records whose order is that of the catalogue."""
    answers = _answers(stream)

    def send(*payloads: dict[str, object]) -> list[dict[str, object]]:
        try:
            to.write(
                b"".join(
                    base64.b64encode(json.dumps({"message_id": 0, "payload": one}).encode()) + b","
                    for one in payloads
                )
            )
            to.flush()
            found = [
                cast("dict[str, object]", json.loads(base64.b64decode(next(answers)))["payload"])
                for _ in payloads
            ]
        except (OSError, ValueError, StopIteration) as error:
            message = "Pagefind stopped"
            raise IndexFailure(message) from error
        for answer in found:
            if answer["type"] == "Error":
                message = f"Pagefind failed ({answer['message']})"
                raise IndexFailure(message)
        return found

    [index] = send({"type": "NewIndex", "config": {"force_language": "en"}})
    same = {
        "type": "AddRecord",
        "index_id": index["index_id"],
        "language": "en",
        "meta": None,
        "filters": None,
        "sort": None,
    }
    records = enumerate(_records(notebook))
    while batch := [
        same | {"url": f"/{number}", "content": content}
        for number, content in islice(records, _BATCH)
    ]:
        send(*batch)
    [made] = send({"type": "GetFiles", "index_id": index["index_id"]})
    to.close()
    files = cast("list[dict[str, str]]", made["files"])
    return [
        (file["path"], base64.b64decode(file["content"]))
        for file in files
        if _NEEDED.fullmatch(file["path"])
    ]


def _answers(stream: IO[bytes]) -> Iterator[bytes]:
    """The answers of the service, each of which ends in a comma."""
    parts: list[bytes] = []
    while part := cast("bytes", stream.read1(1 << 20)):  # type: ignore[attr-defined]
        parts.append(part)
        if b"," in part:
            *whole, rest = b"".join(parts).split(b",")
            yield from whole
            parts = [rest]


def _records(notebook: Notebook) -> Iterator[str]:
    """The words of each note, in the frame that `query.texts` lays down, behind the mark of the build."""
    corpus = Corpus(notebook)
    stamp = catalogue.compute_stamp(corpus)
    for note in catalogue.order_notes(corpus):
        _, *tokens = IndexDocument(list_pieces(note, notebook)).tokens
        words = [stamp, *(token if token != GAP else _GAP for token in tokens)]
        yield " ".join((*words, *[_GAP] * (-len(words) % _EVEN)))


def put_index(files: Iterable[tuple[str, bytes]], site: Path) -> None:
    """Put the files of an index into a finished site, all at once."""
    place = site / FOLDER
    fresh = place.with_name(f"{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path, data in files:
        write_file(fresh / path, data)
    shutil.rmtree(place, ignore_errors=True)
    if fresh.is_dir():
        fresh.rename(place)


class Follower:
    """Makes the index beside a preview, one at a time, and for the last of the notebooks it is handed."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._lock = threading.Lock()
        self._wanted = 0

    def follow(self, notebook: Notebook, site: Path) -> None:
        """Have the index made; this does not wait for it."""
        self._wanted += 1
        threading.Thread(
            target=self._make, args=(notebook, site, self._wanted), daemon=True
        ).start()

    def _make(self, notebook: Notebook, site: Path, number: int) -> None:
        with self._lock:
            if number != self._wanted:
                return
            try:
                write_index(notebook, site)
            except IndexFailure as failure:
                self._warn(str(failure))
            except OSError as error:
                if number == self._wanted:  # else the folder was emptied for the next build
                    self._warn(str(IndexFailure(f"the index cannot be written ({error})")))
