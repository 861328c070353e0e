"""What was read lately: the notes of the last days of the log, by root tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_tag_address
from readinglog.site.charts.plots import Bar, make_bars

_DAYS = 30
_TAGS = 8


@dataclass(frozen=True, slots=True)
class Lately:
    """How many notes were added in the `days` up to the newest of all, and their root tags."""

    notes: int
    days: int
    last: date
    tags: tuple[Bar, ...]


def count_lately(notes: Sequence[Note], notebook: Notebook) -> Lately | None:
    """Return what was added lately; None where no note has a date."""
    dates = [note.date for note in notes if note.date]
    if not dates:
        return None
    last = max(dates)
    newest = [note for note in notes if note.date and note.date > last - timedelta(_DAYS)]
    counts: Counter[Tag] = Counter()
    for note in newest:
        tags = notebook.tags.get_tags(note)
        counts.update({notebook.vocabulary.get_path(tag)[0] for tag in tags})
    order = {tag: at for at, tag in enumerate(notebook.vocabulary.list_children(None))}
    frequent = sorted(counts, key=lambda tag: (-counts[tag], order[tag]))[:_TAGS]
    bars = make_bars(
        (tag.name, make_tag_address(tag, notebook.vocabulary), counts[tag]) for tag in frequent
    )
    return Lately(len(newest), _DAYS, last, bars)
