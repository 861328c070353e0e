"""What a change does to the log, section by section: only those in which there is something to say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.text import Source, pluralize, position_at
from readinglog.notebook.changes.compare import Changes, TagUse
from readinglog.notebook.changes.links import WantedNote
from readinglog.notebook.changes.report_style import Style
from readinglog.notebook.reading_paths import estimate_minutes

_ITEMS = 30  # of a section
_PLACES = 5  # of an item
NOTHING = "no note is added, changed or removed"


def summarize_changes(changes: Changes) -> str:
    """What the change does, in one line."""
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
    return "; ".join(filter(None, (_counted("note", notes) or NOTHING, _counted("link", links))))


def _counted(noun: str, counts: Iterable[tuple[int, str]]) -> str:
    """`2 notes added, 1 changed`: the noun only once; '' where there are none."""
    there = [(number, what) for number, what in counts if number]
    return ", ".join(
        f"{number:,} {what}" if at else f"{pluralize(number, noun)} {what}"
        for at, (number, what) in enumerate(there)
    )


def list_sections(changes: Changes, prefix: str, style: Style) -> Iterator[tuple[str, list[str]]]:
    """The heading of each section with its items; `prefix` stands before the paths of notes."""
    write = _Writer(changes, prefix, style)
    every: tuple[tuple[str, Iterable[str]], ...] = (
        (
            "Notes added",
            (
                f"{write.note(note)}, {pluralize(estimate_minutes(note), 'minute')}{', a draft' * note.is_draft}"
                for note in changes.added
            ),
        ),
        ("Notes changed", (write.note(note) for _, note in changes.changed)),
        (
            "Notes renamed",
            (
                f"{write.note(note)}, which was {write.path(old.source)}"
                for old, note in changes.renamed
            ),
        ),
        ("Notes removed", map(write.note, changes.removed)),
        ("Tags used for the first time", map(write.use, changes.first_used)),
        ("Tags no longer used", map(write.use, changes.unused)),
        ("Wanted notes that are there now", map(write.wanted, changes.filled)),
        ("Newly wanted notes", map(write.wanted, changes.wanted)),
        (
            "Links that this change breaks",
            (f"{write.place(place)}: {style.text(place.message)}" for place in changes.broken),
        ),
        (
            "Perhaps the same work",
            (f"{write.note(note)} and {write.note(other)}" for note, other in changes.alike),
        ),
        (
            "Links to consider",
            (f"{write.place(place)} names {write.note(to)}" for place, to in changes.suggested),
        ),
    )
    for heading, items in every:
        if listed := list(items):
            yield heading, truncate(listed, _ITEMS)


def truncate(items: Sequence[str], most: int) -> list[str]:
    """The first items, and how many more there are."""
    return [*items[:most], f"and {len(items) - most:,} more"] if len(items) > most else list(items)


class _Writer:
    """Writes what a change is about: notes, places, and what stands at them."""

    def __init__(self, changes: Changes, prefix: str, style: Style) -> None:
        self.after, self.prefix, self.style = changes.after, prefix, style

    def path(self, source: Source) -> str:
        return self.style.code(f"{self.prefix}{source.path}")

    def place(self, place: RelatedLocation) -> str:
        return self.style.code(
            f"{self.prefix}{place.source.path}:{position_at(place.source.text, place.span.start).line}"
        )

    def places(self, places: Sequence[RelatedLocation]) -> str:
        in_order = sorted(places, key=lambda place: (place.source.path, place.span))
        return ", ".join(truncate(list(dict.fromkeys(map(self.place, in_order))), _PLACES))

    def note(self, note: Note) -> str:
        page = note.url if self.after.publication.includes(note) else ""
        return f"{self.style.title(note.title, page)} ({self.path(note.source)})"

    def added(self, note: Note) -> str:
        return f"{self.note(note)}, {pluralize(estimate_minutes(note), 'minute')}{', a draft' * note.is_draft}"

    def use(self, use: TagUse) -> str:
        return f"{self.style.text(use.tag.name)}: {self.places(use.places)}"

    def wanted(self, wanted: WantedNote) -> str:
        is_ = f" is {self.note(wanted.note)}" if wanted.note else ""
        return f"{self.style.text(wanted.target)}{is_}: {self.places(wanted.places)}"
