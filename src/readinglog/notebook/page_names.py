"""The names of pages: those of notes, with the folder where several notes have one name."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from readinglog.model.note import Note
from readinglog.model.slugs import fold


def assign_page_names(
    notes: Sequence[Note], excluded: Collection[str] = (), attachments: Collection[str] = ()
) -> tuple[Note, ...]:
    """Return `notes`, each with the name of its page, which no other note has.

    Notes whose names are the same, or differ in case or spelling alone, have their folders in
    theirs, and a note that is named like one of the `attachments` has a number. Drafts and notes at
    the paths `excluded` have no page, and do not count, nor do pages beside the notes.
    """
    shared = _choose_names(
        [note for note in notes if is_listed(note) and note.path not in excluded],
        {_make_file_key(path) for path in attachments},
    )
    return tuple(
        note
        if note.shared_name == shared.get(note, "")
        else replace(note, shared_name=shared.get(note, ""))
        for note in notes
    )


def is_listed(note: Note) -> bool:
    """Return whether `note` is no draft, and no page beside the notes."""
    return not (note.is_draft or note.is_page)


def group_namesakes(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Return the notes that are not alone with their name, by that name folded."""
    groups: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        groups[fold(note.name)].append(note)
    return {key: group for key, group in groups.items() if len(group) > 1}


def _choose_names(notes: Sequence[Note], attachments: Collection[str]) -> dict[Note, str]:
    """Return the name of the page of each note that is not alone with its name.

    `attachments` has the paths at which no page can be, as file systems compare them.
    """
    groups = group_namesakes(notes)
    namesakes = {note: note.path.rpartition(".")[0] for group in groups.values() for note in group}
    others = {note: note.name for note in notes if _make_file_key(note.name) in attachments}
    renamed = others | namesakes
    if not renamed:
        return {}
    taken = {_make_file_key(note.name) for note in notes if note not in renamed}
    taken.update(attachments)
    found: dict[Note, str] = {}
    for note, wanted in renamed.items():
        name, number = wanted, 1
        while _make_file_key(name) in taken:  # by file systems to which case is nothing
            number += 1
            name = f"{wanted}-{number}"
        taken.add(_make_file_key(name))
        found[note] = name
    return found


def list_free_names(namesakes: Sequence[Note]) -> list[str]:
    """Return the names of notes by which none of their pages is called, each in one spelling."""
    taken = {_make_file_key(note.page_name) for note in namesakes}
    names = {_make_file_key(note.name): note.name for note in namesakes}
    return [name for key, name in names.items() if key not in taken]


def _make_file_key(path: str) -> str:
    """Return the form in which file systems that ignore case and composition compare paths."""
    return unicodedata.normalize("NFC", path).casefold()
