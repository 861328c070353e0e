"""`removed.yml`, the list of the notes that were removed: one entry a note, by its name."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.field_types import DATE
from readinglog.model.removals import Removal, Removals
from readinglog.model.slugs import is_former_name
from readinglog.model.text import Source
from readinglog.model.yaml_values import Entry
from readinglog.parsing.list_entries import (
    EntryReader,
    EntryShape,
    attribute,
    compose_entries,
    explain_unreadable,
)

_RULE = "invalid-removal"
_SHAPE = EntryShape(
    "a removed note",
    ("title", "date", "reason", "instead", "redirect_from"),
    "reason",
    {"redirect_from": "a former name"},
)


def parse_removals(source: Source) -> Removals:
    """Return the removed notes in `source`. Never raises; a broken entry costs no other."""
    if unreadable := explain_unreadable(source, "the list of removed notes"):
        return Removals((), source, attribute([unreadable], _RULE, source))
    entries, found = compose_entries(source, "removed note")
    removals = []
    for entry in entries:
        reader = EntryReader(entry, _SHAPE)
        removal = _make_removal(entry, reader)
        found += reader.diagnostics
        wrong = list(_check_names(removal))
        found += wrong
        if not wrong:
            removals.append(removal)
    return Removals(removals, source, attribute(found, _RULE, source))


def _make_removal(entry: Entry, reader: EntryReader) -> Removal:
    day = reader.get_text("date")
    if day and not DATE.is_valid(day):
        message = f"`{day}` is not the day of a removal"
        reader.report(reader.texts["date"].span, message, "write YYYY-MM-DD")
        day = ""
    instead = reader.texts.get("instead")
    return Removal(
        entry.name,
        entry.name_span,
        reader.get_text("title"),
        day,
        reader.get_text("reason"),
        instead._replace(text=instead.text.strip()) if instead else None,
        reader.get_list("redirect_from"),
    )


def _check_names(removal: Removal) -> Iterator[Diagnostic]:
    """Yield the names that no note can have had: their folders stand before them."""
    for name, span in removal.list_names():
        if not all(map(is_former_name, name.split("/"))):
            message = f"`{name}` cannot be the name of a note"
            yield Diagnostic(span, message, "write the name of the note that was removed")
