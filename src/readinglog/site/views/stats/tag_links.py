"""What leads to what: links between notes of different root tags."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.plots import find_shares
from readinglog.site.views.rows import TagLink, find_root_tag, make_tag_link

_PAIRS = 10


@dataclass(frozen=True, slots=True)
class TagPair:
    """A root tag whose notes link to those of another so many times; `share` is in percent of the
    most.
    """

    source: TagLink
    target: TagLink
    number: int
    share: float


def list_tag_pairs(notebook: Notebook) -> tuple[TagPair, ...]:
    """Return the pairs of root tags with most links from one to the other, by the first tag of each
    note.
    """
    counts: Counter[tuple[Tag, Tag]] = Counter()
    roots = {note: find_root_tag(note, notebook) for note in notebook.published}
    for note, others in notebook.graph.outgoing_links.items():
        for other in others:
            source, target = roots.get(note), roots.get(other)
            if source and target and source is not target:
                counts[source, target] += 1
    order = {tag: at for at, tag in enumerate(notebook.vocabulary.list_children(None))}
    pairs = sorted(counts, key=lambda pair: (-counts[pair], order[pair[0]], order[pair[1]]))
    pairs = pairs[:_PAIRS]
    shares = find_shares([counts[pair] for pair in pairs])
    return tuple(
        TagPair(make_tag_link(pair[0], notebook), make_tag_link(pair[1], notebook), number, share)
        for pair, number, share in zip(pairs, map(counts.get, pairs), shares, strict=True)
        if number
    )
