"""Making outputs, and writing them into the folder of the site."""

from __future__ import annotations

import errno
import logging
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import Protocol, TypeVar

from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.site.frames import Frame, fill_gaps
from readinglog.site.json_text import pack_text
from readinglog.site.messages import ENGLISH, make_in_language, use_language
from readinglog.site.page import Attachment, CardImage, DataFile, DataFolder, Output, Page, Site
from readinglog.site.page_cache import PageCache
from readinglog.site.unrendered import render_as_written
from readinglog.workspace.files import read_bytes, write_bytes
from readinglog.workspace.former_site import FileKeys, FormerSite
from readinglog.workspace.parallel import count_processes, map_parts, work_apart

# As an engine names it, so that what cannot be made is a warning of the build.
_log = logging.getLogger("mkdocs.plugins.readinglog")
# What a file system says of one path, which is no reason to leave out all others.
_ERRORS_OF_ONE_PATH = frozenset(
    {errno.ENAMETOOLONG, errno.EINVAL, errno.EILSEQ, errno.EEXIST, errno.ENOTDIR, errno.EISDIR}
)
_PARTS = 24  # a process, so that none is left with much more to do than the others
Made = TypeVar("Made", bound=Output)
Caches = Sequence[PageCache]
_Written = tuple[dict[str, FileKeys], list[frozenset[str]]]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site at `path`, and the function that makes what it holds.

    Of two at one path with the same key, or the same quick key, both hold the same; '' is no key.
    What is written is kept in `cache`, if there is one.
    """

    path: str
    make: Callable[[], bytes]
    make_key: Callable[[], str] = str
    make_quick_key: Callable[[], str] = str
    cache: PageCache | None = None


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

    def make(self, page: Page) -> File:
        """Return the file of a page."""
        page = replace(page, make_content=cache(page.make_content), make_body=cache(page.make_body))
        with use_language(self._site.language):
            frame = self._theme.get_frame(page)
            if frame is None:
                return File(page.path, partial(self._render, page))
        make_key = cache(partial(self._make_key, frame, page))
        make = partial(self._fill, frame, page, make_key)
        make_quick_key = partial(self._make_quick_key, frame, page)
        return File(page.path, make, make_key, make_quick_key, self._pages)

    def _make_quick_key(self, frame: Frame, page: Page) -> str:
        with use_language(self._site.language):
            about = page.describe_quickly()
        return self._pages.make_key(page.path, repr((frame.digest, about))) if about else ""

    def _make_key(self, frame: Frame, page: Page) -> str:
        with use_language(self._site.language):
            return self._pages.use_key(page.path, repr((frame.digest, page.describe())))

    def _render(self, page: Page) -> bytes:
        with use_language(self._site.language):
            return _encode(self._theme.render(page, self._fill_gaps(page)))

    def _fill(self, frame: Frame, page: Page, make_key: Callable[[], str]) -> bytes:
        key = make_key()
        html = self._pages.get(key)
        if html is None:
            with use_language(self._site.language):
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
    """Makes what is not a page: attachments are copied from `notes`, pictures kept in a cache.

    `pages` gives keys to files that are made of what pages are made of.
    """

    def __init__(
        self, notes: Path, pages: PageCache, pictures: PageCache, language: str = ENGLISH
    ) -> None:
        self._notes = notes
        self._language = language
        self._pages, self._pictures = pages, pictures

    def make(self, output: DataFile | DataFolder | Attachment | CardImage) -> Iterator[File]:
        """Yield the files of an output."""
        match output:
            case DataFolder():
                for file in make_in_language(self._language, output.make_files()):
                    yield from self.make(replace(file, path=f"{output.path}{file.path}"))
            case DataFile():
                output = replace(output, make_text=cache(output.make_text))
                make_key = partial(self._make_key, output)
                yield File(output.path, partial(self._write, output), make_key)
            case Attachment():
                yield File(output.path, (self._notes / output.source).read_bytes)
            case CardImage():
                key = self._pictures.use_key(output.path, repr(output))
                draw = partial(self._draw, output, key)
                yield File(output.path, draw, lambda: key, cache=self._pictures)

    def _make_key(self, output: DataFile) -> str:
        with use_language(self._language):
            inputs = repr(output.make_inputs()) if output.make_inputs else output.text
        return self._pages.make_key(output.path, inputs)

    def _write(self, output: DataFile) -> bytes:
        with use_language(self._language):
            text = output.text
        return pack_text(text) if output.is_packed else text.encode("utf-8", "surrogatepass")

    def _draw(self, card: CardImage, key: str) -> bytes:
        data = self._pictures.get(key)
        if data is None:
            from readinglog.site.social_cards import drawing  # noqa: PLC0415 - few logs have some

            data = drawing.draw_card(card)
            self._pictures.put(key, data)
        return data


def write_outputs(
    outputs: Sequence[Made],
    make: Callable[[Made], Iterable[File]],
    site: Path,
    caches: Caches,
    former: FormerSite | None = None,
) -> dict[str, FileKeys]:
    """Write the files that `make` makes of outputs into the folder `site`, in parallel processes.

    `caches` are those that `make` uses. Files that `former` has with the same key are not made;
    those that are the same already are not written again. Return the keys of all files by path.
    Raise ValueError for a path outside of the site.
    """
    keys: dict[str, FileKeys] = {}
    write = partial(_write_each, make, site.resolve(), caches, former)
    for written, found in map_parts(partial(_write_part, write), _split(outputs)):
        keys.update(written)
        for pages, used in zip(caches, found, strict=True):
            pages.mark_used(used)
    return keys


def _split(outputs: Sequence[Made]) -> list[Sequence[Made]]:
    """Return outputs in parts: each folder with what else is in it, then all others."""
    folders = [output.path for output in outputs if isinstance(output, DataFolder)]
    parts: list[list[Made]] = [[] for _ in (*folders, *range(count_processes() * _PARTS))]
    for number, output in enumerate(outputs):
        inside = (at for at, folder in enumerate(folders) if output.path.startswith(folder))
        other = len(folders) + number % (len(parts) - len(folders))
        parts[next(inside, other)].append(output)
    return list(filter(None, parts))


def _write_part(write: Callable[[Sequence[Made]], _Written], outputs: Sequence[Made]) -> _Written:
    """Write some outputs; those of a folder take much memory, which is free again afterwards."""
    has_folder = any(isinstance(output, DataFolder) for output in outputs)
    return work_apart(partial(write, outputs)) if has_folder else write(outputs)


def _write_each(
    make: Callable[[Made], Iterable[File]],
    site: Path,
    caches: Caches,
    former: FormerSite | None,
    outputs: Sequence[Made],
) -> _Written:
    """Write outputs; return the keys of files by path, and the used keys of each of `caches`."""
    keys: dict[str, FileKeys] = {}
    for output in outputs:
        for file in make(output):
            inside = posixpath.normpath(file.path)
            target = site / inside
            if inside.startswith("../") or not target.is_relative_to(site):
                message = f"`{file.path}` would be written outside of the site"
                raise ValueError(message)
            quick_key = file.make_quick_key() if former else ""
            known = former.find_key(inside, quick_key) if former else ""
            key = known or (file.make_key() if former or file.cache else "")
            if known and file.cache:
                file.cache.mark_used([known])
            elif not ((former and former.has(inside, key)) or _try_to_write(file, key, target)):
                continue
            keys[inside] = FileKeys(key, quick_key)
    return keys, [pages.used for pages in caches]


def _try_to_write(file: File, key: str, target: Path) -> bool:
    """Write a file, or tell that there can be none at its path."""
    data = file.make()
    try:
        _write_file(target, data)
        if file.cache:
            file.cache.put_file(key, data, target)
    except OSError as error:
        if error.errno not in _ERRORS_OF_ONE_PATH:
            raise
        shown = make_printable(file.path)
        _log.warning("%s is left out of the site: %s", shown, describe_os_error(error))
        return False
    return True


def _write_file(target: Path, data: bytes) -> None:
    """Write a file, unless it is there and the same."""
    if not _make_folder(target.parent):
        with suppress(FileNotFoundError):
            if read_bytes(target, len(data) + 1) == data:
                return
            target.unlink()  # which may be a link, or read-only
    try:
        write_bytes(target, data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(target, data)


def _make_folder(folder: Path) -> bool:
    """Make a folder whose own folder is there; return whether it is new, and so holds nothing."""
    try:
        folder.mkdir()
    except (FileExistsError, FileNotFoundError):
        return False
    return True
