"""The map of the log: a picture of the notes that are linked most, and the same as a list beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.site.charts.link_map import most_linked, placed
from readinglog.site.page import NOTHING, Output, Page, PageBase, Site, html, joined, own_id
from readinglog.site.views.components import counted, tag_link

_HERE = PageBase("graph/")
_MOST = 200  # notes in the picture: more cannot be told apart
_FEW = 4  # topics whose lists all stand unfolded

_PAGE = """\
<h1>Map</h1>
<p class="rl-lead">{0}</p>
<p class="rl-legend">{1}</p>
<p class="rl-links"><a href="#{3}">To the list</a></p>
<div class="rl-full-map">
<figure class="rl-full-map-figure rl-scroll" tabindex="0" role="region" aria-label="Map of the log">
{2}</figure>
<div class="rl-full-map-list" id="{3}" tabindex="0" role="region" aria-label="The same as a list">
{4}</div>
</div>
"""


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    linked = [
        note
        for note in notebook.published
        if notebook.graph.outgoing_links[note] or notebook.graph.incoming_links[note]
    ]
    shown = most_linked(linked, notebook, _MOST)
    links = sum(map(len, notebook.graph.outgoing_links.values()))
    words = f"{len(notebook.published):,} notes and {links:,} links between them."
    if len(linked) > len(shown):
        words += f" The picture has the {_MOST} that most lead to."
    before = html(
        _PAGE,
        words,
        _legend(notebook),
        placed(shown, notebook, _HERE, 1000, 760),
        own_id("list"),
        joined(_lists(shown, notebook)),
    )
    yield Page(
        _HERE.address,
        "Map",
        before=before if shown else html("<h1>Map</h1>\n<p>No two notes are linked yet.</p>\n"),
        wide=True,
    )


def _legend(notebook: Notebook) -> Markup:
    roots = (
        tag
        for tag in notebook.vocabulary.children(None)
        if notebook.vocabulary.hue(tag) and tag.key in notebook.tags.notes
    )
    return joined(
        (
            *(tag_link(tag, notebook, _HERE) for tag in roots),
            html('<span data-hue="0">other topics</span>'),
        ),
        " ",
    )


def _lists(notes: Sequence[Note], notebook: Notebook) -> Iterator[Markup]:
    """The notes of the picture by topic, each with those that it leads to; of many topics only the first is unfolded."""
    by_root: dict[Tag | None, list[Note]] = {
        tag: [] for tag in (*notebook.vocabulary.children(None), None)
    }
    for note in notes:
        tags = notebook.tags.of(note)
        by_root[notebook.vocabulary.path(tags[0])[0] if tags else None].append(note)
    inside = set(notes)
    groups = [(root.name if root else "No tag", group) for root, group in by_root.items() if group]
    for at, (name, group) in enumerate(groups):
        yield html(
            '<details class="rl-fold"{}>\n<summary><h2>{}</h2></summary>\n<ul class="rl-plain">{}</ul>\n</details>\n',
            html(" open") if at == 0 or len(groups) <= _FEW else NOTHING,
            counted(name, len(group)),
            joined(
                (
                    _entry(note, [to for to in notebook.graph.outgoing_links[note] if to in inside])
                    for note in group
                ),
                "\n",
            ),
        )


def _entry(note: Note, leads_to: Sequence[Note]) -> Markup:
    to = joined(
        (html('<a href="{}">{}</a>', _HERE.note(other), other.short_title) for other in leads_to),
        ", ",
    )
    return html(
        '<li><a href="{}">{}</a>{}</li>',
        _HERE.note(note),
        note.title,
        html(' <span class="rl-reason">leads to {}</span>', to) if to else "",
    )
