"""The full-text index that Pagefind makes for the search page."""

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

from readinglog.model.errors import ReadinglogError
from readinglog.notebook.notebook import Notebook
from readinglog.search import Corpus, catalogue
from readinglog.search.corpus import list_indexed_texts
from readinglog.search.index_document import GAP, IndexDocument
from readinglog.workspace.files import write_file

FOLDER = "pagefind"
_USED_FILES = re.compile(
    r"pagefind\.js|pagefind-worker\.js|pagefind-entry\.json|wasm\.en\.pagefind|.*\.pf_meta|index/.*"
)
_GAP = "."  # takes a position, and is not a word
_BATCH = 64  # records sent at once; the answers to them fit in a pipe's buffer
# Lengths of records are rounded up to this: readers fetch those of all notes, and equal ones
# compress well.
_LENGTH_STEP = 512


class SearchIndexError(ReadinglogError):
    """The full-text index cannot be made. The site is complete but for it."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason}: the search page finds notes by tag and other fields, but not by words"
        )


def write_index(notebook: Notebook, site: Path) -> None:
    """Index `notebook` and replace the index in the finished site.

    Raise SearchIndexError where Pagefind is missing or fails.
    """
    put_index(make_index_files(notebook), site)


def make_index_files(notebook: Notebook) -> list[tuple[str, bytes]]:
    """Return the paths and the contents of the index files for `notebook`.

    There are none for a log without notes. Raise SearchIndexError where Pagefind is missing or
    fails.
    """
    if importlib.util.find_spec("pagefind") is None:
        message = "Pagefind is not installed (`pip install pagefind[bin]`)"
        raise SearchIndexError(message)
    if not notebook.published:
        return []
    with subprocess.Popen(
        [sys.executable, "-m", "pagefind", "--service"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        service = _PagefindService(
            cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        )
        return service.index(_list_records(notebook))


class _PagefindService:
    """Pagefind's service. Its messages are JSON in base64 and end in commas."""

    def __init__(self, requests: IO[bytes], responses: IO[bytes]) -> None:
        self._requests = requests
        self._responses = _split_messages(responses)

    def index(self, records: Iterator[str]) -> list[tuple[str, bytes]]:
        """Return the files of the index of `records`, and end the service."""
        [index] = self._send({"type": "NewIndex", "config": {"force_language": "en"}})
        index_id = index["index_id"]
        numbered = enumerate(records)
        while batch := list(islice(numbered, _BATCH)):
            self._send(*(_make_request(index_id, number, text) for number, text in batch))
        [response] = self._send({"type": "GetFiles", "index_id": index_id})
        self._requests.close()
        files = cast("list[dict[str, str]]", response["files"])
        return [
            (file["path"], base64.b64decode(file["content"]))
            for file in files
            if _USED_FILES.fullmatch(file["path"])
        ]

    def _send(self, *payloads: dict[str, object]) -> list[dict[str, object]]:
        """Send requests and return their responses, in order."""
        try:
            self._requests.write(b"".join(map(_encode_message, payloads)))
            self._requests.flush()
            responses = [_decode_message(next(self._responses)) for _ in payloads]
        except (OSError, ValueError, StopIteration) as error:
            message = "Pagefind stopped"
            raise SearchIndexError(message) from error
        for response in responses:
            if response["type"] == "Error":
                message = f"Pagefind failed ({response['message']})"
                raise SearchIndexError(message)
        return responses


def _make_request(index_id: object, number: int, content: str) -> dict[str, object]:
    return {
        "type": "AddRecord",
        "index_id": index_id,
        "url": f"/{number}",
        "content": content,
        "language": "en",
        "meta": None,
        "filters": None,
        "sort": None,
    }


def _encode_message(payload: dict[str, object]) -> bytes:
    message = json.dumps({"message_id": 0, "payload": payload})
    return base64.b64encode(message.encode()) + b","


def _decode_message(message: bytes) -> dict[str, object]:
    return cast("dict[str, object]", json.loads(base64.b64decode(message))["payload"])


def _split_messages(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the messages in `stream`, each of which ends in a comma."""
    parts: list[bytes] = []
    while part := cast("bytes", stream.read1(1 << 20)):  # type: ignore[attr-defined]
        parts.append(part)
        if b"," in part:
            *messages, rest = b"".join(parts).split(b",")
            yield from messages
            parts = [rest]


def _list_records(notebook: Notebook) -> Iterator[str]:
    """Yield the indexed text of each note, in the order of the catalogue, with the stamp first."""
    corpus = Corpus(notebook)
    stamp = catalogue.compute_stamp(corpus)
    for note in catalogue.order_notes(corpus):
        _, *tokens = IndexDocument(list_indexed_texts(note, notebook)).tokens
        words = [stamp, *(token if token != GAP else _GAP for token in tokens)]
        yield " ".join((*words, *[_GAP] * (-len(words) % _LENGTH_STEP)))


def put_index(files: Iterable[tuple[str, bytes]], site: Path) -> None:
    """Replace the index in a finished site, once all of its files are written."""
    folder = site / FOLDER
    staging = folder.with_name(f"{folder.name}.new")
    shutil.rmtree(staging, ignore_errors=True)
    for path, data in files:
        write_file(staging / path, data)
    shutil.rmtree(folder, ignore_errors=True)
    if staging.is_dir():
        staging.rename(folder)


class BackgroundIndexer:
    """Indexes in a thread while a preview runs: one notebook at a time, and only the latest."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._lock = threading.Lock()
        self._latest = 0

    def start(self, notebook: Notebook, site: Path) -> None:
        """Have `notebook` indexed, without waiting for it."""
        self._latest += 1
        arguments = (notebook, site, self._latest)
        threading.Thread(target=self._write, args=arguments, daemon=True).start()

    def _write(self, notebook: Notebook, site: Path, number: int) -> None:
        with self._lock:
            if number != self._latest:
                return
            try:
                write_index(notebook, site)
            except SearchIndexError as error:
                self._warn(str(error))
            except OSError as error:
                if number == self._latest:  # else the folder was emptied for the next build
                    self._warn(str(SearchIndexError(f"the index cannot be written ({error})")))
