"""Edits that let the links of an imported text lead to what they meant in the source."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from readinglog.interchange.importers.importer import ProposedLink
from readinglog.model.note import Link, Note
from readinglog.model.text import Edit, Span
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.link_addresses import make_relative, replace_path
from readinglog.refactor.link_edits import find_wikilink_parts, make_label_separator


class Targets(NamedTuple):
    """The notes of proposals by their ids, and the paths in the log of files of the source."""

    notes: Mapping[str, Note]
    files: Mapping[str, str]


def point_links(
    note: Note,
    body_start: int,
    links: Mapping[int, ProposedLink],
    targets: Targets,
    notebook: Notebook,
) -> Iterator[Edit]:
    """Yield the edits of the links of `note` that would not lead to what they mean.

    `links` are those of the source, by where they begin in the text from `body_start` on.
    """
    for link in note.links:
        proposed = links.get(link.span.start - body_start)
        if proposed is None:
            continue
        target = targets.notes.get(proposed.item)
        path = targets.files.get(proposed.file)
        if target and notebook.links.resolve(link, note).target is not target:
            yield from _point_to_note(link, note, target, notebook)
        elif path and notebook.links.find_file(link, note) != path:
            yield _point_to_file(link, note, path)


def _point_to_note(link: Link, note: Note, target: Note, notebook: Notebook) -> Iterator[Edit]:
    if link.kind != "wikilink":
        yield replace_path(link, note, make_relative(posixpath.dirname(note.path), target.path))
        return
    spelling = target.name
    if notebook.names.resolve_name(spelling, note).target is not target:
        spelling = notebook.names.find_spelling(target, note)
    name, heading = find_wikilink_parts(link, note)
    yield Edit(name, spelling)
    if not link.label and not link.is_embed:
        shown = note.text[slice(*name)].rpartition("/")[2].removesuffix(".md")
        separator = make_label_separator(link, note)
        yield Edit(Span(heading.end, heading.end), f"{separator}{shown}")


def _point_to_file(link: Link, note: Note, path: str) -> Edit:
    if link.kind == "wikilink":
        return Edit(find_wikilink_parts(link, note)[0], path)
    return replace_path(link, note, make_relative(posixpath.dirname(note.path), path))
