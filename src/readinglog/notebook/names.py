"""Finding notes by name, title, alias, path and identifier."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from readinglog.model import identifiers
from readinglog.model.fuzzy_index import SAME_TITLE_SIMILARITY, FuzzyIndex
from readinglog.model.note import Note, shorten_title
from readinglog.model.slugs import fold, make_title_key
from readinglog.notebook.resolution import Resolution

NOTES_FOLDER = "notes"  # as paths from the repository, and addresses on the site, begin
_FROM_REPOSITORY = re.compile(rf"(?>(?:\.\./)*){NOTES_FOLDER}/")
_TELLING = 4  # words of a short title that is hardly another's
WORK_ID_PATTERN = re.compile(rf"({'|'.join(identifiers.IDENTIFIERS)}):\s*\S.*", re.IGNORECASE)


class NoteNames:
    """Finds notes by all that a link may call them."""

    def __init__(self, notes: Sequence[Note]) -> None:
        self._notes = notes

    @cached_property
    def by_name(self) -> dict[str, list[Note]]:
        """Notes by folded name; former names after those in use."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self._notes:
            found[fold(note.name)].append(note)
        return dict(found)

    @cached_property
    def _by_former_name(self) -> dict[str, list[Note]]:
        return _index((old, note) for note in self._notes for old in note.former_names)

    @cached_property
    def by_title(self) -> dict[str, list[Note]]:
        """Notes by folded title and alias."""
        return _index(
            (word, note) for note in self._notes for word in (note.title, *note.texts("aliases"))
        )

    @cached_property
    def by_path(self) -> dict[str, list[Note]]:
        """Notes by folded path without its suffix."""
        return _index((note.path.rpartition(".")[0], note) for note in self._notes)

    @cached_property
    def by_work(self) -> dict[str, list[Note]]:
        """Notes by the work they are about: `arxiv:…`, `doi:…` or a normalised address."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self._notes:
            for key in self.work_keys[note]:
                found[key].append(note)
        return dict(found)

    @cached_property
    def work_keys(self) -> dict[Note, set[str]]:
        """The keys of the work of each note: `arxiv:…`, `doi:…` or a normalized address."""
        return {
            note: {
                key
                for name in note.schema.locators
                if name in note.values and (key := get_work_key(note, name))
            }
            for note in self._notes
        }

    def find_work(self, url: str, title: str = "") -> Sequence[Note]:
        """Return the notes on the work at an address, id or DOI.

        Of works that share a site's front page, those with that `title` are meant, else the only
        one there.
        """
        if found := self.by_work.get(identifiers.make_work_key(url, title)):
            return found
        site = identifiers.make_work_key(url)
        there = [notes for key, notes in self.by_work.items() if key.startswith(f"{site} ")]
        return there[0] if len(there) == 1 else ()

    def resolve_name(self, target: str, note: Note | None = None) -> Resolution:
        """Return the notes that a wikilink's `target` may mean.

        It may be a name, path, title, alias, former name or identifier.
        """
        return Resolution(tuple(self._find(target, note)))

    def _find(self, target: str, note: Note | None) -> Sequence[Note]:
        if WORK_ID_PATTERN.match(target):
            found = identifiers.parse_reference(target)
            return self.by_work.get(identifiers.make_work_key(":".join(found)), ()) if found else ()
        plain = target.removesuffix(".md").removesuffix(".MD")
        key = fold(plain)
        if "/" in plain and (found_at := self._by_folder(plain, note)):
            return found_at
        return (
            self.by_name.get(key)
            or self.by_title.get(fold(target))
            or self._by_former_name.get(key)
            or ()
        )

    def _by_folder(self, target: str, note: Note | None) -> list[Note]:
        """Return the notes at a path from the notes folder, from the note's own, or at its end."""
        for path in list_paths(target, note, is_relative_first=False):
            if found := self._find_at(path):
                return found
        tail = "/" + fold(posixpath.normpath(target)).lstrip("/")
        return [
            n
            for n in self.by_name.get(fold(target.rpartition("/")[2]), ())
            if ("/" + _path_key(n)).endswith(tail)
        ]

    def _find_at(self, path: str) -> list[Note]:
        """Return the note at a path without its suffix, else those with another spelling of it."""
        found = self.by_path.get(fold(path), [])
        exact = [note for note in found if note.path.rpartition(".")[0] == path]
        return exact if len(exact) == 1 else found

    def resolve_path(self, target: str, note: Note) -> Resolution:
        """Return the notes at the path of a Markdown link.

        It counts from the folder of `note`, else from the notes folder or the repository; a file
        name alone may stand for any folder.
        """
        plain = target.rstrip("/").removesuffix(".md")
        for path in list_paths(plain, note):
            if found := self._find_at(path):
                return Resolution(tuple(found))
        return Resolution(tuple(self.by_name.get(fold(plain), ())) if "/" not in plain else ())

    def find_spelling(self, note: Note, writer: Note | None = None) -> str:
        """Return the path by which a wikilink in `writer` means `note` alone, if there is one."""
        path = note.path.rpartition(".")[0]
        spellings = (path, f"/{path}")
        return next(
            (words for words in spellings if self.resolve_name(words, writer).target is note), path
        )

    def find_similar_title(self, title: str) -> Note | None:
        """Return the note with nearly the title `title`, or None.

        Punctuation, typos and what follows a colon do not count; names and aliases do.
        """
        key, short = make_title_key(title), shorten_title(title)
        same = self._by_title_key.get(key) or self._by_title_key.get(
            self._title_keys.find_nearest(key, SAME_TITLE_SIMILARITY) or ""
        )
        called = (*self.by_name.get(fold(title), ()), *self.by_title.get(fold(title), ()))
        telling = make_title_key(short) if len(short.split()) >= _TELLING else key
        return same or next(iter(called), None) or self._by_short_title.get(telling)

    @cached_property
    def _by_title_key(self) -> dict[str, Note]:
        return {make_title_key(note.title): note for note in reversed(self._notes)}

    @cached_property
    def _title_keys(self) -> FuzzyIndex:
        return FuzzyIndex(self._by_title_key)

    @cached_property
    def _by_short_title(self) -> dict[str, Note]:
        return {
            key: note for note in reversed(self._notes) if (key := make_title_key(note.short_title))
        }

    @cached_property
    def fuzzy(self) -> FuzzyIndex:
        """Every name, title and alias that a link may use, for suggestions."""
        return FuzzyIndex(
            word for note in self._notes for word in (note.name, note.title, *note.texts("aliases"))
        )


