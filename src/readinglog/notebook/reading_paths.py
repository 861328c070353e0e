"""What to read: before a note, for how long, and what should be written next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice

from readinglog.model.digraph import before
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import oldest_first

_WORDS_A_MINUTE = 220
_PATH = 12  # notes on a path


def reading_path(notebook: Notebook, note: Note) -> list[Note]:
    """What to read before `note`, in order: of all that it builds on, directly or not, the dozen that is nearest."""
    path = [notebook.at[at] for at in before(notebook.builds_on, note.path)]
    near = set(islice(_nearest(notebook, note), _PATH))
    return [other for other in path if other in near]


def _nearest(notebook: Notebook, note: Note) -> Iterator[Note]:
    """The published notes that `note` builds on, step by step."""
    seen = {note.path}
    queue = [note.path]
    for at in queue:  # grows while it is walked: breadth first
        for below in notebook.builds_on.get(at, ()):
            if below not in seen:
                seen.add(below)
                queue.append(below)
                if notebook.is_published(notebook.at[below]):
                    yield notebook.at[below]


def works_of(notebook: Notebook, tag: Tag) -> list[Note]:
    """The works of a topic, newest first; its hubs are none."""
    return [note for note in notebook.tagged.get(tag.key, ()) if not note.is_topic]


def topic_path(notebook: Notebook, tag: Tag) -> list[Note]:
    """The way through a topic: the dozen of its works that most lead to, each after what it builds on, else the oldest first."""
    core = sorted(works_of(notebook, tag), key=lambda note: (-len(notebook.led_from[note]), *oldest_first(note)))[:_PATH]
    inside = {note.path for note in core}
    ordered: dict[Note, None] = {}
    for note in sorted(core, key=oldest_first):
        ordered |= dict.fromkeys(notebook.at[at] for at in before(notebook.builds_on, note.path) if at in inside)
        ordered[note] = None
    return list(ordered)


def must_reads(notebook: Notebook, tag: Tag, most: int) -> list[Note]:
    """At most `most` works of a topic that stand out: those rated 4 or 5, then those that two other notes or more lead to."""
    ranked = sorted(works_of(notebook, tag), key=lambda note: (-note.rating, -len(notebook.led_from[note]), *oldest_first(note)))
    return [note for note in ranked if note.rating >= 4 or len(notebook.led_from[note]) > 1][:most]


def reading_minutes(note: Note) -> int:
    """How many minutes `note` takes to read, at least one."""
    return max(1, round(note.words / _WORDS_A_MINUTE))


def wanted(notebook: Notebook) -> list[tuple[str, list[Note]]]:
    """What published notes link to or cite that is not written, with who asks; most asked for first."""
    asked: dict[str, dict[Note, None]] = defaultdict(dict)
    spelled: dict[str, str] = {}
    for note in notebook.published:
        for target in (words for words, _, to in asked_for(notebook, note) if not to):
            spelled.setdefault(fold(target), target)
            asked[fold(target)][note] = None
    return [(spelled[key], list(asked[key])) for key in sorted(asked, key=lambda key: (-len(asked[key]), key))]


def asked_for(notebook: Notebook, note: Note) -> Iterator[tuple[str, Span, Sequence[Note]]]:
    """The notes that `note` links to or cites, written or not: what it calls them, where, and which they may be."""
    for link, to in notebook.links[note]:
        if to or not (link.names_file or notebook.file_at(link, note) is not None):
            yield link.target if link.kind == "wikilink" else link.target.rpartition("/")[2].removesuffix(".md"), link.span, to
    for _, span, text, to in notebook.relations(note):
        yield text, span, to
