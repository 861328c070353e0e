"""What the head of a page holds for programs: its `meta` elements, JSON-LD and title.

Only those elements reach the HTML parser, one by one: a whole page may be made to keep it busy for
minutes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import unescape
from html.parser import HTMLParser
from typing import NamedTuple

_ELEMENT = re.compile(
    r"<(meta|script|title)\b((?>(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*))>", re.IGNORECASE
)
_ELEMENTS_LIMIT = 2_000
_META_LIMIT, _SCRIPT_LIMIT, _TITLE_LIMIT = 20_000, 500_000, 5_000  # characters
_SCRIPTS_LIMIT = 1_000_000  # characters of scripts, after which no more are read
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*+=\s*+(?>(?:[\"']\s*+)?)([\w-]{1,40})", re.IGNORECASE
)
_CHARSET_WITHIN = 2_000  # bytes of a page
# The encodings that pages are in; Python has others, such as `idna`, that take forever.
_ENCODING = re.compile(
    r"utf-?8|utf-?16(?:[bl]e)?|iso-?8859-?\d+|latin-?1|windows-?\d+|cp125\d|shift[-_]jis"
    r"|euc-(?:jp|kr)|gbk|gb2312|gb18030|big5|koi8-[ru]|us-ascii",
    re.IGNORECASE,
)
_CP1252 = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii"})  # as browsers read them


class Head(NamedTuple):
    """The head of a page.

    `meta` has the contents of `meta` elements by lower-case name or property, `scripts` the texts
    of JSON-LD scripts.
    """

    meta: Mapping[str, Sequence[str]]
    scripts: Sequence[str]
    title: str

    def get_first(self, *names: str) -> str:
        """Return the first content that is not blank of the first of these names that has one."""
        contents = (content for name in names for content in self.meta.get(name, ()))
        return next((content for content in contents if content.strip()), "")

    def get_all(self, *names: str) -> list[str]:
        """Return all contents of the first of these names that is there at all."""
        return next((list(self.meta[name]) for name in names if name in self.meta), [])


def decode_page(data: bytes, charset: str = "") -> str:
    """Return a page as text, whatever its bytes are.

    Its encoding is that of a byte order mark, else `charset` of its response, else that of its own
    `meta` element, else UTF-8.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return data[3:].decode("utf-8", "replace")
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    for name in (charset, declared[1].decode("ascii", "replace") if declared else ""):
        if _ENCODING.fullmatch(name):
            try:
                return data.decode("cp1252" if name.lower() in _CP1252 else name, "replace")
            except LookupError:
                continue
    return data.decode("utf-8", "replace")


def read_head(html: str) -> Head:
    """Return the head of a page, in time linear in the length of the page."""
    meta: dict[str, list[str]] = defaultdict(list)
    scripts: list[str] = []
    title, position = "", 0
    for _ in range(_ELEMENTS_LIMIT):
        if not (found := _ELEMENT.search(html, position)):
            break
        position = found.end()
        attributes = _parse_attributes(found[0]) if len(found[0]) <= _META_LIMIT else {}
        match found[1].lower():
            case "meta":
                if name := _get_name(attributes):
                    meta[name].append(attributes.get("content", ""))
            case "script":
                script, position = _read_until(html, position, "</script", _SCRIPT_LIMIT)
                if _is_linked_data(attributes) and sum(map(len, scripts)) < _SCRIPTS_LIMIT:
                    scripts.append(script)
            case _:
                title = title or unescape(_read_until(html, position, "</title", _TITLE_LIMIT)[0])
    return Head(dict(meta), scripts, title)


def _get_name(attributes: Mapping[str, str]) -> str:
    names = (attributes.get(key, "") for key in ("property", "name", "itemprop"))
    return next(filter(None, names), "").lower()


def _is_linked_data(attributes: Mapping[str, str]) -> bool:
    return attributes.get("type", "").strip().lower() == "application/ld+json"


class _AttributeParser(HTMLParser):
    """Keeps the attributes of one element, of several with a name the first."""

    def __init__(self) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes = {name: value or "" for name, value in reversed(attrs)}


def _parse_attributes(element: str) -> dict[str, str]:
    parser = _AttributeParser()
    parser.feed(element)
    return parser.attributes


def _read_until(html: str, start: int, end_tag: str, limit: int) -> tuple[str, int]:
    """Return the text from `start` to `end_tag`, and where it ends.

    Where the tag does not come within `limit` characters, that is "" and the limit.
    """
    found = re.compile(end_tag, re.IGNORECASE).search(html, start, start + limit)
    return (html[start : found.start()], found.start()) if found else ("", start + limit)
