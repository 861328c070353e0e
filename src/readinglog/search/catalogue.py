"""The log as the search page reads it: columns of field values, a few bytes a note.

Each column has one entry a note. The oldest note comes first, so that a new one is appended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.schema import KINDS, STATUSES
from readinglog.model.vocabulary import Vocabulary
from readinglog.search import language
from readinglog.search.corpus import HAS_TESTS, ORDERED_FIELDS, Corpus, get_venue


def order_notes(corpus: Corpus) -> list[Note]:
    """Return the notes in the order of the columns."""
    return corpus.notes[::-1]


def compute_stamp(corpus: Corpus) -> str:
    """Return a digest of all that an index is made of.

    It tells whether an index belongs to these notes.
    """
    vocabulary = corpus.notebook.vocabulary.source
    sources = [*(note.source for note in corpus.notes), *([vocabulary] if vocabulary else [])]
    digest = hashlib.sha256(repr(language.ZONES).encode())
    for source in sources:
        path = source.path.encode(errors="replace")
        digest.update(b"%d %s %d " % (len(source.path), path, len(source.data)))
        digest.update(source.data)
    return digest.hexdigest()[:16]


def describe_language() -> dict[str, object]:
    """Return what the page needs to parse a query as `parser` does and to rank as `engine` does."""
    return {
        "fields": {
            name: {"of": type(kind).__name__.lower(), **kind._asdict()}
            for name, kind in language.FIELDS.items()
        },
        "messages": language.MESSAGES,
        "common": sorted(language.COMMON_WORDS),
        "question": sorted(language.QUESTION_WORDS),
        "sentence": language.SENTENCE_LENGTH,
        "longest": language.LONGEST_QUERY,
        "deepest": language.DEEPEST_NESTING,
        "head": language.HEAD_WORD,
        "body": language.BODY_WORD,
        "starts": language.STARTS,
        "weights": language.WEIGHTS,
        "title": [language.TITLE_WORDS_END, *language.TITLE_TERMS],
    }


def make_core(corpus: Corpus) -> dict[str, object]:
    """Return what every query needs: language, tags, and columns for facets and sorting."""
    notes = order_notes(corpus)
    return {
        "stamp": compute_stamp(corpus),
        "notes": len(notes),
        "language": describe_language(),
        **_describe_tags(corpus.notebook.vocabulary),
        "kinds": KINDS,
        "statuses": STATUSES,
        "tag": _encode_lists(_list_tag_numbers(corpus, notes)),
        "kind": _encode_digits(KINDS.index(note.kind) for note in notes),
        "status": _encode_digits(STATUSES.index(note.status) for note in notes),
        "rating": _encode_digits(int(ORDERED_FIELDS["rating"](note) or 0) for note in notes),
        "has": _encode_bytes(map(_make_has_mask, notes)),
        "orphans": [number for number, note in enumerate(notes) if corpus.is_orphan(note)],
        "published": ",".join(note.published for note in notes),
        "date": ",".join(ORDERED_FIELDS["date"](note) for note in notes),
    }


def _describe_tags(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the tags with their parents, addresses, hues and names.

    A tag is known by its number.
    """
    numbers = {key: number for number, key in enumerate(vocabulary.tags)}
    tags = []
    for key, tag in vocabulary.tags.items():
        path = vocabulary.path(tag)
        tags.append([key, tag.name, numbers[path[-2].key] if len(path) > 1 else -1])
    return {
        "tags": tags,
        "addresses": [vocabulary.slugs[key] for key in vocabulary.tags],
        "hues": [vocabulary.hue(tag) for tag in vocabulary.tags.values()],
        "names": {word: numbers[tag.key] for word, tag in vocabulary.by_fold.items()},
    }


def _list_tag_numbers(corpus: Corpus, notes: Iterable[Note]) -> Iterable[list[int]]:
    numbers = {key: number for number, key in enumerate(corpus.notebook.vocabulary.tags)}
    for note in notes:
        yield [numbers[tag.key] for tag in corpus.notebook.tags.of(note)]


def _make_has_mask(note: Note) -> int:
    """Return a number with one bit for each predicate of `has:`, set where it holds."""
    return sum(test(note) << bit for bit, test in enumerate(HAS_TESTS.values()))


def list_authors(corpus: Corpus) -> dict[str, object]:
    """Return the authors, and those of each note."""
    return _make_name_column([note.authors for note in order_notes(corpus)])


def list_venues(corpus: Corpus) -> dict[str, object]:
    """Return the venues, and that of each note."""
    venues = map(get_venue, order_notes(corpus))
    return _make_name_column([(venue,) if venue else () for venue in venues])


def list_links(corpus: Corpus) -> dict[str, object]:
    """Return the notes by name, title and alias, and the notes that each of them links to."""
    notes, names = order_notes(corpus), corpus.notebook.names
    numbers = {note: number for number, note in enumerate(notes)}
    called = {
        word: [numbers[note] for note in found if note in numbers]
        for word, found in (names.by_title | names.by_name).items()
    }
    return {
        "names": [note.name for note in notes],
        "called": {word: found for word, found in sorted(called.items()) if found},
        "notes": _encode_lists(
            sorted(numbers[target] for target in corpus.targets[note]) for note in notes
        ),
    }


def _make_name_column(column: Sequence[Sequence[str]]) -> dict[str, object]:
    """Return the names in `column`, sorted, and the column with numbers of names."""
    names = sorted(set(chain.from_iterable(column)))
    numbers = {name: number for number, name in enumerate(names)}
    return {
        "names": names,
        "notes": _encode_lists([numbers[name] for name in entry] for entry in column),
    }


def _encode_lists(column: Iterable[Iterable[int]]) -> str:
    """Write a column of lists of numbers: spaces within a list, commas between lists."""
    return ",".join(" ".join(map(str, entry)) for entry in column)


def _encode_bytes(column: Iterable[int]) -> str:
    """Write a column of numbers up to 255, two hexadecimal digits each."""
    return "".join(f"{number:02x}" for number in column)


def _encode_digits(column: Iterable[int]) -> str:
    """Write a column of numbers up to 15, one hexadecimal digit each."""
    return "".join(f"{number:x}" for number in column)
