"""From text to model: one file becomes one note. Never raises, whatever the file holds."""

from __future__ import annotations

import re

from readinglog.model.diagnostic import Finding, Problem
from readinglog.model.note import Note
from readinglog.model.text import Source, Span, position_at
from readinglog.parsing.field_values import drop_duplicates, read_values
from readinglog.parsing.front_matter import read_front_matter
from readinglog.parsing.headings import find_headings
from readinglog.parsing.links import find_links
from readinglog.parsing.regions import find_regions, mask_regions

SIZE_LIMIT = 1_000_000  # characters a file
LINE_LIMIT = 20_000  # characters a line: Python-Markdown takes seconds for 8,000 brackets
_READABLE = "put the file itself into the folder, readable by whoever builds the site"
NESTING_LIMIT = 30  # list and quote levels: 300 are a RecursionError in Python-Markdown
_LONG_TEXT = 8_000
_HEAVY = 1_000  # marks from which on their order is looked at
_NESTED = re.compile(
    rf"^(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){{{NESTING_LIMIT},}}|^[ \t]{{{4 * NESTING_LIMIT},}}\S",
    re.MULTILINE,
)
_RUN = re.compile(
    r"(?:!?\[){50}|(?:\[(?:[^\[\]\n]|\n(?!\s))*+){400}|\({50}|(?:<[a-zA-Z][\w-]*+[ \t]++){50}"
    r"|(?<![*_])(?<![*_][^\W_])(?:[*_][^\W_]?+){400}"
)
_BLOCK_MARK = re.compile(r"(?:^|\s)\^([A-Za-z0-9-]+)[ \t]*\r?$", re.MULTILINE)

__all__ = ["parse_note"]


def parse_note(source: Source) -> Note:
    """The note in `source`; what could not be read is among its problems."""
    if source.unreadable or source.undecodable is not None or "\0" in source.text:
        return _unparsed(source, _unreadable(source))
    text = source.text
    if (limit := _over_limit(text)) is not None:
        return _unparsed(source, Problem("too-large", limit))
    front = read_front_matter(text)
    fields, repeated = drop_duplicates(front.fields, source)
    values, unread = read_values(fields, text)
    problems = (
        *(Problem("invalid-front-matter", problem) for problem in front.problems),
        *repeated,
        *unread,
    )
    body = Span(front.body, len(text))
    found = find_regions(text, body)
    masked = mask_regions(text, body, found)
    inside, outside = find_links(text, masked, body)
    marks = _BLOCK_MARK.finditer(masked, body.start) if "^" in masked else ()
    return Note(
        source,
        fields,
        values,
        body,
        masked,
        regions=tuple(found),
        headings=find_headings(text, masked, body, found),
        links=inside,
        addresses=outside,
        blocks={mark[1]: Span(mark.start(1) - 1, mark.end(1)) for mark in marks},
        problems=problems,
    )


def _unparsed(source: Source, problem: Problem) -> Note:
    end = len(source.text)
    return Note(source, {}, {}, Span(end, end), " " * end, problems=(problem,))


def _unreadable(source: Source) -> Problem:
    if source.unreadable:
        return Problem(
            "unreadable-file",
            Finding(Span(0, 0), f"this file cannot be read: {source.unreadable}", _READABLE),
        )
    if source.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Problem("not-utf8", Finding(Span(0, 1), "this file is UTF-16", "save it as UTF-8"))
    if source.undecodable is not None:
        at = source.undecodable
        where = position_at(source.text, at)
        message = f"the byte at line {where.line}, column {where.column} is not UTF-8"
        return Problem("not-utf8", Finding(Span(at, at + 1), message, "save the file as UTF-8"))
    at = source.text.index("\0")
    return Problem(
        "not-utf8",
        Finding(Span(at, at + 1), "a NUL byte stands here: this is not a text", "take it out"),
    )


def _over_limit(text: str) -> Finding | None:
    """What a renderer could not take in reasonable time."""
    if len(text) > SIZE_LIMIT:
        message = f"this file has {len(text):,} characters; a note may have {SIZE_LIMIT:,}"
        return Finding(Span(0, 1), message, "split it, or attach the data as a file")
    if len(text) > LINE_LIMIT and (start := _long_line(text)) is not None:
        message = f"this line has more than {LINE_LIMIT:,} characters"
        return Finding(Span(start, start + 1), message, "break it up, or attach the data as a file")
    marks = "[[[[" in text or "![![" in text or "((((" in text
    marks = marks or (len(text) > _LONG_TEXT and max(map(text.count, "*_<[")) > _HEAVY)
    for due, pattern, what in (
        (True, _NESTED, "lists or quotes"),
        (marks, _RUN, "brackets or marks"),
    ):
        if due and (found := pattern.search(text)):
            message = f"{what} are nested too deep here to be rendered"
            return Finding(
                Span(found.start(), min(found.end(), found.start() + 40)),
                message,
                "take some of them out",
            )
    return None


def _long_line(text: str) -> int | None:
    """Where the first line begins that is too long."""
    start = 0
    for line in text.split("\n"):
        if len(line) > LINE_LIMIT:
            return start
        start += len(line) + 1
    return None