def list_paths(target: str, note: Note | None, *, is_relative_first: bool = True) -> Iterator[str]:
    """Yield the paths below the notes folder that `target`, written in `note`, may mean.

    It counts from the folder of `note`, from the notes folder, or from that of the repository, as
    `../notes/ddpm.md` and `/notes/ddpm` do.
    """
    plain, folder = target.lstrip("/"), posixpath.dirname(note.path) if note else ""
    bases = (folder, "") if is_relative_first else ("", folder)
    paths = [posixpath.normpath(posixpath.join(base, plain)) for base in bases]
    yield from paths
    for path in paths:
        if found := _FROM_REPOSITORY.match(path):
            yield path[found.end() :]


class NameChanges(NamedTuple):
    """The notes that are gone or replaced, and the keys of names that notes have got or lost."""

    gone: frozenset[Note]
    keys: frozenset[str]


def find_name_changes(before: Iterable[Note], after: Iterable[Note]) -> NameChanges:
    """Return what differs between the names of notes before a change and after it."""
    old, new = frozenset(before), frozenset(after)
    gone = {note.path: note for note in old - new}
    come = {note.path: note for note in new - old}
    keys = (_list_keys(gone.get(path)) ^ _list_keys(come.get(path)) for path in gone | come)
    return NameChanges(old - new, frozenset().union(*keys))


def _list_keys(note: Note | None) -> frozenset[str]:
    """Return the keys of all that a link may call a note, and of the work it is about."""
    if note is None:
        return frozenset()
    names = (note.name, note.title, *note.texts("aliases"), *note.former_names)
    works = (get_work_key(note, field) for field in note.schema.locators)
    return frozenset((*map(fold, names), *filter(None, works)))


def list_target_keys(target: str) -> Iterator[str]:
    """Yield the keys of all notes that the target of a link or a relation may mean, as
    `resolve_name` and `resolve_path` find them; of paths, those of the file names.
    """
    plain = target.rstrip("/").removesuffix(".md").removesuffix(".MD")
    yield fold(target)
    yield fold(plain)
    if "/" in plain:
        yield fold(posixpath.basename(posixpath.normpath(plain)))
        yield fold(posixpath.basename(plain))
    if ":" in target and WORK_ID_PATTERN.match(target):
        yield identifiers.make_work_key(":".join(identifiers.parse_reference(target) or ()))


def get_work_key(note: Note, field: str) -> str:
    """Return the key of the work that a field of `note` names, or ''."""
    value = note.values.get(field)
    if not isinstance(value, str):
        return ""
    return identifiers.make_work_key(note.schema.fields[field].make_reference(value), note.title)


def _path_key(note: Note) -> str:
    return fold(note.path.rpartition(".")[0])


def _index(pairs: Iterable[tuple[str, Note]]) -> dict[str, list[Note]]:
    found: dict[str, list[Note]] = defaultdict(list)
    for word, note in pairs:
        if note not in found[fold(word)]:
            found[fold(word)].append(note)
    return dict(found)
