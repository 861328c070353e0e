"""A note under another name."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from readinglog.lint.linter import replace_sources
from readinglog.model.fields import FIELDS
from readinglog.model.note import Note
from readinglog.model.slugs import KEBAB, RESERVED, fold, to_kebab
from readinglog.model.text import Edit, Source, apply_edits, pluralize
from readinglog.model.yaml_values import Scalar, to_yaml
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.parsing.yaml_edits import (
    append_items,
    find_end,
    insert_line_after,
    remove_item,
    replace_item,
)
from readinglog.refactor.change import UNREAD, Change, Refused, edit_sources, make_change
from readinglog.refactor.link_edits import make_link_edits
from readinglog.refactor.move import Move

_FIELD = "redirect_from"
_SUFFIXES = re.compile(r"(?:\.md)+\Z", re.IGNORECASE)


def rename_note(notebook: Notebook, note: Note, new: str) -> Change | Refused:
    """`note` called `new`, a name or the path of a file, with every link to it; the old name is left in `redirect_from`."""
    if unread := next((problem for problem in note.diagnostics if problem.rule in UNREAD), None):
        return Refused(f"`{note.path}` cannot be renamed: {unread.message}; {unread.help}")
    path = _destination(notebook, note, new)
    if isinstance(path, Refused):
        return path
    source = Source(path, note.source.data)
    after = replace_sources(notebook, {note.source: source})
    move = Move(notebook, after, note, after.by_path[path])
    edits = {
        writer.source: list(dict.fromkeys(make_link_edits(move, writer)))
        for writer in notebook.notes
    }
    links, notes = sum(map(len, edits.values())), sum(map(bool, edits.values()))
    former, remarks = _redirected(note, move.new.name, notebook)
    edits[note.source] += former
    texts = {note.source: note.text} | edit_sources(edits)
    if astray := move.astray(texts):
        return Refused(
            f"{astray} would lead elsewhere, and can be written in no other way: mend it first, or choose another name or folder"
        )
    if filled := move.filled():
        remarks.append(
            f"{pluralize(filled, 'link')} that led nowhere {'leads' if filled == 1 else 'lead'} to `{path}` now"
        )
    told = (
        f"{pluralize(links, 'link')} in {pluralize(notes, 'note')} rewritten"
        if links
        else "no link had to be rewritten"
    )
    done = f"`{note.path}` is now `{path}`; {told}"
    return make_change(notebook, texts, done, remarks, (note.source, path))


def _destination(notebook: Notebook, note: Note, new: str) -> str | Refused:
    """The path that `note` gets, or why it cannot have it."""
    folder, slash, name = _SUFFIXES.sub("", new).rpartition("/")
    folder = "/".join(filter(None, folder.split("/"))) if slash else posixpath.dirname(note.path)
    path = f"{folder}/{name}.md" if folder else f"{name}.md"
    if not new.strip():
        return Refused(f"a name is missing: write what `{note.name}` is to be called")
    if not name:
        return Refused(
            f"`{new}` is no name for a note: write `{posixpath.join(folder, note.name)}` to move it there and keep its name"
        )
    known = {"", *(posixpath.dirname(other.path) for other in notebook.notes)}
    for part in (*(() if folder in known else folder.split("/")), name):
        if why := _no_name(part):
            return Refused(why)
    if path == note.path:
        return Refused(f"`{note.path}` has that name already")
    return next(_takers(notebook, note, name), path)


def _no_name(part: str) -> str:
    """Why a note or a folder cannot be called so, or ''."""
    better = to_kebab(part)
    if {part, better} & RESERVED:
        return f"nothing can be named `{part}`: call it by what it is about"
    if KEBAB.match(part):
        return ""
    help_ = (
        f"write `{better}`"
        if KEBAB.match(better) and better != "note"
        else "write it in a to z and 0 to 9"
    )
    return f"`{part}` is not lower-case words joined by `-`: {help_}"


def _takers(notebook: Notebook, note: Note, name: str) -> Iterator[Refused]:
    """Why `note` cannot be called `name`: links by it would lead to another note, or from one."""
    key = fold(name)
    for other in notebook.notes:
        if other is note:
            continue
        if fold(other.name) == key:
            yield Refused(f"the name `{name}` is taken by `{other.path}`: choose another")
        if key in map(fold, other.texts(_FIELD)):
            yield Refused(
                f"`{name}` is a former name of `{other.path}`: choose another, or take it out of its `{_FIELD}`"
            )
        if key in map(fold, (other.title, *other.texts("aliases"))):
            yield Refused(
                f"`{name}` is the title or an alias of `{other.path}`, by which links call it: choose another"
            )


def _redirected(note: Note, new: str, notebook: Notebook) -> tuple[list[Edit], list[str]]:
    """The edits by which `redirect_from` gets the name that `note` had and loses the one that it gets, and what to know of them."""
    key, has = fold(note.name), note.scalars(_FIELD)
    taken = len(notebook.names.by_name[key]) > 1
    needless = taken or key == fold(new) or any(fold(item.text) == key for item in has)
    edits = list(
        _former(
            note,
            [] if needless else [note.name],
            [item for item in has if fold(item.text) == fold(new)],
        )
    )
    changed = parse_note(Source(note.path, apply_edits(note.text, edits).encode()))
    expected = {fold(item.text) for item in has} - {fold(new)} | (set() if needless else {key})
    more = len(changed.diagnostics) > len(note.diagnostics)
    if (
        more
        or _others(changed) != _others(note)
        or set(map(fold, changed.texts(_FIELD))) != expected
    ):
        return [], [
            f"for old addresses to lead to the note, mend its front matter and write `{_FIELD}: [{to_yaml(note.name)}]` into it"
        ]
    return edits, [
        f"another note is called `{note.name}`: links and addresses of that name lead there"
    ] if taken else []


def _former(note: Note, wanted: list[str], unwanted: list[Scalar]) -> Iterator[Edit]:
    """The edits of `redirect_from`, in whatever style it is written."""
    text, field = note.text, note.fields.get(_FIELD)
    if field is None:
        if wanted and note.body.start:
            yield insert_line_after(text, _place(note), f"{_FIELD}: [{to_yaml(note.name)}]")
    elif wanted and unwanted:
        yield replace_item(text, field.value, unwanted[0], wanted)
        yield from (remove_item(text, item) for item in unwanted[1:])
    elif wanted:
        yield append_items(text, field.value, wanted)
    else:
        yield from (remove_item(text, item) for item in unwanted)


def _place(note: Note) -> int:
    """Where the last field ends that stands before `redirect_from` in the schema's order."""
    order = list(FIELDS)
    later = order[order.index(_FIELD) :]
    ends = (
        max(field.name_span.end, find_end(note.text, field.value))
        for field in note.fields.values()
        if field.name not in later
    )
    return max(ends, default=0)


def _others(note: Note) -> tuple[object, ...]:
    """What must not change of a note when `redirect_from` does."""
    return (
        {name: value for name, value in note.values.items() if name != _FIELD},
        len(note.links),
        len(note.headings),
    )
