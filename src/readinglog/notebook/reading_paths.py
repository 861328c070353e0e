"""What to read: before a note, for how long, and what should be written next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from readinglog.model.digraph import sort_prerequisites
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.resolution import Resolution
from readinglog.notebook.sort_keys import oldest_first

_WORDS_A_MINUTE = 220
_PATH = 12  # notes on a path


def find_reading_path(notebook: Notebook, note: Note) -> list[Note]:
    """What to read before `note`, in order: of all that it builds on, directly or not, the dozen that is nearest."""
    path = [
        notebook.by_path[at] for at in sort_prerequisites(notebook.graph.prerequisites, note.path)
    ]
    near = set(islice(_nearest(notebook, note), _PATH))
    return [other for other in path if other in near]


def _nearest(notebook: Notebook, note: Note) -> Iterator[Note]:
    """The published notes that `note` builds on, step by step."""
    seen = {note.path}
    queue = [note.path]
    for at in queue:  # grows while it is walked: breadth first
        for below in notebook.graph.prerequisites.get(at, ()):
            if below not in seen:
                seen.add(below)
                queue.append(below)
                if notebook.publication.includes(notebook.by_path[below]):
                    yield notebook.by_path[below]


def find_tag_path(notebook: Notebook, tag: Tag) -> list[Note]:
    """The way through a topic: the dozen of its works that most lead to, each after what it builds on, else the oldest first."""
    incoming = notebook.graph.incoming_links
    core = sorted(
        notebook.tags.works(tag), key=lambda note: (-len(incoming[note]), *oldest_first(note))
    )[:_PATH]
    inside = {note.path for note in core}
    ordered: dict[Note, None] = {}
    for note in sorted(core, key=oldest_first):
        ordered |= dict.fromkeys(
            notebook.by_path[at]
            for at in sort_prerequisites(notebook.graph.prerequisites, note.path)
            if at in inside
        )
        ordered[note] = None
    return list(ordered)


def find_most_cited(notebook: Notebook, tag: Tag, most: int) -> list[Note]:
    """At most `most` works of a topic that stand out: those rated 4 or 5, then those that two other notes or more lead to."""
    incoming = notebook.graph.incoming_links
    ranked = sorted(
        notebook.tags.works(tag),
        key=lambda note: (-note.rating, -len(incoming[note]), *oldest_first(note)),
    )
    return [note for note in ranked if note.rating >= 4 or len(incoming[note]) > 1][:most]


def estimate_minutes(note: Note) -> int:
    """How many minutes `note` takes to read, at least one."""
    return max(1, round(note.words / _WORDS_A_MINUTE))


def find_wanted_notes(notebook: Notebook) -> list[tuple[str, list[Note]]]:
    """What published notes link to or cite that is not written, with who asks; most asked for first."""
    asked: dict[str, dict[Note, None]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for note in notebook.published:
        for target in (
            words
            for words, _, resolution in referenced_notes(notebook, note)
            if resolution.is_missing
        ):
            spelled.setdefault(fold(target), target)
            asked[fold(target)][note] = None
    return [
        (spelled[key], list(asked[key]))
        for key in sorted(asked, key=lambda key: (-len(asked[key]), key))
    ]


def referenced_notes(notebook: Notebook, note: Note) -> Iterator[tuple[str, Span, Resolution]]:
    """The notes that `note` links to or cites, written or not: what it calls them, where, and which they may be."""
    for link, resolution in notebook.links.of(note):
        names_file = link.names_file or notebook.links.find_file(link, note) is not None
        if not (resolution.is_missing and names_file):
            name = link.target.rpartition("/")[2].removesuffix(".md")
            yield link.target if link.kind == "wikilink" else name, link.span, resolution
    for _, span, text, resolution in notebook.links.relations_of(note):
        yield text, span, resolution
