"""The tags in the HTML of a note, and their attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.regions import TAG_PATTERN

_TAG_OR_COMMENT = re.compile(rf"<!--|-->|{TAG_PATTERN.pattern}")
_ATTRIBUTE = re.compile(
    r"(?P<name>[^\s\"'<>/=]++)"
    r"(?>(?:\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'=<>`]++)))?)"
)


class Attribute(NamedTuple):
    """An attribute of a tag: its lower-case name, where it is, and where its value is."""

    name: str
    span: Span
    value: Span


def find_tags(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the tags between `start` and `end` that are in no comment."""
    is_comment = False
    for found in _TAG_OR_COMMENT.finditer(text, start, end):
        if found[0] in ("<!--", "-->"):
            is_comment = found[0] == "<!--"
        elif not is_comment:
            yield found


def find_attributes(text: str, tag: re.Match[str]) -> Iterator[Attribute]:
    """Yield the attributes of a tag that have a value."""
    for found in _ATTRIBUTE.finditer(text, *tag.span(2)):
        group = found.lastgroup or "name"
        if group != "name":
            yield Attribute(found["name"].lower(), Span(*found.span()), Span(*found.span(group)))


def find_ids(text: str, regions: Iterable[Region]) -> Iterator[str]:
    """Yield the ids that the HTML of a note gives, to which a link may lead."""
    for region in regions:
        if region.kind == "html":
            for tag in find_tags(text, region.start, region.end):
                for attribute in find_attributes(text, tag):
                    is_anchor = attribute.name == "name" and tag[1].lower() == "a"
                    if attribute.name == "id" or is_anchor:
                        yield text[slice(*attribute.value)]
