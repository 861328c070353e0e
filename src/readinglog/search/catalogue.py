"""The log as the search page reads it: columns of what can be asked and counted, a few bytes a note.

Notes stand in one order, the oldest first, so that a new one comes behind the others; a column has an entry for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain

from readinglog.model.fields import STATUSES, list_relations
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.search.corpus import Corpus, has, make_order_key
from readinglog.search.fields import (
    OWN_CHOICES,
    Choice,
    Name,
    Range,
    SearchField,
    get_search_fields,
    get_searched_field,
    list_has_values,
)
from readinglog.search.index_document import (
    BODY,
    HEAD,
    STARTS,
    TITLE_TERMS,
    TITLE_WORDS,
    WEIGHTS,
    ZONES,
)
from readinglog.search.parser import DEEPEST, LONGEST
from readinglog.search.query_errors import MESSAGES
from readinglog.search.words import COMMON, QUESTION, SENTENCE

_PACKED = ("kind", "status", "year", "date", "rating")  # fields with columns of their own


def order_notes(corpus: Corpus) -> list[Note]:
    """The notes in the order of the columns."""
    return corpus.notes[::-1]


def compute_stamp(corpus: Corpus) -> str:
    """What tells whether an index was made of these notes: a digest of all that goes into it."""
    vocabulary = corpus.notebook.vocabulary.source
    sources = [*(note.source for note in corpus.notes), *([vocabulary] if vocabulary else [])]
    digest = hashlib.sha256(repr(ZONES).encode())
    for source in sources:
        digest.update(
            b"%d %s %d "
            % (len(source.path), source.path.encode(errors="replace"), len(source.data))
        )
        digest.update(source.data)
    return digest.hexdigest()[:16]


def describe_language() -> dict[str, object]:
    """What the page must know of the language to read a query as `grammar` does, and to weigh as `search` does."""
    return {
        "fields": {name: _field(kind) for name, kind in get_search_fields().items()},
        "relations": list_relations(),
        "messages": MESSAGES,
        "common_words": sorted(COMMON),
        "question_words": sorted(QUESTION),
        "sentence_length": SENTENCE,
        "max_length": LONGEST,
        "max_depth": DEEPEST,
        "head_word": HEAD,
        "body_word": BODY,
        "zone_starts": STARTS,
        "zone_weights": WEIGHTS,
        "title_zone": [TITLE_WORDS, *TITLE_TERMS],
    }


def _field(kind: SearchField) -> dict[str, object]:
    """Return what the page has to know of a field: its type, and what its values look like."""
    match kind:
        case Choice(values):
            return {"type": "choice", "values": values}
        case Range(form, example):
            return {"type": "range", "pattern": form, "example": example}
        case Name(of, example, is_words):
            return {"type": of, "example": example, "is_words": is_words}


def make_core(corpus: Corpus) -> dict[str, object]:
    """What every query needs: the language, the tags, and the columns of the facets and of the orders."""
    notes, vocabulary = order_notes(corpus), corpus.notebook.vocabulary
    keys, kinds = list(vocabulary.tags), list(KINDS)
    at = {key: number for number, key in enumerate(keys)}
    paths = {key: vocabulary.path(vocabulary.tags[key]) for key in keys}
    return {
        "build_id": compute_stamp(corpus),
        "note_count": len(notes),
        "language": describe_language(),
        "tags": [
            [key, vocabulary.tags[key].name, at[paths[key][-2].key] if len(paths[key]) > 1 else -1]
            for key in keys
        ],
        "addresses": [vocabulary.slugs[key] for key in keys],
        "hues": [vocabulary.hue(vocabulary.tags[key]) for key in keys],
        "tag_names": {word: at[tag.key] for word, tag in vocabulary.by_fold.items()},
        "kinds": kinds,
        "statuses": STATUSES,
        "tag": _lists(_tags(note, corpus, at) for note in notes),
        "kind": _digits(kinds.index(note.kind) for note in notes),
        "status": _digits(STATUSES.index(note.status) for note in notes),
        "rating": _digits(note.rating for note in notes),
        "has": _list_properties(notes),
        "orphans": [number for number, note in enumerate(notes) if corpus.is_orphan(note)],
        "columns": _list_columns(notes),
        "published": ",".join(note.published for note in notes),
        "date": ",".join(note.date.isoformat() if note.date else "" for note in notes),
    }


def list_names(corpus: Corpus, field: str) -> dict[str, object]:
    """Return the names that a query field finds, such as the authors, and which each note has."""
    name = get_searched_field(field).name
    column = [note.list_texts(name) for note in order_notes(corpus)]
    names = sorted(set(chain.from_iterable(column)))
    at = {text: number for number, text in enumerate(names)}
    return {"names": names, "notes": _lists([at[text] for text in texts] for texts in column)}


def list_links(corpus: Corpus) -> dict[str, object]:
    """The notes by all that they may be called, and which notes each links to."""
    notes, names = order_notes(corpus), corpus.notebook.names
    at = {note: number for number, note in enumerate(notes)}
    called = {
        word: [at[note] for note in found if note in at]
        for word, found in (names.by_title | names.by_name).items()
    }
    return {
        "names": [note.name for note in notes],
        "by_name": {word: numbers for word, numbers in sorted(called.items()) if numbers},
        "notes": _lists(sorted(at[to] for to in corpus.targets[note]) for note in notes),
    }


def _tags(note: Note, corpus: Corpus, at: dict[str, int]) -> list[int]:
    return [at[tag.key] for tag in corpus.notebook.tags.of(note)]


def _lists(column: Iterable[Iterable[int]]) -> str:
    """A column of lists of numbers: spaces within a list, commas between."""
    return ",".join(" ".join(map(str, entry)) for entry in column)


def _list_columns(notes: Sequence[Note]) -> dict[str, str]:
    """Return the columns of the choices and ranges that have none of their own."""
    names = [
        name
        for name, kind in get_search_fields().items()
        if isinstance(kind, (Choice, Range)) and name not in (*OWN_CHOICES, *_PACKED)
    ]
    return {name: ",".join(map(make_order_key(name), notes)) for name in names}


def _list_properties(notes: Sequence[Note]) -> str:
    """Return a column of what each note has, a bit a value of `has:`, in as few whole bytes."""
    values = list_has_values()
    digits = 2 * ((len(values) + 7) // 8)
    numbers = (sum(has(note, value) << bit for bit, value in enumerate(values)) for note in notes)
    return "".join(f"{number:0{digits}x}" for number in numbers)


def _digits(column: Iterable[int]) -> str:
    """A column of numbers up to fifteen, a character each."""
    return "".join(f"{number:x}" for number in column)
