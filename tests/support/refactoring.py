"""What a refactoring must keep of a log."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readinglog.model.note import Note
from readinglog.model.text import Source, Span
from readinglog.refactor.change import Change, RefactoringError

Files = Mapping[str, str | bytes | Source]


def attempt(refactoring: Callable[[], Change]) -> Change | None:
    """Return the change of a refactoring, or None where it is refused."""
    try:
        return refactoring()
    except RefactoringError:
        return None


def apply_change(files: Files, change: Change) -> dict[str, str | bytes | Source]:
    """The files after a change."""
    return {path: text for path, text in ({**files, **change.after}).items() if text is not None}


def skeleton(note: Note) -> tuple[object, ...]:
    """What a renaming leaves of a note: its body without what its links lead to, its fields but for
    those that name notes.
    """
    spans = {
        link.span if link.kind == "wikilink" else include_brackets(note, link.address_span)
        for link in note.links
    }
    ends = [note.body.start, *(place for span in sorted(spans) for place in span), len(note.text)]
    body = [note.text[start:end] for start, end in zip(ends[::2], ends[1::2], strict=True)]
    names = ("tags", "redirect_from", *note.schema.relations)
    return body, {name: value for name, value in note.values.items() if name not in names}


def include_brackets(note: Note, address: Span) -> Span:
    """An address with the angle brackets around it, if there are some."""
    bracketed = note.text[address.start - 1] + note.text[address.end : address.end + 1] == "<>"
    return Span(address.start - bracketed, address.end + bracketed)
