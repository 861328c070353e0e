"""A census of the log: how much there is of what, how closely it is woven, and where it is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.reading import works_of
from readinglog.schema import RELATIONS
from readinglog.vocabulary import Tag

FEW_LINKS = 3  # links that a work has at least, where a log is woven
HUB_AT = 8  # works of a tag from which on a reader wants to be led through them


class Spread(NamedTuple):
    """Words of several notes."""

    least: int
    median: int
    most: int


class Topic(NamedTuple):
    """A root tag with all that stands under it: how many works, their words, their links a work, and the hub's name or ''."""

    key: str
    works: int
    words: Spread
    links: float
    hub: str


class Census(NamedTuple):
    """What a log holds. Drafts are not counted, nor is what leads to them.

    `links` are those of bodies to other notes, each note counted once a body; `works_a_tag` counts those of its sub-tags too.
    `thin` has names of notes or keys of tags by what they lack; what nothing lacks is not in it.
    """

    works: int
    hubs: int
    kinds: Mapping[str, int]
    topics: Sequence[Topic]
    links: int
    links_a_note: float
    relations: Mapping[str, int]
    levels: int
    works_a_tag: Mapping[str, int]
    thin: Mapping[str, Sequence[str]]


def census(notebook: Notebook) -> Census:
    """Count the published notes of a log."""
    notes = notebook.published
    works = [note for note in notes if not note.is_topic]
    links = {note: _links(note, notebook) for note in notes}
    tags = notebook.vocabulary.tags.values()
    return Census(
        works=len(works),
        hubs=len(notes) - len(works),
        kinds=_most_first(Counter(note.kind for note in works)),
        topics=[_topic(root, notebook, links) for root in notebook.vocabulary.children(None) if works_of(notebook, root)],
        links=sum(links.values()),
        links_a_note=_mean(list(links.values())),
        relations={field: sum(found[0] == field for note in notes for found in notebook.relations(note)) for field in RELATIONS},
        levels=max((len(notebook.vocabulary.path(tag)) for tag in tags), default=0),
        works_a_tag=_most_first(Counter({tag.key: len(works_of(notebook, tag)) for tag in tags})),
        thin={what: found for what, found in _thin(notebook, works, links).items() if found},
    )


def _links(note: Note, notebook: Notebook) -> int:
    """How many other published notes the body of `note` links to."""
    return len({to[0] for _, to in notebook.links[note] if len(to) == 1 and to[0] is not note and notebook.is_published(to[0])})


def _topic(root: Tag, notebook: Notebook, links: Mapping[Note, int]) -> Topic:
    works = works_of(notebook, root)
    words = [note.words for note in works]
    hub = notebook.hubs.get(root.key)
    spread = Spread(min(words), round(median(words)), max(words))
    return Topic(root.key, len(works), spread, _mean([links[note] for note in works]), hub.name if hub else "")


def _thin(notebook: Notebook, works: Sequence[Note], links: Mapping[Note, int]) -> dict[str, list[str]]:
    tags = notebook.vocabulary.tags.values()
    number = {tag.key: len(works_of(notebook, tag)) for tag in tags}
    return {
        f"works with fewer than {FEW_LINKS} links": [note.name for note in works if links[note] < FEW_LINKS],
        "works that nothing leads to": [note.name for note in works if not notebook.led_from[note]],
        f"tags of {HUB_AT} works or more without a hub": [
            tag.key for tag in tags if number[tag.key] >= HUB_AT and tag.key not in notebook.hubs
        ],
        "tags of one work": [tag.key for tag in tags if number[tag.key] == 1],
        "tags of none": [tag.key for tag in tags if not number[tag.key]],
        "tags without a summary": [tag.key for tag in tags if not tag.summary],
        "tags without aliases": [tag.key for tag in tags if not tag.aliases],
    }


def _most_first(numbers: Counter[str]) -> dict[str, int]:
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _mean(numbers: Sequence[int]) -> float:
    return round(sum(numbers) / len(numbers), 1) if numbers else 0.0
