"""What links and relations mean: none, one or many notes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Link, Note
from readinglog.model.text import Span


@dataclass(frozen=True, slots=True)
class Resolution:
    """The notes that a link or a relation may mean."""

    candidates: tuple[Note, ...]

    @property
    def target(self) -> Note | None:
        """The one note that is meant, or None where there are none or many."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def is_missing(self) -> bool:
        """Whether no note is meant."""
        return not self.candidates

    @property
    def is_ambiguous(self) -> bool:
        """Whether several notes may be meant."""
        return len(self.candidates) > 1


class ResolvedLink(NamedTuple):
    """A link of a note's body, and the notes that it may mean."""

    link: Link
    resolution: Resolution


def select_links(links: Sequence[ResolvedLink], part: Span) -> Sequence[ResolvedLink]:
    """Return those of the links of a note, which are in order, that begin in a part of it."""
    start = bisect_left(links, part.start, key=lambda each: each.link.span.start)
    end = bisect_left(links, part.end, key=lambda each: each.link.span.start)
    return links[start:end]


class Relation(NamedTuple):
    """A typed relation in front matter: field, place, text, and the notes it may mean."""

    field: str
    span: Span
    text: str
    resolution: Resolution
