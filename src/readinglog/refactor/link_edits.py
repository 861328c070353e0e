"""Links written anew where a note gets another path: by edits of what has to change, the author's text left as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span, line_span
from readinglog.model.yaml_values import to_quoted_yaml, to_yaml
from readinglog.notebook.links import parse_relation_target
from readinglog.notebook.names import CITED_WORK
from readinglog.refactor.link_addresses import (
    make_relative,
    rewrite_file_address,
    rewrite_note_address,
    strip_suffix,
)
from readinglog.refactor.move import Move

_PARTS = re.compile(
    r"!?\[\[\s*(?P<target>(?:[^\[\]|#\\]|\\(?!\|))*)(?P<heading>\#(?:[^\[\]|\\]|\\(?!\|))*)?"
)
_WIKILINK = re.compile(r"\[\[[^\[\]\n]*\]\]")
_MARKS = re.compile(r"[\\`*$<~=%]|(?<!\w)_|_(?!\w)")  # what would be one in a label
_NOT_IN_WIKILINKS = frozenset("[]|#\\\n")


def make_link_edits(move: Move, writer: Note) -> Iterator[Edit]:
    """What to change in `writer`, one edit a link, so that each of its links leads where it led and shows what it showed."""
    for link, resolution in move.before.links.of(writer):
        if link.target and resolution.target:
            yield from (_wikilink if link.kind == "wikilink" else rewrite_note_address)(
                move, link, writer, resolution.target
            )
        elif link.target and writer is move.old and resolution.is_missing:
            yield from (_wikilink_to_file if link.kind == "wikilink" else rewrite_file_address)(
                move, link
            )
    for relation in move.before.links.relations_of(writer):
        if relation.resolution.target:
            yield from _relation(
                move, relation.span, relation.text, writer, relation.resolution.target
            )


def _wikilink(move: Move, link: Link, writer: Note, target: Note) -> Iterator[Edit]:
    goal, here, shown = (
        move.moved(target),
        move.moved(writer),
        move.before.links.text_of(link, writer),
    )
    leads_there = move.after.links.resolve(link, here).target is goal
    if leads_there and (
        target is not move.old
        or (not _by_name(link.target, target) and move.after.links.text_of(link, here) == shown)
    ):
        return
    name, heading = _parts(link, writer)
    if move.before.names.find(link.target, writer).is_missing:  # the `#` is a letter of the name
        name, heading = Span(name.start, heading.end), Span(heading.end, heading.end)
    new = _spelling(move, " ".join(writer.text[slice(*name)].split()), here, goal)
    shows = move.after.links.text_of(
        link._replace(target=new, heading=link.heading if heading.end > heading.start else None),
        here,
    )
    if link.label or link.embed or shows == shown:
        yield Edit(name, new)
    else:
        rest = (
            writer.text[slice(*heading)]
            + _bar(link, writer)
            + _MARKS.sub(lambda mark: f"\\{mark[0]}", shown)
        )
        yield Edit(Span(name.start, link.span.end - 2), new + rest)


def _wikilink_to_file(move: Move, link: Link) -> Iterator[Edit]:
    """The target of a wikilink of the moved note to a file, which stays where it is."""
    path = move.before.links.find_file(link, move.old)
    if path is not None and move.after.links.find_file(link, move.new) != path:
        named = (path, make_relative(posixpath.dirname(move.new.path), path))
        there = (
            words
            for words in named
            if move.after.links.find_file(link._replace(target=words), move.new) == path
        )
        yield Edit(_parts(link, move.old)[0], next(there))


def _relation(move: Move, span: Span, text: str, writer: Note, target: Note) -> Iterator[Edit]:
    goal, here, words = move.moved(target), move.moved(writer), parse_relation_target(text)
    if move.after.names.find(words, here).target is goal and (
        target is not move.old or not _by_name(words, target)
    ):
        return
    new, written = _spelling(move, words, here, goal), writer.text[slice(*span)]
    if written == words:
        yield Edit(span, to_yaml(new))
    elif words in written and not set(new) & set("\"'\\"):
        at = span.start + written.index(words)
        yield Edit(Span(at, at + len(words)), new)
    else:
        yield Edit(span, to_quoted_yaml(text.replace(words, new, 1)))


def _spelling(move: Move, words: str, here: Note, goal: Note) -> str:
    """How a wikilink of `here` that said `words` may call `goal`, as much alike as can be; `words` where nothing calls it alone."""
    suffix = ".md" if words.lower().endswith(".md") else ""
    folder, slash, _ = words.rpartition("/")
    names = (folder + slash + goal.name, strip_suffix(goal), goal.name, "/" + strip_suffix(goal))
    fit = (name + suffix for name in names if not set(name) & _NOT_IN_WIKILINKS)
    return next((name for name in fit if move.after.names.find(name, here).target is goal), words)


def _by_name(words: str, note: Note) -> bool:
    """Whether `words` call `note` by its name or path, not by its title, an alias or the work's id."""
    name = words.removesuffix(".md").rpartition("/")[2]
    is_name = name == note.name or (
        fold(name) == fold(note.name) and words not in (note.title, *note.texts("aliases"))
    )
    return is_name and not CITED_WORK.match(words)


def _parts(link: Link, writer: Note) -> tuple[Span, Span]:
    """Where a wikilink's target stands, and its heading with the `#`."""
    found = _PARTS.match(writer.masked, link.span.start)
    assert found  # noqa: S101 - it is a wikilink
    start, end = found.span("target")
    heading = Span(*found.span("heading")) if found["heading"] else Span(end, end)
    return Span(start, start + len(writer.masked[start:end].rstrip())), heading


def _bar(link: Link, writer: Note) -> str:
    """What parts a new label from the target: in a table it must not end the cell."""
    line = line_span(writer.masked, link.span.start)
    rest = writer.masked[line.start : link.span.start] + writer.masked[link.span.end : line.end]
    return "\\|" if "|" in _WIKILINK.sub("", rest) else "|"
