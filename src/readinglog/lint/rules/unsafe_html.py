"""HTML that a note may not use.

Notes come from many hands and their pages run in the browsers of all. What can run, load, post or cover something is
shown as text instead; so are attributes such as `onclick` and `style` left out.

Bad:

    <iframe src="https://example.org/demo"></iframe>

Good:

    [the demo](https://example.org/demo)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.html_policy import ATTRIBUTES, KNOWN_TAGS, SAFE_TAGS, URL_ATTRIBUTES
from readinglog.model.identifiers import SAFE_SCHEMES, get_scheme
from readinglog.model.note import Note, Region
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_TAG = re.compile(r"<([a-zA-Z][\w:-]*+)([^<>]*+)>")
_ATTRIBUTE = re.compile(r"([^\s\"'<>/=]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+)))?")


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    for region in note.regions:
        if region.kind == "unsafe":
            end = note.text.index(">", region.start) + 1
            message = f"`<{region.detail}>` is not allowed in a note"
            yield Diagnostic(
                Span(region.start, end),
                message,
                "write it in Markdown, or in `backticks` to show it",
            )
        elif region.kind == "html":
            yield from _within(note.text, region)


def _within(text: str, region: Region) -> Iterator[Diagnostic]:
    for tag in _TAG.finditer(text, region.start, region.end):
        name = tag[1].lower()
        if name in KNOWN_TAGS and name not in SAFE_TAGS:
            yield Diagnostic(
                Span(*tag.span()), f"`<{name}>` is not allowed in a note", "write it in Markdown"
            )
            continue
        for found in _ATTRIBUTE.finditer(text, *tag.span(2)):
            key, value = found[1].lower(), unescape(found[2] or found[3] or found[4] or "")
            if key not in ATTRIBUTES["*"] | ATTRIBUTES.get(name, frozenset()):
                help_ = (
                    "remove it"
                    if "=" in found[0]
                    else "remove it; where `<` does not begin a tag, write `&lt;`"
                )
                yield Diagnostic(
                    Span(*found.span()),
                    f"the attribute `{key}` is not allowed on `<{name}>`",
                    help_,
                )
            elif key in URL_ATTRIBUTES and get_scheme(value) not in SAFE_SCHEMES | {""}:
                yield Diagnostic(
                    Span(*found.span()),
                    f"`{get_scheme(value)}:` is not allowed in a note",
                    "write https://…",
                )
