"""Responses kept on disk: fresh for a day, and for a month with `--offline`."""

from __future__ import annotations

import contextlib
import json
from hashlib import sha256
from pathlib import Path
from time import time
from typing import NamedTuple

from readinglog.workspace.files import write_file

_FRESH_FOR = 24 * 3600  # seconds
_KEPT_FOR = 30 * _FRESH_FOR


class Response(NamedTuple):
    """A response: the address after redirects, the content type, and the decoded body."""

    url: str
    content_type: str
    data: bytes

    @property
    def text(self) -> str:
        """Return the body as UTF-8, with U+FFFD for bytes that are none."""
        return self.data.decode("utf-8", "replace")


class ResponseCache:
    """Responses by requested address. A file that cannot be read or written counts as missing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, url: str, *, allow_stale: bool = False) -> Response | None:
        """Return the response cached for `url`; one older than a day only with `allow_stale`."""
        try:
            head, _, data = self._path(url).read_bytes().partition(b"\n")
            cached_url, stored_at, final_url, content_type, length = json.loads(head)
            is_usable = (
                cached_url == url
                and length == len(data)
                and (allow_stale or 0 <= time() - stored_at < _FRESH_FOR)
            )
        except (OSError, ValueError, TypeError, RecursionError):
            return None
        return Response(str(final_url), str(content_type), data) if is_usable else None

    def store(self, url: str, response: Response) -> None:
        """Store a response, and delete those that are older than a month."""
        head = json.dumps([url, time(), response.url, response.content_type, len(response.data)])
        with contextlib.suppress(OSError):
            write_file(self._path(url), head.encode() + b"\n" + response.data)
            for file in self._folder.iterdir():
                if time() - file.stat().st_mtime > _KEPT_FOR:
                    file.unlink()

    def _path(self, url: str) -> Path:
        return self._folder / sha256(url.encode("utf-8", "replace")).hexdigest()
