"""A file that is not published.

The site publishes images, PDF, audio, video and data from the notes folder. Web pages, scripts,
programs and files without a known suffix are left out: a page could run code on the site, and a
key or password could leak. So are files whose first bytes are not those of their suffix, files
larger than 20 MB (the setting `attachment_megabytes` sets another limit), those whose names are not
UTF-8, and symbolic links to folders or out of the notes folder. A drawing (`.svg`) is published if
it contains no script and loads nothing from another host. A link to a file that is not published is
shown as plain text.

Bad, with the file `demo.html` beside the note:

    [the demo](demo.html)

Good:

    [the demo](https://example.org/demo)

Also good, with the file `demo.png` beside the note:

    ![what it shows](demo.png)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Link, Note
from readinglog.model.text import Source, Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "remove it from the notes folder, or attach an image, a PDF or data"
_TARGET_HELP = "put what it leads to into the notes folder itself, or remove the link"
_NAME_HELP = "rename it, in letters, digits and `-`"
_LINK_HELP = "link to an image, a PDF or data, or to an address"


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, path in _links_to_unpublished_files(note, notebook):
        message = f"`{path}` is left out of the site: {notebook.files[path]}"
        yield Diagnostic(link.span, message, _LINK_HELP)


def check_files(notebook: Notebook) -> Iterator[Diagnostic]:
    """Yield what is wrong with the files that no note links to; the others are reported there."""
    unpublished = {
        path: reason
        for path, reason in sorted(notebook.files.items())
        if reason and path not in notebook.surroundings.site_files
    }
    for note in notebook.notes if unpublished else ():
        for _, path in _links_to_unpublished_files(note, notebook):
            unpublished.pop(path, None)
    for path, reason in unpublished.items():
        message = f"this file is left out of the site: {reason}"
        yield Diagnostic(Span(0, 0), message, _choose_help(reason), source=Source(path))


def _choose_help(reason: str) -> str:
    if "symbolic link" in reason:
        return _TARGET_HELP
    return _NAME_HELP if "its name" in reason else _HELP


def _links_to_unpublished_files(note: Note, notebook: Notebook) -> Iterator[tuple[Link, str]]:
    """Yield the links of `note` to files that the site leaves out, with the files' paths."""
    for link, resolution in notebook.links.list_links(note):
        if link.target and resolution.is_missing:
            path = notebook.links.find_file(link, note)
            if path is not None and notebook.files[path]:
                yield link, path
