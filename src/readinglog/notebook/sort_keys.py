"""The orders in which notes stand in lists."""

from __future__ import annotations

from readinglog.model.note import Note

_LAST = "\x7f"


def newest_first(note: Note) -> tuple[int, bool, str, str]:
    """The order of notes in every list: logged last; of a day works before hubs, published last, without a date of it; then by name."""
    return (
        -note.date.toordinal() if note.date else 0,
        note.is_hub,
        reverse_order(note.published),
        note.name,
    )


def oldest_first(note: Note) -> tuple[str, str]:
    """The order of works by their age: published first, those without a date last."""
    return note.published or "9", note.name


def reverse_order(text: str) -> str:
    """A key by which dates (and other short ASCII texts) sort the other way round, '' last."""
    if not text:
        return _LAST
    return "".join(chr(0x7F - ord(c)) for c in f"{text:~<10}") if text.isascii() else text
