"""The works of the log for other programs in each format: all of them, those of each tag, and
those that the query of a hub finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from readinglog.interchange.bibliographies import BIBLIOGRAPHY_FORMATS
from readinglog.interchange.bibliographies.bibliography_format import (
    BibliographyFormat,
    select_works,
)
from readinglog.model.note import Note
from readinglog.notebook.digests import NoteDigests, get_digests
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address, make_tag_address
from readinglog.site.page import DataFile, Output, Site
from readinglog.site.shared_search import list_query_hubs

ListWorks = Callable[[], Sequence[Note]]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    digests = get_digests(notebook)
    yield from _export("", partial(_sort_works, notebook.published), digests)
    for key, notes in notebook.tags.notes.items():
        tag = notebook.vocabulary.tags[key]
        address = make_tag_address(tag, notebook.vocabulary)
        yield from _export(address, partial(_sort_works, notes), digests)
    for hub, find in list_query_hubs(notebook):
        yield from _export(make_note_address(hub), partial(_select_found, find), digests)


def _sort_works(notes: Sequence[Note]) -> list[Note]:
    return sorted(select_works(notes), key=lambda note: note.page_name)


def _select_found(find: ListWorks) -> list[Note]:
    return select_works(find())


def _export(address: str, list_works: ListWorks, digests: NoteDigests) -> Iterator[DataFile]:
    """Yield works as a file of each format below `address`."""
    describe = partial(_describe, list_works, digests)
    for format_ in BIBLIOGRAPHY_FORMATS:
        path = f"{address}{format_.FILE_NAME}"
        yield DataFile(path, partial(_format, format_, list_works), describe)


def _format(format_: BibliographyFormat, list_works: ListWorks) -> str:
    return format_.format_works(list_works())


def _describe(list_works: ListWorks, digests: NoteDigests) -> list[bytes]:
    return [digests.get_fields(note) for note in list_works()]
