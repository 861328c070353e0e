"""The log as the search page reads it: columns of field values, a few bytes a note.

Each column has one entry a note. The oldest note comes first, so that a new one is appended.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain

from readinglog.model import identifiers
from readinglog.model.field import SearchRange
from readinglog.model.fields import STATUSES
from readinglog.model.note import Note
from readinglog.model.schema import Schema
from readinglog.model.slugs import GREEK_NAMES, fold
from readinglog.model.vocabulary import Vocabulary
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.formulas import KINDS as MATH_KINDS
from readinglog.search import language, name_keys
from readinglog.search.examples import make_log_language
from readinglog.search.language import (
    HAS_CLAIMS,
    HAS_MATH,
    Choice,
    Name,
    Range,
    SearchField,
    SearchLanguage,
    get_searched_field,
)
from readinglog.search.packing import pack_numbers

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PACKED = ("kind", "status", "year", "date", "rating")  # fields with columns of their own
Targets = Mapping[Note, set[Note]]


def find_targets(notebook: Notebook) -> dict[Note, set[Note]]:
    """Return the published notes that each published note links to or names in a relation."""
    found: dict[Note, set[Note]] = {note: set() for note in notebook.published}
    for target in notebook.published:
        for back in notebook.graph.backlinks.get(target, ()):
            if back.note in found:
                found[back.note].add(target)
    return found


def compute_stamp(notebook: Notebook) -> str:
    """Return a digest of all that an index is made of.

    It tells whether an index belongs to these notes.
    """
    vocabulary = notebook.vocabulary.source
    sources = [*(note.source for note in notebook.published), *filter(None, [vocabulary])]
    digest = hashlib.sha256(repr(describe_language(make_log_language(notebook))).encode())
    for source in sources:
        path = source.path.encode(errors="replace")
        digest.update(b"%d %s %d " % (len(source.path), path, len(source.data)))
        digest.update(source.data)
    return digest.hexdigest()[:16]


def describe_language(known: SearchLanguage) -> dict[str, object]:
    """Return what the page needs to parse a query as `parser` does and to rank as `engine` does."""
    return {
        "fields": {name: _describe_field(kind) for name, kind in known.fields.items()},
        "relations": known.relations,
        "text_fields": language.TEXT_FIELDS,
        "messages": language.MESSAGES,
        "common_words": sorted(language.COMMON_WORDS),
        "et_al": list(language.ET_AL),
        "question_words": sorted(language.QUESTION_WORDS),
        "sentence_length": language.SENTENCE_LENGTH,
        "kind_words": known.kind_words,
        "max_description": language.LONGEST_DESCRIPTION,
        "address_words": sorted(language.ADDRESS_WORDS),
        "field_synonyms": language.FIELD_SYNONYMS,
        "value_synonyms": known.value_synonyms,
        "hub_kinds": known.hub_kinds,
        "max_length": language.LONGEST_QUERY,
        "max_depth": language.DEEPEST_NESTING,
        "letter_spellings": language.LETTER_SPELLINGS,
        "letter_names": GREEK_NAMES,
        "unspaced_letters": language.UNSPACED_LETTERS,
        "language_mark": language.LANGUAGE_MARK,
        "irregular_plurals": language.IRREGULAR_PLURALS,
        "british_starts": language.BRITISH_STARTS,
        "british_end": language.BRITISH_END,
        "name_patterns": name_keys.PATTERNS,
        "work_patterns": identifiers.PATTERNS,
        "occurrence": language.OCCURRENCE,
        "saturation": language.SATURATION,
        "form_weight": language.FORM_WEIGHT,
        "link_weight": language.LINK_WEIGHT,
        "enough_words": language.ENOUGH_WORDS,
        "enough_of_question": language.ENOUGH_OF_QUESTION,
    }


def _describe_field(kind: SearchField) -> dict[str, object]:
    """Return what the page has to know of a field: its type, and what its values look like."""
    match kind:
        case Choice(values):
            return {"type": "choice", "values": values}
        case Range(form, example):
            return {"type": "range", "pattern": form, "example": example}
        case Name(of, example, is_words, noun):
            described = {"type": of, "example": example, "is_words": is_words}
            return described | ({"noun": noun} if noun else {})


def make_core(notebook: Notebook, notes: Sequence[Note], targets: Targets) -> dict[str, object]:
    """Return what every query needs: language, tags, and columns for facets and sorting.

    `notes` are those published, the oldest first.
    """
    kinds = list(notebook.schema.note_kinds)
    known = make_log_language(notebook)
    counts = Counter(target for found in targets.values() for target in found)
    return {
        "build_id": compute_stamp(notebook),
        "note_count": len(notes),
        "language": describe_language(known),
        **_describe_tags(notebook.vocabulary),
        "kinds": kinds,
        "statuses": STATUSES,
        "tag": _encode_lists(_list_tag_numbers(notebook, notes)),
        "kind": _encode_digits(kinds.index(note.kind) for note in notes),
        "status": _encode_digits(STATUSES.index(note.status) for note in notes),
        "rating": _encode_digits(note.rating for note in notes),
        "has": _encode_properties(notes, known.has_values),
        "links": pack_numbers(counts[note] for note in notes),
        "has_languages": any(note.foreign_language for note in notes),
        "disputed": list_disputed(notebook, notes),
        "orphans": list_orphans(notes, targets),
        "columns": _list_columns(notes, notebook.schema, known),
        "published": _pack_days(note.published for note in notes),
        "date": ",".join(note.date.isoformat() if note.date else "" for note in notes),
    }


def list_disputed(notebook: Notebook, notes: Sequence[Note]) -> list[int]:
    """Return the numbers of the notes that another disputes, or a claim of theirs."""
    disputed = {dispute.disputed.note for dispute in notebook.disputes}
    return [number for number, note in enumerate(notes) if note in disputed]


def list_orphans(notes: Sequence[Note], targets: Targets) -> list[int]:
    """Return the numbers of the notes without links in either direction."""
    linked = set(chain.from_iterable(targets.values()))
    return [number for number, note in enumerate(notes) if not targets[note] and note not in linked]


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


def _list_tag_numbers(notebook: Notebook, notes: Iterable[Note]) -> Iterable[list[int]]:
    numbers = {key: number for number, key in enumerate(notebook.vocabulary.tags)}
    for note in notes:
        yield [numbers[tag.key] for tag in notebook.tags.get_tags(note)]


def _list_columns(notes: Sequence[Note], schema: Schema, known: SearchLanguage) -> dict[str, str]:
    """Return the columns of the choices and ranges that have none of their own."""
    names = [
        name
        for name, kind in known.fields.items()
        if isinstance(kind, (Choice, Range)) and name not in (*language.OWN_CHOICES, *_PACKED)
    ]
    return {name: ",".join(map(make_order_key(name, schema), notes)) for name in names}


def list_names(notes: Iterable[Note], field: str, schema: Schema) -> dict[str, object]:
    """Return the names that a query field finds, such as the authors, and those of each note."""
    name = get_searched_field(field, schema).name
    column = [note.list_texts(name) for note in notes]
    names = sorted(set(chain.from_iterable(column)))
    numbers = {text: number for number, text in enumerate(names)}
    lists = ([numbers[text] for text in texts] for texts in column)
    return {"names": names, "notes": _encode_lists(lists)}


def list_links(notebook: Notebook, notes: Sequence[Note], targets: Targets) -> dict[str, object]:
    """Return the notes by name, title and alias, and the notes that each of them links to."""
    names = notebook.names
    numbers = {note: number for number, note in enumerate(notes)}
    called = {
        word: [numbers[note] for note in found if note in numbers]
        for word, found in (names.by_title | names.by_name).items()
    } | {fold(note.page_name): [numbers[note]] for note in notes if note.shared_name}
    return {
        "names": [note.page_name for note in notes],
        "by_name": {word: found for word, found in sorted(called.items()) if found},
        "former_names": {
            name: number
            for number, note in enumerate(notes)
            for name in notebook.publication.get_former_names(note)
        },
        "notes": _encode_lists(sorted(map(numbers.__getitem__, targets[note])) for note in notes),
    }


def list_properties(note: Note, values: Collection[str]) -> set[str]:
    """Return those values of `has:` that find `note`."""
    schema = note.schema
    found = {name for name in schema.fields.keys() & values if note.has(name)}
    if not note.region_kinds.isdisjoint(MATH_KINDS):
        found.add(HAS_MATH)
    if note.claims:
        any_claim, any_result = HAS_CLAIMS
        found.add(any_claim)
        if any(claim.result for claim in note.claims):
            found.add(any_result)
        of_claims = (*schema.relations, *schema.own_claim_fields)
        # what a claim disputes, its note does
        found.update(name for name in of_claims if any(claim.get(name) for claim in note.claims))
    return found.intersection(values)


def make_order_key(field: str, schema: Schema) -> Callable[[Note], str]:
    """Return the function that gives the text by which a note is compared in a range, or ''."""
    known = get_searched_field(field, schema)
    length = known.search.length if isinstance(known.search, SearchRange) else None
    return lambda note: next(iter(note.list_texts(known.name)), "")[:length]


def _pack_days(column: Iterable[str]) -> list[str]:
    """Write a column of days as those of their years, months and days, 0 where there is none: apart
    they take half the bytes.
    """
    days = [[*map(int, (text or "0").split("-")), 0, 0][:3] for text in column]
    return [pack_numbers(day[part] for day in days) for part in range(3)]


def _encode_lists(column: Iterable[Iterable[int]]) -> str:
    """Write a column of lists of numbers: spaces within a list, commas between lists."""
    return ",".join(" ".join(map(str, entry)) for entry in column)


def _encode_properties(notes: Sequence[Note], values: Sequence[str]) -> str:
    """Write a column of what each note has, a bit a value of `has:`, in as few digits."""
    digits = (len(values) + 3) // 4
    bits = {value: 1 << bit for bit, value in enumerate(values)}
    masks = (sum(map(bits.__getitem__, list_properties(note, values))) for note in notes)
    return "".join(f"{mask:0{digits}x}" for mask in masks)


def _encode_digits(column: Iterable[int]) -> str:
    """Write a column of numbers, one digit of base 36 each."""
    return "".join(map(DIGITS.__getitem__, column))
