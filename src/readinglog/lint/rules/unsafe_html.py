"""HTML that is not allowed in a note.

Anyone may contribute a note, and every reader's browser renders it. Elements that could run code,
load content, submit forms or cover the page are shown as text; attributes such as `onclick` and
`style` are removed.

Bad:

    <iframe src="https://example.org/demo"></iframe>

Good:

    [the demo](https://example.org/demo)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.html_policy import (
    ATTRIBUTES,
    KNOWN_TAGS,
    MEDIA_TAGS,
    SAFE_TAGS,
    URL_ATTRIBUTES,
)
from readinglog.model.identifiers import SAFE_SCHEMES, get_scheme, is_external
from readinglog.model.note import Note, Region
from readinglog.model.text import Span

SEVERITY = Severity.ERROR
_SAVE = "save the file beside the note, or link to it"
_TAG = re.compile(r"<([a-zA-Z][\w:-]*+)([^<>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for region in note.regions:
        if region.kind == "unsafe":
            span = Span(region.start, note.text.index(">", region.start) + 1)
            help_ = "write it in Markdown, or in `backticks` to show it"
            yield Diagnostic(span, f"`<{region.detail}>` is not allowed in a note", help_)
        elif region.kind == "html":
            yield from _check_tags(note.text, region)


def _check_tags(text: str, region: Region) -> Iterator[Diagnostic]:
    for tag in _TAG.finditer(text, region.start, region.end):
        name = tag[1].lower()
        if name in KNOWN_TAGS and name not in SAFE_TAGS:
            message = f"`<{name}>` is not allowed in a note"
            yield Diagnostic(Span(*tag.span()), message, "write it in Markdown")
        else:
            yield from _check_attributes(text, name, Span(*tag.span(2)))


def _check_attributes(text: str, tag: str, span: Span) -> Iterator[Diagnostic]:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
    for found in _ATTRIBUTE.finditer(text, *span):
        key = found[1].lower()
        scheme = get_scheme(_get_value(found))
        if key not in allowed:
            message = f"the attribute `{key}` is not allowed on `<{tag}>`"
            help_ = "remove it"
            if "=" not in found[0]:
                help_ = "remove it; where `<` does not begin a tag, write `&lt;`"
            yield Diagnostic(Span(*found.span()), message, help_)
        elif key in URL_ATTRIBUTES and scheme not in SAFE_SCHEMES | {""}:
            message = f"`{scheme}:` is not allowed in a note"
            help_ = _SAVE if tag in MEDIA_TAGS else "write https://…"
            yield Diagnostic(Span(*found.span()), message, help_)
        elif key == "src" and tag in MEDIA_TAGS and is_external(_get_value(found)):
            message = f"`<{tag}>` may not load from another host"
            yield Diagnostic(Span(*found.span()), message, _SAVE)


def _get_value(attribute: re.Match[str]) -> str:
    return unescape(attribute[2] or attribute[3] or attribute[4] or "")
