"""The published notes as queries see them: their words and the values of their fields."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import chain

from readinglog.model.fields import FIELDS, SearchRange, SearchWords
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search.index_document import IndexDocument
from readinglog.search.language import HAS_MATH, Name, Range, get_search_fields, get_searched_field
from readinglog.search.query import Filter
from readinglog.search.ranges import Bounds, parse_range
from readinglog.search.words import split_words


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
            case "links":
                wanted = set(self.find_named(value))
                return lambda note: bool(self.targets[note] & wanted)
            case "linked-from":
                targets = [self.targets[note] for note in self.find_named(value)]
                return set().union(*targets).__contains__
            case "has":
                return lambda note: has(note, value)
            case "is" if value == "orphan":
                return self.is_orphan
        return _make_field_test(field, value)


def _make_field_test(field: str, value: str) -> Callable[[Note], bool]:
    """Return the test of a query field that asks for a field of front matter."""
    if field == "is":
        field = "status"
    name = get_searched_field(field).name
    match get_search_fields()[field]:
        case Name():
            return lambda note: any(contains_words(text, value) for text in note.list_texts(name))
        case Range() as kind:
            low, high = parse_range(kind, value) or Bounds("", "")
            get_key = make_order_key(field)
            return lambda note: low <= (get_key(note) or "~") < high
    return lambda note: value in note.list_texts(name)


def has(note: Note, value: str) -> bool:
    """Whether `note` has what `has:value` asks for."""
    if value == HAS_MATH:
        return any(region.kind in ("math", "display") for region in note.regions)
    return note.has(value)


def make_order_key(field: str) -> Callable[[Note], str]:
    """Return the function that gives the text by which a note is compared in a range, or ''."""
    known = get_searched_field(field)
    length = known.search.length if isinstance(known.search, SearchRange) else None
    return lambda note: next(iter(note.list_texts(known.name)), "")[:length]


def contains_words(name: str, value: str) -> bool:
    """Whether the words of `value` stand next to each other in `name`."""
    wanted = split_words(value)
    return bool(wanted) and f" {' '.join(wanted)} " in f" {' '.join(split_words(name))} "


@lru_cache(maxsize=1 << 12)  # from one preview to the next, most notes stay the same
def _list_words(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset(chain.from_iterable(map(split_words, texts)))


def list_indexed_texts(note: Note, notebook: Notebook) -> dict[str, list[str]]:
    """Return the texts of each zone of a note and of its body. No phrase spans two texts."""
    sections = split_sections(note, notebook)
    tags = notebook.tags.get_tags(note)
    tag_names = [
        word for tag in tags for word in (tag.name, *(alias.text for alias in tag.aliases))
    ]
    facts = (note.kind, note.published[:4], note.arxiv, note.doi)
    return {
        "title": [note.title, *note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [*_list_searched_words(note), *facts, *tag_names],
        "heading": [section.heading for section in sections],
        "body": [text for section in sections for text in (section.heading, section.text)],
    }


def _list_searched_words(note: Note) -> list[str]:
    """Return the names by which a note is found: its authors, its venue and the like."""
    fields = [field.name for field in FIELDS.values() if isinstance(field.search, SearchWords)]
    return [text for name in fields for text in note.list_texts(name)]
