"""Styles of a report of changes: plain for a terminal, escaped for the Markdown of forges."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote

from readinglog.model.printable import make_printable

# Of Markdown and of what forges add to it, within a line.
_MARKUP = re.compile(r"[\\`*_\[\]|~$#]|:(?=\S)|!(?=[\[\w])")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_LINE_START_MARKUP = re.compile(r"(?:[-+]|\d+[.)])(?=\s|\Z)")
_HOST = re.compile(r"www(?=\.)", re.IGNORECASE)
# A person, an issue or a label: forges look for them in rendered text.
_REFERENCE = re.compile(r"((?:[@%]|&amp;|\\[#!~$]))(?=\w)")
_ZERO_WIDTH_SPACE = "&#8203;"  # which no reference contains
_CODE = re.compile(r"`([^`]+)`")


class Style(NamedTuple):
    """How to write texts, literal texts, titles with paths of pages, headings and items."""

    text: Callable[[str], str]
    code: Callable[[str], str]
    title: Callable[[str, str], str]
    heading: str
    item: str


def escape_for_forge(text: str) -> str:
    """Return Markdown that shows the characters of `text` within a line, on any forge."""
    shown = _MARKUP.sub(r"\\\g<0>", make_printable(text).translate(_ENTITIES))
    shown = _REFERENCE.sub(
        rf"\1{_ZERO_WIDTH_SPACE}", _HOST.sub(rf"\g<0>{_ZERO_WIDTH_SPACE}", shown)
    )
    if found := _LINE_START_MARKUP.match(shown):
        return f"{found[0][:-1]}\\{shown[found.end() - 1 :]}"
    return shown


def _format_code(text: str) -> str:
    shown = make_printable(text)
    return escape_for_forge(shown) if "`" in shown or not shown.strip() else f"`{shown}`"


def _format_message(text: str) -> str:
    """Return a message, in which the author's words are in backticks."""
    parts = _CODE.split(text)
    parts[::2] = map(escape_for_forge, parts[::2])
    parts[1::2] = map(_format_code, parts[1::2])
    return "".join(parts)


def make_markdown_style(site_url: str = "") -> Style:
    """Return the style of Markdown for a forge.

    With the address of the site, titles link to their pages.
    """

    def format_title(title: str, page: str) -> str:
        text = escape_for_forge(title)
        if not site_url or not page:
            return text
        return f"[{text}]({site_url.rstrip('/')}{quote(page)})"

    return Style(_format_message, _format_code, format_title, "### {}\n", "- ")


PLAIN = Style(make_printable, make_printable, lambda words, _: make_printable(words), "{}:", "  ")
