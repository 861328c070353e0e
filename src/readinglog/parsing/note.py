"""From text to model: one file becomes one note, whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.note import HOME, Note, mask_text
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.text import Source, Span, get_position
from readinglog.parsing.blocks import parse_blocks
from readinglog.parsing.claims import BlockMark, find_claims
from readinglog.parsing.field_values import drop_duplicates, read_values
from readinglog.parsing.footnotes import find_footnotes
from readinglog.parsing.front_matter import FrontMatter, has_front_matter, read_front_matter
from readinglog.parsing.headings import find_headings
from readinglog.parsing.html_tags import find_ids
from readinglog.parsing.links import find_links

SIZE_LIMIT = 1_000_000  # characters a file
LINE_LIMIT = 20_000  # characters a line: Python-Markdown takes seconds for 8,000 brackets
_READABLE = "put the file itself into the folder, readable by whoever builds the site"
NESTING_LIMIT = 30  # list and quote levels: 300 are a RecursionError in Python-Markdown
_LONG_TEXT = 8_000
_MANY_MARKS = 1_000
_NESTED = re.compile(  # behind a line break, which is found faster than the start of a line
    rf"\n(?:[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])){{{NESTING_LIMIT},}}"
    rf"|\n[ \t]{{{4 * NESTING_LIMIT},}}\S"
)
_RUN = re.compile(
    r"(?:!?\[){50}|(?:\[(?>(?:[^\[\]\n]|\n(?!\s))*)){400}|\({50}|(?:<[a-zA-Z][\w-]*+[ \t]++){50}"
    r"|(?<![*_])(?<![*_][^\W_])(?:[*_][^\W_]?+){400}"
)
_BLOCK_MARK = re.compile(r"\^(?<!\S\^)([A-Za-z0-9-]+)[ \t]*\r?$", re.MULTILINE)


def parse_note(source: Source, schema: Schema = BUILT_IN) -> Note:
    """Return the note in `source`, with the fields and kinds of `schema`. Never raises; what cannot
    be read is among its diagnostics.
    """
    text = source.text
    if (obstacle := _find_obstacle(source)) is not None:
        end = len(text)
        span = Span(end, end)
        return Note(source, {}, {}, span, diagnostics=(obstacle,), schema=schema)
    front = _read_front_matter(source, schema)
    fields, repeated = drop_duplicates(front.fields, source)
    values, invalid = read_values(fields, text, schema.fields)
    body = Span(front.body, len(text))
    document = parse_blocks(text, body)
    regions = document.list_regions()
    masked = mask_text(text, body, regions)
    marks = list(_find_block_marks(masked, body))
    blocks: dict[str, Span] = {}
    for mark in marks:
        blocks.setdefault(mark.name, mark.span)
    found = find_claims(text, masked, document, marks, schema.claim_fields)
    if found.claims:
        masked = mask_text(text, body, regions, found.claims)
    links, addresses = find_links(text, masked, document, regions)
    return Note(
        source,
        fields,
        values,
        body,
        regions=tuple(regions),
        headings=find_headings(text, document),
        footnotes=find_footnotes(masked, document),
        links=links,
        addresses=addresses,
        ids=frozenset(find_ids(text, regions)),
        blocks=blocks,
        repeated_blocks=tuple(mark.span for mark in marks if mark.span != blocks[mark.name]),
        claims=found.claims,
        stray_fields=found.stray_fields,
        diagnostics=(
            *_attribute(front.diagnostics, "invalid-front-matter", source),
            *_attribute(repeated, "duplicate-field", source),
            *_attribute(invalid, "invalid-value", source),
        ),
        schema=schema,
    )


def _find_block_marks(masked: str, body: Span) -> Iterator[BlockMark]:
    """Yield the `^name` marks of blocks in order."""
    if "^" in masked:
        for found in _BLOCK_MARK.finditer(masked, body.start):
            yield BlockMark(found[1], Span(found.start(1) - 1, found.end(1)))


def _read_front_matter(source: Source, schema: Schema) -> FrontMatter:
    """Return the front matter of a note, which the text of the home page may do without."""
    if source.path == HOME and not has_front_matter(source.text):
        return FrontMatter((), (), 0)
    return read_front_matter(source.text, schema.fields)


def _attribute(
    diagnostics: Iterable[Diagnostic], rule: str, source: Source
) -> Iterator[Diagnostic]:
    """Yield the diagnostics with the rule and the file that they are of."""
    return (replace(diagnostic, rule=rule, source=source) for diagnostic in diagnostics)


def _find_obstacle(source: Source) -> Diagnostic | None:
    """Return why the text of `source` cannot be parsed at all, or None where it can."""
    checks = (
        ("unreadable-file", _find_reading_error),
        ("not-utf8", _find_encoding_error),
        ("too-large", _find_excess),
    )
    for rule, find in checks:
        if (found := find(source)) is not None:
            return replace(found, rule=rule, source=source)
    return None


def _find_reading_error(source: Source) -> Diagnostic | None:
    if not source.unreadable:
        return None
    return Diagnostic(Span(0, 0), f"this file cannot be read: {source.unreadable}", _READABLE)


def _find_encoding_error(source: Source) -> Diagnostic | None:
    if source.data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Diagnostic(Span(0, 1), "this file is UTF-16", "save it as UTF-8")
    at = source.undecodable_offset
    if at is not None:
        where = get_position(source.text, at)
        message = f"the byte at line {where.line}, column {where.column} is not UTF-8"
        return Diagnostic(Span(at, at + 1), message, "save the file as UTF-8")
    at = source.text.find("\0")
    if at >= 0:
        return Diagnostic(Span(at, at + 1), "text cannot contain a NUL byte", "remove it")
    return None


def _find_excess(source: Source) -> Diagnostic | None:
    """Return what a renderer could not take in reasonable time, or None."""
    text = source.text
    if len(text) > SIZE_LIMIT:
        message = f"this file has {len(text):,} characters; a note may have {SIZE_LIMIT:,}"
        return Diagnostic(Span(0, 1), message, "split it, or attach the data as a file")
    if len(text) > LINE_LIMIT and (start := _find_long_line(text)) is not None:
        message = f"this line has more than {LINE_LIMIT:,} characters"
        help_ = "break it up, or attach the data as a file"
        return Diagnostic(Span(start, start + 1), message, help_)
    if nested := _NESTED.search(f"\n{text}"):
        return _report_nesting(Span(nested.start(), nested.end() - 1), "lists or quotes")
    if _may_nest_marks(text) and (nested := _RUN.search(text)):
        return _report_nesting(Span(*nested.span()), "brackets or marks")
    return None


def _may_nest_marks(text: str) -> bool:
    """Return whether the slow search for nested marks is worth its time."""
    if any(run in text for run in ("[[[[", "![![", "((((")):
        return True
    return len(text) > _LONG_TEXT and max(map(text.count, "*_<[")) > _MANY_MARKS


def _report_nesting(found: Span, what: str) -> Diagnostic:
    span = Span(found.start, min(found.end, found.start + 40))
    message = f"{what} are nested too deep here to be rendered"
    return Diagnostic(span, message, "remove some of them")


def _find_long_line(text: str) -> int | None:
    """Return where the first line begins that is too long, or None."""
    start = 0
    for line in text.split("\n"):
        if len(line) > LINE_LIMIT:
            return start
        start += len(line) + 1
    return None
