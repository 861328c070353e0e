"""Which notes get a page, and which former names lead to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property

from readinglog.model.note import Note
from readinglog.model.slugs import fold, is_former_name, parse_former_address
from readinglog.notebook.page_names import group_namesakes, list_free_names
from readinglog.notebook.sort_keys import newest_first


class Publication:
    """The notes of a log that are published."""

    def __init__(
        self,
        notes: Sequence[Note],
        today: date | None,
        excluded: Collection[str] = (),
        attachments: Collection[str] = (),
    ) -> None:
        """`excluded` has the paths of notes that the settings of the site leave out, `attachments`
        those of the other files that are published.
        """
        self._all = [note for note in notes if not note.is_draft and note.path not in excluded]
        self._today = today
        self._attachments = attachments

    @cached_property
    def notes(self) -> list[Note]:
        """The notes with a page, newest first: all but drafts."""
        return sorted((note for note in self._all if not note.is_page), key=newest_first)

    def find_shared_name(self, notes: Collection[Note]) -> str:
        """Return a name that all of some notes share, or ''."""
        shared = self.shared_names.items() if len(notes) > 1 else ()
        return next((name for name, group in shared if set(notes) <= set(group)), "")

    @cached_property
    def shared_names(self) -> dict[str, list[Note]]:
        """The names of several notes by which no page of these is called, with the notes."""
        return {
            name: group
            for group in self._namesakes.values()
            for name in list_free_names(group)
            if not self.is_attachment(name)
        }

    def get_namesakes(self, note: Note) -> list[Note]:
        """Return the other published notes that have the name of `note`, in any spelling."""
        return [other for other in self._namesakes.get(fold(note.name), ()) if other is not note]

    @cached_property
    def _namesakes(self) -> dict[str, list[Note]]:
        return group_namesakes(self.notes)

    @cached_property
    def pages(self) -> list[Note]:
        """The pages beside the notes, in order of path: only the first of equal names."""
        first = {fold(note.address): note for note in reversed(self._all) if note.is_page}
        return sorted(first.values(), key=lambda note: note.path)

    def is_published(self, note: Note) -> bool:
        """Return whether `note` gets a page, or is one."""
        return note in self._set

    @cached_property
    def _set(self) -> frozenset[Note]:
        return frozenset((*self.notes, *self.pages))

    def is_in_future(self, note: Note) -> bool:
        """Return whether a date of `note` is after the day of reading, which charts leave out."""
        if not self._today:
            return False
        return (note.date or self._today) > self._today or note.published[:4] > str(
            self._today.year
        )

    def find_owner(self, name: str) -> Note | None:
        """Return the note that has the address of `name`, by its own name or a former one."""
        return self._owners.get(fold(name))

    @cached_property
    def _owners(self) -> dict[str, Note]:
        owners = {fold(name): note for note in self.notes for name in self.get_former_names(note)}
        owners |= {fold(name): group[0] for name, group in self.shared_names.items()}
        return owners | {fold(note.page_name): note for note in self.notes}

    def get_former_names(self, note: Note) -> list[str]:
        """Return the former names that lead to `note`, not those of other notes."""
        return self._former_names.get(note, [])

    def join_names(self, note: Note) -> str:
        """Return a note's name and its former ones, joined by `/`."""
        name = note.page_name.replace("/", ":")  # `/` is what separates the names
        return "/".join((name, *self.get_former_names(note)))

    def find_former(self, key: str) -> Note | None:
        """Return the note to which a former name leads, which is folded."""
        return self._by_former_name.get(key)

    @cached_property
    def _by_former_name(self) -> dict[str, Note]:
        return {fold(name): note for note, names in self._former_names.items() for name in names}

    def is_attachment(self, path: str) -> bool:
        """Return whether a file that is published stands at a path, to which no name can lead."""
        return fold(path) in self._attachment_keys

    @cached_property
    def _attachment_keys(self) -> frozenset[str]:
        return frozenset(map(fold, self._attachments))

    def get_former_addresses(self, note: Note) -> list[str]:
        """Return the addresses of another site that lead to `note`, not those of other notes."""
        return self._former_addresses.get(note, [])

    @cached_property
    def _former_addresses(self) -> dict[Note, list[str]]:
        taken = {page.address.lower() for page in self.pages}
        found: dict[Note, list[str]] = {}
        for note in (*self.notes, *self.pages):
            for old in note.texts("redirect_from"):
                address = parse_former_address(old.strip())
                if address and address.lower() not in taken:
                    taken.add(address.lower())
                    found.setdefault(note, []).append(address)
        return found

    @cached_property
    def _former_names(self) -> dict[Note, list[str]]:
        taken = {fold(name) for note in self.notes for name in (note.name, note.page_name)}
        taken |= self._attachment_keys
        found: dict[Note, list[str]] = {}
        for note in self.notes:
            for name in note.former_names:
                if fold(name) not in taken and is_former_name(name):
                    taken.add(fold(name))
                    found.setdefault(note, []).append(name)
        return found
