"""The works of the log for other programs: all of them and those of each tag, in each format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from readinglog.interchange.exporters import EXPORTERS
from readinglog.interchange.exporters.exporter import select_works
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_tag_address
from readinglog.site.page import DataFile, Output, Site


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    yield from _export("", notebook.published)
    for key, notes in notebook.tags.notes.items():
        tag = notebook.vocabulary.tags[key]
        yield from _export(make_tag_address(tag, notebook.vocabulary), notes)


def _export(address: str, notes: Sequence[Note]) -> Iterator[DataFile]:
    """Yield the works of `notes` as a file of each format below `address`."""
    works = sorted(select_works(notes), key=lambda note: note.name)
    for exporter in EXPORTERS:
        yield DataFile(f"{address}{exporter.FILE_NAME}", exporter.format_works(works))
