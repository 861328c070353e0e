"""A note as its readers see it: plain text, section by section, without marks, formulas and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from readinglog.model.note import Note, Region
from readinglog.model.text import Edit, Span, apply_edits, is_alone_on_lines
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.prose import escape_markdown, strip_markdown

_SHOWN = frozenset({"fence", "code", "span"})
_UNSEEN = re.compile(  # definitions of addresses, rules of tables, images
    r"^ {0,3}\[(?!\^)[^\]\n]+\]:.*$|^(?=[ \t:|-]*+$)[^\n]*?-[ \t]*\|[^\n]*$|!\[[^\[\]\n]*\]\([^()\n]*\)",
    re.MULTILINE,
)
_REMOTE = re.compile(r"!\[([^\[\]\n]*)\]\((?:[a-zA-Z][\w+.-]*:|//)[^()\n]*\)")  # shown as a link
_TITLE = re.compile(r"""(["'])([^\n]+)\1\)\Z""")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_FENCE = re.compile(r"\A.*\n|\n.*\Z")


class Section(NamedTuple):
    """A heading's anchor and text ('' for what stands before the first), and the plain text below it."""

    anchor: str
    heading: str
    text: str


def split_sections(note: Note, notebook: Notebook) -> tuple[Section, ...]:
    """The sections of `note`; a heading that says the title once more is left out."""
    return _sections(note, tuple(_links(note, notebook)))


@lru_cache(
    maxsize=1 << 12
)  # a preview makes the site again and again, of notes that are mostly the same
def _sections(note: Note, links: tuple[Edit, ...]) -> tuple[Section, ...]:
    return tuple(_made(note, sorted((*_regions(note), *links))))


def _made(note: Note, edits: list[Edit]) -> Iterator[Section]:
    headings = [heading for heading in note.headings if heading != note.title_heading]
    starts = [
        Span(
            note.body.start, note.title_heading.block.end if note.title_heading else note.body.start
        )
    ]
    blocks = [*starts, *(heading.block for heading in headings)]
    for block, end, heading in zip(
        blocks, [*(b.start for b in blocks[1:]), note.body.end], [None, *headings], strict=True
    ):
        text = _plain(note.text, Span(block.end, max(block.end, end)), edits)
        if heading:
            yield Section(heading.anchor, strip_markdown(heading.text), text)
        elif text:
            yield Section("", "", text)


def _plain(text: str, part: Span, edits: list[Edit]) -> str:
    inside = (
        Edit(Span(edit.span.start - part.start, edit.span.end - part.start), edit.text)
        for edit in edits
        if part.start <= edit.span.start and edit.span.end <= part.end
    )
    return " ".join(
        strip_markdown(
            _UNSEEN.sub("", _REMOTE.sub(r"\1", apply_edits(text[part.start : part.end], inside)))
        ).split()
    )


def _regions(note: Note) -> Iterator[Edit]:
    """Code as it is; formulas and comments gone."""
    for region in note.regions:
        if region.kind != "html":
            yield Edit(
                Span(region.start, region.end),
                escape_markdown(_code(note, region)) if region.kind in _SHOWN else " ",
            )


def _code(note: Note, region: Region) -> str:
    text = note.text[region.start : region.end]
    return _FENCE.sub("", text) if region.kind == "fence" else text.strip("`")


def _caption(text: str, image: Span, whole: Span) -> str:
    """The caption of an image that stands alone, with the attributes behind it; or a space."""
    found = _TITLE.search(text[image.start : image.end])
    return found[2] if found and is_alone_on_lines(text, whole) else " "


def _links(note: Note, notebook: Notebook) -> Iterator[Edit]:
    """The words that stand for a wikilink without a label; nothing for a card, its caption for an image."""
    for link in note.links:
        if link.embed:
            attributes = _ATTRIBUTES.match(note.text, link.span.end)
            whole = Span(link.span.start, attributes.end() if attributes else link.span.end)
            yield Edit(whole, escape_markdown(_caption(note.text, link.span, whole)))
        elif link.kind == "wikilink" and not link.label:
            yield Edit(link.span, escape_markdown(notebook.links.text_of(link, note)))
