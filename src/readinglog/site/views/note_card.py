"""The card at the head of a note's page: who, where and when, where to read it, what it is about, and the sentence to remember."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from markupsafe import Markup

from readinglog.model.identifiers import make_doi_url
from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.site.page import NOTHING, PageBase, html, joined, own_id
from readinglog.site.views.components import author_links, tag_address, tag_line

_HUBS = 2


def card(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """Title, authors, venue and dates, links, tags and the summary."""
    return html(
        '<header class="rl-card">\n<h1{} dir="auto">{}</h1>\n{}{}{}{}{}{}</header>\n',
        html(' id="{}"', note.title_heading.anchor) if note.title_heading else NOTHING,
        note.title,
        html('<p class="rl-authors">{}</p>\n', author_links(note, here))
        if note.authors
        else NOTHING,
        html('<p class="rl-facts">{}</p>\n', joined(_facts(note), " · ")),
        _links(note),
        _tags(note, notebook, here),
        html('<p class="rl-summary" dir="auto">{}</p>\n', note.summary)
        if note.summary
        else NOTHING,
        html('<p class="rl-mark-read" data-note="{}" hidden></p>\n', known_as(note, notebook)),
    )


def known_as(note: Note, notebook: Notebook) -> str:
    """A note's name and its former ones, with `/` between them: what a browser knows the note by, that has marked it as read."""
    return "/".join((note.name, *notebook.publication.former_names(note)))


def _facts(note: Note) -> Iterator[object]:
    if note.kind != "paper":
        yield note.kind
    if venue := note.values.get("venue"):
        yield venue
    if note.published:
        yield html('appeared <time datetime="{0}">{0}</time>', note.published)
    if note.date:
        words = "written" if note.is_hub else "read" if note.status == "read" else "logged"
        yield html('{0} <time datetime="{1}">{1}</time>', words, note.date.isoformat())
    if note.status != "read":
        yield html("<strong>{}</strong>", note.status.replace("-", " "))
    if note.rating:
        yield f"rated {note.rating} of 5"
    if note.words:
        yield f"{pluralize(estimate_minutes(note), 'minute')} to read"
    if names := note.texts("aliases"):
        yield f"also called {', '.join(names)}"


def _links(note: Note) -> Markup:
    doi, version = str(note.values.get("doi", "")), str(note.values.get("arxiv", note.arxiv))
    links = [
        (note.kind.capitalize() if note.address else "", note.address),
        ("PDF", f"https://arxiv.org/pdf/{version}" if note.arxiv else ""),
        ("DOI", make_doi_url(doi) if doi and make_doi_url(doi) != note.address else ""),
        (
            "Code",
            str(note.values.get("code", ""))
            if note.kind != "code" or note.values.get("code") != note.address
            else "",
        ),
        ("Cite", f"#{own_id('cite')}" if not note.is_hub else ""),
    ]
    shown = [
        html('<a href="{}">{}</a>', href, name)
        for name, href in links
        if href.startswith(("https://", "http://", "#"))
    ]
    return html('<p class="rl-links">{}</p>\n', joined(shown, " ")) if shown else NOTHING


def _part_of(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """The hubs that lead through the first tags of a note, of each tag the narrowest."""
    paths = (reversed(notebook.vocabulary.path(tag)) for tag in notebook.tags.of(note))
    hubs = (
        next(
            (notebook.tags.hubs[step.key] for step in path if step.key in notebook.tags.hubs), None
        )
        for path in paths
    )
    links = [
        html('<a href="{}">{}</a>', here.note(hub), hub.title)
        for hub in islice(dict.fromkeys(filter(None, hubs)), _HUBS)
    ]
    return html('<p class="rl-path">Part of {}</p>\n', joined(links, " · ")) if links else NOTHING


def _tags(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """The tags; for a hub, the one that it introduces in words that say where it leads."""
    tags = notebook.tags.of(note)
    if not tags or notebook.tags.hubs.get(tags[0].key) is not note:
        return tag_line(tags, notebook, here) + _part_of(note, notebook, here)
    topic, *others = tags
    to, words = (
        here.to(tag_address(topic, notebook)),
        f"All of {topic.name}: its notes, a path, a map",
    )
    hue = notebook.vocabulary.hue(topic)
    first = html(
        '<p class="rl-tags"><a class="rl-tag" data-hue="{}" href="{}">{}</a></p>\n', hue, to, words
    )
    return first + tag_line(others, notebook, here)
