"""A note as plain text, section by section, without markup and comments, formulas apart."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from readinglog.model.note import Note, Region
from readinglog.model.text import Edit, Span, apply_edits, is_alone_on_lines
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.formulas import KINDS as MATH_KINDS
from readinglog.parsing.formulas import Formula, find_formulas
from readinglog.parsing.prose import escape_markdown, strip_markdown
from readinglog.parsing.queries import is_query_block

_CODE_KINDS = frozenset({"fence", "code", "span"})
# Definitions of addresses, and separators of tables, with the line end before them.
_INVISIBLE_LINE = re.compile(
    r"\n(?: {0,3}\[(?!\^)[^\]\n]+\]:[^\n]*"
    r"|(?=[ \t:|-]*+(?:\n|\Z))[^\n]*?-[ \t]*\|[^\n]*)"
)
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\n]*\)")
_REMOTE_IMAGE = re.compile(
    r"!\[([^\[\]\n]*)\]\((?:[a-zA-Z][\w+.-]*:|//)[^()\n]*\)"
)  # shown as a link
_TITLE = re.compile(r"""[^"]*"(.+)"\)|[^']*'(.+)'\)""")  # in the last line of an image
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_FENCE = re.compile(r"\A.*\n|\n.*\Z")
FORMULA_MARK = "\ufffc"  # stands for a formula in a text; it parts words, as a space does
FIRST_FORMULA_MARK = 0xF0000  # of the marks by which the formulas of a note are told apart
_RESERVED = re.compile("[\ufffc\U000f0000-\U000ffffd]")
FORMULA_MARKS = re.compile("([\U000f0000-\U000ffffd])")


class Section(NamedTuple):
    """The anchor and text of a heading ('' before the first), and the plain text below it.

    Each formula in the text is a `FORMULA_MARK`; `formulas` has them in the same order.
    """

    anchor: str
    heading: str
    text: str
    formulas: tuple[Formula, ...] = ()


def split_sections(note: Note, notebook: Notebook) -> tuple[Section, ...]:
    """Return the sections of `note`. A heading that repeats the title is left out."""
    edits = sorted(
        (*_replace_regions(note), *_replace_links(note, notebook), *_replace_fields(note))
    )
    title = note.title_heading
    start = Span(note.body.start, title.block.end if title else note.body.start)
    headings = [heading for heading in note.headings if heading != title]
    blocks = [start, *(heading.block for heading in headings)]
    ends = [*(block.start for block in blocks[1:]), note.body.end]
    texts = [
        _make_plain(note.text, Span(block.end, max(block.end, end)), edits)
        for block, end in zip(blocks, ends, strict=True)
    ]
    formulas = _list_formulas(note, notebook)
    sections = [_make_section("", "", texts[0], formulas)] if texts[0] else []
    for heading, text in zip(headings, texts[1:], strict=True):
        name = strip_markdown(heading.text)
        sections.append(_make_section(heading.anchor, name, text, formulas))
    return tuple(sections)


def _list_formulas(note: Note, notebook: Notebook) -> list[Formula]:
    """Return the formulas of `note`, as many as there are marks for."""
    formulas = find_formulas(note.text, note.regions, notebook.macros)
    return formulas[: 0xFFFFE - FIRST_FORMULA_MARK]


def _make_section(anchor: str, heading: str, text: str, formulas: list[Formula]) -> Section:
    """Return a section; the marks in `text` say which of the `formulas` of the note are in it."""
    found: list[Formula] = []

    def replace_mark(match: re.Match[str]) -> str:
        number = ord(match[0]) - FIRST_FORMULA_MARK
        if not 0 <= number < len(formulas):
            return " "  # a character reference such as `&#xfffc;`
        found.append(formulas[number])
        return FORMULA_MARK

    plain = _RESERVED.sub(replace_mark, text)
    return Section(anchor, heading, plain, tuple(found))


def _make_plain(text: str, part: Span, edits: Sequence[Edit]) -> str:
    """Return `part` of `text` with the `edits` within it applied, without markup, on one line.

    `edits` are sorted.
    """
    first, last = (bisect_left(edits, at, key=lambda edit: edit.span.start) for at in part)
    inside = (
        Edit(Span(edit.span.start - part.start, edit.span.end - part.start), edit.text)
        for edit in edits[first:last]
        if edit.span.end <= part.end
    )
    edited = apply_edits(_RESERVED.sub(" ", text[part.start : part.end]), inside)
    visible = _INVISIBLE_LINE.sub("\n", "\n" + _REMOTE_IMAGE.sub(r"\1", edited))
    return " ".join(strip_markdown(_IMAGE.sub("", visible)).split())


def _replace_regions(note: Note) -> Iterator[Edit]:
    """Yield the edits that keep code as it is, put marks for formulas, and remove the rest.

    A query would find the note that it stands in by its own words.
    """
    marks = iter(range(FIRST_FORMULA_MARK, 0xFFFFE))
    for region in note.regions:
        if region.kind != "html":
            yield Edit(Span(region.start, region.end), _get_text(note, region, marks))


def _get_text(note: Note, region: Region, marks: Iterator[int]) -> str:
    if region.kind in MATH_KINDS:
        mark = next(marks, None)
        return " " if mark is None else chr(mark)
    is_code = region.kind in _CODE_KINDS and not is_query_block(region)
    return _escape(_get_code(note, region)) if is_code else " "


def _escape(text: str) -> str:
    return escape_markdown(_RESERVED.sub(" ", text))


def _get_code(note: Note, region: Region) -> str:
    text = note.text[region.start : region.end]
    return _FENCE.sub("", text) if region.kind == "fence" else text.strip("`")


def _get_caption(text: str, image: Span, whole: Span) -> str:
    """Return the caption of an image if that, with its attributes, is alone on its lines.

    It is a space otherwise.
    """
    found = _TITLE.fullmatch(text[image.start : image.end].rpartition("\n")[2])
    return found[1] or found[2] if found and is_alone_on_lines(text, whole) else " "


def _replace_fields(note: Note) -> Iterator[Edit]:
    """Yield the edits that put the fields of claims in parentheses and remove marks of blocks."""
    for field in (field for claim in note.claims for field in claim.fields):
        (start, end), (value_start, value_end) = field.span, field.value_span
        if field.name == "checked":
            yield Edit(field.span, " ")
            continue
        record = note.schema.claim_fields.get(field.name)
        name = "" if record and not record.is_named else f"{escape_markdown(field.name)} "
        yield Edit(Span(start, value_start), f" ({name}")
        yield Edit(Span(value_end, end), ")")
    for mark in (*note.blocks.values(), *note.repeated_blocks):
        yield Edit(mark, "")


def _replace_links(note: Note, notebook: Notebook) -> Iterator[Edit]:
    """Yield the edits that replace wikilinks by texts, images by captions, and remove cards."""
    for link in note.links:
        if link.is_embed:
            attributes = _ATTRIBUTES.match(note.text, link.span.end)
            whole = Span(link.span.start, attributes.end() if attributes else link.span.end)
            yield Edit(whole, _escape(_get_caption(note.text, link.span, whole)))
        elif link.kind == "wikilink" and not link.label:
            yield Edit(link.span, _escape(notebook.links.get_label(link, note)))
