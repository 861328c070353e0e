"""Turns of phrase that read well once and tire when they come back in note after note.

Each is right English in its place, so none is forbidden: what is held is how often the notes have
it together. The bounds are a little above what the library has now. A note that goes beyond one
says the thing in another way, or mends an older sentence: the failure lists all places. Where the
library has grown by many notes, a bound may grow with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

_NO_SENTENCES = re.compile(r"^(?:#|\|).*$|\^[\w-]+$", re.MULTILINE)  # headings, tables, block marks
_LINKS = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|\[([^\]]*)\]\([^)]*\)")
_START, _BE, _WORD = r"(?:^|[.!?:] )", r"(?:is|are|was|were)", r"[\w'’-]+"
# A formula is blank, so that "Here" with two spaces behind it opens a definition.
TICS = {
    "a closer `X, not Y.`": (r", not [^.,;:()\n]{2,60}[.](?=\s|$)", 15),
    "a verb left out: `the tables not`": (rf", (?:the|its) (?:{_WORD} ){{1,4}}(?:not|too)[.;]", 2),
    "`What X does is …`": (rf"{_START}What (?:{_WORD} ){{1,9}}{_BE} ", 26),
    "`It is X that …`": (rf"\b[Ii]t {_BE} (?:the|only|not) (?:{_WORD} ){{1,5}}(?:that|who) ", 6),
    "a subject `That …`": (rf"{_START}That (?!last )(?:{_WORD} ){{2,12}}{_BE} ", 6),
    "a subject `Whether …`": (rf"{_START}Whether ", 10),
    "alone": (r"\balone\b", 18),
    "at all": (r"\bat all\b(?! (?:\w+ )?(?:of|the|these|those|\w+s)\b)", 6),
    "of its own": (r"\bof (?:its|their|his|her|one['’]s) own\b(?! [a-z])", 22),
    "here, in this log": (r"\b[Hh]ere\b(?!  )|\bin this log\b", 24),
    "which is why, where, what": (r"\bwhich is (?:why|where|what|how)\b", 5),
    "is left open": (r"\b(?:leaves?|left|remains?|stays?) open\b", 4),
    "leans on": (r"\blean(?:s|ed|ing)? on\b", 3),
    "one and the same": (r"\bone and the same\b", 2),
    "dearer": (r"\bdear(?:er|est)?\b", 2),
    "what was not read": (r"\b(?:was|were|been) not (?:read|looked up|verified)\b|\bunread\b", 2),
    "by the abstract": (r"\b(?:[Bb]y|[Aa]ccording to) (?:the|its) abstract\b", 2),
}


def _strip(note: Note) -> str:
    """Return the sentences of a note without front matter, code, formulas, the fields of claims
    and what links lead to.
    """
    text = note.masked
    for start, end in (field.span for claim in note.claims for field in claim.fields):
        text = text[:start] + " " * (end - start) + text[end:]
    return _LINKS.sub(r"\1\2", _NO_SENTENCES.sub("", text[note.body.start :]))


def _find(pattern: str, prose: dict[str, str]) -> Iterator[str]:
    for name, text in prose.items():
        for found in re.finditer(pattern, text, re.MULTILINE):
            around = text[max(0, found.start() - 30) : found.end() + 30]
            yield f"{name}: …{' '.join(around.split())}…"


@pytest.fixture(scope="module")
def prose(book: Notebook) -> dict[str, str]:
    return {note.name: _strip(note) for note in book.notes}


@pytest.mark.parametrize(("pattern", "bound"), TICS.values(), ids=TICS)
def test_a_turn_of_phrase_does_not_come_back_too_often(
    prose: dict[str, str], pattern: str, bound: int
) -> None:
    places = list(_find(pattern, prose))
    assert len(places) <= bound, "\n".join(places)
