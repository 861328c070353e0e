"""A link to a note that does not exist.

Readers who follow it find nothing. If a work has no note yet, link to its id:
`[[doi:10.5962/bhl.title.68064]]` leads to it, appears under *Wanted*, and turns into a link to the
note once someone writes it.

Bad:

    As in [[orign-of-species]] …

Good:

    As in [[origin-of-species]] …
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.identifiers import IDENTIFIERS
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Link, Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_EMPTY_HELP = "write an address between the parentheses, or its text alone"
_OUTSIDE_HELP = (
    "set `repo_url` in mkdocs.yml to link to the repository, or copy the file into notes"
)
_BROKEN_WIKILINK = re.compile(r"\[\[[^\[\]\n]++\n(?![ \t>]*+\n)[^\[\]\n]++\]\]")


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    yield from _find_broken_wikilinks(note)
    for link, resolution in notebook.links.list_links(note):
        if not resolution.is_missing or link.is_file_link or notebook.links.find_file(link, note):
            continue
        outside = notebook.links.find_outside(link, note)
        if outside:
            continue
        if outside is not None:
            message = f"`{link.target}` is not in the notes folder, and has no known address"
            yield Diagnostic(link.span, message, _OUTSIDE_HELP, severity=Severity.WARNING)
        elif notebook.links.is_folder(link, note):
            message = f"`{link.target}` is a folder, which has no page"
            yield Diagnostic(link.span, message, "link to a note in it, or to its tag")
        elif link.is_empty:
            yield Diagnostic(link.span, "this link has no address", _EMPTY_HELP)
        elif link.kind == "wikilink":
            yield _explain_wikilink(link, notebook)
        else:
            yield _explain_path(link, note, notebook)


def _find_broken_wikilinks(note: Note) -> Iterator[Diagnostic]:
    """Yield what looks like a wikilink but for the end of a line in it."""
    wikilinks = [link for link in note.links if link.kind == "wikilink"]
    if note.text.count("[[", note.body.start) > len(wikilinks):  # there are others, such as in code
        for found in _BROKEN_WIKILINK.finditer(note.masked, note.body.start):
            message = "a wikilink cannot go on in the next line"
            help_ = f"write `{' '.join(found[0].split())}` on one line"
            yield Diagnostic(Span(*found.span()), message, help_, severity=Severity.WARNING)


def _explain_wikilink(link: Link, notebook: Notebook) -> Diagnostic:
    scheme, _, rest = link.target.partition(":")
    if scheme.lower() in IDENTIFIERS and rest:
        message = f"the log has no note about `{link.target}` yet"
        help_ = "nothing to do: it is listed under wanted notes"
        return Diagnostic(link.span, message, help_, severity=Severity.INFO)
    if scheme.lower() in ("http", "https"):
        message = "a wikilink cannot be an address on the web"
        return Diagnostic(link.span, message, f"write `<{link.target}>`")
    if removal := notebook.removals.find(link.target):
        message = f"the note `{link.target}` was removed"
        instead = removal.instead and removal.instead.text
        help_ = f"link to `{instead}` instead" if instead else "write its name without brackets"
        return Diagnostic(link.span, message, help_)
    near = _suggest_name(link, notebook) or ""
    return MESSAGES["unresolved-link"].make_diagnostic(link.span, text=link.target, near=near)


def _explain_path(link: Link, note: Note, notebook: Notebook) -> Diagnostic:
    near = _suggest_name(link, notebook)
    target = notebook.names.resolve_name(near).target if near else None
    help_ = "write the path of a note, relative to this file"
    if target:
        path = posixpath.relpath(target.path, posixpath.dirname(note.path) or ".")
        help_ = f"did you mean `{path}`?"
    return Diagnostic(link.span, f"there is nothing at `{link.target}`", help_)


def _suggest_name(link: Link, notebook: Notebook) -> str | None:
    name = link.target.rpartition("/")[2].removesuffix(".md")
    return notebook.names.fuzzy.find_nearest(name)
