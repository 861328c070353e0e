"""A census of the log: how much there is of what, how closely it is woven, and where it is thin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from readinglog.model.fields import list_relations
from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook

FEW_LINKS = 3  # that the text of a work has at least, where a log is woven
HUB_AT = 8  # works of a tag from which on a reader wants to be led through them


class WordRange(NamedTuple):
    """Words of several notes."""

    least: int
    median: int
    most: int


class RootTag(NamedTuple):
    """A root tag with all that stands under it: how many works, their words, the links in the text of one, and the hub's name or ''."""

    key: str
    works: int
    words: WordRange
    links_a_work: float
    hub: str


class Gaps(NamedTuple):
    """What lacks something: names of works, then keys of tags. `no_summary` and `no_aliases` are asked of a closed vocabulary alone."""

    few_links: tuple[str, ...]
    unled: tuple[str, ...]
    hub_due: tuple[str, ...]
    of_one: tuple[str, ...]
    unused: tuple[str, ...]
    no_summary: tuple[str, ...]
    no_aliases: tuple[str, ...]


class Statistics(NamedTuple):
    """What a log holds. Drafts are not counted, nor is what leads to them.

    `links` are those of texts to other notes, each note counted once a text; `works_a_tag` counts those of its sub-tags too.
    """

    works: int
    hubs: int
    kinds: Mapping[str, int]
    links: int
    links_a_note: float
    relations: Mapping[str, int]
    levels: int
    works_a_tag: Mapping[str, int]
    roots: tuple[RootTag, ...]
    thin: Gaps


def compute_statistics(notebook: Notebook) -> Statistics:
    """Count the published notes of a log."""
    vocabulary = notebook.vocabulary
    works = [note for note in notebook.published if not note.is_hub]
    links = {
        note: len(
            {notebook.graph.published_target(note, found) for _, found in notebook.links.of(note)}
            - {None}
        )
        for note in notebook.published
    }
    tagged = {tag: notebook.tags.works(tag) for tag in vocabulary.tags.values()}
    related = Counter(
        relation.field
        for note in notebook.published
        for relation in notebook.links.relations_of(note)
        if notebook.graph.published_target(note, relation.resolution)
    )
    return Statistics(
        works=len(works),
        hubs=len(notebook.published) - len(works),
        kinds=_most_first(Counter(note.kind for note in works)),
        links=sum(links.values()),
        links_a_note=_mean(list(links.values())),
        relations={field: related[field] for field in list_relations()},
        levels=max((len(vocabulary.path(tag)) for tag in tagged), default=0),
        works_a_tag=_most_first({tag.key: len(found) for tag, found in tagged.items()}),
        roots=tuple(
            _root(tag, tagged[tag], notebook, links)
            for tag in vocabulary.children(None)
            if tagged[tag]
        ),
        thin=_thin(notebook, works, links, tagged),
    )


def _root(
    tag: Tag, works: Sequence[Note], notebook: Notebook, links: Mapping[Note, int]
) -> RootTag:
    words = [note.words for note in works]
    hub = notebook.tags.hubs.get(tag.key)
    spread = WordRange(min(words), round(median(words)), max(words))
    return RootTag(
        tag.key, len(works), spread, _mean([links[note] for note in works]), hub.name if hub else ""
    )


def _thin(
    notebook: Notebook,
    works: Sequence[Note],
    links: Mapping[Note, int],
    tagged: Mapping[Tag, Sequence[Note]],
) -> Gaps:
    described = tagged if notebook.vocabulary.is_closed else ()
    return Gaps(
        few_links=tuple(note.name for note in works if links[note] < FEW_LINKS),
        unled=tuple(note.name for note in works if not notebook.graph.incoming_links[note]),
        hub_due=tuple(
            tag.key
            for tag, found in tagged.items()
            if len(found) >= HUB_AT and tag.key not in notebook.tags.hubs
        ),
        of_one=tuple(tag.key for tag, found in tagged.items() if len(found) == 1),
        unused=tuple(tag.key for tag, found in tagged.items() if not found),
        no_summary=tuple(tag.key for tag in described if not tag.summary),
        no_aliases=tuple(tag.key for tag in described if not tag.aliases),
    )


def _most_first(numbers: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _mean(numbers: Sequence[int]) -> float:
    return round(sum(numbers) / len(numbers), 1) if numbers else 0.0
