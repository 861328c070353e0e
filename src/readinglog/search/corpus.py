"""The published notes as the search sees them: their words, and what their fields say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.schema import RELATIONS
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search.fields import FIELDS, Bounds, Choice, Range, parse_range
from readinglog.search.index_document import IndexDocument
from readinglog.search.query import Filter
from readinglog.search.words import split_words


def _says(field: str, note: Note) -> bool:
    return bool(note.texts(field))


HAS: dict[str, Callable[[Note], bool]] = {
    "code": lambda note: "code" in note.values,
    "doi": lambda note: bool(note.doi),
    "arxiv": lambda note: bool(note.arxiv),
    "math": lambda note: any(region.kind in ("math", "display") for region in note.regions),
    **{relation: partial(_says, relation) for relation in RELATIONS},
}
ORDERED: dict[str, Callable[[Note], str]] = {
    "year": lambda note: note.published[:4],
    "date": lambda note: note.date.isoformat() if note.date else "",
    "rating": lambda note: str(note.values.get("rating", "")),
}


class Corpus:
    """All that queries are asked of; texts are read when a query has words."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes = notebook.published
        self.everything = frozenset(self.notes)
        self._texts: dict[Note, IndexDocument] = {}

    def text(self, note: Note) -> IndexDocument:
        """The words of `note`."""
        if note not in self._texts:
            self._texts[note] = IndexDocument(list_pieces(note, self.notebook))
        return self._texts[note]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that a note has."""
        return frozenset().union(
            *(
                _vocabulary(tuple(chain(*list_pieces(note, self.notebook).values())))
                for note in self.notes
            )
        )

    @cached_property
    def targets(self) -> dict[Note, set[Note]]:
        """The published notes that each note links to or names in a relation."""
        found: dict[Note, set[Note]] = {note: set() for note in self.notes}
        for to in self.notes:
            for back in self.notebook.graph.backlinks.get(to, ()):
                if back.note in found:
                    found[back.note].add(to)
        return found

    @cached_property
    def _sources(self) -> dict[Note, set[Note]]:
        found: dict[Note, set[Note]] = {note: set() for note in self.notes}
        for note, targets in self.targets.items():
            for to in targets:
                found[to].add(note)
        return found

    def is_orphan(self, note: Note) -> bool:
        """Whether no other note links to `note`, and it links to none."""
        return not self.targets[note] and not self._sources[note]

    def named(self, value: str) -> Sequence[Note]:
        """The published notes that `value` names: by name, else by title or alias."""
        key, names = fold(value), self.notebook.names
        return [
            note
            for note in names.by_name.get(key) or names.by_title.get(key) or ()
            if note in self.everything
        ]

    def matching(self, item: Filter) -> set[Note]:
        """The notes whose field has the value."""
        holds = self._test(item.field, item.value)
        return {note for note in self.notes if holds(note)}

    def _test(self, field: str, value: str) -> Callable[[Note], bool]:
        match field:
            case "tag":
                tag = self.notebook.vocabulary.find(value)
                tagged = set(self.notebook.tags.notes.get(tag.key, ())) if tag else set()
                return tagged.__contains__
            case "author":
                return lambda note: any(holds_words(name, value) for name in note.authors)
            case "venue":
                return lambda note: holds_words(get_venue(note), value)
            case "links":
                wanted = set(self.named(value))
                return lambda note: bool(self.targets[note] & wanted)
            case "linked-from":
                targets = {to for note in self.named(value) for to in self.targets[note]}
                return targets.__contains__
            case "has":
                return HAS[value]
            case "is" if value == "orphan":
                return self.is_orphan
        return _field_test(field, value)


def _field_test(field: str, value: str) -> Callable[[Note], bool]:
    kind = FIELDS[field]
    if isinstance(kind, Range):
        low, high = parse_range(kind, value) or Bounds("", "")
        return lambda note: low <= (ORDERED[field](note) or "~") < high
    assert isinstance(kind, Choice)  # noqa: S101
    return lambda note: value == (note.kind if field == "kind" else note.status)


def holds_words(name: str, value: str) -> bool:
    """Whether the words of `value` stand side by side among those of `name`."""
    wanted = split_words(value)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(split_words(name))} "


@lru_cache(maxsize=1 << 12)  # from one preview to the next, most notes stay the same
def _vocabulary(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(split_words, texts)))


def get_venue(note: Note) -> str:
    """Where the work appeared, or ''."""
    return str(note.values.get("venue", ""))


def list_pieces(note: Note, notebook: Notebook) -> dict[str, list[str]]:
    """What stands in each place of a note, in pieces that no phrase crosses."""
    parts = split_sections(note, notebook)
    names = [
        name
        for tag in notebook.tags.of(note)
        for name in (tag.name, *(alias.text for alias in tag.aliases))
    ]
    return {
        "title": [note.title, *note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [
            *note.authors,
            get_venue(note),
            note.kind,
            note.published[:4],
            note.arxiv,
            note.doi,
            *names,
        ],
        "heading": [part.heading for part in parts],
        "body": [text for part in parts for text in (part.heading, part.text)],
    }
