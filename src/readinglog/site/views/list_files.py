"""The files that list the notes of a page for other programs: feeds and bibliographies."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.interchange.bibliographies import BIBLIOGRAPHY_FORMATS


class ListFile(NamedTuple):
    """A file that lists notes: what links call it, its media type, and its address."""

    name: str
    media_type: str
    address: str

    def place_below(self, address: str) -> ListFile:
        """Return the file of that name below the page at `address`."""
        return self._replace(address=address + self.address)


NOTES_FILE = ListFile("JSON", "application/json", "notes.json")
_ATOM = ListFile("Atom", "application/atom+xml", "feed.xml")
_JSON_FEED = ListFile("JSON feed", "application/feed+json", "feed.json")
_EXPORTS = tuple(
    ListFile(format_.NAME, format_.MEDIA_TYPE, format_.FILE_NAME)
    for format_ in BIBLIOGRAPHY_FORMATS
)


def list_tag_files(address: str) -> tuple[ListFile, ...]:
    """Return the feed and the bibliographies of the tag at `address`."""
    return tuple(file.place_below(address) for file in (_ATOM, *_EXPORTS))


def list_query_files(address: str) -> tuple[ListFile, ...]:
    """Return all files of what the query of the hub at `address` finds."""
    files = (_ATOM, _JSON_FEED, *_EXPORTS, NOTES_FILE)
    return tuple(file.place_below(address) for file in files)
