"""A file that is not published.

The site publishes images, PDF, audio, video and data from the notes folder. Web pages, scripts,
programs and files without a known suffix are left out: a page could run code on the site, and a
key or password could leak. A drawing (`.svg`) is published if it contains no script and loads
nothing from another host. A link to a file that is not published is shown as plain text.

Bad, with the file `demo.html` beside the note:

    [the demo](demo.html)

Good:

    [the demo](https://example.org/demo)

Also good, with the file `demo.png` beside the note:

    ![what it shows](demo.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Finding, Severity
from readinglog.model.note import Note
from readinglog.model.text import Source, Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "take it out of the notes folder, or attach an image, a PDF or data"


def check(note: Note, notebook: Notebook) -> Iterator[Finding]:
    for link, resolution in notebook.links.of(note):
        path = (
            notebook.links.find_file(link, note) if link.target and resolution.is_missing else None
        )
        if path is not None and (why := notebook.files[path]):
            yield Finding(
                link.span,
                f"`{path}` is left out of the site: {why}",
                "link to an image, a PDF or data, or to an address",
            )


def of_files(notebook: Notebook) -> Iterator[tuple[Source, Finding]]:
    """The findings about the files themselves, whether or not a note links to them."""
    for path, why in sorted(notebook.files.items()):
        if why:
            yield (
                Source(path),
                Finding(Span(0, 0), f"this file is left out of the site: {why}", _HELP),
            )
