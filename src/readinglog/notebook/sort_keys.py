"""Sort keys for lists of notes."""

from __future__ import annotations

from functools import lru_cache

from readinglog.model.note import Note

_LAST = "\x7f"  # sorts after all of ASCII


def newest_first(note: Note) -> tuple[int, bool, str, str]:
    """Return the key of most lists: day added, works before hubs, publication, name of the page."""
    return (
        -note.date.toordinal() if note.date else 0,
        note.is_hub,
        reverse_order(note.published),
        note.page_name,
    )


def oldest_first(note: Note) -> tuple[str, str]:
    """Return the key of works by date of publication, those without one last, then by name."""
    return note.published or "9", note.page_name


@lru_cache(maxsize=1 << 13)  # many notes have the same dates
def reverse_order(text: str) -> str:
    """Return a key by which dates and other short ASCII texts sort in reverse, '' last."""
    if not text:
        return _LAST
    if not text.isascii():
        return text
    return "".join(chr(0x7F - ord(character)) for character in f"{text:~<10}")
