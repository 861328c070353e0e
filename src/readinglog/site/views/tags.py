"""The tags: the tree with counts, and a page for each with its hub note, sub-tags, neighbours and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from readinglog.interchange.exporters import EXPORTERS
from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Phrase
from readinglog.site.page import (
    NOTHING,
    Output,
    Page,
    PageBase,
    Site,
    html,
    joined,
    own_id,
    section,
)
from readinglog.site.views.components import (
    contents,
    counted,
    headings,
    note_list,
    paged,
    search_address,
    tag_address,
    tag_link,
)
from readinglog.site.views.note_text import body
from readinglog.site.views.tag_sections import Part, hub_parts

_NEIGHBOURS = 8


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    here = PageBase("tags/")
    forest = tree(None, notebook, here)
    facts = f"{pluralize(len(notebook.tags.notes), 'tag')} in use, {len(notebook.vocabulary.children(None))} at the top."
    content = html(
        '<p class="rl-lead">{}</p>\n<div class="rl-tag-tree">\n{}</div>\n', facts, forest
    )
    nothing = html("<p>No note has a tag yet.</p>\n")
    yield Page(
        here.address,
        "Tags",
        before=html("<h1>Tags</h1>\n{}", content if forest else nothing),
        wide=True,
    )
    for tag in notebook.vocabulary.tags.values():
        yield from _tag_pages(tag, notebook)


def tree(above: Tag | None, notebook: Notebook, here: PageBase) -> Markup:
    """The tags below one (None: all), as a tree of links with counts."""
    items = [
        html(
            "<li>{}{}{}</li>",
            counted(tag_link(tag, notebook, here), len(notebook.tags.notes.get(tag.key, ()))),
            html(" <span>{}</span>", tag.summary) if tag.summary else "",
            tree(tag, notebook, here),
        )
        for tag in notebook.vocabulary.children(above)
    ]
    return html('<ul class="rl-tree">{}</ul>\n', joined(items, "\n")) if items else NOTHING


def _tag_pages(tag: Tag, notebook: Notebook) -> Iterator[Page]:
    address = tag_address(tag, notebook)
    hub = notebook.tags.hubs.get(tag.key)
    notes = [note for note in notebook.tags.notes.get(tag.key, ()) if note is not hub]
    for here, part, links in paged(address, notes):
        first = here.address == address
        listed = html("{}{}", note_list(part, notebook, here) or _nothing(tag, hub, here), links)
        around = [part for part in hub_parts(tag, notebook, here) if part.content] if first else []
        parts = [*around, Part("Notes, newest first", "notes", listed)]
        yield Page(
            here.address,
            tag.name,
            before=html(
                "{}{}",
                _head(tag, notebook, here),
                _about(tag, notebook, here) if first else NOTHING,
            ),
            body=body(hub, notebook, here) if hub and first else "",
            after=html(
                "{}{}{}",
                _source(hub, here) if first else "",
                joined(section(*part) for part in parts),
                _files(address, here) if first and (notes or hub) else "",
            ),
            margin=contents(
                [
                    *(headings(hub) if hub else ()),
                    *((2, own_id(part.name), part.title) for part in parts),
                ]
            )
            if first
            else NOTHING,
            description=tag.summary,
            feed=f"{address}feed.xml" if notes or hub else "",
        )


def _source(hub: Note | None, here: PageBase) -> Markup:
    """Where what a tag's page begins with is a note of its own."""
    return (
        html(
            '<p class="rl-path">From the note <a href="{}">{}</a></p>\n', here.note(hub), hub.title
        )
        if hub
        else NOTHING
    )


def _nothing(tag: Tag, hub: Note | None, here: PageBase) -> Markup:
    """That no note has the tag, and where those are that speak of it."""
    if hub:
        return html("<p>No other note is tagged <q>{}</q> yet.</p>\n", tag.name)
    to = search_address(Phrase(tag.name.replace('"', " ")), here)
    return html(
        '<p>Nothing is tagged <q>{}</q> yet; perhaps <a href="{}">some notes mention it</a>.</p>\n',
        tag.name,
        to,
    )


def _head(tag: Tag, notebook: Notebook, here: PageBase) -> Markup:
    lead = html('<p class="rl-lead">{}</p>\n', tag.summary) if tag.summary else NOTHING
    return html(
        '{}<h1 data-hue="{}">{}</h1>\n{}',
        _path(tag, notebook, here),
        notebook.vocabulary.hue(tag),
        tag.name,
        lead,
    )


def _path(tag: Tag, notebook: Notebook, here: PageBase) -> Markup:
    steps = [tag_link(step, notebook, here) for step in notebook.vocabulary.path(tag)[:-1]]
    return html('<p class="rl-path">{} /</p>\n', joined(steps, " / ")) if steps else NOTHING


def _about(tag: Tag, notebook: Notebook, here: PageBase) -> Markup:
    """What stands below a tag and what it is used with, in two lines."""
    below = [
        counted(tag_link(t, notebook, here), len(notebook.tags.notes.get(t.key, ())))
        for t in notebook.vocabulary.children(tag)
    ]
    lines = (("Narrower", below), ("Used with", _neighbours(tag, notebook, here)))
    rows = (
        html("<dt>{}</dt><dd>{}</dd>\n", words, joined(links, " "))
        for words, links in lines
        if links
    )
    return (
        html('<dl class="rl-relations rl-tags">\n{}</dl>\n', joined(rows))
        if below or lines[1][1]
        else NOTHING
    )


def _neighbours(tag: Tag, notebook: Notebook, here: PageBase) -> list[Markup]:
    """The tags that the same notes have, most frequent first; those above and below go without saying."""
    family = {
        step.key for step in (*notebook.vocabulary.path(tag), *notebook.vocabulary.below(tag))
    }
    notes = notebook.tags.notes.get(tag.key, ())
    used = Counter(
        other.key for note in notes for other in notebook.tags.of(note) if other.key not in family
    )
    tags = [
        (notebook.vocabulary.tags[key], number)
        for key, number in sorted(used.items(), key=lambda item: (-item[1], item[0]))
    ]
    return [
        counted(tag_link(other, notebook, here), number) for other, number in tags[:_NEIGHBOURS]
    ]


def _files(address: str, here: PageBase) -> Markup:
    files = (
        ("feed.xml", "application/atom+xml", "Atom"),
        ("feed.json", "application/feed+json", "JSON feed"),
        *((exporter.FILE_NAME, exporter.MEDIA_TYPE, exporter.NAME) for exporter in EXPORTERS),
    )
    links = [
        html('<a href="{}" type="{}">{}</a>', here.to(address + name), media_type, words)
        for name, media_type, words in files
    ]
    return html('<p class="rl-links">Follow and cite: {}</p>\n', joined(links, " "))
