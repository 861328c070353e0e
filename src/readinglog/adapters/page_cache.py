"""Finished pages kept from one build to the next, so that a change of one note renders little more than that note."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

from readinglog.adapters.disk import write

_ENGINE = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2")


class PageCache:
    """Finished pages by what they are made of; in memory, and in `folder` where one is given."""

    def __init__(self) -> None:
        self._pages: dict[str, str] = {}
        self._used: set[str] = set()
        self._folder: Path | None = None
        self._frame = b""

    def start(self, folder: Path | None, frame: str, files: Iterable[Path]) -> None:
        """Begin a build. `frame` and `files` are what every page depends on beside its own text."""
        stamps = [f"{path}:{path.stat().st_mtime_ns}:{path.stat().st_size}" for path in sorted(files) if path.is_file()]
        whole = "\0".join((frame, *stamps, *(f"{name} {version(name)}" for name in _ENGINE)))
        self._frame = blake2b(whole.encode(), digest_size=16).digest()
        self._folder = folder
        self._used = set()

    def key(self, address: str, text: str) -> str:
        """What the page at `address` with the Markdown file `text` is known by."""
        return blake2b(f"{address}\0{text}".encode(), digest_size=16, key=self._frame).hexdigest()

    def get(self, key: str) -> str | None:
        """The finished page, if it was made before."""
        self._used.add(key)
        if key not in self._pages and self._folder and (file := self._folder / f"{key}.html").is_file():
            self._pages[key] = file.read_text(encoding="utf-8")
        return self._pages.get(key)

    def put(self, key: str, page: str) -> None:
        """Keep a finished page."""
        self._pages[key] = page
        if self._folder:
            write(self._folder / f"{key}.html", page.encode())

    def finish(self) -> None:
        """End a build: forget the pages that it did not use."""
        self._pages = {key: page for key, page in self._pages.items() if key in self._used}
        if self._folder and self._folder.is_dir():
            for file in self._folder.glob("*.html"):
                if file.stem not in self._used:
                    file.unlink()
