"""The sections of a report of changes. Empty ones are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten
from typing import NamedTuple

from readinglog.model.diagnostic import RelatedLocation
from readinglog.model.note import Note
from readinglog.model.text import Source, get_position, pluralize
from readinglog.notebook.changes.claims import ClaimChange, ResultChange
from readinglog.notebook.changes.compare import Changes, TagUse
from readinglog.notebook.changes.links import WantedNote
from readinglog.notebook.changes.report_style import Style
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.disputes import Dispute, Side
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.notebook.results import ResultRow

_ITEMS_SHOWN = 30
_PLACES_SHOWN = 5
_TEXT_SHOWN = 160  # characters
NO_CHANGES = "no note is added, changed or removed"


class Section(NamedTuple):
    """A heading, and a line for each item below it."""

    heading: str
    items: tuple[str, ...]


def summarize_changes(changes: Changes) -> str:
    """Return the numbers of changed notes, links and claims in one line."""
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
    claims = (
        (len(changes.claims.added), "added"),
        (len(changes.claims.changed), "changed"),
        (len(changes.claims.removed), "removed"),
    )
    parts = (
        _format_counts("note", notes) or NO_CHANGES,
        _format_counts("link", links),
        _format_counts("claim", claims),
    )
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
        yield from self._list_claim_sections()
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

    def _list_claim_sections(self) -> Iterator[tuple[str, Iterable[str]]]:
        claims = self._changes.claims
        yield "Claims added", map(self._write_claim, claims.added)
        yield "Claims changed", map(self._write_changed_claim, claims.changed)
        reworded = (change for change in claims.changed if change.relying)
        yield "Reworded claims to which others refer", map(self._write_reworded, reworded)
        removed = (self._write_claim(claim, self._changes.before) for claim in claims.removed)
        yield "Claims removed", removed
        yield "Newly disputed", map(self._write_dispute, claims.disputed)
        yield "Results that changed", map(self._write_result, claims.results)

    def _write_claim(self, claim: NoteClaim, notebook: Notebook | None = None) -> str:
        text = (notebook or self._changes.after).claims.extract_text(claim)
        return f"{self._write_text(text)} ({self._write_claim_place(claim)})"

    def _write_changed_claim(self, change: ClaimChange) -> str:
        """Return what a claim says now, and how its fields changed; results have their section."""
        has_result = change.old.claim.result or change.new.claim.result
        fields = (
            f"; {self._style.text(field.name)}: {self._write_value(field.after)}, "
            f"formerly {self._write_value(field.before)}"
            for field in change.fields
            if field.name != "result" or not has_result
        )
        return f"{self._write_claim(change.new)}{''.join(fields)}"

    def _write_value(self, value: str) -> str:
        return self._write_text(value) if value else "none"

    def _write_reworded(self, change: ClaimChange) -> str:
        """Return what a claim says now and said before, and where others refer to it: what they
        say may no longer hold.
        """
        old = self._write_text(self._changes.before.claims.extract_text(change.old))
        relations = sorted(change.relying, key=lambda each: each.source.note.path)
        get_words = self._changes.after.schema.get_claim_relation_words
        referring = (
            f"{get_words(relation.field).backward.lower()} "
            f"{self._write_claim_place(relation.source)}"
            for relation in relations
        )
        return f"{self._write_claim(change.new)}, {', '.join(referring)}; formerly: {old}"

    def _write_dispute(self, dispute: Dispute) -> str:
        disputing, disputed = map(self._write_side, dispute)
        return f"{disputed} by {disputing}"

    def _write_side(self, side: Side) -> str:
        if side.claim is None:
            return self._write_note(side.note)
        return self._write_claim(NoteClaim(side.note, side.claim))

    def _write_result(self, change: ResultChange) -> str:
        old, new = map(self._write_row, (change.old, change.new))
        if not change.old:
            return f"{new} is new"
        if not change.new:
            return f"{old} is gone"
        return f"{new}, formerly {old}"

    def _write_row(self, row: ResultRow | None) -> str:
        """Return a result and where it is given, '' where there is none."""
        if row is None:
            return ""
        place = self._write_claim_place(row.source)
        return f"{self._write_text(str(row.result))} ({place})"

    def _write_text(self, text: str) -> str:
        return self._style.text(shorten(text, _TEXT_SHOWN, placeholder=" …"))

    def _write_claim_place(self, claim: NoteClaim) -> str:
        return self._write_place(RelatedLocation(claim.note.source, claim.claim.span, ""))

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
