"""What a newcomer asks of a topic: where to start, what not to miss, how it came about, how it hangs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import find_most_cited, find_tag_path
from readinglog.notebook.sort_keys import oldest_first
from readinglog.search.query import And, Filter
from readinglog.site.charts.link_map import SMALL, most_linked, placed
from readinglog.site.page import NOTHING, PageBase, html, joined
from readinglog.site.views.components import search_address
from readinglog.site.views.reading_path_list import reading_list

_MAP = """\
<figure class="rl-small-map">
<div class="rl-scroll" tabindex="0" role="region" aria-label="Map of {}">
{}</div>
<figcaption>{}</figcaption>
</figure>
"""
_OF_A_YEAR = 8  # works on the timeline
_FEW = 4  # works, of which none needs to be picked out
_BEST = 5  # works that are picked out at most


class Part(NamedTuple):
    """A part of a tag's page, below what its hub note says."""

    title: str
    name: str
    content: Markup


def hub_parts(tag: Tag, notebook: Notebook, here: PageBase) -> Iterator[Part]:
    """What a newcomer asks of a topic: where to start, what not to miss, how it came about, how it hangs together."""
    works = notebook.tags.works(tag)
    path = find_tag_path(notebook, tag)
    if len(path) > 1:
        yield Part("A path through it", "path", reading_list(path, notebook, here))
    if len(works) >= _FEW:
        best = find_most_cited(notebook, tag, min(_BEST, len(works) // 2))
        yield Part("Must-reads", "must-reads", _must_reads(best, notebook, here))
    if len(works) > 1:
        yield Part("Timeline", "timeline", _timeline(tag, works, notebook, here))
        drawn = placed(most_linked(works, notebook, SMALL), notebook, here, 660, 420)
        words = (
            f"The {SMALL} works that most others link to"
            if len(works) > SMALL
            else "Its works and the links between them"
        )
        yield Part("Map", "map", html(_MAP, tag.name, drawn, words))


def _must_reads(notes: Sequence[Note], notebook: Notebook, here: PageBase) -> Markup:
    items = (
        html(
            '<li><a href="{}">{}</a> <span class="rl-reason">{}</span></li>',
            here.note(n),
            n.title,
            _why(n, notebook),
        )
        for n in notes
    )
    return html('<ul class="rl-plain">{}</ul>\n', joined(items, "\n")) if notes else NOTHING


def _why(note: Note, notebook: Notebook) -> str:
    linking = len(notebook.graph.incoming_links[note])
    rated = f"rated {note.rating} of 5" if note.rating else ""
    return ", ".join(
        filter(
            None,
            (
                rated,
                f"{pluralize(linking, 'note')} lead{'s' if linking == 1 else ''} here"
                if linking
                else "",
            ),
        )
    )


def _timeline(tag: Tag, works: Sequence[Note], notebook: Notebook, here: PageBase) -> Markup:
    """The works by the year in which they appeared; of a year with many, those that most lead to."""
    rows = []
    dated = sorted(works, key=oldest_first)
    for year, group in groupby(dated, key=lambda note: note.published[:4]):
        notes = list(group)
        shown = set(most_linked(notes, notebook, _OF_A_YEAR))
        links = [
            html('<a href="{}">{}</a>', here.note(note), note.short_title)
            for note in notes
            if note in shown
        ]
        if len(notes) > len(shown):
            query = (
                And((Filter("tag", tag.key), Filter("year", year)))
                if year
                else Filter("tag", tag.key)
            )
            links.append(
                html(
                    '<a href="{}">{} more</a>',
                    search_address(query, here),
                    f"{len(notes) - len(shown):,}",
                )
            )
        rows.append(html("<dt>{}</dt><dd>{}</dd>\n", year or "undated", joined(links, " · ")))
    return html('<dl class="rl-timeline">\n{}</dl>\n', joined(rows))
