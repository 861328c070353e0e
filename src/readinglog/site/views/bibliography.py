"""The works of the log for other programs: BibTeX and CSL JSON, of everything and of each tag."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from readinglog.interchange.exporters.bibtex import format_bibtex
from readinglog.interchange.exporters.csl import make_csl_item
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_tag_address
from readinglog.site.page import DataFile, Output, Site


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    made = {
        note: (format_bibtex(note), json.dumps(make_csl_item(note), ensure_ascii=False))
        for note in notebook.published
        if not note.is_hub
    }
    yield from _files("", notebook.published, made)
    for key, notes in notebook.tags.notes.items():
        address = make_tag_address(notebook.vocabulary.tags[key], notebook.vocabulary)
        yield from _files(address, notes, made)


def _files(
    address: str, notes: Sequence[Note], made: Mapping[Note, tuple[str, str]]
) -> Iterator[DataFile]:
    """The two files of `notes`, of entries that are made once and stand in several."""
    works = sorted((note for note in notes if note in made), key=lambda note: note.name)
    yield DataFile(f"{address}bibliography.bib", "\n".join(made[note][0] for note in works))
    yield DataFile(
        f"{address}bibliography.json", "[\n" + ",\n".join(made[note][1] for note in works) + "\n]\n"
    )
