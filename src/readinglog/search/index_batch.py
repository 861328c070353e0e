"""What the index has of some notes: their texts, their words, and the names that they have.

A batch is the same wherever it stands in a log, so that it can be kept from one run to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import Section, split_sections
from readinglog.parsing.formulas import Formula
from readinglog.search.known_names import OwnName, list_own_names
from readinglog.search.language import CLAIM_ZONES, ZONES
from readinglog.search.note_texts import list_zone_texts
from readinglog.search.word_batch import NoteZones, WordBatch, make_word_batch

# The anchor, heading and text of a section; one with formulas has these, too, for passages.
SectionText = tuple[str, str, str] | tuple[str, str, str, list[str]]
NoteText = Sequence[SectionText]
_LONGEST_FORMULA = 4_000  # characters of MathML


class TextBatch(NamedTuple):
    """The texts of some notes: the length of each, in characters, and what returns them all.

    Two with the same key have the same texts; '' is no key.
    """

    lengths: Sequence[int]
    load: Callable[[], Sequence[NoteText]]
    key: str = ""


class IndexBatch(NamedTuple):
    """What the index has of some notes: `names` has the keys that name each of them."""

    texts: TextBatch
    words: WordBatch
    claim_words: WordBatch
    names: Sequence[Sequence[OwnName]]


def make_index_batch(
    notes: Sequence[Note], notebook: Notebook, texts: Sequence[NoteText] | None = None
) -> IndexBatch:
    """Return what the index has of some notes, whose texts may be known already."""
    described = texts or [describe_text(note, notebook) for note in notes]
    zones = [
        NoteZones(note, list_zone_texts(note, notebook, [section[1:3] for section in sections]))
        for note, sections in zip(notes, described, strict=True)
    ]
    return IndexBatch(
        TextBatch([_measure(sections) for sections in described], lambda: described),
        make_word_batch(ZONES, zones),
        make_word_batch(CLAIM_ZONES, zones),
        list(map(list_own_names, notes)),
    )


def _measure(text: NoteText) -> int:
    return sum(len(section[2]) for section in text)


def describe_text(note: Note, notebook: Notebook) -> NoteText:
    """Return the text of a note for the index."""
    return [_describe_section(section) for section in split_sections(note, notebook)]


def _describe_section(section: Section) -> SectionText:
    anchor, heading, text, formulas = section
    if not formulas:
        return anchor, heading, text
    return anchor, heading, text, [render_formula(formula) for formula in formulas]


def render_formula(formula: Formula) -> str:
    """Return a formula as MathML, or as `$…$` where that cannot be or is long."""
    mathml = formula.to_xml()
    is_shown = mathml and len(mathml) <= _LONGEST_FORMULA
    return mathml if is_shown else f"${formula.source.strip()}$"
