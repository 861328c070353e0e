"""The home page: what this is, how much is in it, the topics, the newest notes, and how to add one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes, find_tag_path
from readinglog.search.query import And, Filter, Tree, Word
from readinglog.search.words import split_words
from readinglog.site.charts.plots import activity
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
    counted,
    note_list,
    search_address,
    search_box,
    tag_address,
    tag_link,
)
from readinglog.site.views.stats.disputes import disputed

_NEWEST = 12
_ROOTS = 24
_HUBS = 12
_HERE = PageBase("")


def emit(notebook: Notebook, site: Site) -> Iterator[Output]:
    notes = notebook.published
    works = sum(not note.is_hub for note in notes)
    before = html(
        '<h1>{}</h1>\n<p class="rl-lead">{}</p>\n{}<div class="rl-activity-row">{}{}</div>\n{}{}{}',
        site.name,
        site.description or "A log of research that was read, linked and tagged.",
        _search(notebook),
        html('<p class="rl-facts">{}</p>', joined(_at_a_glance(notebook, works), " · ")),
        activity([note for note in notes if not notebook.publication.is_in_future(note)]),
        _topics(notebook),
        _start_here(notebook),
        _newest(notes[:_NEWEST], notebook),
    )
    yield Page("", site.name, before=before, description=site.description, feed="feed.xml")


def _newest(notes: Sequence[Note], notebook: Notebook) -> Markup:
    listed = note_list(notes, notebook, _HERE) or html("<p>Nothing is logged yet.</p>\n")
    on = html(
        '<p class="rl-links"><a href="{}">The whole log</a> <a href="{}">Atom feed</a></p>\n',
        _HERE.to("log/"),
        _HERE.to("feed.xml"),
    )
    return section("Newest notes", "newest", html("{}{}", listed, on))


def _search(notebook: Notebook) -> Markup:
    """The search box with a few queries that find something."""
    notes = [note for note in notebook.published if not note.is_hub]
    years = sorted(note.published[:4] for note in notes if note.published)
    frequent = sorted(notebook.tags.notes, key=lambda key: (-len(notebook.tags.notes[key]), key))
    tags = frequent[:2]
    authors = Counter(name for note in notes for name in note.authors).most_common(1)
    queries: list[Tree] = [Filter("tag", key) for key in tags[1:]]
    if tags and years:
        queries.insert(
            0, And((Filter("tag", tags[0]), Filter("year", f"{years[len(years) // 2]}..")))
        )
    queries += [Filter("author", name) for name, _ in authors]
    vocabulary = notebook.vocabulary.tags
    narrow = (
        " ".join(split_words(vocabulary[key].name)) for key in frequent if vocabulary[key].parent
    )
    queries[:0] = [Word(text) for text in narrow if text][:1]  # words alone come first
    links = [html('<a href="{}">{}</a>', search_address(query, _HERE), query) for query in queries]
    examples = (
        html('<p class="rl-examples">For example {}</p>\n', joined(links, " "))
        if links
        else NOTHING
    )
    return html("{}\n{}", search_box(_HERE), examples)


def _at_a_glance(notebook: Notebook, works: int) -> Iterator[object]:
    yield pluralize(works, "work")
    yield pluralize(len(notebook.tags.notes), "tag")
    if pairs := disputed(notebook):
        yield html(
            '<a href="{}">{}</a>',
            _HERE.to("stats/", own_id("disputes")),
            pluralize(pairs, "dispute"),
        )
    yield _add()
    yield _follow()


def _add() -> Markup:
    return html('<a href="{}">add a note</a>', _HERE.to("contribute/"))


def _follow() -> Markup:
    return html('<a href="{}">follow</a>', _HERE.to("feed.xml"))


def _topics(notebook: Notebook) -> Markup:
    """The topics that have a colour with what they are about, and the other roots in a line."""
    roots = [tag for tag in notebook.vocabulary.children(None) if tag.key in notebook.tags.notes]
    main = [tag for tag in roots if notebook.vocabulary.hue(tag)]
    links = {
        tag: counted(tag_link(tag, notebook, _HERE), len(notebook.tags.notes[tag.key]))
        for tag in roots[:_ROOTS]
    }
    items = (
        html(
            "<li>{}{}</li>",
            links[tag],
            html(" <span>{}</span>", tag.summary) if tag.summary else "",
        )
        for tag in main
    )
    others = [links[tag] for tag in roots[:_ROOTS] if tag not in main]
    every = html('<a href="{}">all tags</a>', _HERE.to("tags/"))
    content = html(
        '<ul class="rl-topics">{}</ul>\n<p class="rl-tags">{}</p>\n',
        joined(items, "\n"),
        joined([*others, every], " "),
    )
    return section("Topics", "topics", content) if roots else NOTHING


def _start_here(notebook: Notebook) -> Markup:
    """The hubs of the topics that have a colour, each with the path through its topic; where none has one, some of the others."""
    tags = [tag for tag in notebook.vocabulary.tags.values() if tag.key in notebook.tags.hubs]
    main = [tag for tag in tags if not tag.parent and notebook.vocabulary.hue(tag)] or tags[:_HUBS]
    items = joined((_path(tag, notebook.tags.hubs[tag.key], notebook) for tag in main), "\n")
    return (
        section("Start here", "start-here", html('<ul class="rl-plain">{}</ul>\n', items))
        if main
        else NOTHING
    )


def _path(tag: Tag, hub: Note, notebook: Notebook) -> Markup:
    """A hub, and the path through its topic."""
    path = find_tag_path(notebook, tag)
    words = f"a path of {pluralize(path, 'note')}, {pluralize(sum(map(estimate_minutes, path)), 'minute')}"
    address = _HERE.to(tag_address(tag, notebook), own_id("path"))
    to = (
        html(' <a class="rl-reason" href="{}">{}</a>', address, words) if len(path) > 1 else NOTHING
    )
    return html(
        '<li><a href="{}">{}</a> <span>{}</span>{}</li>',
        _HERE.note(hub),
        hub.title,
        hub.summary,
        to,
    )
