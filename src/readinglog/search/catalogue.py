"""The log as the search page reads it: columns of what can be asked and counted, a few bytes a note.

Notes stand in one order, the oldest first, so that a new one comes behind the others; a column has an entry for each.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain

from readinglog.model.note import Note
from readinglog.model.schema import KINDS, STATUSES
from readinglog.search.corpus import HAS, ORDERED, Corpus, get_venue
from readinglog.search.fields import FIELDS, Choice, Name, Range
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
        "fields": {name: _field(kind) for name, kind in FIELDS.items()},
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


def _field(kind: Choice | Range | Name) -> dict[str, object]:
    """Return what the page has to know of a field: its type, and what its values look like."""
    match kind:
        case Choice(values):
            return {"type": "choice", "values": values}
        case Range(form, example):
            return {"type": "range", "pattern": form, "example": example}
        case Name(of, example):
            return {"type": of, "example": example}


def make_core(corpus: Corpus) -> dict[str, object]:
    """What every query needs: the language, the tags, and the columns of the facets and of the orders."""
    notes, vocabulary = order_notes(corpus), corpus.notebook.vocabulary
    keys = list(vocabulary.tags)
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
        "kinds": KINDS,
        "statuses": STATUSES,
        "tag": _lists(_tags(note, corpus, at) for note in notes),
        "kind": _digits(KINDS.index(note.kind) for note in notes),
        "status": _digits(STATUSES.index(note.status) for note in notes),
        "rating": _digits(int(ORDERED["rating"](note) or 0) for note in notes),
        "has": _pairs(
            sum(holds(note) << bit for bit, holds in enumerate(HAS.values())) for note in notes
        ),
        "orphans": [number for number, note in enumerate(notes) if corpus.is_orphan(note)],
        "published": ",".join(note.published for note in notes),
        "date": ",".join(ORDERED["date"](note) for note in notes),
    }


def list_authors(corpus: Corpus) -> dict[str, object]:
    """The authors, and which each note has."""
    return _named([note.authors for note in order_notes(corpus)])


def list_venues(corpus: Corpus) -> dict[str, object]:
    """The venues, and which each note has."""
    return _named([(get_venue(note),) if get_venue(note) else () for note in order_notes(corpus)])


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


def _named(column: Sequence[Sequence[str]]) -> dict[str, object]:
    names = sorted(set(chain.from_iterable(column)))
    at = {name: number for number, name in enumerate(names)}
    return {"names": names, "notes": _lists([at[name] for name in entry] for entry in column)}


def _lists(column: Iterable[Iterable[int]]) -> str:
    """A column of lists of numbers: spaces within a list, commas between."""
    return ",".join(" ".join(map(str, entry)) for entry in column)


def _pairs(column: Iterable[int]) -> str:
    """A column of numbers up to 255, two characters each."""
    return "".join(f"{number:02x}" for number in column)


def _digits(column: Iterable[int]) -> str:
    """A column of numbers up to fifteen, a character each."""
    return "".join(f"{number:x}" for number in column)
