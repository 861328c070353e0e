"""Edits of links where a note gets another path.

What need not change is left as the author wrote it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span, get_line_span
from readinglog.model.yaml_values import to_quoted_yaml, to_yaml
from readinglog.notebook.links import find_reading, parse_relation_target
from readinglog.notebook.names import WORK_ID_PATTERN
from readinglog.notebook.resolution import Relation
from readinglog.refactor.link_addresses import (
    make_relative,
    rewrite_file_address,
    rewrite_note_address,
    strip_suffix,
)
from readinglog.refactor.move import Move

_WIKILINK_PARTS = re.compile(
    r"!?\[\[\s*(?P<target>(?:[^\[\]|#\\]|\\(?!\|))*)(?P<heading>\#(?:[^\[\]|\\]|\\(?!\|))*)?"
)
_WIKILINK = re.compile(r"\[\[[^\[\]\n]*\]\]")
_LABEL_MARKUP = re.compile(r"[\\`*$<~=%]|(?<!\w)_|_(?!\w)")  # must be escaped in a label
_NOT_IN_WIKILINKS = frozenset("[]|#\\\n")


def make_link_edits(move: Move, writer: Note) -> Iterator[Edit]:
    """Yield the edits by which the links of `writer` keep their targets and shown texts."""
    for link, resolution in move.before.links.list_links(writer):
        if not link.target:
            continue
        is_wikilink = link.kind == "wikilink"
        if resolution.target:
            rewrite = _rewrite_wikilink if is_wikilink else rewrite_note_address
            yield from rewrite(move, link, writer, resolution.target)
        elif writer is move.old and resolution.is_missing:
            rewrite_file = _rewrite_wikilink_to_file if is_wikilink else rewrite_file_address
            yield from rewrite_file(move, link)
    for relation in move.before.links.list_relations(writer):
        if relation.resolution.target:
            yield from _rewrite_relation(move, relation, writer, relation.resolution.target)


def _rewrite_wikilink(move: Move, link: Link, writer: Note, target: Note) -> Iterator[Edit]:
    new_target, new_writer = move.get_moved(target), move.get_moved(writer)
    shown = move.before.links.get_label(link, writer)
    if _is_still_right(move, link, new_writer, target, shown):
        return
    name, heading = find_wikilink_parts(link, writer)
    written, new_heading = find_reading(link, target)
    rest = writer.text[slice(*heading)]
    if new_heading != link.heading:  # the `#` belongs to the name
        name, rest = Span(name.start, heading.end), f"#{new_heading}" if new_heading else ""
    new = _choose_spelling(move, written, new_writer, new_target)
    new_link = link._replace(target=new, heading=new_heading)
    if link.label or link.is_embed or move.after.links.get_label(new_link, new_writer) == shown:
        yield Edit(name, new + rest if new_heading != link.heading else new)
        return
    label = _LABEL_MARKUP.sub(lambda mark: f"\\{mark[0]}", shown)
    rest += make_label_separator(link, writer) + label
    yield Edit(Span(name.start, link.span.end - 2), new + rest)


def _is_still_right(move: Move, link: Link, new_writer: Note, target: Note, shown: str) -> bool:
    """Return whether a wikilink still has its target and shows the same text after the move."""
    after = move.after.links
    if after.resolve(link, new_writer).target is not move.get_moved(target):
        return False
    if target is not move.old:
        return True
    words, _ = find_reading(link, target)
    return not _is_by_name(words, target) and after.get_label(link, new_writer) == shown


def _rewrite_wikilink_to_file(move: Move, link: Link) -> Iterator[Edit]:
    """Yield the edit of a wikilink from the moved note to a file, if one is needed."""
    path = move.before.links.find_file(link, move.old)
    if path is None or move.after.links.find_file(link, move.new) == path:
        return
    for spelling in (path, make_relative(posixpath.dirname(move.new.path), path)):
        if move.after.links.find_file(link._replace(target=spelling), move.new) == path:
            yield Edit(find_wikilink_parts(link, move.old)[0], spelling)
            return


def _rewrite_relation(move: Move, relation: Relation, writer: Note, target: Note) -> Iterator[Edit]:
    new_target, new_writer = move.get_moved(target), move.get_moved(writer)
    span, words = relation.span, parse_relation_target(relation.text)
    leads_there = move.after.names.resolve_name(words, new_writer).target is new_target
    if leads_there and (target is not move.old or not _is_by_name(words, target)):
        return
    new = _choose_spelling(move, words, new_writer, new_target)
    written = writer.text[slice(*span)]
    if written == words:
        yield Edit(span, to_yaml(new))
    elif words in written and not set(new) & set("\"'\\"):
        start = span.start + written.index(words)
        yield Edit(Span(start, start + len(words)), new)
    else:
        yield Edit(span, to_quoted_yaml(relation.text.replace(words, new, 1)))


def _choose_spelling(move: Move, words: str, writer: Note, target: Note) -> str:
    """Return the text of a wikilink from `writer` to `target` that is most like the old `words`.

    It is `words` where nothing leads to `target` alone.
    """
    suffix = ".md" if words.lower().endswith(".md") else ""
    folder, slash, _ = words.rpartition("/")
    path = strip_suffix(target)
    for name in (folder + slash + target.name, path, target.name, f"/{path}"):
        if set(name) & _NOT_IN_WIKILINKS:
            continue
        if move.after.names.resolve_name(name + suffix, writer).target is target:
            return name + suffix
    return words


def _is_by_name(words: str, note: Note) -> bool:
    """Return whether `words` refer to `note` by name or path, not by title, alias or work id."""
    name = words.removesuffix(".md").rpartition("/")[2]
    if WORK_ID_PATTERN.match(words):
        return False
    if name == note.name:
        return True
    return fold(name) == fold(note.name) and words not in (note.title, *note.texts("aliases"))


def find_wikilink_parts(link: Link, writer: Note) -> tuple[Span, Span]:
    """Return the spans of a wikilink's target and of its heading with the `#`."""
    found = _WIKILINK_PARTS.match(writer.masked, link.span.start)
    assert found  # noqa: S101 - it is a wikilink
    start, end = found.span("target")
    heading = Span(*found.span("heading")) if found["heading"] else Span(end, end)
    return Span(start, start + len(writer.masked[start:end].rstrip())), heading


def make_label_separator(link: Link, writer: Note) -> str:
    """Return what separates a new label from the target; in a table it must not end the cell."""
    line = get_line_span(writer.masked, link.span.start)
    rest = writer.masked[line.start : link.span.start] + writer.masked[link.span.end : line.end]
    return "\\|" if "|" in _WIKILINK.sub("", rest) else "|"
