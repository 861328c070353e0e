"""The notebook: all notes of a log, and what leads from one to another."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from readinglog.model.digraph import cyclic
from readinglog.model.fuzzy_index import Names
from readinglog.model.note import Link, Note
from readinglog.model.schema import RELATIONS
from readinglog.model.slugs import anchor, fold
from readinglog.model.text import Span
from readinglog.model.vocabulary import Tag, Vocabulary
from readinglog.notebook.names import CITED, Index
from readinglog.notebook.sort_keys import newest_first
from readinglog.parsing.prose import sentence

MENTIONS = "mentions"


class Backlink(NamedTuple):
    """That `note` leads here: by a relation of its front matter, or by a link of its body (relation `mentions`)."""

    note: Note
    relation: str
    span: Span
    link: Link | None


class Notebook:
    """Notes in order of path, the vocabulary, the other files in the folder, and the day it is read on.

    `files` says of each path why that file may not be published, or ''.
    """

    def __init__(
        self,
        notes: Iterable[Note],
        vocabulary: Vocabulary | None = None,
        files: Mapping[str, str] | None = None,
        today: date | None = None,
    ) -> None:
        self.notes = tuple(sorted(notes, key=lambda note: note.path))
        self.files = files or {}
        self.today = today
        self.index = Index(self.notes)
        self._relations: dict[Note, list[tuple[str, Span, str, Sequence[Note]]]] = {}
        self.vocabulary = vocabulary or Vocabulary.of_texts(tag for note in self.notes if not note.is_draft for tag in note.texts("tags"))

    # Links -------------------------------------------------------------------------------------------------------

    def resolve(self, link: Link, note: Note) -> Sequence[Note]:
        """The notes that `link`, written in `note`, may mean: none, one or many."""
        if not link.target:
            return (note,)
        if link.kind == "wikilink":
            found = self.index.named(link.target, note)
            return found or next((named for words in _with_hash(link) if (named := self.index.named(words, note))), ())
        return self.index.at_path(link.target, note)

    def shown(self, link: Link, note: Note) -> str:
        """The words that a wikilink of `note` without a label stands for: its target's title for its name."""
        to = self.resolve(link, note)
        target = to[0] if len(to) == 1 and self.is_published(to[0]) else None  # a draft's title is not for others to see
        by_title = target and (fold(link.target.removesuffix(".md")) == fold(target.name) or CITED.match(link.target))
        words = target.title if target and by_title else link.target
        return ": ".join(filter(None, (words, (link.heading or "").rpartition("#")[2].lstrip("^"))))

    def excerpt(self, note: Note, span: Span) -> tuple[str, str, str]:
        """The sentence of `note` around `span`: what stands before it, the span itself, what follows."""
        return sentence(note, span, lambda link: self.shown(link, note))

    def anchor(self, link: Link, note: Note) -> str | None:
        """The fragment of the heading or block of `note` that `link` names, or None where there is none such.

        It is '' where the `#` belongs to the title.
        """
        if "#" in note.title and fold(note.title) in map(fold, _with_hash(link)):
            return ""
        wanted = (link.heading or "").rpartition("#")[2].strip()
        if wanted.startswith("^"):
            return wanted if wanted[1:] in note.blocks else None
        exact = (found.anchor for found in note.headings if wanted in (found.text, found.anchor))
        loose = (found.anchor for found in note.headings if heading_key(wanted) in (heading_key(found.text), found.anchor))
        return next(exact, None) or next(loose, None)

    def file_at(self, link: Link, note: Note) -> str | None:
        """The path of the file that `link` leads to: relative, from the notes folder, or (a wikilink) by its name."""
        folder = posixpath.dirname(note.path)
        for base in (folder, ""):
            path = posixpath.normpath(posixpath.join(base, link.target.lstrip("/")))
            if path in self.files:
                return path
        return self._by_file_name.get(link.target) if link.kind == "wikilink" else None

    @cached_property
    def _by_file_name(self) -> dict[str, str]:
        return {posixpath.basename(path): path for path in sorted(self.files, reverse=True)}

    @cached_property
    def links(self) -> dict[Note, list[tuple[Link, Sequence[Note]]]]:
        """The links of each note, with the notes they may mean."""
        return {note: [(link, self.resolve(link, note)) for link in note.links] for note in self.notes}

    def relations(self, note: Note) -> list[tuple[str, Span, str, Sequence[Note]]]:
        """Field, place, text and meaning of each typed relation of `note`."""
        if note not in self._relations:
            self._relations[note] = [
                (field, item.span, item.text, self.index.named(relation_target(item.text), note))
                for field in RELATIONS
                if field in note.values
                for item in note.scalars(field)
            ]
        return self._relations[note]

    @cached_property
    def builds_on(self) -> dict[str, list[str]]:
        """What builds on what, by path; relations that mean no note or many are left out."""
        return {
            note.path: [to[0].path for field, _, _, to in self.relations(note) if field == "builds_on" and len(to) == 1]
            for note in self.notes
            if "builds_on" in note.values
        }

    @cached_property
    def on_cycles(self) -> set[str]:
        """Paths of the notes that may build on themselves by way of others."""
        return cyclic(self.builds_on)

    @cached_property
    def file_names(self) -> Names:
        """The paths of the files that are not notes."""
        return Names(self.files)

    @cached_property
    def at(self) -> dict[str, Note]:
        """Notes by path."""
        return {note.path: note for note in self.notes}

    @cached_property
    def backlinks(self) -> dict[Note, list[Backlink]]:
        """What leads to each note from other notes, relations first, newest note first."""
        found: dict[Note, list[Backlink]] = defaultdict(list)
        for note in sorted(self.notes, key=newest_first):
            for field, span, _, to in self.relations(note):
                if len(to) == 1 and to[0] is not note:
                    found[to[0]].append(Backlink(note, field, span, None))
            for link, to in self.links[note]:
                if len(to) == 1 and to[0] is not note:
                    found[to[0]].append(Backlink(note, MENTIONS, link.span, link))
        order = (*RELATIONS, MENTIONS)
        return {to: sorted(links, key=lambda back: order.index(back.relation)) for to, links in found.items()}

    def other(self, note: Note, to: Sequence[Note]) -> Note | None:
        """The note that a link or relation of `note` leads its readers to, of those that it may mean: one alone, another, published."""
        return to[0] if len(to) == 1 and to[0] is not note and self.is_published(to[0]) else None

    @cached_property
    def leads_to(self) -> dict[Note, list[Note]]:
        """The published notes that each published note leads to, by its relations first and then its links, each once."""
        found: dict[Note, list[Note]] = {}
        for note in self.published:
            meant = (*(to for *_, to in self.relations(note)), *(to for _, to in self.links[note]))
            found[note] = list(dict.fromkeys(other for to in meant if (other := self.other(note, to))))
        return found

    @cached_property
    def led_from(self) -> dict[Note, list[Note]]:
        """The published notes that lead to each published note, newest first."""
        found: dict[Note, list[Note]] = {note: [] for note in self.published}
        for note, others in self.leads_to.items():
            for other in others:
                found[other].append(note)
        return found

    # Tags --------------------------------------------------------------------------------------------------------

    def tags_of(self, note: Note) -> list[Tag]:
        """The tags of `note` that the vocabulary knows, each once, in order of writing."""
        found = (self.vocabulary.find(text) for text in note.texts("tags"))
        return list({tag.key: tag for tag in found if tag}.values())

    @cached_property
    def tagged(self) -> dict[str, list[Note]]:
        """Published notes, newest first, by the key of each tag that they have or that one of theirs stands under."""
        found: dict[str, list[Note]] = defaultdict(list)
        for note in self.published:
            for key in dict.fromkeys(step.key for tag in self.tags_of(note) for step in self.vocabulary.path(tag)):
                found[key].append(note)
        return dict(found)

    @cached_property
    def hubs(self) -> dict[str, Note]:
        """The topic note of each tag, by the tag's key: the newest whose first tag it is."""
        found: dict[str, Note] = {}
        for note in self.published:
            if note.is_topic and (tags := self.tags_of(note)):
                found.setdefault(tags[0].key, note)
        return found

    # Publishing --------------------------------------------------------------------------------------------------

    @cached_property
    def published(self) -> list[Note]:
        """The notes that get a page, newest first: no drafts, and of equal names only the first path."""
        first = {fold(note.name): note for note in reversed(self.notes) if not note.is_draft}
        return sorted(first.values(), key=newest_first)

    def is_to_come(self, note: Note) -> bool:
        """Whether a date of `note` lies after the day on which the log is read: a slip that no plot should follow."""
        if not self.today:
            return False
        return (note.date or self.today) > self.today or note.published[:4] > str(self.today.year)

    def former_names(self, note: Note) -> list[str]:
        """The former names of a published note that lead to it: those that no other note has, nor had before it."""
        return [name for name, owner in self._former_names.values() if owner is note]

    @cached_property
    def _former_names(self) -> dict[str, tuple[str, Note]]:
        taken = {fold(note.name) for note in self.published}
        found: dict[str, tuple[str, Note]] = {}
        for note in self.published:
            for old in note.texts("redirect_from"):
                name = old.strip().removesuffix(".md")
                if name and fold(name) not in taken and not set(name) & set("/\\") and not name.startswith("."):
                    found.setdefault(fold(name), (name, note))
        return found

    def is_published(self, note: Note) -> bool:
        """Whether `note` has a page."""
        return note in self._published

    @cached_property
    def _published(self) -> frozenset[Note]:
        return frozenset(self.published)


def _with_hash(link: Link) -> tuple[str, ...]:
    """The target of `link` if its `#` is a letter of a title, such as that of `[[C# and F#]]`."""
    return (f"{link.target}#{link.heading}", f"{link.target}# {link.heading}", f"{link.target}#") if link.heading else ()


def relation_target(text: str) -> str:
    """The target in a relation, which may be written as a wikilink."""
    found = re.fullmatch(r"\[\[([^\[\]|#]+)(?:[|#].*)?\]\]", text.strip())
    return found[1].strip() if found else text.strip()


def heading_key(text: str) -> str:
    """The form in which a link's heading matches: punctuation, case and the kind of gap do not count."""
    return fold(anchor(text)) or text
