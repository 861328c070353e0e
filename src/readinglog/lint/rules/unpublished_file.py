"""A file that the site leaves out.

Of the notes folder, images, PDF, sound, video and data are published; pages, scripts, programs and what has no known suffix
are not, since a page could act in the name of the site, and a key or a password could be published unseen. A drawing
(`.svg`) is published if it holds no script and loads nothing from another host. A link to a file that is left out is shown
as text.

Bad:

    [the demo](demo.html), with the file `demo.html` beside the note

Good:

    [the demo](https://example.org/demo), or ![what it shows](demo.png) with the file `demo.png` beside the note
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Link, Note
from readinglog.model.text import Source, Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "remove it from the notes folder, or attach an image, a PDF or data"
_LINK_HELP = "link to an image, a PDF or data, or to an address"


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, path in _links_to_unpublished_files(note, notebook):
        message = f"`{path}` is left out of the site: {notebook.files[path]}"
        yield Diagnostic(link.span, message, _LINK_HELP)


def check_files(notebook: Notebook) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that no note links to; the others are reported there."""
    linked = {
        path for note in notebook.notes for _, path in _links_to_unpublished_files(note, notebook)
    }
    for path, reason in sorted(notebook.files.items()):
        if reason and path not in linked:
            message = f"this file is left out of the site: {reason}"
            yield Diagnostic(Span(0, 0), message, _HELP, source=Source(path))


def _links_to_unpublished_files(note: Note, notebook: Notebook) -> Iterator[tuple[Link, str]]:
    """Yield the links of `note` to files that the site leaves out, with the files' paths."""
    for link, resolution in notebook.links.of(note):
        if link.target and resolution.is_missing:
            path = notebook.links.find_file(link, note)
            if path is not None and notebook.files[path]:
                yield link, path
