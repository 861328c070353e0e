"""How the words of others are written into a summary: plain for a terminal, escaped for Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from readinglog.model.printable import make_printable

_MARKS = re.compile(
    r"[\\`*_\[\]|~$#]|:(?=\S)|!(?=[\[\w])"
)  # of Markdown and of what forges add to it, within a line
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_AT_START = re.compile(r"(?:[-+]|\d+[.)])(?=\s|\Z)")
_HOST = re.compile(r"www(?=\.)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"((?:[@%]|&amp;|\\[#!~$]))(?=\w)"
)  # a person, an issue, a label: forges look for them in what is rendered
_APART = "&#8203;"  # a space of no width, which no reference has
_CODE = re.compile(r"`([^`]+)`")


class Style(NamedTuple):
    """How to write a text, a text that is to be read letter by letter, a note's title with the path of its page, and a heading."""

    text: Callable[[str], str]
    code: Callable[[str], str]
    title: Callable[[str, str], str]
    heading: str
    item: str


def escape_for_forge(text: str) -> str:
    """`text` as Markdown that shows just these characters within a line, on any forge."""
    shown = _MARKS.sub(r"\\\g<0>", make_printable(text).translate(_ENTITIES))
    shown = _REFERENCE.sub(rf"\1{_APART}", _HOST.sub(rf"\g<0>{_APART}", shown))
    return (
        _AT_START.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", shown, count=1)
        if _AT_START.match(shown)
        else shown
    )


def _code(text: str) -> str:
    shown = make_printable(text)
    return escape_for_forge(shown) if "`" in shown or not shown.strip() else f"`{shown}`"


def _with_code(text: str) -> str:
    """A message, in which the author's words stand in backticks."""
    parts = _CODE.split(text)
    return "".join(
        _code(part) if number % 2 else escape_for_forge(part) for number, part in enumerate(parts)
    )


def make_markdown_style(site_url: str = "") -> Style:
    """Markdown for a forge; with the address of the site, titles lead to their pages."""

    def title(words: str, page: str) -> str:
        return (
            f"[{escape_for_forge(words)}]({site_url.rstrip('/')}{quote(page)})"
            if site_url and page
            else escape_for_forge(words)
        )

    return Style(_with_code, _code, title, "### {}\n", "- ")


PLAIN = Style(make_printable, make_printable, lambda words, _: make_printable(words), "{}:", "  ")
