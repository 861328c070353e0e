"""Which works contradict which, in the words of the note that says so."""

from __future__ import annotations

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import NOTHING, PageBase, html, joined
from readinglog.site.views.components import quote_sentence


def disputed(notebook: Notebook) -> list[tuple[Note, Note]]:
    """The published notes whose work contradicts that of another one, newest first, with that one."""
    return [
        (note, other)
        for note in notebook.published
        for relation in notebook.links.relations_of(note)
        if relation.field == "contradicts"
        and (other := notebook.graph.published_target(note, relation.resolution))
    ]


def disputes(notebook: Notebook, here: PageBase) -> Markup:
    """Each pair, with the sentence of the one in which it first links to the other."""
    items = []
    for note, other in disputed(notebook):
        span = next(
            (
                link.span
                for link, found in notebook.links.of(note)
                if notebook.graph.published_target(note, found) is other
            ),
            None,
        )
        pair = html(
            '<a href="{}">{}</a> <span class="rl-why">against</span> <a href="{}">{}</a>',
            here.note(note),
            note.title,
            here.note(other),
            other.title,
        )
        items.append(
            html("<li>{}{}</li>", pair, quote_sentence(note, span, notebook) if span else NOTHING)
        )
    return (
        html('<ul class="rl-plain">{}</ul>\n', joined(items, "\n"))
        if items
        else html("<p>No note says that its work contradicts another.</p>\n")
    )
