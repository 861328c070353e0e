"""A link to a note or file that is not there.

A reader who follows it finds nothing. A work that nobody has written about yet can be cited by its id instead:
`[[arxiv:2510.26788]]` leads to arXiv, is listed under wanted notes, and turns into a link when the note is written.

Bad:

    As in [[sparsly-gated-moe]] …

Good:

    As in [[sparsely-gated-moe]] …
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Link, Note
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for link, resolution in notebook.links.of(note):
        if (
            resolution.is_missing
            and not link.names_file
            and notebook.links.find_file(link, note) is None
        ):
            yield _finding(link, note, notebook)


def _finding(link: Link, note: Note, notebook: Notebook) -> Diagnostic:
    kind, _, rest = link.target.partition(":")
    if link.kind == "wikilink" and kind.lower() in ("arxiv", "doi") and rest:
        message = f"the log has no note about `{link.target}` yet"
        return Diagnostic(
            link.span,
            message,
            "nothing to do: it is listed under wanted notes",
            severity=Severity.INFO,
        )
    if link.kind == "wikilink" and kind.lower() in ("http", "https"):
        return Diagnostic(
            link.span, "a wikilink cannot be an address on the web", f"write `<{link.target}>`"
        )
    near = notebook.names.fuzzy.find_nearest(link.target.rpartition("/")[2].removesuffix(".md"))
    if link.kind == "wikilink":
        return MESSAGES["no-note"].diagnostic(link.span, text=link.target, near=near or "")
    target = notebook.names.find(near).target if near else None
    path = posixpath.relpath(target.path, posixpath.dirname(note.path) or ".") if target else ""
    help_ = f"did you mean `{path}`?" if path else "write the path of a note, relative to this file"
    return Diagnostic(link.span, f"there is nothing at `{link.target}`", help_)
