"""The tags: the tree with counts, and a page for each with its hub note, sub-tags, neighbours and notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from markupsafe import Markup

from readinglog.notebook import Notebook
from readinglog.pages.body import body
from readinglog.pages.lists import counted, note_list, paged, tag_address, tag_link
from readinglog.pages.page import NOTHING, Emitted, Page, Place, Site, html, joined
from readinglog.vocabulary import Tag

_NEIGHBOURS = 8


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    here = Place("tags/")
    content = tree(None, notebook, here) or html("<p>No note has a tag yet.</p>\n")
    yield Page(here.address, "Tags", html("<h1>Tags</h1>\n{}", content))
    for tag in notebook.vocabulary.tags.values():
        yield from _tag_pages(tag, notebook)


def tree(above: Tag | None, notebook: Notebook, here: Place) -> Markup:
    """The tags below one (None: all), as a tree of links with counts."""
    items = [
        html(
            "<li>{}{}{}</li>",
            counted(tag_link(tag, notebook, here), len(notebook.tagged.get(tag.key, ()))),
            html(" <span>{}</span>", tag.summary) if tag.summary else "",
            tree(tag, notebook, here),
        )
        for tag in notebook.vocabulary.children(above)
    ]
    return html('<ul class="rl-tree">{}</ul>\n', joined(items, "\n")) if items else NOTHING


def _tag_pages(tag: Tag, notebook: Notebook) -> Iterator[Page]:
    address = tag_address(tag, notebook)
    hub = notebook.hubs.get(tag.key)
    notes = [note for note in notebook.tagged.get(tag.key, ()) if note is not hub]
    for here, part, links in paged(address, notes):
        first = here.address == address
        before = html("{}<h1>{}</h1>\n{}", _path(tag, notebook, here), tag.name, html('<p class="rl-lead">{}</p>\n', tag.summary))
        listed = note_list(part, notebook, here) or html("<p>Nothing is tagged <q>{}</q> yet.</p>\n", tag.name)
        after = html(
            '{}{}<section>\n<h2 id="notes">{}</h2>\n{}{}</section>\n{}',
            _section("Narrower", "narrower", tree(tag, notebook, here)) if first else NOTHING,
            _section("Used with", "used-with", _neighbours(tag, notebook, here)) if first else NOTHING,
            counted("Notes", len(notes)),
            listed,
            links,
            _files(address, here) if first and notes else NOTHING,
        )
        text = body(hub, notebook, here) if hub and first else ""
        yield Page(here.address, tag.name, before, text, after, tag.summary, f"{address}feed.xml" if notes or hub else "")


def _path(tag: Tag, notebook: Notebook, here: Place) -> Markup:
    steps = [tag_link(step, notebook, here) for step in notebook.vocabulary.path(tag)[:-1]]
    return html('<p class="rl-path">{} /</p>\n', joined(steps, " / ")) if steps else NOTHING


def _section(title: str, anchor: str, content: Markup) -> Markup:
    return html('<section>\n<h2 id="{}">{}</h2>\n{}</section>\n', anchor, title, content) if content else NOTHING


def _neighbours(tag: Tag, notebook: Notebook, here: Place) -> Markup:
    """The tags that the same notes have, most frequent first; those above and below go without saying."""
    family = {step.key for step in (*notebook.vocabulary.path(tag), *notebook.vocabulary.below(tag))}
    notes = notebook.tagged.get(tag.key, ())
    used = Counter(other.key for note in notes for other in notebook.tags_of(note) if other.key not in family)
    tags = [(notebook.vocabulary.tags[key], number) for key, number in sorted(used.items(), key=lambda item: (-item[1], item[0]))]
    links = [counted(tag_link(other, notebook, here), number) for other, number in tags[:_NEIGHBOURS]]
    return html('<p class="rl-tags">{}</p>\n', joined(links, " ")) if links else NOTHING


def _files(address: str, here: Place) -> Markup:
    files = (("feed.xml", "Atom"), ("feed.json", "JSON feed"), ("bibliography.bib", "BibTeX"), ("bibliography.json", "CSL JSON"))
    links = [html('<a href="{}">{}</a>', here.to(address + name), words) for name, words in files]
    return html('<p class="rl-links">Follow and cite: {}</p>\n', joined(links, " "))
