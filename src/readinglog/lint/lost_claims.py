"""What was meant as the field or the name of a claim, and is none: a mark is missing or wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.text import Edit, Span

_MARKER = re.compile(r"[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]+")  # of an item, at the start of its line
_ITEM_END = re.compile(r"\n[ \t>]*(?:\n|(?=(?:[-*+]|\d{1,9}[.)]|#{1,6})[ \t]))|\Z")
_MOST_LINES = 50  # of an item
_BLOCK_NAME = re.compile(r"\s\^[A-Za-z0-9-]++\s*\Z")
_NAME = re.compile(r"(?<![^\s(\])}.,;:!?])\^[ \t]?(?P<name>[^\s\[\](){}^][^\[\](){}^\n]*)")
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")
_WORDS_OF_NAME = 4


def find_lost_claims(note: Note) -> Iterator[Diagnostic]:
    """Yield what was meant as a part of a claim."""
    yield from _explain_strays(note)
    marks = (*note.blocks.values(), *note.repeated_blocks)
    for mark in sorted(marks):
        if item := _find_item(note, mark.start):
            yield from _find_lost_fields(note, Span(item.start, mark.start))


def _explain_strays(note: Note) -> Iterator[Diagnostic]:
    """Yield why fields belong to no claim, once for each item of a list."""
    told: set[Span] = set()
    for field in note.stray_fields:
        item = _find_item(note, field.span.start)
        if item in told:
            continue
        if item:
            told.add(item)
        if item and (found := _find_wrong_name(note.masked[slice(*item)])):
            start = item.start + found.start()
            span = Span(start, start + len(found[0].rstrip()))
            text = note.text[slice(*span)][:QUOTED_LENGTH]
            near = _suggest_name(found["name"])
            yield MESSAGES["claim-name"].make_diagnostic(span, text=text, near=near)
        else:
            yield MESSAGES["stray-claim-field"].make_diagnostic(field.span, name=field.name)


def _find_wrong_name(item: str) -> re.Match[str] | None:
    """Return what was meant as the name of an item, where that is none, or None."""
    if _BLOCK_NAME.search(item):
        return None
    return max(_NAME.finditer(item), key=re.Match.start, default=None)


def _suggest_name(text: str) -> str:
    """Return the name that is nearest to a text."""
    words = _NO_NAME.sub(" ", text).split()
    return "-".join(words[:_WORDS_OF_NAME]) or "name"


def _find_lost_fields(note: Note, item: Span) -> Iterator[Diagnostic]:
    """Yield the fields that are not read, of an item with a name."""
    one_colon, two_colons = _make_patterns(tuple(note.schema.claim_fields))
    for found in one_colon.finditer(note.masked, *item):
        colon = Edit(Span(found.end("name"), found.end()), "::")
        yield _report(found, "one-colon", colon)
    for found in two_colons.finditer(note.masked, *item):
        if all(stray.span.start != found.start() for stray in note.stray_fields):
            yield _report(
                found, "unclosed-claim-field" if found["bracket"] else "unbracketed-claim-field"
            )


def _report(found: re.Match[str], key: str, *fix: Edit) -> Diagnostic:
    return MESSAGES[key].make_diagnostic(Span(*found.span()), fix, name=found["name"].lower())


@lru_cache(maxsize=8)
def _make_patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of what looks like a field: with one colon, in brackets that are not
    those of a link; with two colons, in other brackets, or none, or in brackets that never close.
    """
    either = "|".join(map(re.escape, names))
    return (
        re.compile(
            rf"(?<![\[\\])\[(?P<name>{either})[ \t]*:(?!:)(?=[^\[\]\n]*\](?![(\[:]))",
            re.IGNORECASE,
        ),
        re.compile(
            rf"(?<![\w:.`/\\\[-])(?P<bracket>\[?)(?P<name>{either})[ \t]*::(?=[ \t])",
            re.IGNORECASE,
        ),
    )


def _find_item(note: Note, offset: int) -> Span | None:
    """Return the first paragraph of the item of a list that `offset` is in, without its marker, or
    None where it is in none.
    """
    text = note.masked
    start = text.rfind("\n", note.body.start, offset) + 1 or note.body.start
    for _ in range(_MOST_LINES):
        if marker := _MARKER.match(text, start, offset):
            end = _ITEM_END.search(text, offset)
            return Span(marker.end(), end.start() if end else len(text))
        before = text.rfind("\n", note.body.start, max(start - 1, 0)) + 1 or note.body.start
        if before == start or not text[before:start].strip("> \t\r\n"):
            return None
        start = before
    return None
