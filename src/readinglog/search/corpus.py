"""The published notes as the search sees them: their words, and what their fields say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from readinglog.model.fields import FIELDS, SearchRange, SearchWords
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search.fields import (
    HAS_MATH,
    Bounds,
    Name,
    Range,
    get_search_fields,
    get_searched_field,
    parse_range,
)
from readinglog.search.index_document import IndexDocument
from readinglog.search.query import Filter
from readinglog.search.words import split_words


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
            case "links":
                wanted = set(self.named(value))
                return lambda note: bool(self.targets[note] & wanted)
            case "linked-from":
                targets = {to for note in self.named(value) for to in self.targets[note]}
                return targets.__contains__
            case "has":
                return lambda note: has(note, value)
            case "is" if value == "orphan":
                return self.is_orphan
        return _field_test(field, value)


def _field_test(field: str, value: str) -> Callable[[Note], bool]:
    """Return the test of a query field that asks for a field of front matter."""
    if field == "is":
        field = "status"
    name = get_searched_field(field).name
    match get_search_fields()[field]:
        case Name():
            return lambda note: any(holds_words(text, value) for text in note.list_texts(name))
        case Range() as kind:
            low, high = parse_range(kind, value) or Bounds("", "")
            get_key = make_order_key(field)
            return lambda note: low <= (get_key(note) or "~") < high
    return lambda note: value in note.list_texts(name)


def has(note: Note, value: str) -> bool:
    """Return whether `note` has what `has:value` asks for."""
    if value == HAS_MATH:
        return any(region.kind in ("math", "display") for region in note.regions)
    return note.has(value)


def make_order_key(field: str) -> Callable[[Note], str]:
    """Return the function that gives the text by which a note stands in a range, or ''."""
    known = get_searched_field(field)
    length = known.search.length if isinstance(known.search, SearchRange) else None
    return lambda note: next(iter(note.list_texts(known.name)), "")[:length]


def holds_words(name: str, value: str) -> bool:
    """Whether the words of `value` stand side by side among those of `name`."""
    wanted = split_words(value)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(split_words(name))} "


@lru_cache(maxsize=1 << 12)  # from one preview to the next, most notes stay the same
def _vocabulary(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(split_words, texts)))


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
            *_list_searched_words(note),
            note.kind,
            note.published[:4],
            note.arxiv,
            note.doi,
            *names,
        ],
        "heading": [part.heading for part in parts],
        "body": [text for part in parts for text in (part.heading, part.text)],
    }


def _list_searched_words(note: Note) -> list[str]:
    """Return the names by which a note is found: its authors, its venue and the like."""
    fields = [field.name for field in FIELDS.values() if isinstance(field.search, SearchWords)]
    return [text for name in fields for text in note.list_texts(name)]
