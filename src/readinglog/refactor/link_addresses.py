"""Rewriting the addresses of Markdown links and of files where a note moves."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import quote

from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span
from readinglog.refactor.move import Move

_PATH = re.compile(r"(?:&#?\w{1,31};|[^?#])*")  # the part before the query and the fragment
_NEEDS_NO_BRACKETS = re.compile(r"[^\s()<>\\]*\Z")
_ESCAPED = re.compile(r"[^\w/.~,+@!=-]")  # characters with a meaning in Markdown or in addresses


def rewrite_note_address(move: Move, link: Link, writer: Note, target: Note) -> Iterator[Edit]:
    """Yield the edit of a Markdown link from `writer` to `target`, if one is needed.

    The address stays relative, absolute or a bare name, as it is written.
    """
    new_target, new_writer = move.get_moved(target), move.get_moved(writer)
    folder, new_folder = posixpath.dirname(writer.path), posixpath.dirname(new_writer.path)
    if target is not move.old and folder == new_folder:
        return
    plain = link.target.rstrip("/").removesuffix(".md")
    suffix = link.target[len(plain) :]
    relative = make_relative(new_folder, strip_suffix(new_target))
    if plain.startswith("./") and not relative.startswith("../"):
        relative = f"./{relative}"
    if link.target.startswith("/"):
        path = "/" + strip_suffix(new_target)
    elif fold(posixpath.normpath(posixpath.join(folder, plain))) == fold(strip_suffix(target)):
        path = relative
    elif "/" in plain:
        path = strip_suffix(new_target)
    else:
        path = new_target.name
    if move.after.names.resolve_path(path + suffix, new_writer).target is not new_target:
        path = relative
    if path + suffix != link.target:
        yield replace_path(link, writer, path + suffix)


def rewrite_file_address(move: Move, link: Link) -> Iterator[Edit]:
    """Yield the edit of a link from the moved note to a file, if one is needed."""
    path = move.before.links.find_file(link, move.old)
    if path is None and move.before.links.find_outside(link, move.old) is not None:
        path = move.old.make_outside_path(link)
    folder, new_folder = posixpath.dirname(move.old.path), posixpath.dirname(move.new.path)
    if path is None or folder == new_folder:
        return
    is_relative = posixpath.normpath(posixpath.join(folder, link.target)) == path
    if is_relative or move.after.links.find_file(link, move.new) != path:
        yield replace_path(link, move.old, make_relative(new_folder, path))


def replace_path(link: Link, writer: Note, path: str) -> Edit:
    """Return the edit of a Markdown link to the target `path`; query and fragment stay."""
    (start, end), text = link.address_span, writer.text
    found = _PATH.match(text, start, end)
    path_end = found.end() if found else end
    new = _ESCAPED.sub(lambda character: quote(character[0]), path)
    rest = text[path_end:end].replace(" ", "%20")
    in_brackets = text[start - 1 : start] == "<" and text[end : end + 1] == ">"
    if in_brackets and _NEEDS_NO_BRACKETS.match(rest):
        # Without them, as Markdown may take what follows a `<` for HTML.
        return Edit(Span(start - 1, end + 1), new + rest)
    return Edit(Span(start, path_end), new)


def make_relative(folder: str, path: str) -> str:
    """Return `path` as it is written in a file of `folder`."""
    root = "/_" * (path.count("../") + 1)  # so deep that a path can lead out of the notes folder
    return posixpath.relpath(f"{root}/{path}", f"{root}/{folder}")


def strip_suffix(note: Note) -> str:
    """Return the path of `note` without its suffix."""
    return note.path.rpartition(".")[0]
