"""Renaming a note."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from readinglog.lint.linter import replace_sources
from readinglog.model.note import Note
from readinglog.model.slugs import (
    clean_former_name,
    fold,
    is_kebab,
    is_reserved_name,
    to_kebab,
)
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
from readinglog.refactor.change import (
    Change,
    RefactoringError,
    check_readable,
    edit_sources,
    make_change,
)
from readinglog.refactor.link_edits import make_link_edits
from readinglog.refactor.move import Move

_FIELD = "redirect_from"
_SUFFIXES = re.compile(r"(?<!\.md)(?:\.md)+\Z", re.IGNORECASE)


class _Redirect(NamedTuple):
    """The edits of `redirect_from`, and what to tell about them."""

    edits: list[Edit]
    remark: str = ""


def rename_note(notebook: Notebook, note: Note, new: str) -> Change:
    """Return the change that renames `note` to `new`, a name or a path, with every link to it.

    The old name is kept in `redirect_from`. Raise RefactoringError where `note` cannot have that
    name.
    """
    check_readable(note, "renamed")
    path = _make_path(notebook, note, new)
    after = replace_sources(notebook, {note.source: Source(path, note.source.data)})
    move = Move(notebook, after, note, after.by_path[path])
    edits = {
        writer.source: list(dict.fromkeys(make_link_edits(move, writer)))
        for writer in notebook.notes
    }
    links, notes = sum(map(len, edits.values())), sum(map(bool, edits.values()))
    redirect = _make_redirect(note, move.new.name, notebook)
    edits[note.source] += redirect.edits
    texts = {note.source: note.text} | edit_sources(edits)
    if link := move.find_changed_target(texts):
        message = f"{link} would point to something else and cannot be rewritten"
        hint = "fix it first, or choose another name or folder"
        raise RefactoringError(message, hint)
    rewritten = "no link had to be rewritten"
    if links:
        rewritten = f"{pluralize(links, 'link')} in {pluralize(notes, 'note')} rewritten"
    remarks = [redirect.remark] if redirect.remark else []
    if filled := move.count_filled_links():
        verb = "leads" if filled == 1 else "lead"
        remarks.append(f"{pluralize(filled, 'link')} that had no target now {verb} to `{path}`")
    summary = f"`{note.path}` is now `{path}`; {rewritten}"
    return make_change(notebook, texts, summary, remarks, (note.source, path))


def _make_path(notebook: Notebook, note: Note, new: str) -> str:
    """Return the path that `note` gets. Raise RefactoringError where it cannot have it."""
    folder, slash, name = _SUFFIXES.sub("", new).rpartition("/")
    folder = "/".join(filter(None, folder.split("/"))) if slash else posixpath.dirname(note.path)
    path = f"{folder}/{name}.md" if folder else f"{name}.md"
    if not new.strip():
        raise RefactoringError("the new name is missing", f"write what to call `{note.name}`")
    if not name:
        kept = posixpath.join(folder, note.name)
        hint = f"write `{kept}` to move it there and keep its name"
        raise RefactoringError(f"`{new}` is not a name for a note", hint)
    known_folders = {"", *(posixpath.dirname(other.path) for other in notebook.notes)}
    for part in () if folder in known_folders else folder.split("/"):
        _check_name(part)
    _check_name(name)
    if path == note.path:
        message = f"`{note.path}` has that name already"
        raise RefactoringError(message)
    _check_not_taken(notebook, note, name)
    return path


def _check_name(part: str) -> None:
    """Raise RefactoringError where a note or a folder cannot have that name."""
    better = to_kebab(part)
    if is_reserved_name(part) or is_reserved_name(better):
        raise RefactoringError(f"the name `{part}` is reserved", "name the note after its subject")
    if is_kebab(part):
        return
    hint = f"write `{better}`" if better else "use letters and digits"
    raise RefactoringError(f"`{part}` is not lower-case words joined by `-`", hint)


def _check_not_taken(notebook: Notebook, note: Note, name: str) -> None:
    """Raise RefactoringError where links use `name` for another note."""
    key = fold(name)
    for other in notebook.notes:
        if other is note:
            continue
        if fold(other.name) == key:
            message = f"the name `{name}` is taken by `{other.path}`"
            raise RefactoringError(message, "choose another")
        if key in map(fold, other.former_names):
            message = f"`{name}` is a former name of `{other.path}`"
            hint = f"choose another, or remove it from its `{_FIELD}`"
            raise RefactoringError(message, hint)
        if key in map(fold, (other.title, *other.texts("aliases"))):
            message = f"`{name}` is the title or an alias of `{other.path}`, which links use"
            raise RefactoringError(message, "choose another")


def _make_redirect(note: Note, new: str, notebook: Notebook) -> _Redirect:
    """Return the edits that add the old name to `redirect_from` and remove the new one."""
    old_key, new_key, items = fold(note.name), fold(new), note.get_scalars(_FIELD)
    is_shared = len(notebook.names.by_name[old_key]) > 1
    known = {_make_key(item) for item in items}
    is_needless = is_shared or old_key == new_key or old_key in known
    wanted = [] if is_needless else [note.name]
    unwanted = [item for item in items if _make_key(item) == new_key]
    edits = list(_edit_former_names(note, wanted, unwanted))
    expected = known - {new_key} | set(map(fold, wanted))
    if not _is_safe(note, edits, expected):
        line = f"{_FIELD}: [{to_yaml(note.name)}]"
        remark = f"to redirect old addresses to the note, fix its front matter and add `{line}`"
        return _Redirect([], remark)
    if is_shared:
        remark = (
            f"another note is named `{note.name}`: links and addresses with that name lead there"
        )
        return _Redirect(edits, remark)
    return _Redirect(edits)


def _make_key(item: Scalar) -> str:
    return fold(clean_former_name(item.text))


def _is_safe(note: Note, edits: list[Edit], expected: set[str]) -> bool:
    """Return whether `edits` give `note` the `expected` former names and change nothing else."""
    changed = parse_note(Source(note.path, apply_edits(note.text, edits).encode()), note.schema)
    if len(changed.diagnostics) > len(note.diagnostics):
        return False
    former = set(map(fold, changed.former_names))
    return former == expected and _get_others(changed) == _get_others(note)


def _edit_former_names(note: Note, wanted: list[str], unwanted: list[Scalar]) -> Iterator[Edit]:
    """Yield the edits of `redirect_from`, in whatever style it is written."""
    text, field = note.text, note.fields.get(_FIELD)
    if field is None:
        if wanted and note.body.start:
            line = f"{_FIELD}: [{to_yaml(note.name)}]"
            yield insert_line_after(text, _find_field_position(note), line)
    elif wanted and unwanted:
        yield replace_item(text, field.value, unwanted[0], wanted)
        yield from (remove_item(text, item) for item in unwanted[1:])
    elif wanted:
        yield append_items(text, field.value, wanted)
    else:
        yield from (remove_item(text, item) for item in unwanted)


def _find_field_position(note: Note) -> int:
    """Return where the last field ends that comes before `redirect_from` in the schema's order."""
    order = list(note.schema.fields)
    later = order[order.index(_FIELD) :]
    ends = (
        max(field.name_span.end, find_end(note.text, field.value))
        for field in note.fields.values()
        if field.name not in later
    )
    return max(ends, default=0)


def _get_others(note: Note) -> tuple[object, ...]:
    """Return what must not change of a note when `redirect_from` does."""
    values = {name: value for name, value in note.values.items() if name != _FIELD}
    return values, len(note.links), len(note.headings)
