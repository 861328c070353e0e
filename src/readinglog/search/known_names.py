"""The names by which a note is known: titles, aliases, identifiers and addresses, and of a tag."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from readinglog.model.bylines import list_people
from readinglog.model.identifiers import make_work_key
from readinglog.model.note import Note
from readinglog.model.person_names import PersonName
from readinglog.notebook.notebook import Notebook
from readinglog.search.language import COMMON_WORDS
from readinglog.search.name_keys import find_repository, make_name_key, make_page_key
from readinglog.search.words import split_words

# Where several notes have a name: the hub of a tag so called, then those whose title it is …
_HUB, _TITLE, _ALIAS, _NAME, _WORK = range(5)
_REPOSITORY, _HOST, _SHORT_TITLE, _CITATION, _MOST_LINKED = range(5, 10)
OwnName = tuple[int, str]  # how likely it is meant, 0 first, and its key
_HOST_OF = re.compile(r"[a-z]+://([^/?#]+)", re.IGNORECASE)
_FOUND_IN_QUERIES = ("arxiv", "doi")  # identifiers that are seen in any text
_MOST_OF_HOST = 10  # works of a host that its name alone finds


def collect_names(
    notebook: Notebook, link_counts: Mapping[Note, int], own: Mapping[Note, Sequence[OwnName]]
) -> dict[str, list[Note]]:
    """Return the notes that each key names, the likeliest first; `own` has what `list_own_names`
    returns for each note.
    """
    named: dict[str, list[tuple[int, Note]]] = defaultdict(list)
    for rank, key, note in _list_named(notebook, link_counts, own):
        if key:
            named[key].append((rank, note))
    return {
        key: list(dict.fromkeys(note for _, note in sorted(found, key=_by_rank(link_counts))))
        for key, found in named.items()
    }


def _by_rank(link_counts: Mapping[Note, int]) -> Callable[[tuple[int, Note]], tuple[int, int]]:
    return lambda named: (named[0], -link_counts[named[1]])


def list_own_names(note: Note) -> list[OwnName]:
    """Return the keys that name a note, whatever else is in its log."""
    return [
        (_TITLE, make_name_key(note.title)),
        (_SHORT_TITLE, make_name_key(note.short_title)),
        (_NAME, make_name_key(note.name)),
        (_NAME, make_page_key(note.name)),
        (_NAME, make_page_key(note.page_name)),
        *((_ALIAS, make_name_key(alias)) for alias in note.texts("aliases")),
        *((_WORK, key) for key in _list_work_keys(note)),
        *((_REPOSITORY, key) for key in _list_repository_keys(note)),
        (_CITATION, _make_citation_key(note)),
    ]


def _list_named(
    notebook: Notebook, link_counts: Mapping[Note, int], own: Mapping[Note, Sequence[OwnName]]
) -> Iterator[tuple[int, str, Note]]:
    for note in notebook.published:
        yield from ((rank, key, note) for rank, key in own[note])
    yield from _list_hosts(notebook)
    for tag in notebook.vocabulary.tags.values():
        hub = notebook.tags.hubs.get(tag.key)
        cited = _find_most_linked(notebook.tags.get_works(tag), link_counts)
        for text in dict.fromkeys((tag.key, tag.name, *(alias.text for alias in tag.aliases))):
            key = make_name_key(text)
            if hub:
                yield _HUB, key, hub
            for note in cited:
                yield _MOST_LINKED, key, note


def _list_addresses(note: Note) -> Iterator[str]:
    """Yield the addresses of a note's work, those made of identifiers too."""
    for field in note.schema.fields.values():
        value = note.values.get(field.name)
        if isinstance(value, str) and (field.is_locator or field.type.schemes):
            yield field.make_reference(value)


def _list_identifiers(note: Note) -> Iterator[str]:
    """Yield the keys of the identifiers of a note's work that no query is searched for, alone and
    behind the name of their field.
    """
    for name in note.schema.locators:
        if name in _FOUND_IN_QUERIES:
            continue
        value = note.values.get(name)
        if isinstance(value, str) and not note.schema.fields[name].type.schemes:
            for key in dict.fromkeys((make_name_key(value), note.isbn if name == "isbn" else "")):
                if key:
                    yield key
                    yield f"{name}{key}"


def _list_work_keys(note: Note) -> Iterator[str]:
    """Yield the keys of the addresses and identifiers of a note's work."""
    for address in _list_addresses(note):
        yield make_work_key(address, note.title)
        yield make_work_key(address)
    yield from _list_identifiers(note)
    if note.doi:
        yield f"doi:{note.doi}"
    if note.arxiv:
        yield f"arxiv:{note.arxiv}"


def _list_repository_keys(note: Note) -> Iterator[str]:
    """Yield the keys of the repositories of a note's work.

    That of which it is a folder is meant where nothing else within it is.
    """
    for address in _list_addresses(note):
        if repository := find_repository(address):
            yield repository.key + ("/" if repository.is_within else "")


def _make_citation_key(note: Note) -> str:
    """Return the name by which bibliographies often cite a work, such as `vaswani2017attention`."""
    words = (word for word in split_words(note.title) if word not in COMMON_WORDS)
    first = next(iter(list_people(note)), PersonName())
    family_name = next(iter(split_words(first.family or first.whole)[-1:]), "")
    parts = (family_name, note.published[:4], next(words, ""))
    return "".join(parts) if all(parts) else ""


def _list_hosts(notebook: Notebook) -> Iterator[tuple[int, str, Note]]:
    """Yield the hosts of which the log has a few works, each with its works."""
    by_host: dict[str, list[Note]] = defaultdict(list)
    for note in notebook.published:
        url = note.values.get("url")
        if isinstance(url, str) and (found := _HOST_OF.match(url)):
            by_host[make_work_key(f"//{found[1]}")].append(note)
    for host, notes in by_host.items():
        if len(notes) <= _MOST_OF_HOST:
            yield from ((_HOST, host, note) for note in notes)


def _find_most_linked(works: Sequence[Note], link_counts: Mapping[Note, int]) -> Sequence[Note]:
    linked = [note for note in works if link_counts[note]]
    return sorted(linked, key=link_counts.__getitem__, reverse=True)[:1]
