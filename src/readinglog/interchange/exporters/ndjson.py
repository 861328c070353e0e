"""JSON, one note a line, each as `readinglog show --format json` prints it."""

from __future__ import annotations

from readinglog.interchange.exporters.exporter import Export, ExportedFile, describe_content
from readinglog.model.printable import to_json
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness

SUMMARY = "JSON, one note a line"


def make_export(notebook: Notebook, name: str, /) -> Export:
    relatedness = Relatedness(notebook)
    lines = (to_json(note_to_json(note, notebook, relatedness)) for note in notebook.notes)
    file = ExportedFile(name, "".join(f"{line}\n" for line in lines).encode())
    return Export((file,), describe_content(notebook.notes))
