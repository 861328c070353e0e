"""The sections of a report of changes. Empty ones are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.text import Source, get_position, pluralize
from readinglog.notebook.changes.compare import Changes, TagUse
from readinglog.notebook.changes.links import WantedNote
from readinglog.notebook.changes.report_style import Style
from readinglog.notebook.reading_paths import estimate_minutes

_ITEMS_SHOWN = 30
_PLACES_SHOWN = 5
NO_CHANGES = "no note is added, changed or removed"


class Section(NamedTuple):
    """A heading, and a line for each item below it."""

    heading: str
    items: tuple[str, ...]


def summarize_changes(changes: Changes) -> str:
    """Return the numbers of changed notes and links in one line."""
    minutes = pluralize(sum(map(estimate_minutes, changes.added)), "minute")
    notes = (
        (len(changes.added), f"added ({minutes})"),
        (len(changes.changed), "changed"),
        (len(changes.renamed), "renamed"),
        (len(changes.removed), "removed"),
    )
    links = (
        (sum(len(wanted.places) for wanted in changes.filled), "filled"),
        (len(changes.broken), "broken"),
    )
    parts = (_format_counts("note", notes) or NO_CHANGES, _format_counts("link", links))
    return "; ".join(filter(None, parts))


def _format_counts(noun: str, counts: Iterable[tuple[int, str]]) -> str:
    """Return `2 notes added, 1 changed`: the noun only once; '' where all counts are zero."""
    parts: list[str] = []
    for number, participle in counts:
        if number:
            subject = f"{number:,}" if parts else pluralize(number, noun)
            parts.append(f"{subject} {participle}")
    return ", ".join(parts)


def list_sections(changes: Changes, prefix: str, style: Style) -> Iterator[Section]:
    """Yield the sections that have items.

    `prefix` makes the paths of notes relative to the repository.
    """
    for heading, items in _Writer(changes, prefix, style).list_sections():
        listed = list(items)
        if listed:
            yield Section(heading, tuple(truncate(listed, _ITEMS_SHOWN)))


def truncate(items: Sequence[str], limit: int) -> list[str]:
    """Return the first items, and how many more there are."""
    more = len(items) - limit
    return [*items[:limit], f"and {more:,} more"] if more > 0 else list(items)


class _Writer:
    """Writes items about notes and places in a style."""

    def __init__(self, changes: Changes, prefix: str, style: Style) -> None:
        self._changes = changes
        self._prefix = prefix
        self._style = style

    def list_sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        changes = self._changes
        yield "Notes added", map(self._write_added, changes.added)
        yield "Notes changed", (self._write_note(note) for _, note in changes.changed)
        yield "Notes renamed", (self._write_renamed(old, note) for old, note in changes.renamed)
        yield "Notes removed", map(self._write_note, changes.removed)
        yield "Tags used for the first time", map(self._write_use, changes.first_used_tags)
        yield "Tags no longer used", map(self._write_use, changes.unused_tags)
        yield "Wanted notes that now exist", map(self._write_wanted, changes.filled)
        yield "Newly wanted notes", map(self._write_wanted, changes.wanted)
        yield "Links that this change breaks", map(self._write_broken, changes.broken)
        duplicates = changes.near_duplicates
        yield (
            "Possible duplicates",
            (
                f"{self._write_note(note)} and {self._write_note(other)}"
                for note, other in duplicates
            ),
        )
        suggested = changes.suggested_links
        yield (
            "Links to consider",
            (
                f"{self._write_place(place)} mentions {self._write_note(target)}"
                for place, target in suggested
            ),
        )

    def _write_path(self, source: Source) -> str:
        return self._style.code(f"{self._prefix}{source.path}")

    def _write_place(self, place: RelatedLocation) -> str:
        line = get_position(place.source.text, place.span.start).line
        return self._style.code(f"{self._prefix}{place.source.path}:{line}")

    def _write_places(self, places: Sequence[RelatedLocation]) -> str:
        in_order = sorted(places, key=lambda place: (place.source.path, place.span))
        written = dict.fromkeys(map(self._write_place, in_order))
        return ", ".join(truncate(list(written), _PLACES_SHOWN))

    def _write_note(self, note: Note) -> str:
        page = note.page_url if self._changes.after.publication.is_published(note) else ""
        return f"{self._style.title(note.title, page)} ({self._write_path(note.source)})"

    def _write_added(self, note: Note) -> str:
        minutes = pluralize(estimate_minutes(note), "minute")
        draft = ", a draft" if note.is_draft else ""
        return f"{self._write_note(note)}, {minutes}{draft}"

    def _write_renamed(self, old: Note, note: Note) -> str:
        return f"{self._write_note(note)}, formerly {self._write_path(old.source)}"

    def _write_use(self, use: TagUse) -> str:
        return f"{self._style.text(use.tag.name)}: {self._write_places(use.places)}"

    def _write_wanted(self, wanted: WantedNote) -> str:
        target = self._style.text(wanted.target)
        if wanted.note:
            target += f" is {self._write_note(wanted.note)}"
        return f"{target}: {self._write_places(wanted.places)}"

    def _write_broken(self, place: RelatedLocation) -> str:
        return f"{self._write_place(place)}: {self._style.text(place.message)}"
