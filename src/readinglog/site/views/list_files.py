"""The files that list the notes of a page for other programs: feeds and bibliographies."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.interchange.exporters import EXPORTERS


class ListFile(NamedTuple):
    """A file that lists notes: what links call it, its media type, and its address."""

    name: str
    media_type: str
    address: str

    def place_below(self, address: str) -> ListFile:
        """Return the file of that name below the page at `address`."""
        return self._replace(address=address + self.address)


NOTES_FILE = ListFile("JSON", "application/json", "notes.json")
_FILES = (
    ListFile("Atom", "application/atom+xml", "feed.xml"),
    ListFile("JSON feed", "application/feed+json", "feed.json"),
)


def list_files(address: str) -> tuple[ListFile, ...]:
    """Return the feeds and bibliographies of the page at `address`."""
    exports = (
        ListFile(exporter.NAME, exporter.MEDIA_TYPE, exporter.FILE_NAME) for exporter in EXPORTERS
    )
    return tuple(file.place_below(address) for file in (*_FILES, *exports))
