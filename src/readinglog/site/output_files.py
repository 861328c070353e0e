"""Making outputs, and writing them into the folder of the site."""

from __future__ import annotations

import errno
import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol, TypeVar

from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.site.frames import Frame, fill_gaps
from readinglog.site.messages import ENGLISH, make_in_language, use_language
from readinglog.site.page import Attachment, CardImage, DataFile, DataFolder, Output, Page, Site
from readinglog.site.page_cache import PageCache
from readinglog.site.unrendered import render_as_written
from readinglog.workspace.files import read_bytes
from readinglog.workspace.parallel import count_processes, map_parts

# As an engine names it, so that what cannot be made is a warning of the build.
_log = logging.getLogger("mkdocs.plugins.readinglog")
# What a file system says of one path, which is no reason to leave out all others.
_ERRORS_OF_ONE_PATH = frozenset(
    {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST, errno.ENOTDIR, errno.EISDIR}
)
_PARTS = 8  # a process, so that none is left with much more to do than the others
Made = TypeVar("Made", bound=Output)
File = tuple[str, bytes]  # its path in the site, and what it holds
Caches = Sequence[PageCache]


class Theme(Protocol):
    """What frames the pages of a site."""

    def get_frame(self, page: Page) -> Frame | None:
        """Return the frame for a page, or None where it has to be rendered by itself."""

    def render(self, page: Page, gaps: Mapping[str, str]) -> str:
        """Return the HTML of a page whose gaps are filled so."""


class PageMaker:
    """Makes the pages of a site; those in frames are kept in a cache.

    `convert` makes HTML of Markdown. What it cannot convert is shown as it is written.
    """

    def __init__(
        self, site: Site, convert: Callable[[str], str], theme: Theme, pages: PageCache
    ) -> None:
        self._site = site
        self._convert = convert
        self._theme = theme
        self._pages = pages

    def make(self, page: Page) -> bytes:
        """Return the HTML of a page."""
        with use_language(self._site.language):
            return self._make(page)

    def _make(self, page: Page) -> bytes:
        page = replace(page, make_content=cache(page.make_content), make_body=cache(page.make_body))
        frame = self._theme.get_frame(page)
        if frame is None:
            return _encode(self._theme.render(page, self._fill_gaps(page)))
        key = self._pages.make_key(page.path, repr((frame.digest, page.describe())))
        html = self._pages.get(key)
        if html is None:
            html = _encode(frame.fill(self._fill_gaps(page)))
            self._pages.put(key, html)
        return html

    def _fill_gaps(self, page: Page) -> dict[str, str]:
        text = self._convert_body(page) if page.body else ""
        return {**fill_gaps(page, self._site), "content": text}

    def _convert_body(self, page: Page) -> str:
        try:
            return self._convert(page.body)
        except Exception as error:  # noqa: BLE001 - one text, or one extension, takes no other page
            return render_as_written(page.address, page.address, page.body, error)


def _encode(html: str) -> bytes:
    return html.encode("utf-8", "xmlcharrefreplace")


class FileMaker:
    """Makes what is not a page: attachments are copied from `notes`, pictures kept in a cache."""

    def __init__(self, notes: Path, pictures: PageCache, language: str = ENGLISH) -> None:
        self._notes = notes
        self._language = language
        self._pictures = pictures

    def make(self, output: DataFile | DataFolder | Attachment | CardImage) -> Iterator[File]:
        """Yield the files of an output."""
        yield from make_in_language(self._language, self._make(output))

    def _make(self, output: DataFile | DataFolder | Attachment | CardImage) -> Iterator[File]:
        match output:
            case DataFolder():
                for path, text in output.make_files():
                    yield f"{output.path}{path}", text.encode("utf-8", "surrogatepass")
            case DataFile():
                yield output.path, output.text.encode()
            case Attachment():
                yield output.path, (self._notes / output.source).read_bytes()
            case CardImage():
                yield output.path, self._draw(output)

    def _draw(self, card: CardImage) -> bytes:
        key = self._pictures.make_key(card.path, repr(card))
        data = self._pictures.get(key)
        if data is None:
            from readinglog.site.social_cards import drawing  # noqa: PLC0415 - few logs have some

            data = drawing.draw_card(card)
            self._pictures.put(key, data)
        return data


def write_outputs(
    outputs: Sequence[Made], make: Callable[[Made], Iterable[File]], site: Path, caches: Caches
) -> set[str]:
    """Write the files that `make` makes of outputs into the folder `site`, in parallel processes.

    `caches` are those that `make` uses. Return the paths of the files, of which those that are the
    same already are not written again. Raise ValueError for a path outside of the site.
    """
    paths: set[str] = set()
    work = partial(_write_part, make, site.resolve(), caches)
    for written, found in map_parts(work, _split(outputs)):
        paths.update(written)
        for pages, used in zip(caches, found, strict=True):
            pages.mark_used(used)
    return paths


def _split(outputs: Sequence[Made]) -> list[Sequence[Made]]:
    """Return outputs in parts: each folder with what else is in it, then all others."""
    folders = [output.path for output in outputs if isinstance(output, DataFolder)]
    parts: list[list[Made]] = [[] for _ in (*folders, *range(count_processes() * _PARTS))]
    for number, output in enumerate(outputs):
        inside = (at for at, folder in enumerate(folders) if output.path.startswith(folder))
        other = len(folders) + number % (len(parts) - len(folders))
        parts[next(inside, other)].append(output)
    return list(filter(None, parts))


def _write_part(
    make: Callable[[Made], Iterable[File]], site: Path, caches: Caches, outputs: Sequence[Made]
) -> tuple[list[str], list[frozenset[str]]]:
    """Return the paths of the files that were written, and the used keys of each of `caches`."""
    paths: list[str] = []
    for output in outputs:
        for path, data in make(output):
            inside = posixpath.normpath(path)
            target = site / inside
            if inside.startswith("../") or not target.is_relative_to(site):
                message = f"`{path}` would be written outside of the site"
                raise ValueError(message)
            try:
                _write_file(target, data)
                paths.append(inside)
            except OSError as error:
                if error.errno not in _ERRORS_OF_ONE_PATH:
                    raise
                shown = make_printable(path)
                _log.warning("%s is left out of the site: %s", shown, describe_os_error(error))
    return paths, [pages.used for pages in caches]


def _write_file(target: Path, data: bytes) -> None:
    """Write a file, unless it is there and the same."""
    try:
        if read_bytes(target, len(data) + 1) == data:
            return
        target.unlink()  # which may be a link, or read-only
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
