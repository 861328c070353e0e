"""The log as the search page reads it: columns of field values, a few bytes a note.

Each column has one entry a note. The oldest note comes first, so that a new one is appended.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain

from readinglog.model.fields import STATUSES, list_relations
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.model.vocabulary import Vocabulary
from readinglog.search import language
from readinglog.search.corpus import Corpus, has, make_order_key
from readinglog.search.language import Choice, Name, Range, SearchField

_PACKED = ("kind", "status", "year", "date", "rating")  # fields with columns of their own


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
    fields = language.get_search_fields()
    return {
        "fields": {name: _describe_field(kind) for name, kind in fields.items()},
        "relations": list_relations(),
        "messages": language.MESSAGES,
        "common_words": sorted(language.COMMON_WORDS),
        "question_words": sorted(language.QUESTION_WORDS),
        "sentence_length": language.SENTENCE_LENGTH,
        "max_length": language.LONGEST_QUERY,
        "max_depth": language.DEEPEST_NESTING,
        "head_word": language.HEAD_WORD,
        "body_word": language.BODY_WORD,
        "zone_starts": language.STARTS,
        "zone_weights": language.WEIGHTS,
        "title_zone": [language.TITLE_WORDS_END, *language.TITLE_TERMS],
    }


def _describe_field(kind: SearchField) -> dict[str, object]:
    """Return what the page has to know of a field: its type, and what its values look like."""
    match kind:
        case Choice(values):
            return {"type": "choice", "values": values}
        case Range(form, example):
            return {"type": "range", "pattern": form, "example": example}
        case Name(of, example, is_words):
            return {"type": of, "example": example, "is_words": is_words}


def make_core(corpus: Corpus) -> dict[str, object]:
    """Return what every query needs: language, tags, and columns for facets and sorting."""
    notes, kinds = order_notes(corpus), list(KINDS)
    return {
        "build_id": compute_stamp(corpus),
        "note_count": len(notes),
        "language": describe_language(),
        **_describe_tags(corpus.notebook.vocabulary),
        "kinds": kinds,
        "statuses": STATUSES,
        "tag": _encode_lists(_list_tag_numbers(corpus, notes)),
        "kind": _encode_digits(kinds.index(note.kind) for note in notes),
        "status": _encode_digits(STATUSES.index(note.status) for note in notes),
        "rating": _encode_digits(note.rating for note in notes),
        "has": _encode_properties(notes),
        "orphans": [number for number, note in enumerate(notes) if corpus.is_orphan(note)],
        "columns": _list_columns(notes),
        "published": ",".join(note.published for note in notes),
        "date": ",".join(note.date.isoformat() if note.date else "" for note in notes),
    }


def _describe_tags(vocabulary: Vocabulary) -> dict[str, object]:
    """Return the tags with their parents, addresses, hues and names.

    A tag is known by its number.
    """
    numbers = {key: number for number, key in enumerate(vocabulary.tags)}
    tags = []
    for key, tag in vocabulary.tags.items():
        path = vocabulary.get_path(tag)
        tags.append([key, tag.name, numbers[path[-2].key] if len(path) > 1 else -1])
    return {
        "tags": tags,
        "addresses": [vocabulary.slugs[key] for key in vocabulary.tags],
        "hues": [vocabulary.get_hue(tag) for tag in vocabulary.tags.values()],
        "tag_names": {word: numbers[tag.key] for word, tag in vocabulary.by_fold.items()},
    }


def _list_tag_numbers(corpus: Corpus, notes: Iterable[Note]) -> Iterable[list[int]]:
    numbers = {key: number for number, key in enumerate(corpus.notebook.vocabulary.tags)}
    for note in notes:
        yield [numbers[tag.key] for tag in corpus.notebook.tags.get_tags(note)]


def _list_columns(notes: Sequence[Note]) -> dict[str, str]:
    """Return the columns of the choices and ranges that have none of their own."""
    names = [
        name
        for name, kind in language.get_search_fields().items()
        if isinstance(kind, (Choice, Range)) and name not in (*language.OWN_CHOICES, *_PACKED)
    ]
    return {name: ",".join(map(make_order_key(name), notes)) for name in names}


def list_names(corpus: Corpus, field: str) -> dict[str, object]:
    """Return the names that a query field finds, such as the authors, and those of each note."""
    name = language.get_searched_field(field).name
    column = [note.list_texts(name) for note in order_notes(corpus)]
    names = sorted(set(chain.from_iterable(column)))
    numbers = {text: number for number, text in enumerate(names)}
    lists = ([numbers[text] for text in texts] for texts in column)
    return {"names": names, "notes": _encode_lists(lists)}


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
        "by_name": {word: found for word, found in sorted(called.items()) if found},
        "notes": _encode_lists(
            sorted(numbers[target] for target in corpus.targets[note]) for note in notes
        ),
    }


def _encode_lists(column: Iterable[Iterable[int]]) -> str:
    """Write a column of lists of numbers: spaces within a list, commas between lists."""
    return ",".join(" ".join(map(str, entry)) for entry in column)


def _encode_properties(notes: Sequence[Note]) -> str:
    """Write a column of what each note has, a bit a value of `has:`, in as few whole bytes."""
    values = language.list_has_values()
    digits = 2 * ((len(values) + 7) // 8)
    masks = (sum(has(note, value) << bit for bit, value in enumerate(values)) for note in notes)
    return "".join(f"{mask:0{digits}x}" for mask in masks)


def _encode_digits(column: Iterable[int]) -> str:
    """Write a column of numbers up to 15, one hexadecimal digit each."""
    return "".join(f"{number:x}" for number in column)
