"""The links and relations of each note, resolved."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, takewhile
from typing import NamedTuple, TypeVar

from readinglog.model.fuzzy_index import FuzzyIndex
from readinglog.model.note import Heading, Link, Note
from readinglog.model.slugs import fold, make_anchor, make_title_key
from readinglog.model.text import Span
from readinglog.notebook.names import (
    WORK_ID_PATTERN,
    NameChanges,
    NoteNames,
    list_paths,
    list_target_keys,
)
from readinglog.notebook.publication import Publication
from readinglog.notebook.resolution import Relation, Resolution, ResolvedLink
from readinglog.parsing.formulas import Formula
from readinglog.parsing.latex.macros import Macros
from readinglog.parsing.prose import NoteProse

_HASHES_OF_NAMES = 3  # and more, after the first, are between headings
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
        outside: Mapping[str, str],
        publication: Publication,
        macros: Macros,
    ) -> None:
        self._names = names
        self._files = files
        self._outside = outside
        self._publication = publication
        self._macros = macros
        self._prose: dict[Note, NoteProse] = {}
        self._headings: dict[Note, _HeadingIndex] = {}
        self._part_names: dict[tuple[Note, str], FuzzyIndex] = {}
        self._resolved = _ResolvedLinks({}, {})

    def take_over(self, previous: Links, changes: NameChanges) -> None:
        """Take over what links mean from an earlier notebook, where `changes` do not bear on it."""
        links, relations = previous.get_resolved()
        self._resolved = _ResolvedLinks(
            _leave_out(links, changes, _list_link_keys),
            _leave_out(relations, changes, _list_relation_keys),
        )

    def get_resolved(self) -> _ResolvedLinks:
        """Return what is known so far."""
        return self._resolved

    def resolve(self, link: Link, note: Note) -> Resolution:
        """Return the notes that `link`, written in `note`, may mean."""
        if not link.target:  # `[code]()` leads nowhere, `[code](#)` to its own note
            return Resolution(() if link.is_empty else (note,))
        if link.is_file_link and self.find_file(link, note) is not None:
            return Resolution(())  # also where a note is named like the file
        if link.kind != "wikilink":
            return self._names.resolve_path(link.target, note)
        found = (self._names.resolve_name(name, note) for name, _ in _list_readings(link))
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

    def leads_to_others(self, note: Note) -> bool:
        """Return whether a link in the text of `note` leads to another note."""
        return any(
            found.resolution.candidates[:1] not in ((), (note,)) for found in self.list_links(note)
        )

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
                for field in note.schema.relations
                for item in note.get_scalars(field)
            )
        return self._resolved.relations[note]

    def find_anchor(self, link: Link, note: Note) -> str | None:
        """Return the fragment of the heading or block of `note` that `link` names, or None.

        It is '' where the `#` belongs to a name of the note, or nothing is behind it.
        """
        wanted = _find_heading(link, note)
        if not wanted:
            return ""
        last = wanted.rpartition("#")[2].strip()
        if last.startswith("^"):
            return last if last[1:] in note.blocks else None
        for path in ([wanted], wanted.split("#"), [last]):
            if found := self._follow_headings([part.strip() for part in path], note):
                return found.anchor
        return wanted if wanted in note.ids else None

    def _follow_headings(self, path: Sequence[str], note: Note) -> Heading | None:
        """Return the last heading of `path`, each of which is below the one before, or None."""
        if note not in self._headings:
            self._headings[note] = _HeadingIndex(note.headings)
        index = self._headings[note]
        found = index.find(path[0])
        for wanted in path[1:]:
            if found is None:
                return None
            index = index.list_below(found)
            found = index.find(wanted)
        return found

    def find_file(self, link: Link, note: Note) -> str | None:
        """Return the path of the file that `link` leads to, or None where there is none.

        A path counts from the folder of `note`, then from the notes folder or the repository; a
        wikilink may name a file alone.
        """
        if not link.target:
            return None
        for path in list_paths(link.target, note):
            if path in self._files:
                return path
        return self._path_by_file_name.get(link.target) if link.kind == "wikilink" else None

    def find_outside(self, link: Link, note: Note) -> str | None:
        """Return the address of the file out of the notes folder that `link` leads to, '' where it
        is not known, or None where there is no such file.
        """
        return self._outside.get(note.make_outside_path(link))

    def wants_note(self, link: Link, note: Note) -> bool:
        """Return whether `link`, to which no note answers, is one to a note."""
        if link.is_empty or link.is_file_link or self.find_file(link, note) is not None:
            return False
        return self.find_outside(link, note) is None and not self.is_folder(link, note)

    def is_folder(self, link: Link, note: Note) -> bool:
        """Return whether `link` leads to a folder of notes or files."""
        paths = list_paths(link.target, note) if link.target else ()
        return any(fold(path) in self._folders for path in paths)

    @cached_property
    def _folders(self) -> set[str]:
        found: set[str] = set()
        for path in (*self._names.by_path, *map(fold, self._files)):
            folder = posixpath.dirname(path)
            while folder and folder not in found:
                found.add(folder)
                folder = posixpath.dirname(folder)
        return found

    @cached_property
    def _path_by_file_name(self) -> dict[str, str]:
        return {posixpath.basename(path): path for path in sorted(self._files, reverse=True)}

    @cached_property
    def fuzzy_files(self) -> FuzzyIndex:
        """The paths of the files that are not notes, for suggestions."""
        return FuzzyIndex(self._files)

    def list_part_names(self, note: Note, kind: str) -> FuzzyIndex:
        """Return how links write each `heading` or `block` of `note`, for suggestions."""
        if (note, kind) not in self._part_names:
            headings = (heading.text for heading in note.headings if heading.text)
            blocks = (f"^{mark}" for mark in sorted(note.blocks))
            self._part_names[note, kind] = FuzzyIndex(blocks if kind == "block" else headings)
        return self._part_names[note, kind]

    def get_label(self, link: Link, note: Note) -> str:
        """Return what a wikilink without a label shows: its words, or a note's short name."""
        return self._make_label(link, self.resolve(link, note).target)

    def list_labels(self, note: Note) -> list[str]:
        """Return what those wikilinks of `note` show that have no label."""
        return [
            self._make_label(link, resolution.target)
            for link, resolution in self.list_links(note)
            if link.kind == "wikilink" and not link.label
        ]

    def _make_label(self, link: Link, target: Note | None) -> str:
        shown, heading = link.target, link.heading
        if target:
            shown, heading = find_reading(link, target)
            # A draft's title is not for others to see.
            if self._publication.is_published(target) and (
                fold(shown.removesuffix(".md")) == fold(target.name) or WORK_ID_PATTERN.match(shown)
            ):
                shown = target.short_name
        last = (heading or "").rpartition("#")[2].lstrip("^")
        if target and any(f"^{claim.id}" == heading for claim in target.claims):
            return target.short_name if self._publication.is_published(target) else shown
        return ": ".join(filter(None, (shown, last)))

    def extract_excerpt(
        self, note: Note, span: Span, show_formula: Callable[[Formula], str] = Formula.to_text
    ) -> tuple[str, str, str]:
        """Return the sentence of `note` around `span`: the text before, in and after it."""
        return self._get_prose(note).extract_sentence(span, show_formula)

    def extract_text(
        self, note: Note, part: Span, show_formula: Callable[[Formula], str] = Formula.to_text
    ) -> str:
        """Return a part of `note` as plain text."""
        return self._get_prose(note).extract_text(part, show_formula)

    def _get_prose(self, note: Note) -> NoteProse:
        if note not in self._prose:
            self._prose[note] = NoteProse(note, self._macros, partial(self.get_label, note=note))
        return self._prose[note]


