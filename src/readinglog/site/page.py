"""What the compiler hands to an engine: pages, and files that are copied as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import quote

from readinglog.model.diagnostic import Severity
from readinglog.model.html_policy import ID_PREFIX
from readinglog.model.note import Note
from readinglog.parsing.latex.macros import Macros


class RuleManual(NamedTuple):
    """A rule's name, its severity, and its manual page as Markdown."""

    name: str
    severity: Severity
    text: str


class Site(NamedTuple):
    """The site: its name, its address, and where its notes can be edited.

    `edit_pattern`, `report_pattern` and `new_pattern` are addresses with placeholders: `{path}` for
    the path of a note below the notes folder (`{path_noext}` without its suffix, `{path!q}` without
    a bare slash), `{title}` for that of an issue, `{name}` and `{text}` for those of a new note.
    `repository` is the address of the repository that has the notes. What the site does not have is
    ''. `rules` has every rule. If the site has `social_cards`, each note has a picture; if it has
    `markdown_copies`, each has a copy as it is written; `has_map`, `has_statistics` and
    `has_claims` say whether it has these pages. A site `on_demand` makes pages one at a time, and
    then not what only all of them need. `author` is who writes the log. The words of the pages
    themselves are in `language`, or in English. `redirects` has files that are gone, and the files
    or addresses to which theirs lead, and `macros` are those of the log.
    """

    name: str
    url: str = ""
    description: str = ""
    edit_pattern: str = ""
    report_pattern: str = ""
    new_pattern: str = ""
    repository: str = ""
    rules: tuple[RuleManual, ...] = ()
    social_cards: bool = True
    markdown_copies: bool = True
    has_map: bool = True
    has_statistics: bool = True
    has_claims: bool = True
    on_demand: bool = False
    author: str = ""
    language: str = "en"
    redirects: tuple[tuple[str, str], ...] = ()
    macros: Macros = MappingProxyType({})

    def make_absolute(self, address: str) -> str:
        """Return the whole URL of a page; `address` is relative to the site's root."""
        return f"{self.url.rstrip('/')}/{quote(address, safe='/')}"

    def make_edit_url(self, path: str) -> str:
        """Return the URL at which the note at `path` can be edited."""
        url = self.edit_pattern
        for name, value in (("path", path), ("path_noext", posixpath.splitext(path)[0])):
            url = url.replace(f"{{{name}}}", quote(value))
            url = url.replace(f"{{{name}!q}}", quote(value, safe=""))
        return url

    def make_report_url(self, name: str) -> str:
        """Return the URL for reporting a problem with the note of that name."""
        return self.report_pattern.replace("{title}", quote(f"{name}: ", safe=""))


@dataclass(frozen=True, slots=True)
class Page:
    """One page at `address` (`""`, `log/`, `notes/ddpm/` …, relative to the site's root).

    `content` is the plain data that `template` shows around `body`, the Markdown of a note, which
    the engine renders; both are made when they are asked for. `make_inputs` is for pages that take
    time: it returns what decides about content and body, and is quicker than they are;
    `make_quick_inputs` does so still more quickly, but may change where the page does not, and may
    return None.

    `feed` is the address of the Atom feed of what the page lists. A `wide` page takes all the room
    there is; `script` is the address of a module that it runs, `source` the path of the note that
    it is of, `language` that of its text, '' where it is the site's. From heading number `fold` of
    the second level on, the text is folded, where that is not 0.
    """

    address: str
    title: str
    template: str = "page.html"
    make_content: Callable[[], object] = tuple  # nothing
    make_body: Callable[[], str] = str
    make_inputs: Callable[[], object] | None = None
    make_quick_inputs: Callable[[], object] | None = None
    description: str = ""
    feed: str = ""
    wide: bool = False
    script: str = ""
    source: str = ""
    language: str = ""
    fold: int = 0

    @property
    def content(self) -> object:
        """The plain data that the template shows."""
        return self.make_content()

    @property
    def body(self) -> str:
        """The Markdown of a note, or ''."""
        return self.make_body()

    def describe(self) -> tuple[object, ...]:
        """Return what the page is made of: of two pages with the same, both are the same."""
        inputs = self.make_inputs() if self.make_inputs else (self.content, self.body)
        return (*self._describe_frame(), inputs)

    def describe_quickly(self) -> tuple[object, ...] | None:
        """Return what decides about the page, found more quickly, or None where it takes time."""
        inputs = self.make_quick_inputs() if self.make_quick_inputs else None
        return None if inputs is None else (*self._describe_frame(), inputs)

    def _describe_frame(self) -> tuple[object, ...]:
        about = (self.address, self.title, self.template, self.description, self.feed)
        return (*about, self.wide, self.script, self.language, self.fold)

    @property
    def path(self) -> str:
        """The page's file in the site."""
        return f"{self.address}index.html"

    @property
    def markdown_path(self) -> str:
        """The page's Markdown file in the tree that an engine reads."""
        return f"{self.address}index.md"


@dataclass(frozen=True, slots=True)
class DataFile:
    """A file of the site that no engine touches: a feed, a bibliography, a redirect.

    Its text is made when it is asked for. `make_inputs` is for files that take time: it returns
    what decides about the text, and is quicker. A file that `is_packed` is compressed by zlib, for
    a script that unpacks it.
    """

    path: str
    make_text: Callable[[], str]
    make_inputs: Callable[[], object] | None = None
    is_packed: bool = False

    @property
    def text(self) -> str:
        """What the file holds."""
        return self.make_text()


@dataclass(frozen=True, slots=True)
class DataFolder:
    """Files of the site that are made together, whose paths are below `path`."""

    path: str
    make_files: Callable[[], Iterable[DataFile]]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the notes folder that is published as it is: `source` there, `path` in the site."""

    path: str
    source: str


@dataclass(frozen=True, slots=True)
class CardImage:
    """A picture of a note at `path`, for those who share a link to it: its title, authors and year,
    summary and tags.

    `hue` is the number of its root tag's colour, from 1, or 0.
    """

    path: str
    site: str
    title: str
    byline: str
    summary: str
    tags: tuple[str, ...] = ()
    hue: int = 0


Output = Page | DataFile | DataFolder | Attachment | CardImage


class PageBase(NamedTuple):
    """The page that is being made: its links are relative to it."""

    address: str

    def link_to(self, address: str, anchor: str = "") -> str:
        """Return the link from here to `anchor` of the page at `address`, which is relative to the
        site's root.
        """
        start = self._measure_shared(address)
        page = "../" * self.address.count("/", start) + _quote(address[start:]) or "./"
        return f"{page}#{quote(anchor, safe=':^')}" if anchor else page

    def _measure_shared(self, address: str) -> int:
        """Return the length of the folders that both addresses begin with."""
        start = 0
        while (end := address.find("/", start) + 1) and self.address.startswith(
            address[start:end], start
        ):
            start = end
        return start

    def link_to_search(self, query: object) -> str:
        """Return the link from here to the answer to a query."""
        return f"{self.link_to('search/')}?q={quote(str(query), safe=':')}"

    def link_to_note(self, note: Note, anchor: str | None = None) -> str:
        """Return the link from here to a note, or to a heading of it."""
        return self.link_to(note.address, anchor or "")


@lru_cache(maxsize=1 << 14)
def _quote(address: str) -> str:
    return quote(address, safe="/")


def make_own_id(name: str) -> str:
    """Return the id of a part of the page's own, which no heading of a note can have."""
    return f"{ID_PREFIX}{name}"
