"""The links and relations of each note, resolved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import NamedTuple, TypeVar

from readinglog.model.fields import list_relations
from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.note import Link, Note
from readinglog.model.slugs import fold, make_anchor
from readinglog.model.text import Span
from readinglog.notebook.names import WORK_ID_PATTERN, NoteNames
from readinglog.notebook.publication import Publication
from readinglog.notebook.resolution import Relation, Resolution, ResolvedLink
from readinglog.parsing.formulas import Formula, find_formulas, replace_formulas
from readinglog.parsing.latex.macros import Macros
from readinglog.parsing.prose import extract_sentence

AnyResolved = TypeVar("AnyResolved", ResolvedLink, Relation)


class _ResolvedLinks(NamedTuple):
    """What the links and relations of notes mean."""

    links: dict[Note, tuple[ResolvedLink, ...]]
    relations: dict[Note, tuple[Relation, ...]]


class Links:
    """Resolves what the notes of a log link to: notes, their headings and blocks, and files."""

    def __init__(
        self,
        names: NoteNames,
        files: Mapping[str, str],
        publication: Publication,
        macros: Macros,
    ) -> None:
        self._names = names
        self._files = files
        self._publication = publication
        self._macros = macros
        self._formulas: dict[Note, list[Formula]] = {}
        self._resolved = _ResolvedLinks({}, {})

    def take_over(self, previous: Links, replaced: Collection[Note]) -> None:
        """Take over what links mean from another notebook, in which other notes stood at the places
        of those that are `replaced` since, with the same names.
        """
        links, relations = previous.get_resolved()
        self._resolved = _ResolvedLinks(
            _leave_out(links, replaced), _leave_out(relations, replaced)
        )

    def get_resolved(self) -> _ResolvedLinks:
        """Return what is known so far."""
        return self._resolved

    def resolve(self, link: Link, note: Note) -> Resolution:
        """Return the notes that `link`, written in `note`, may mean."""
        if not link.target:
            return Resolution((note,))
        if link.kind != "wikilink":
            return self._names.resolve_path(link.target, note)
        if not link.heading:
            return self._names.resolve_name(link.target, note)
        spellings = (link.target, *_targets_with_hash(link))
        found = (self._names.resolve_name(spelling, note) for spelling in spellings)
        return next(
            (resolution for resolution in found if not resolution.is_missing), Resolution(())
        )

    def list_links(self, note: Note) -> tuple[ResolvedLink, ...]:
        """Return the links of `note` in order, each with the notes that it may mean."""
        if note not in self._resolved.links:
            self._resolved.links[note] = tuple(
                ResolvedLink(link, self.resolve(link, note)) for link in note.links
            )
        return self._resolved.links[note]

    def list_relations(self, note: Note) -> tuple[Relation, ...]:
        """Return the typed relations of `note`, field by field in the order of the schema."""
        if note not in self._resolved.relations:
            self._resolved.relations[note] = tuple(
                Relation(
                    field,
                    item.span,
                    item.text,
                    self._names.resolve_name(parse_relation_target(item.text), note),
                )
                for field in list_relations()
                for item in note.get_scalars(field)
            )
        return self._resolved.relations[note]

    def find_anchor(self, link: Link, note: Note) -> str | None:
        """Return the fragment of the heading or block of `note` that `link` names, or None.

        It is '' where the `#` belongs to the title.
        """
        if "#" in note.title and fold(note.title) in map(fold, _targets_with_hash(link)):
            return ""
        wanted = (link.heading or "").rpartition("#")[2].strip()
        if wanted.startswith("^"):
            return wanted if wanted[1:] in note.blocks else None
        exact = (found.anchor for found in note.headings if wanted in (found.text, found.anchor))
        key = make_heading_key(wanted)
        loose = (
            found.anchor
            for found in note.headings
            if key in (make_heading_key(found.text), found.anchor)
        )
        return next(exact, None) or next(loose, None)

    def find_file(self, link: Link, note: Note) -> str | None:
        """Return the path of the file that `link` leads to, or None where there is none.

        A path counts from the folder of `note`, then from the notes folder; a wikilink may name a
        file alone.
        """
        for base in (posixpath.dirname(note.path), ""):
            path = posixpath.normpath(posixpath.join(base, link.target.lstrip("/")))
            if path in self._files:
                return path
        return self._path_by_file_name.get(link.target) if link.kind == "wikilink" else None

    @cached_property
    def _path_by_file_name(self) -> dict[str, str]:
        return {posixpath.basename(path): path for path in sorted(self._files, reverse=True)}

    @cached_property
    def fuzzy_files(self) -> FuzzyIndex:
        """The paths of the files that are not notes, for suggestions."""
        return FuzzyIndex(self._files)

    def get_label(self, link: Link, note: Note) -> str:
        """Return what a wikilink without a label shows: the title of a note given by its name."""
        target = self.resolve(link, note).target
        shown = link.target
        if target and self._publication.is_published(
            target
        ):  # a draft's title is not for others to see
            called_by_name = fold(link.target.removesuffix(".md")) == fold(target.name)
            shown = (
                target.title
                if called_by_name or WORK_ID_PATTERN.match(link.target)
                else link.target
            )
        heading = (link.heading or "").rpartition("#")[2].lstrip("^")
        return ": ".join(filter(None, (shown, heading)))

    def extract_excerpt(
        self, note: Note, span: Span, show_formula: Callable[[Formula], str] = Formula.to_text
    ) -> tuple[str, str, str]:
        """Return the sentence of `note` around `span`: the text before, in and after it."""
        return extract_sentence(
            note,
            span,
            lambda link: replace_formulas(self.get_label(link, note), show_formula),
            self._list_formulas(note),
            show_formula,
        )

    def _list_formulas(self, note: Note) -> list[Formula]:
        if note not in self._formulas:
            self._formulas[note] = find_formulas(note.text, note.regions, self._macros)
        return self._formulas[note]


def _leave_out(
    resolved: Mapping[Note, tuple[AnyResolved, ...]], replaced: Collection[Note]
) -> dict[Note, tuple[AnyResolved, ...]]:
    """Return what the links of each note mean, without those of notes that are `replaced`, or that
    lead to one.
    """
    return {
        note: links
        for note, links in resolved.items()
        if note not in replaced
        and not any(
            candidate in replaced for link in links for candidate in link.resolution.candidates
        )
    }


def _targets_with_hash(link: Link) -> tuple[str, ...]:
    """Return the targets of `link` if its `#` belongs to a title, as in `[[C# and F#]]`."""
    if not link.heading:
        return ()
    return (f"{link.target}#{link.heading}", f"{link.target}# {link.heading}", f"{link.target}#")


def parse_relation_target(text: str) -> str:
    """Return the target in a relation, which may be written as a wikilink."""
    found = re.fullmatch(r"\[\[([^\[\]|#]+)(?:[|#].*)?\]\]", text.strip())
    return found[1].strip() if found else text.strip()


def make_heading_key(text: str) -> str:
    """Return the key by which headings match: without punctuation, case and kind of space."""
    return fold(make_anchor(text)) or text
