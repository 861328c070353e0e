"""Reading paths, reading times, and the notes that should be written next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from readinglog.model.digraph import sort_prerequisites
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.resolution import Resolution
from readinglog.notebook.sort_keys import oldest_first

_WORDS_PER_MINUTE = 220
_PATH_LENGTH = 12  # notes


def find_reading_path(notebook: Notebook, note: Note) -> list[Note]:
    """Return the nearest twelve notes that `note` builds on, in the order in which to read them."""
    sorted_paths = sort_prerequisites(notebook.graph.prerequisites, note.path)
    nearest = set(islice(_list_prerequisites(notebook, note), _PATH_LENGTH))
    notes = (notebook.by_path[path] for path in sorted_paths)
    return [other for other in notes if other in nearest]


def _list_prerequisites(notebook: Notebook, note: Note) -> Iterator[Note]:
    """Yield the published notes that `note` builds on, the nearest first."""
    seen = {note.path}
    queue = [note.path]
    for path in queue:  # which grows meanwhile: breadth-first search
        for prerequisite in notebook.graph.prerequisites.get(path, ()):
            if prerequisite in seen:
                continue
            seen.add(prerequisite)
            queue.append(prerequisite)
            if notebook.publication.is_published(notebook.by_path[prerequisite]):
                yield notebook.by_path[prerequisite]


def order_for_reading(notebook: Notebook, works: Iterable[Note]) -> list[Note]:
    """Return works in the order in which to read them: oldest first, after what they build on."""
    oldest = sorted(works, key=oldest_first)
    paths = {note.path for note in oldest}
    prerequisites = notebook.graph.prerequisites
    within = {
        path: [before for before in prerequisites[path] if before in paths]
        for path in paths & prerequisites.keys()
    }
    ordered: dict[str, None] = {}
    for note in oldest:
        if note.path in within and note.path not in ordered:
            ordered |= dict.fromkeys(sort_prerequisites(within, note.path))
        ordered[note.path] = None
    return [notebook.by_path[path] for path in ordered]


def estimate_minutes(note: Note) -> int:
    """Return how many minutes `note` takes to read, at least one."""
    return max(1, round(note.word_count / _WORDS_PER_MINUTE))


def find_wanted_notes(notebook: Notebook) -> list[tuple[str, list[Note]]]:
    """Return the targets of published notes that do not exist, with the notes that refer to them.

    Those with the most notes come first.
    """
    notes: dict[str, dict[Note, None]] = defaultdict(dict)
    spellings: dict[str, str] = {}
    for note in notebook.published:
        for reference in list_references(notebook, note):
            if reference.resolution.is_missing:
                key = fold(reference.target)
                spellings.setdefault(key, reference.target)
                notes[key][note] = None
    keys = sorted(notes, key=lambda key: (-len(notes[key]), key))
    return [(spellings[key], list(notes[key])) for key in keys]


class Reference(NamedTuple):
    """A link or relation to a note, which may not exist: its target, place and resolution."""

    target: str
    span: Span
    resolution: Resolution


def list_references(notebook: Notebook, note: Note) -> Iterator[Reference]:
    """Yield the links and relations of `note` to other notes.

    Links to files and folders, and those without an address, are left out.
    """
    for link, resolution in notebook.links.list_links(note):
        if resolution.is_missing and not notebook.links.wants_note(link, note):
            continue
        name = link.target.rpartition("/")[2].removesuffix(".md")
        yield Reference(link.target if link.kind == "wikilink" else name, link.span, resolution)
    for relation in notebook.links.list_relations(note):
        yield Reference(relation.text, relation.span, relation.resolution)
