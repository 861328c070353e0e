"""Notes as one text in Markdown for a language model, within a budget of tokens.

The best notes are whole, each with its source, its front matter, its summary and its text. Where
the next one has no room, it is cut after a paragraph, and those behind it have no text. Of these,
the claims that were left out are added, as many as there is room for.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readinglog.interchange.bibliographies.citation import format_citation
from readinglog.interchange.token_budget import CHARACTERS_PER_TOKEN
from readinglog.model.markdown_code import quote_code
from readinglog.model.note import Note
from readinglog.model.text import Edit, Span, apply_edits, pluralize

_LONGEST_QUERY = 80  # characters of it in the head
_TITLE_LEVEL = 2  # of the heading of a note; those in its text are below it
_DEEPEST_LEVEL = 6
_SHOWN_APART = frozenset({"title", "summary"})
_PARAGRAPH_END = re.compile(r"\n(?:[ \t]*\r?\n)+")
_GAP = "\n\n"
_CUT = "\n\n[The rest of this note is left out.]"
_CLAIMS = " Its claims:\n\n"
_NO_TEXT = "\n\n[The text of this note is left out.]"


class _Entry(NamedTuple):
    """A note as a pack has it."""

    text: str
    is_whole: bool


class _Counts(NamedTuple):
    """How many notes of a pack are whole, cut or without their text, and left out."""

    whole: int
    cut: int
    left_out: int


def format_pack(query: str, notes: Sequence[Note], tokens: int) -> str:
    """Return the notes that `query` finds as a text of at most that many tokens, `FEWEST_TOKENS` or
    more.
    """
    widest = _format_head(query, _Counts(len(notes), len(notes), len(notes)), tokens)
    entries, counts = _choose_entries(notes, tokens * CHARACTERS_PER_TOKEN - len(widest))
    return _GAP.join((_format_head(query, counts, tokens), *entries))


def _format_head(query: str, counts: _Counts, tokens: int) -> str:
    """Return what the pack is, what it lacks, and how its size is measured."""
    shown = query if len(query) <= _LONGEST_QUERY else f"{query[: _LONGEST_QUERY - 1]}…"
    about = f"the query {quote_code(shown)}" if shown.strip() else "no query"
    return (
        f"# Notes found by {about}\n\n"
        f"{pluralize(sum(counts), 'note')}, best first: {counts.whole:,} whole, "
        f"{counts.cut:,} cut, {counts.left_out:,} left out. "
        f"The budget is {tokens:,} tokens, "
        f"estimated as characters divided by {CHARACTERS_PER_TOKEN}."
    )


def _choose_entries(notes: Sequence[Note], room: int) -> tuple[list[str], _Counts]:
    """Return as many notes as there is `room` for in characters: first whole ones, then one that is
    cut, then some without text.
    """
    entries: list[str] = []
    whole = 0
    for note in notes:
        is_next = whole == len(entries)  # none has been cut so far
        entry = _format_entry(note, room - len(_GAP), with_text=is_next)
        if entry is None:
            break
        whole += is_next and entry.is_whole
        entries.append(entry.text)
        room -= len(entry.text) + len(_GAP)
    return entries, _Counts(whole, len(entries) - whole, len(notes) - len(entries))


def _format_entry(note: Note, room: int, *, with_text: bool) -> _Entry | None:
    """Return a note with as much of its text as there is room for, or without it; None where there
    is no room for what stands before the text.
    """
    start = _GAP.join(_list_facts(note))
    paragraphs = list(_split_text(note))
    whole = _GAP.join((start, *paragraphs))
    if len(whole) <= room and (with_text or not paragraphs):
        return _Entry(whole, is_whole=True)
    kept = _fit_paragraphs(paragraphs, room - len(start) - len(_CUT)) if with_text else []
    text = _GAP.join((start, *kept)) + (_CUT if kept else _NO_TEXT)
    if len(text) > room:
        return None
    claims = _fit_claims(note, " ".join(_GAP.join(kept).split()), room - len(text) - len(_CLAIMS))
    return _Entry(text + (_CLAIMS + "\n".join(claims) if claims else ""), is_whole=False)


def _fit_claims(note: Note, shown: str, room: int) -> list[str]:
    """Return the claims of a note that are not in the text `shown`, as they are written, as many as
    there is `room` for.
    """
    fitting: list[str] = []
    for claim in note.claims:
        written = " ".join(note.text[claim.span.start : claim.span.end].split())
        line = f"- {written} ^{claim.id}"
        room -= len(line) + 1
        if room < 0:
            break
        if written not in shown:
            fitting.append(line)
    return fitting


def _fit_paragraphs(paragraphs: Sequence[str], room: int) -> list[str]:
    """Return the first paragraphs that have room, without a heading at their end."""
    kept: list[str] = []
    for paragraph in paragraphs:
        room -= len(_GAP) + len(paragraph)
        if room < 0:
            break
        kept.append(paragraph)
    while kept and kept[-1].startswith("#") and "\n" not in kept[-1]:
        kept.pop()
    return kept


def _list_facts(note: Note) -> Iterator[str]:
    """Yield what stands before the text of a note: its title, its source, its front matter, its
    summary.
    """
    yield f"{'#' * _TITLE_LEVEL} {note.title}"
    source = [f"- Source: {format_citation(note)}"] if note.is_work else []
    if note.work_url:
        source.append(f"- Address: {note.work_url}")
    yield "\n".join((*source, f"- Page: {note.page_url}"))
    fields = [
        f"{name}: {json.dumps(note.get_plain_value(name), ensure_ascii=False)}"
        for name in note.values
        if name not in _SHOWN_APART
    ]
    if fields:
        yield "\n".join(("```yaml", *fields, "```"))
    if note.summary:
        yield note.summary


def _split_text(note: Note) -> Iterator[str]:
    """Yield the paragraphs of a note's text as written, without comments, and with its headings
    below that of the note. Code stays in one piece.
    """
    edits = sorted((*_list_comment_edits(note), *_list_heading_edits(note)))
    starts = [edit.span.start for edit in edits]
    done = note.body.start
    for end in (*_find_paragraph_ends(note), note.body.end):
        within = edits[bisect_left(starts, done) : bisect_left(starts, end)]
        moved = [
            Edit(Span(edit.span.start - done, edit.span.end - done), edit.text) for edit in within
        ]
        if paragraph := apply_edits(note.text[done:end], moved).strip("\r\n").rstrip():
            yield paragraph
        done = end


def _find_paragraph_ends(note: Note) -> Iterator[int]:
    """Yield where blank lines end, besides those in code, formulas and the like."""
    ends = [region.end for region in note.regions]
    for found in _PARAGRAPH_END.finditer(note.text, *note.body):
        after = bisect_right(ends, found.start())
        if after == len(ends) or note.regions[after].start >= found.end():
            yield found.end()


def _list_comment_edits(note: Note) -> Iterator[Edit]:
    for region in note.regions:
        if region.kind == "comment":
            yield Edit(Span(region.start, region.end), "")


def _list_heading_edits(note: Note) -> Iterator[Edit]:
    """Yield the edits that write each heading below that of the note; one that repeats the title
    goes.
    """
    for heading in note.headings:
        level = min(heading.level + _TITLE_LEVEL, _DEEPEST_LEVEL)
        text = "" if heading is note.title_heading else f"{'#' * level} {heading.text}"
        yield Edit(heading.block, text and f"{text}\n")