def _leave_out(
    resolved: Mapping[Note, tuple[AnyResolved, ...]],
    changes: NameChanges,
    list_keys: Callable[[AnyResolved], Iterable[str]],
) -> dict[Note, tuple[AnyResolved, ...]]:
    """Return what the links of each note mean, without those of notes that are gone, that lead to
    one, or that may mean another by a name that has changed.
    """
    gone, keys = changes
    return {
        note: links
        for note, links in resolved.items()
        if note not in gone
        and not any(candidate in gone for link in links for candidate in link.resolution.candidates)
        and not (keys and any(not keys.isdisjoint(list_keys(link)) for link in links))
    }


def _list_link_keys(resolved: ResolvedLink) -> Iterator[str]:
    names = (name for name, _ in _list_readings(resolved.link))
    return chain.from_iterable(map(list_target_keys, names))


def _list_relation_keys(relation: Relation) -> Iterator[str]:
    return list_target_keys(parse_relation_target(relation.text))


def _list_readings(link: Link) -> Iterator[tuple[str, str | None]]:
    """Yield the names that a wikilink may call a note, each with the heading that is left.

    A `#` may belong to the name, as in `[[C#]]` and `[[C# and F#]]`, also where a note is called C.
    """
    if link.heading is None:
        yield link.target, None
        return
    parts = link.heading.split("#", _HASHES_OF_NAMES)
    for count in range(len(parts), 0, -1):
        begin, rest = "#".join(parts[:count]), "#".join(parts[count:])
        yield f"{link.target}#{begin}", rest or None
        yield f"{link.target}# {begin}", rest or None
    yield link.target, link.heading
    yield f"{link.target}#", link.heading or None


