"""Names for notes that are created: unique, and those that a person would choose."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from readinglog.citations.draft import make_name
from readinglog.interchange.importers.importer import Proposal
from readinglog.model.kinds import PAGE
from readinglog.model.slugs import SITE_SECTIONS, fold, is_former_name, is_reserved_name, to_kebab
from readinglog.notebook.notebook import Notebook

_BYTES_LIMIT = 120  # of a name


class NameAllocation:
    """Names that are taken, and those that are given away."""

    def __init__(self, notebook: Notebook, others: Iterable[str]) -> None:
        """`others` are names that are taken besides those of the notes."""
        former = (old for note in notebook.notes for old in note.former_names)
        self._taken = {*notebook.names.by_name, *map(fold, former), *map(fold, others)}
        self._numbers: dict[str, int] = {}

    def allocate(self, proposal: Proposal) -> str:
        """Return the name for the note of a proposal, which no other note has."""
        base = self._choose(proposal)
        name = base
        if fold(name) in self._taken or self._is_reserved(name, proposal):
            for number in count(self._numbers.get(base, 2)):
                name = f"{base}-{number}"
                if fold(name) not in self._taken:
                    self._numbers[base] = number + 1
                    break
        self._taken.add(fold(name))
        return name

    def _choose(self, proposal: Proposal) -> str:
        wanted = to_kebab(_shorten(proposal.name)) if proposal.name else ""
        if not wanted:
            wanted = make_name(proposal.title) or to_kebab(_shorten(proposal.id))
        return wanted if is_former_name(wanted) else "note"

    def _is_reserved(self, name: str, proposal: Proposal) -> bool:
        is_section = proposal.fields.get("kind") == PAGE.name and name in SITE_SECTIONS
        return is_section or is_reserved_name(name)


def _shorten(text: str) -> str:
    return text.encode("utf-8", "replace")[:_BYTES_LIMIT].decode("utf-8", "ignore")
