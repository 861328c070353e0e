"""A link to an image or file that does not exist.

Keep attachments in the notes folder, beside the note or in a folder below it.

Bad:

    ![the map](map.png)

Good: the same link, with the file `map.png` beside the note.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    links = notebook.links
    for link, resolution in links.list_links(note):
        if not resolution.is_missing or not link.is_file_link or links.find_file(link, note):
            continue
        outside = links.find_outside(link, note)
        if outside and not link.is_embed:
            continue
        if outside is not None:
            message = f"`{link.target}` is not in the notes folder, so that the site lacks it"
            yield Diagnostic(link.span, message, "copy it into the notes folder")
        elif link.is_empty:
            message = "this image has no address"
            yield Diagnostic(link.span, message, "write the path of a file, or remove it")
        else:
            near = links.fuzzy_files.find_nearest(link.target.rpartition("/")[2])
            help_ = f"did you mean `{near}`?" if near else "add the file, or correct the path"
            yield Diagnostic(link.span, f"there is no file at `{link.target}`", help_)
