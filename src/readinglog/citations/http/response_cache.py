"""The answers of the web, kept on disk: a day for asking again, a month for `--offline`."""

from __future__ import annotations

import contextlib
import json
from hashlib import sha256
from pathlib import Path
from time import time
from typing import NamedTuple

from readinglog.workspace.files import write_file

_FRESH = 24 * 3600  # seconds
_KEPT = 30 * _FRESH


class Answer(NamedTuple):
    """What an address gave: where redirects led to, what it is said to be, and its bytes."""

    url: str
    content_type: str
    data: bytes


class AnswerCache:
    """Answers by the address that was asked. A file that cannot be read or written is as if it were not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str, *, stale: bool = False) -> Answer | None:
        """The answer kept for `url`; one that is older than a day only if `stale` ones will do."""
        try:
            head, _, data = self._path(url).read_bytes().partition(b"\n")
            asked, since, final, content_type, length = json.loads(head)
            whole = asked == url and length == len(data) and (stale or 0 <= time() - since < _FRESH)
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return Answer(str(final), str(content_type), data) if whole else None

    def keep(self, url: str, answer: Answer) -> None:
        """Keep an answer, and drop those that are older than a month."""
        head = json.dumps([url, time(), answer.url, answer.content_type, len(answer.data)])
        with contextlib.suppress(OSError):
            write_file(self._path(url), head.encode() + b"\n" + answer.data)
            for old in self._folder.iterdir():
                if time() - old.stat().st_mtime > _KEPT:
                    old.unlink()

    def _path(self, url: str) -> Path:
        return self._folder / sha256(url.encode("utf-8", "replace")).hexdigest()
