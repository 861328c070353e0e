"""The names by which a note is known: titles, aliases, identifiers and addresses, and of a tag."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from readinglog.model.fields import FIELDS
from readinglog.model.identifiers import make_work_key
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.search.name_keys import make_name_key, make_page_key

# Where several notes have a name: the hub of a tag so called, then those whose title it is …
_HUB, _TITLE, _ALIAS, _NAME, _WORK, _SHORT_TITLE, _MOST_LINKED = range(7)


def collect_names(notebook: Notebook, link_counts: Mapping[Note, int]) -> dict[str, list[Note]]:
    """Return the notes that each key names, the likeliest first."""
    named: dict[str, list[tuple[int, Note]]] = defaultdict(list)
    for rank, key, note in _list_named(notebook, link_counts):
        if key:
            named[key].append((rank, note))
    return {
        key: list(dict.fromkeys(note for _, note in sorted(found, key=_by_rank(link_counts))))
        for key, found in named.items()
    }


def _by_rank(link_counts: Mapping[Note, int]) -> Callable[[tuple[int, Note]], tuple[int, int]]:
    return lambda named: (named[0], -link_counts[named[1]])


def _list_named(
    notebook: Notebook, link_counts: Mapping[Note, int]
) -> Iterator[tuple[int, str, Note]]:
    for note in notebook.published:
        yield _TITLE, make_name_key(note.title), note
        yield _SHORT_TITLE, make_name_key(note.short_title), note
        yield _NAME, make_name_key(note.name), note
        yield _NAME, make_page_key(note.name), note
        for alias in note.texts("aliases"):
            yield _ALIAS, make_name_key(alias), note
        for key in _list_work_keys(note):
            yield _WORK, key, note
    for tag in notebook.vocabulary.tags.values():
        hub = notebook.tags.hubs.get(tag.key)
        cited = _find_most_linked(notebook.tags.works(tag), link_counts)
        for text in dict.fromkeys((tag.key, tag.name, *(alias.text for alias in tag.aliases))):
            key = make_name_key(text)
            if hub:
                yield _HUB, key, hub
            for note in cited:
                yield _MOST_LINKED, key, note


def _list_work_keys(note: Note) -> Iterator[str]:
    """Yield the keys of the addresses and identifiers of a note's work."""
    for field in FIELDS.values():
        value = note.values.get(field.name)
        if isinstance(value, str) and (field.locates or field.type.schemes):
            yield make_work_key(value, note.title)
            yield make_work_key(value)
    if note.doi:
        yield f"doi:{note.doi}"
    if note.arxiv:
        yield f"arxiv:{note.arxiv}"


def _find_most_linked(works: Sequence[Note], link_counts: Mapping[Note, int]) -> Sequence[Note]:
    linked = [note for note in works if link_counts[note]]
    return sorted(linked, key=link_counts.__getitem__, reverse=True)[:1]
