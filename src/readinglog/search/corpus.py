"""The published notes as queries see them: their words and the values of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.schema import RELATIONS
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search.index_document import IndexDocument
from readinglog.search.language import FIELDS, Choice, Range
from readinglog.search.query import Filter
from readinglog.search.ranges import Bounds, parse_range
from readinglog.search.words import split_words


def _has_math(note: Note) -> bool:
    return any(region.kind in ("math", "display") for region in note.regions)


def _has_text(field: str, note: Note) -> bool:
    return bool(note.texts(field))


# The tests of the predicates of `has:`, in the order of `language.HAS`.
HAS_TESTS: dict[str, Callable[[Note], bool]] = {
    "code": lambda note: "code" in note.values,
    "doi": lambda note: bool(note.doi),
    "arxiv": lambda note: bool(note.arxiv),
    "math": _has_math,
    **{relation: partial(_has_text, relation) for relation in RELATIONS},
}
# The values by which ranges are compared, '' where a note has none.
ORDERED_FIELDS: dict[str, Callable[[Note], str]] = {
    "year": lambda note: note.published[:4],
    "date": lambda note: note.date.isoformat() if note.date else "",
    "rating": lambda note: str(note.values.get("rating", "")),
}


class Corpus:
    """All that can be searched.

    The text of a note is indexed when a query with words first needs it.
    """

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.notes = notebook.published
        self.everything = frozenset(self.notes)
        self._documents: dict[Note, IndexDocument] = {}

    def get_document(self, note: Note) -> IndexDocument:
        """Return the indexed words of `note`."""
        if note not in self._documents:
            self._documents[note] = IndexDocument(list_indexed_texts(note, self.notebook))
        return self._documents[note]

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of every note."""
        texts = (list_indexed_texts(note, self.notebook) for note in self.notes)
        return frozenset().union(*(_list_words(tuple(chain(*each.values()))) for each in texts))

    @cached_property
    def targets(self) -> dict[Note, set[Note]]:
        """The published notes that each note links to or names in a relation."""
        found: dict[Note, set[Note]] = {note: set() for note in self.notes}
        for target in self.notes:
            for back in self.notebook.graph.backlinks.get(target, ()):
                if back.note in found:
                    found[back.note].add(target)
        return found

    @cached_property
    def _linked(self) -> frozenset[Note]:
        """The notes that another note links to."""
        return frozenset().union(*self.targets.values())

    def is_orphan(self, note: Note) -> bool:
        """Whether no other note links to `note`, and it links to none."""
        return not self.targets[note] and note not in self._linked

    def find_named(self, value: str) -> Sequence[Note]:
        """Return the published notes of that name, else those with that title or alias."""
        key, names = fold(value), self.notebook.names
        named = names.by_name.get(key) or names.by_title.get(key) or ()
        return [note for note in named if note in self.everything]

    def filter_notes(self, item: Filter) -> set[Note]:
        """Return the notes whose field has the value."""
        matches = self._make_test(item.field, item.value)
        return {note for note in self.notes if matches(note)}

    def _make_test(self, field: str, value: str) -> Callable[[Note], bool]:
        match field:
            case "tag":
                tag = self.notebook.vocabulary.find(value)
                tagged = set(self.notebook.tags.notes.get(tag.key, ())) if tag else set()
                return tagged.__contains__
            case "author":
                return lambda note: any(contains_words(name, value) for name in note.authors)
            case "venue":
                return lambda note: contains_words(get_venue(note), value)
            case "links":
                wanted = set(self.find_named(value))
                return lambda note: bool(self.targets[note] & wanted)
            case "linked-from":
                targets = [self.targets[note] for note in self.find_named(value)]
                return set().union(*targets).__contains__
            case "has":
                return HAS_TESTS[value]
            case "is" if value == "orphan":
                return self.is_orphan
        return _make_field_test(field, value)


def _make_field_test(field: str, value: str) -> Callable[[Note], bool]:
    kind = FIELDS[field]
    if isinstance(kind, Range):
        low, high = parse_range(kind, value) or Bounds("", "")
        return lambda note: low <= (ORDERED_FIELDS[field](note) or "~") < high
    assert isinstance(kind, Choice)  # noqa: S101
    if field == "kind":
        return lambda note: note.kind == value
    return lambda note: note.status == value


def contains_words(name: str, value: str) -> bool:
    """Whether the words of `value` stand next to each other in `name`."""
    wanted = split_words(value)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(split_words(name))} "


@lru_cache(maxsize=1 << 12)  # from one preview to the next, most notes stay the same
def _list_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(split_words, texts)))


def get_venue(note: Note) -> str:
    """Return where the work was published, or ''."""
    return str(note.values.get("venue", ""))


def list_indexed_texts(note: Note, notebook: Notebook) -> dict[str, list[str]]:
    """Return the texts of each zone of a note and of its body. No phrase spans two texts."""
    sections = split_sections(note, notebook)
    tags = notebook.tags.of(note)
    tag_names = [
        word for tag in tags for word in (tag.name, *(alias.text for alias in tag.aliases))
    ]
    facts = (get_venue(note), note.kind, note.published[:4], note.arxiv, note.doi)
    return {
        "title": [note.title, *note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [*note.authors, *facts, *tag_names],
        "heading": [section.heading for section in sections],
        "body": [text for section in sections for text in (section.heading, section.text)],
    }