def find_reading(link: Link, note: Note) -> tuple[str, str | None]:
    """Return by what name a wikilink calls `note`, and the heading that is left."""
    names = (note.name, note.title, *note.texts("aliases"), *note.former_names)
    if link.heading is not None and any("#" in name for name in names):
        keys = set(map(fold, names))
        for name, heading in _list_readings(link):
            if "#" in name and fold(name.removesuffix(".md").rpartition("/")[2]) in keys:
                return name, heading
    return link.target, link.heading


def _find_heading(link: Link, note: Note) -> str:
    """Return the heading or block of `note` that a link names, or ''."""
    return ((find_reading(link, note)[1] if link.target else link.heading) or "").strip()


class _HeadingIndex:
    """Headings by how links may write them: as they are, or their anchors, or the same words."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._headings = headings
        self._below: dict[Heading, _HeadingIndex] = {}
        self._as_written: dict[str, Heading] = {}
        self._by_key: dict[str, Heading] = {}
        self._by_words: dict[str, Heading] = {}
        for heading in headings:
            self._as_written.setdefault(heading.text, heading)
            self._as_written.setdefault(heading.anchor, heading)
            self._by_key.setdefault(make_heading_key(heading.text), heading)
            self._by_key.setdefault(heading.anchor, heading)
            if words := make_title_key(heading.text):
                self._by_words.setdefault(words, heading)

    def find(self, wanted: str) -> Heading | None:
        """Return the heading that is written so, else that has this anchor, else these words."""
        return (
            self._as_written.get(wanted)
            or self._by_key.get(make_heading_key(wanted))
            or self._by_words.get(make_title_key(wanted))
        )

    def list_below(self, heading: Heading) -> _HeadingIndex:
        """Return the headings below one of these."""
        if heading not in self._below:
            rest = self._headings[self._headings.index(heading) + 1 :]
            within = takewhile(lambda other: other.level > heading.level, rest)
            self._below[heading] = _HeadingIndex(list(within))
        return self._below[heading]


def parse_relation_target(text: str) -> str:
    """Return the target in a relation, which may be written as a wikilink."""
    found = re.fullmatch(r"\[\[([^\[\]|#]+)(?:[|#].*)?\]\]", text.strip())
    return found[1].strip() if found else text.strip()


def make_heading_key(text: str) -> str:
    """Return the key by which headings match: without punctuation, case and kind of space."""
    return fold(make_anchor(text)) or text
