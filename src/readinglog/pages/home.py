"""The home page: what this is, how much is in it, the topics, the newest notes, and how to add one."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from readinglog.notebook import Notebook
from readinglog.pages.lists import counted, note_list, tag_link
from readinglog.pages.page import NOTHING, Emitted, Page, Place, Site, count, html, joined

_NEWEST = 12
_HERE = Place("")


def emit(notebook: Notebook, site: Site) -> Iterator[Emitted]:
    notes = notebook.published
    works = sum(not note.is_topic for note in notes)
    before = html(
        '<h1>{}</h1>\n<p class="rl-lead">{}</p>\n<p class="rl-facts">{}</p>\n{}{}{}',
        site.name,
        site.description or "A log of research that was read, linked and tagged.",
        joined([count(works, "work"), count(len(notebook.tagged), "tag"), _add()], " · "),
        _topics(notebook),
        _start_here(notebook),
        html(
            '<section>\n<h2 id="newest">Newest notes</h2>\n{}<p><a href="{}">The whole log</a></p>\n</section>\n',
            note_list(notes[:_NEWEST], notebook, _HERE),
            _HERE.to("log/"),
        ),
    )
    yield Page("", site.name, before, description=site.description, feed="feed.xml")


def _add() -> Markup:
    return html('<a href="{}">add a note</a>', _HERE.to("contribute/"))


def _topics(notebook: Notebook) -> Markup:
    roots = [tag for tag in notebook.vocabulary.children(None) if tag.key in notebook.tagged]
    roots.sort(key=lambda tag: (tag.key not in notebook.hubs, -len(notebook.tagged[tag.key]), tag.name))
    items = [
        html(
            "<li>{}{}</li>",
            counted(tag_link(tag, notebook, _HERE), len(notebook.tagged[tag.key])),
            html(" <span>{}</span>", tag.summary) if tag.summary else "",
        )
        for tag in roots[:12]
    ]
    more = html('<p><a href="{}">All tags</a></p>\n', _HERE.to("tags/"))
    return html('<section>\n<h2 id="topics">Topics</h2>\n<ul class="rl-topics">{}</ul>\n{}</section>\n', joined(items, "\n"), more)


def _start_here(notebook: Notebook) -> Markup:
    hubs = sorted(notebook.hubs.values(), key=lambda note: note.title)
    if not hubs:
        return NOTHING
    items = [html('<li><a href="{}">{}</a> {}</li>', _HERE.note(hub), hub.title, hub.summary) for hub in hubs]
    return html('<section>\n<h2 id="start-here">Start here</h2>\n<ul>{}</ul>\n</section>\n', joined(items, "\n"))
