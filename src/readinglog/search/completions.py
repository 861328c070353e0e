"""What the palette of the site completes: works, tags, names of people, and filters, with counts.

They are those that the search counts: of a tag with its subtags, of an author by the name as it is
written, of a work the notes that link to it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from readinglog.model.bylines import list_people
from readinglog.model.fields import STATUSES
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.formulas import write_plain
from readinglog.parsing.latex.macros import Macros
from readinglog.search import catalogue, language
from readinglog.search.examples import make_log_language
from readinglog.search.language import Choice, Range
from readinglog.search.parser import make_example

_YEAR_LENGTH = len("2024")
_MONTH_LENGTH = len("2024-05")  # of a day, only its month is completed
Counts = Mapping[str, int | None]


def make_completions(
    notebook: Notebook, notes: Sequence[Note], targets: catalogue.Targets
) -> dict[str, object]:
    """Return what can be completed. `notes` are those published, the oldest first."""
    rules = ("letter_spellings", "letter_names", "unspaced_letters")
    known = make_log_language(notebook)
    described = catalogue.describe_language(known)
    return {
        "words": {rule: described[rule] for rule in rules},
        "kinds": list(notebook.schema.note_kinds),
        "works": _list_works(notebook, notes, targets),
        "plain_titles": _list_plain_titles(notes, notebook.macros),
        "tags": _list_tags(notebook, notes),
        "names": {field: _count_names(notebook, notes, field) for field in known.word_fields},
        "values": _count_values(notebook, notes, targets),
        "fields": {name: make_example(name, kind) for name, kind in known.fields.items()},
    }


def _list_works(
    notebook: Notebook, notes: Sequence[Note], targets: catalogue.Targets
) -> list[list[object]]:
    """Return name, title, number of the kind, number of links to it, citation, and aliases of each
    note.
    """
    kinds = list(notebook.schema.note_kinds)
    links = Counter(target for found in targets.values() for target in found)
    return [
        [
            note.page_name,
            note.title,
            kinds.index(note.kind),
            links[note],
            _format_citation(note),
            *note.texts("aliases"),
        ]
        for note in notes
    ]


def _format_citation(note: Note) -> str:
    """Return the first author and the year, as texts cite a work: `Shazeer 2017`; or ''."""
    first = next(iter(list_people(note)), PersonName())
    name = f"{first.prefix} {first.family}".strip() or first.whole
    year = note.published[:_YEAR_LENGTH]
    return f"{name} {year}" if name and year else ""


def _list_plain_titles(notes: Iterable[Note], macros: Macros) -> dict[str, str]:
    """Return the titles with formulas as words, by the names of their notes."""
    titles = {note: write_plain(note.title, macros) for note in notes}
    return {note.page_name: title for note, title in titles.items() if title != note.title}


def _list_tags(notebook: Notebook, notes: Iterable[Note]) -> list[list[object]]:
    """Return key, name, address, number of notes, and aliases of each tag that a note has."""
    vocabulary = notebook.vocabulary
    counts = Counter(
        key
        for note in notes
        for key in {
            step.key for tag in notebook.tags.get_tags(note) for step in vocabulary.get_path(tag)
        }
    )
    return [
        [key, tag.name, vocabulary.slugs[key], counts[key], *(alias.text for alias in tag.aliases)]
        for key, tag in vocabulary.tags.items()
        if counts[key]
    ]


def _count_names(notebook: Notebook, notes: Iterable[Note], field: str) -> Counts:
    """Return the number of notes with each name that a query field finds."""
    name = language.get_searched_field(field, notebook.schema).name
    counts = Counter(text for note in notes for text in set(note.list_texts(name)))
    return dict(sorted(counts.items()))


def _count_values(
    notebook: Notebook, notes: Sequence[Note], targets: catalogue.Targets
) -> dict[str, Counts]:
    """Return the values of each field that has a list of them, with the number of notes for each.

    Those that no note has are left out. None stands for what only a browser can count, and for
    orders, which leave no note out.
    """
    found: dict[str, Counts] = {}
    schema = notebook.schema
    for name, kind in make_log_language(notebook).fields.items():
        match kind:
            case Choice(values) if name in language.OWN_CHOICES:
                found[name] = _count_own_values(name, values, notebook, notes, targets)
            case Choice(values):
                counts = Counter(map(catalogue.make_order_key(name, schema), notes))
                found[name] = {value: counts[value] for value in values if counts[value]}
            case Range():
                get_key = catalogue.make_order_key(name, schema)
                keys = (get_key(note)[:_MONTH_LENGTH] for note in notes)
                counts = Counter(filter(None, keys))
                found[name] = dict(sorted(counts.items()))
    return found


def _count_own_values(
    field: str,
    values: Sequence[str],
    notebook: Notebook,
    notes: Sequence[Note],
    targets: catalogue.Targets,
) -> Counts:
    """Return the values of a field that asks for no one field of front matter."""
    if field == "sort":
        return dict.fromkeys(language.SORTS)
    if field == "has":
        found = (catalogue.list_properties(note, values) for note in notes)
        counts = Counter(chain.from_iterable(found))
        return {value: counts[value] for value in values if counts[value]}
    statuses = Counter(note.status for note in notes)
    known: dict[str, int | None] = {name: statuses[name] for name in STATUSES if statuses[name]}
    if disputed := len(catalogue.list_disputed(notebook, notes)):
        known[language.DISPUTED] = disputed
    if orphans := len(catalogue.list_orphans(notes, targets)):
        known["orphan"] = orphans
    return known | {language.MARKED: None}
