"""Statistics of the log: numbers of notes, links and tags, and gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median
from typing import NamedTuple

from readinglog.model.fields import BASES
from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.claims import STATES
from readinglog.notebook.notebook import Notebook

FEW_LINKS = 3  # works with fewer links in the text are listed as a gap
HUB_THRESHOLD = 8  # tags with as many works should have a hub


class WordRange(NamedTuple):
    """The least, median and greatest number of words of several notes."""

    least: int
    median: int
    most: int


class RootTag(NamedTuple):
    """A root tag with the tags below it; `hub` is the name of its hub, or ''."""

    key: str
    works: int
    words: WordRange
    links_per_work: float
    hub: str


class Gaps(NamedTuple):
    """Names of works, then keys of tags, that lack something.

    Works with `few_links` link to few notes in their text, and to those with `no_incoming_links`
    no note links. Tags with `no_hub` have many works, those with `one_work` one, `unused` ones
    none. `no_summary` and `no_aliases` are empty without a vocabulary file.
    """

    few_links: tuple[str, ...]
    no_incoming_links: tuple[str, ...]
    no_hub: tuple[str, ...]
    one_work: tuple[str, ...]
    unused: tuple[str, ...]
    no_summary: tuple[str, ...]
    no_aliases: tuple[str, ...]


class Evidence(NamedTuple):
    """What the log rests on: claims by what is known of them and by what they were checked against,
    how many results and disputes there are, and works by what of them was read.
    """

    claims: Mapping[str, int]
    checked: Mapping[str, int]
    results: int
    disputes: int
    basis: Mapping[str, int]


class Statistics(NamedTuple):
    """The numbers of a log, without drafts and links to them.

    `links` are those in texts to other notes, each target counted once a text; `works_per_tag`
    includes works of subtags.
    """

    works: int
    hubs: int
    kinds: Mapping[str, int]
    links: int
    links_per_note: float
    relations: Mapping[str, int]
    levels: int
    works_per_tag: Mapping[str, int]
    roots: tuple[RootTag, ...]
    gaps: Gaps
    evidence: Evidence


def compute_statistics(notebook: Notebook) -> Statistics:
    """Return the statistics of the published notes."""
    vocabulary = notebook.vocabulary
    works = [note for note in notebook.published if not note.is_hub]
    links = {note: _count_links(note, notebook) for note in notebook.published}
    tagged = {tag: notebook.tags.get_works(tag) for tag in vocabulary.tags.values()}
    relations = _count_relations(notebook)
    return Statistics(
        works=len(works),
        hubs=len(notebook.published) - len(works),
        kinds=_sort_by_count(Counter(note.kind for note in works)),
        links=sum(links.values()),
        links_per_note=_compute_mean(list(links.values())),
        relations={field: relations[field] for field in notebook.schema.relations},
        levels=max((len(vocabulary.get_path(tag)) for tag in tagged), default=0),
        works_per_tag=_sort_by_count({tag.key: len(found) for tag, found in tagged.items()}),
        roots=tuple(
            _describe_root(tag, tagged[tag], notebook, links)
            for tag in vocabulary.list_children(None)
            if tagged[tag]
        ),
        gaps=_find_gaps(notebook, works, links, tagged),
        evidence=count_evidence(notebook),
    )


def count_evidence(notebook: Notebook) -> Evidence:
    """Return what the published notes rest on."""
    states = Counter(map(notebook.claims.get_state, notebook.claims.published))
    checked = Counter(claim.claim.get("checked") for claim in notebook.claims.published)
    basis = Counter(
        str(note.values.get("basis", "")) for note in notebook.published if note.is_work
    )
    return Evidence(
        claims={state: states[state] for state in STATES},
        checked=_order_by_basis(checked),
        results=sum(len(table.rows) for table in notebook.results.tables),
        disputes=len(notebook.disputes),
        basis=_order_by_basis(basis),
    )


def _order_by_basis(counts: Counter[str]) -> dict[str, int]:
    """Return counts from the most that was read to nothing said."""
    return {name: counts[name] for name in (*BASES, "") if counts[name]}


def _count_links(note: Note, notebook: Notebook) -> int:
    """Return how many other published notes the text of `note` links to."""
    resolutions = (resolution for _, resolution in notebook.links.list_links(note))
    targets = {notebook.graph.published_target(note, resolution) for resolution in resolutions}
    return len(targets - {None})


def _count_relations(notebook: Notebook) -> Counter[str]:
    """Return how many relations to published notes each field has."""
    counts: Counter[str] = Counter()
    for note in notebook.published:
        for relation in notebook.links.list_relations(note):
            if notebook.graph.published_target(note, relation.resolution):
                counts[relation.field] += 1
    return counts


def _describe_root(
    tag: Tag, works: Sequence[Note], notebook: Notebook, links: Mapping[Note, int]
) -> RootTag:
    lengths = [note.word_count for note in works]
    words = WordRange(min(lengths), round(median(lengths)), max(lengths))
    links_per_work = _compute_mean([links[note] for note in works])
    hub = notebook.tags.hubs.get(tag.key)
    return RootTag(tag.key, len(works), words, links_per_work, hub.page_name if hub else "")


def _find_gaps(
    notebook: Notebook,
    works: Sequence[Note],
    links: Mapping[Note, int],
    tagged: Mapping[Tag, Sequence[Note]],
) -> Gaps:
    described = tagged if notebook.vocabulary.is_closed else ()
    return Gaps(
        few_links=tuple(note.page_name for note in works if links[note] < FEW_LINKS),
        no_incoming_links=tuple(
            note.page_name for note in works if not notebook.graph.incoming_links[note]
        ),
        no_hub=tuple(
            tag.key
            for tag, found in tagged.items()
            if len(found) >= HUB_THRESHOLD and tag.key not in notebook.tags.hubs
        ),
        one_work=tuple(tag.key for tag, found in tagged.items() if len(found) == 1),
        unused=tuple(tag.key for tag, found in tagged.items() if not found),
        no_summary=tuple(tag.key for tag in described if not tag.summary),
        no_aliases=tuple(tag.key for tag in described if not tag.aliases),
    )


def _sort_by_count(numbers: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(numbers.items(), key=lambda item: (-item[1], item[0])))


def _compute_mean(numbers: Sequence[int]) -> float:
    return round(sum(numbers) / len(numbers), 1) if numbers else 0.0
