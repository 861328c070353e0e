"""What stands in the head of a page for programs to read: its `meta` elements, JSON-LD and title.

Only those elements reach the parser, one by one: all of a page that is made to be slow takes the parser minutes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

_ELEMENT = re.compile(
    r"<(meta|script|title)\b((?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>", re.IGNORECASE
)
_ELEMENTS = 2_000  # that are looked at
_META_LIMIT, _SCRIPT_LIMIT, _TITLE_LIMIT = 20_000, 500_000, 5_000  # characters
_SCRIPTS_LIMIT = 1_000_000  # of scripts, from which on no more are read
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*+=\s*+(?:[\"']\s*+)?+([\w-]{1,40})", re.IGNORECASE
)
# The encodings that pages are in; Python has others, such as `idna`, that take forever.
_ENCODING = re.compile(
    r"utf-?8|utf-?16(?:[bl]e)?|iso-?8859-?\d+|latin-?1|windows-?\d+|cp125\d|shift[-_]jis|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5|koi8-[ru]|us-ascii",
    re.IGNORECASE,
)
_READ_AS = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
}  # as browsers do


class Head(NamedTuple):
    """The contents of `meta` elements by lower-case name or property, the texts of JSON-LD scripts, and the title."""

    meta: Mapping[str, Sequence[str]]
    scripts: Sequence[str]
    title: str

    def first(self, *names: str) -> str:
        """The first that any of these names has."""
        return next(
            (value for name in names for value in self.meta.get(name, ()) if value.strip()), ""
        )

    def all(self, *names: str) -> list[str]:
        """Everything that the first of these names has that is there at all."""
        return next((list(self.meta[name]) for name in names if name in self.meta), [])


def decode_page(data: bytes, charset: str = "") -> str:
    """A page as text: by its byte order mark, by `charset` as it was sent, as the page says, else as UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    told = _CHARSET.search(data[:2_000])
    for name in (charset, told[1].decode("ascii", "replace") if told else ""):
        if _ENCODING.fullmatch(name):
            try:
                return data.decode(_READ_AS.get(name.lower(), name), "replace")
            except LookupError:
                continue
    return data.decode("utf-8", "replace")


def read_head(html: str) -> Head:
    """What the head of a page says; never slow, whatever the page is."""
    meta: dict[str, list[str]] = defaultdict(list)
    scripts: list[str] = []
    title, at = "", 0
    for _ in range(_ELEMENTS):
        if not (found := _ELEMENT.search(html, at)):
            break
        at = found.end()
        name, attributes = (
            found[1].lower(),
            _attributes(found[0]) if len(found[0]) <= _META_LIMIT else {},
        )
        if name == "meta" and (
            key := attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
        ):
            meta[key.lower()].append(attributes.get("content", ""))
        elif name == "script":
            script, at = _inside(html, at, "</script", _SCRIPT_LIMIT)
            if (
                attributes.get("type", "").strip().lower() == "application/ld+json"
                and sum(map(len, scripts)) < _SCRIPTS_LIMIT
            ):
                scripts.append(script)
        elif name == "title" and not title:
            title = unescape(_inside(html, at, "</title", _TITLE_LIMIT)[0])
    return Head(dict(meta), scripts, title)


class _Attributes(HTMLParser):
    """Keeps the attributes of one element."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found = {name: value or "" for name, value in reversed(attrs)}


def _attributes(element: str) -> dict[str, str]:
    parser = _Attributes()
    parser.feed(element)
    return parser.found


def _inside(html: str, start: int, closing: str, limit: int) -> tuple[str, int]:
    """What stands between `start` and `closing`, where that comes within `limit`, and where it ends, or the limit is."""
    found = re.compile(closing, re.IGNORECASE).search(html, start, start + limit)
    return (html[start : found.start()], found.start()) if found else ("", start + limit)
