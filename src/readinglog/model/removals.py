"""Notes that were removed: what the pages at their addresses say."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic
from readinglog.model.slugs import fold
from readinglog.model.text import Source, Span
from readinglog.model.yaml_values import Scalar


class Removal(NamedTuple):
    """A note that was removed, by the name of its page; `span` is where that is written.

    `instead` names another note, `former` are the names that the note had before. What is not
    written is ''.
    """

    name: str
    span: Span
    title: str = ""
    date: str = ""
    reason: str = ""
    instead: Scalar | None = None
    former: tuple[Scalar, ...] = ()

    def list_names(self) -> list[tuple[str, Span]]:
        """Return all names that the note had, each with where it is written."""
        return [(self.name, self.span), *((item.text, item.span) for item in self.former)]


class Removals:
    """The notes that `removed.yml` lists; `diagnostics` is what is wrong in it."""

    def __init__(
        self,
        removals: Iterable[Removal] = (),
        source: Source | None = None,
        diagnostics: Iterable[Diagnostic] = (),
    ) -> None:
        self.removals = tuple(removals)
        self.source = source
        self.diagnostics = tuple(diagnostics)

    def find(self, name: str) -> Removal | None:
        """Return the removed note that had a name, or None."""
        return self._by_name.get(fold(name))

    @cached_property
    def _by_name(self) -> dict[str, Removal]:
        return {
            fold(name): removal
            for removal in reversed(self.removals)
            for name, _ in removal.list_names()
        }
