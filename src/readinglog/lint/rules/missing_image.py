"""A link to an image or file that does not exist, or a player with nothing to play.

Keep attachments in the notes folder, beside the note or in a folder below it.

Bad:

    ![the map](map.png)

Good: the same link, with the file `map.png` beside the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.html_tags import find_attributes, find_tags

SEVERITY = Severity.ERROR
_PLAYERS = ("audio", "video")


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    if "html" in note.region_kinds:
        yield from _check_players(note)
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


def _check_players(note: Note) -> Iterator[Diagnostic]:
    """Report each `<audio>` and `<video>` that names no file."""
    player: re.Match[str] | None = None
    for region in note.regions:
        if region.kind != "html":
            continue
        for tag in find_tags(note.text, region.start, region.end):
            name, is_end = tag[1].lower(), tag[0].startswith("</")
            if name in (*_PLAYERS, "source") and not is_end and _has_source(note.text, tag):
                player = None
            elif name in _PLAYERS:
                if player:
                    yield _report_player(player)
                player = None if is_end else tag
    if player:
        yield _report_player(player)


def _has_source(text: str, tag: re.Match[str]) -> bool:
    return any(attribute.name == "src" for attribute in find_attributes(text, tag))


def _report_player(tag: re.Match[str]) -> Diagnostic:
    message = f"this `<{tag[1].lower()}>` has nothing to play"
    return Diagnostic(
        Span(*tag.span()), message, 'write the path of a file as `src="…"`, or remove it'
    )
