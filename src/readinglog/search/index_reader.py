"""Reading an index: what `index_writer` has packed, unpacked when it is first needed."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import accumulate, islice
from typing import Any, NamedTuple, cast

from readinglog.model.slugs import fold
from readinglog.search.language import IN_CLAIMS, LANGUAGE_MARK, SearchLanguage, read_language
from readinglog.search.packing import sort_by_links, sort_key, unpack_numbers
from readinglog.search.words import is_unspaced_letter, split_words, stem_word

ReadFile = Callable[[str], object]


class Card(NamedTuple):
    """What a result shows of a note, besides what the catalogue has."""

    name: str
    title: str
    byline: str
    summary: str


class IndexTag(NamedTuple):
    """A tag of the vocabulary; `parent` is the number of the tag above it, or -1."""

    key: str
    name: str
    parent: int


class NameColumn(NamedTuple):
    """The names that a query field finds, and the numbers of those of each note."""

    names: Sequence[str]
    notes: Sequence[Sequence[int]]


Postings = Mapping[int, int]  # by note: twice what a form counts there, and 1 more if in the title


class SearchIndex:
    """The index of a log. `read` returns what one of its files holds."""

    def __init__(self, read: ReadFile) -> None:
        self._read = cache(read)
        self._catalogue = cast("dict[str, object]", read("catalogue"))
        self.size = cast("int", self._catalogue["note_count"])
        self.notes = frozenset(range(self.size))

    @cached_property
    def language(self) -> SearchLanguage:
        """The query language of the log."""
        return read_language(cast("Mapping[str, Any]", self._catalogue["language"]))

    # Notes ------------------------------------------------------------------------------------

    @cached_property
    def _starts(self) -> dict[str, Sequence[str]]:
        return cast("dict[str, Sequence[str]]", self._catalogue["shards"])

    @cache  # noqa: B019 - an index is read once, by one search
    def get_card(self, note: int) -> Card:
        """Return what a result shows of a note."""
        entry = self._read_entry("cards", self._card_places[note])
        return Card(*cast("Sequence[str]", entry)[:4])  # formulas follow

    def get_sections(self, note: int) -> Sequence[Sequence[object]]:
        """Return the sections of the text of a note: anchor, heading and text.

        The rendered formulas of a section follow where it has some.
        """
        return cast("Sequence[Sequence[object]]", self._read_entry("texts", note))

    def _read_entry(self, group: str, place: int) -> object:
        """Return the entry at a place of a group of files whose entries are numbered."""
        starts = self._block_starts[group]
        block = bisect(starts, place) - 1
        entries = cast("Sequence[object]", self._read(f"{group}/{block}"))
        return entries[place - starts[block]]

    @cached_property
    def _block_starts(self) -> dict[str, Sequence[int]]:
        """The first place of each file of the groups whose entries are numbered."""
        sizes = {
            group: unpack_numbers(cast("str", self._starts[group])) for group in ("cards", "texts")
        }
        return {group: [0, *accumulate(found)][:-1] for group, found in sizes.items()}

    @cached_property
    def _card_places(self) -> Sequence[int]:
        """The place of the card of each note: the first file has the most linked notes."""
        count = [*self._block_starts["cards"], self.size, self.size][1]
        first = sorted(sort_by_links(self.link_counts)[:count])
        order = [*first, *sorted(self.notes.difference(first))]
        places = dict(zip(order, range(self.size), strict=True))
        return [places[note] for note in range(self.size)]

    @cached_property
    def link_counts(self) -> Sequence[int]:
        """How many notes link to each note."""
        return tuple(unpack_numbers(cast("str", self._catalogue["links"])))

    # Words ------------------------------------------------------------------------------------

    def find_forms(self, word: str, field: str = "") -> Mapping[str, Postings]:
        """Return the forms of `word` that notes have, each with its notes; those that their claims
        have, where `field` says so.
        """
        group = "claim_terms" if field == IN_CLAIMS else "terms"
        found: dict[str, dict[int, int]] = {}
        for form, text in self._list_forms(group, word):
            found.setdefault(form.partition(LANGUAGE_MARK)[0], {}).update(_unpack_postings(text))
        return found

    def _list_forms(self, group: str, word: str) -> Iterator[tuple[str, str]]:
        """Yield the forms of `word` as they are marked, each with its notes."""
        if is_unspaced_letter(word):
            for _, forms in self._list_range(group, word):
                yield from cast("dict[str, str]", forms).items()
            return
        english = self._get_forms(group, stem_word(word))
        if not self._catalogue["has_languages"]:
            yield from english.items()
            return
        yield from ((form, text) for form, text in english.items() if LANGUAGE_MARK not in form)
        others = self._get_forms(group, word)
        yield from ((form, text) for form, text in others.items() if LANGUAGE_MARK in form)

    def _get_forms(self, group: str, stem: str) -> dict[str, str]:
        return cast("dict[str, str]", self._get(group, stem) or {})

    def find_positions(self, word: str, field: str = "") -> dict[int, Sequence[int]]:
        """Return the positions of a word in each note: twice its place, and 1 more in a title; in
        its claims, where `field` says so.
        """
        group = "claim_positions" if field == IN_CLAIMS else "positions"
        return dict(_unpack_positions(cast("str", self._get(group, word) or "")))

    def find_named(self, key: str) -> Sequence[int]:
        """Return the notes that a name, identifier or address means, the likeliest first."""
        return cast("Sequence[int]", self._get("names", key) or ())

    def list_words_from(self, start: str) -> Iterator[tuple[str, int]]:
        """Yield the words that begin with `start`, and how many notes have each."""
        for key, forms in self._list_range("terms", start):
            for form, text in cast("dict[str, str]", forms).items():
                word, mark, _ = form.partition(LANGUAGE_MARK)
                if word == key or not mark:  # once, of a form that stands by others too
                    yield word, sum(1 for _ in unpack_numbers(text)) // 2

    def list_words_to(self, end: str) -> Iterator[tuple[str, int]]:
        """Yield the words that end with `end`, and how many notes have each."""
        for word, count in self._list_range("endings", end[::-1]):
            yield word[::-1], cast("int", count)

    def _get(self, group: str, key: str) -> object:
        shard = bisect(self._starts[group], sort_key(key), key=sort_key) - 1
        return self._read_shard(group, shard).get(key) if shard >= 0 else None

    def _read_shard(self, group: str, number: int) -> dict[str, object]:
        return cast("dict[str, object]", self._read(f"{group}/{number}"))

    def _list_range(self, group: str, start: str) -> Iterator[tuple[str, object]]:
        """Yield the entries whose keys begin with `start`."""
        starts = self._starts[group]
        first = max(0, bisect(starts, sort_key(start), key=sort_key) - 1)
        for number in range(first, len(starts)):
            if number > first and not starts[number].startswith(start):
                return
            for key, value in self._read_shard(group, number).items():
                if key.startswith(start):
                    yield key, value

    # Fields -----------------------------------------------------------------------------------

    @cached_property
    def tags(self) -> Sequence[IndexTag]:
        """The tags of the vocabulary, each known by its number."""
        return [
            IndexTag(*tag) for tag in cast("list[tuple[str, str, int]]", self._catalogue["tags"])
        ]

    def find_tag(self, text: str) -> int | None:
        """Return the number of the tag that `text` names, or None."""
        return self.tag_names.get(fold(text.strip().lstrip("#")))

    @cached_property
    def tag_names(self) -> Mapping[str, int]:
        """The numbers of the tags by all that they may be called."""
        return cast("dict[str, int]", self._catalogue["tag_names"])

    @cached_property
    def tagged(self) -> Sequence[frozenset[int]]:
        """The tags of each note, with all tags above them."""
        paths = [frozenset(self._list_path(tag)) for tag in range(len(self.tags))]
        column = _split_texts(cast("str", self._catalogue["tag"]), self.size)
        tagged = {  # many notes have the same tags
            entry: frozenset[int]().union(*(paths[int(tag)] for tag in entry.split()))
            for entry in set(column)
        }
        return [tagged[entry] for entry in column]

    def _list_path(self, tag: int) -> Iterator[int]:
        while tag >= 0:
            yield tag
            tag = self.tags[tag].parent

    @cache  # noqa: B019
    def get_values(self, field: str) -> Sequence[str]:
        """Return the value of a field in each note, '' where it has none."""
        if field == "year":
            return [text[:4] for text in self.get_values("published")]
        if field in ("kind", "status"):
            names = cast(
                "Sequence[str]", self._catalogue["kinds" if field == "kind" else "statuses"]
            )
            return [names[int(digit, 36)] for digit in cast("str", self._catalogue[field])]
        if field == "rating":
            return [digit.strip("0") for digit in cast("str", self._catalogue[field])]
        if field == "published":
            columns = map(unpack_numbers, cast("Sequence[str]", self._catalogue[field]))
            return [_format_day(*day) for day in zip(*columns, strict=True)]
        known = {**self._catalogue, **cast("dict[str, object]", self._catalogue["columns"])}
        return _split_texts(cast("str", known[field]), self.size)

    @cached_property
    def _properties(self) -> Sequence[int]:
        text = cast("str", self._catalogue["has"])
        width = len(text) // max(1, self.size)
        return [int(text[at : at + width], 16) for at in range(0, len(text), width or 1)]

    def find_having(self, value: str) -> set[int]:
        """Return the notes that have what `has:value` asks for."""
        bit = 1 << self.language.has_values.index(value)
        return {note for note, properties in enumerate(self._properties) if properties & bit}

    @property
    def disputed(self) -> Sequence[int]:
        """The notes that another disputes, or a claim of theirs."""
        return cast("Sequence[int]", self._catalogue["disputed"])

    @property
    def orphans(self) -> Sequence[int]:
        """The notes that link to no other, and that no other links to."""
        return cast("Sequence[int]", self._catalogue["orphans"])

    @cache  # noqa: B019
    def get_names(self, column: str) -> NameColumn:
        """Return the column of names of a query field, such as `author`."""
        data = cast("dict[str, object]", self._read(f"{column}s"))
        names = cast("Sequence[str]", data["names"])
        return NameColumn(names, _split_lists(cast("str", data["notes"]), self.size))

    @cache  # noqa: B019
    def find_authors(self, word: str) -> frozenset[int]:
        """Return the numbers of the authors' names that have a word."""
        names = enumerate(self.get_names("author").names)
        likely = ((at, name) for at, name in names if word in name.lower() or not name.isascii())
        return frozenset(at for at, name in likely if word in split_words(name))

    @cached_property
    def _links(self) -> dict[str, object]:
        return cast("dict[str, object]", self._read("links"))

    @cached_property
    def targets(self) -> Sequence[Sequence[int]]:
        """The notes that each note links to."""
        return _split_lists(cast("str", self._links["notes"]), self.size)

    @property
    def note_names(self) -> Sequence[str]:
        """The name of each note."""
        return cast("Sequence[str]", self._links["names"])

    def find_called(self, text: str) -> Sequence[int]:
        """Return the notes of that name, title or alias."""
        return cast("dict[str, Sequence[int]]", self._links["by_name"]).get(fold(text), ())


def _format_day(year: int, month: int, day: int) -> str:
    """Return a day, or the month or year alone where the others are 0."""
    parts = [
        f"{year:04}" if year else "",
        f"-{month:02}" if month else "",
        f"-{day:02}" if day else "",
    ]
    return "".join(parts)


def _unpack_postings(text: str) -> dict[int, int]:
    postings: dict[int, int] = {}
    numbers, note = unpack_numbers(text), 0
    for step in numbers:
        note += step
        postings[note] = next(numbers)
    return postings


def _unpack_positions(text: str) -> Iterator[tuple[int, Sequence[int]]]:
    numbers, note = unpack_numbers(text), 0
    for step in numbers:
        note += step
        count, position = next(numbers), 0
        positions = []
        for gap in islice(numbers, count):
            position += gap
            positions.append(position)
        yield note, positions


def _split_texts(column: str, size: int) -> Sequence[str]:
    return column.split(",") if size else []


def _split_lists(column: str, size: int) -> Sequence[Sequence[int]]:
    return [[*map(int, entry.split())] for entry in _split_texts(column, size)]
