"""The works of the log as a bibliography, in any of its formats."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.interchange.bibliographies.bibliography_format import (
    BibliographyFormat,
    select_works,
)
from readinglog.interchange.exporters.exporter import Export, ExportedFile, describe_content
from readinglog.notebook.notebook import Notebook


class Bibliography(NamedTuple):
    """The exporter to a format of bibliographies."""

    format: BibliographyFormat

    @property
    def SUMMARY(self) -> str:  # noqa: N802 - as in a module
        """What the export is, in a few words."""
        return f"the works as {self.format.NAME}"

    def make_export(self, notebook: Notebook, name: str, /) -> Export:
        """Return the works of all notes as one file."""
        works = sorted(select_works(notebook.notes), key=lambda note: note.page_name)
        file = ExportedFile(name, self.format.format_works(works).encode())
        return Export((file,), describe_content(works, "work"))
