"""Addresses of Markdown links and of files, written anew where a note or the file that links to it moves."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span
from readinglog.refactor.move import Move

_PATH = re.compile(
    r"(?:&#?\w{1,31};|[^?#])*"
)  # of an address as it is written: what stands before its query and fragment
_BARE = re.compile(r"[^\s()<>\\]*\Z")  # of an address what needs no brackets around it
_ENCODED = re.compile(
    r"[^\w/.~,+@!=-]"
)  # what Markdown or a browser would take for a mark in an address


def rewrite_note_address(move: Move, link: Link, writer: Note, target: Note) -> Iterator[Edit]:
    """The address by which `writer` leads to `target`: relative, from the top or by the name alone, as it is written."""
    goal, here = move.moved(target), move.moved(writer)
    folder, new_folder = posixpath.dirname(writer.path), posixpath.dirname(here.path)
    if target is not move.old and folder == new_folder:
        return
    plain = link.target.rstrip("/").removesuffix(".md")
    suffix = link.target[len(plain) :]
    relative = make_relative(new_folder, strip_suffix(goal))
    relative = (
        f"./{relative}" if plain.startswith("./") and not relative.startswith("../") else relative
    )
    if link.target.startswith("/"):
        path = "/" + strip_suffix(goal)
    elif fold(posixpath.normpath(posixpath.join(folder, plain))) == fold(strip_suffix(target)):
        path = relative
    else:
        path = strip_suffix(goal) if "/" in plain else goal.name
    if move.after.names.find_path(path + suffix, here).target is not goal:
        path = relative
    if path + suffix != link.target:
        yield replace_path(link, writer, path + suffix)


def rewrite_file_address(move: Move, link: Link) -> Iterator[Edit]:
    """The address of a file in the moved note: the file stays where it is."""
    path = move.before.links.find_file(link, move.old)
    folder, new_folder = posixpath.dirname(move.old.path), posixpath.dirname(move.new.path)
    if path is None or folder == new_folder:
        return
    if (
        posixpath.normpath(posixpath.join(folder, link.target)) == path
        or move.after.links.find_file(link, move.new) != path
    ):
        yield replace_path(link, move.old, make_relative(new_folder, path))


def replace_path(link: Link, writer: Note, path: str) -> Edit:
    """The edit that leads a Markdown link to `path`, its query and fragment kept."""
    (start, end), text = link.address, writer.text
    found = _PATH.match(text, start, end)
    goes_on = found.end() if found else end
    new = _ENCODED.sub(lambda mark: quote(mark[0]), path)
    rest = text[goes_on:end].replace(" ", "%20")
    if (
        text[start - 1 : start] == "<" and text[end : end + 1] == ">" and _BARE.match(rest)
    ):  # what follows `<` may be taken for HTML
        return Edit(Span(start - 1, end + 1), new + rest)
    return Edit(Span(start, goes_on), new)


def make_relative(folder: str, path: str) -> str:
    """`path` as it is written in a file of `folder`."""
    return posixpath.relpath(f"/{path}", f"/{folder}")


def strip_suffix(note: Note) -> str:
    """The path without its suffix."""
    return note.path.rpartition(".")[0]
