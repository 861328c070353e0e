"""Statistics: how the log grew, when its works appeared, what they are, and which of them the others lead to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from readinglog.model.fields import STATUSES
from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.reading_paths import estimate_minutes
from readinglog.search.query import Filter
from readinglog.site.charts.link_map import most_linked
from readinglog.site.charts.plots import bars, figure
from readinglog.site.page import NOTHING, Output, Page, PageBase, Site, html, joined, section
from readinglog.site.views.components import author_address, search_address
from readinglog.site.views.stats.calendars import notes_over_time
from readinglog.site.views.stats.disputes import disputes
from readinglog.site.views.stats.topics import topics_over_time

_LINKED = 10
_HERE = PageBase("stats/")


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    content = _content(notebook) if notebook.published else html("<p>Nothing is logged yet.</p>\n")
    yield Page(_HERE.address, "Statistics", before=html("<h1>Statistics</h1>\n{}", content))


def _content(notebook: Notebook) -> Markup:
    notes = notebook.published
    sections = (
        section(
            "Notes over time",
            "over-time",
            notes_over_time(
                [note for note in notes if not notebook.publication.is_in_future(note)], _HERE
            ),
        ),
        section("Topics over time", "topics", topics_over_time(notebook, _HERE)),
        section("Kinds", "kinds", _kinds(notes)),
        section("Most-linked works", "most-linked", _most_linked(notebook)),
        section("Disputes", "disputes", disputes(notebook, _HERE)),
        section("By status", "status", _status(notes)),
    )
    return joined((_facts(notebook), *sections))


def _facts(notebook: Notebook) -> Markup:
    notes = notebook.published
    hubs = sum(note.is_hub for note in notes)
    minutes = sum(map(estimate_minutes, notes))
    authors = {author_address(name) for note in notes for name in note.authors}
    facts = [
        *(
            pluralize(len(notes) - hubs, "work"),
            pluralize(hubs, "hub"),
            pluralize(len(notebook.tags.notes), "tag"),
            pluralize(len(authors), "author"),
        ),
        *(
            f"{pluralize(sum(map(len, notebook.graph.outgoing_links.values())), 'link')} between notes",
            f"{pluralize(minutes, 'minute')} of reading",
        ),
    ]
    return html('<p class="rl-facts">{}</p>\n', joined(facts, " · "))


def _kinds(notes: Sequence[Note]) -> Markup:
    kinds = sorted(
        Counter(note.kind for note in notes).items(), key=lambda item: (-item[1], item[0])
    )
    rows = [
        (html('<a href="{}">{}</a>', search_address(Filter("kind", kind), _HERE), kind), number)
        for kind, number in kinds
    ]
    return figure(
        bars(("Kind", "Notes"), rows),
        NOTHING,
        [f"{pluralize(notes, 'note')} of {pluralize(kinds, 'kind')}."],
    )


def _most_linked(notebook: Notebook) -> Markup:
    works = most_linked(
        (
            note
            for note, found in notebook.graph.incoming_links.items()
            if found and not note.is_hub
        ),
        notebook,
        _LINKED,
    )
    if not works:
        return html("<p>No note leads to another yet.</p>\n")
    rows = [
        (
            html('<a href="{}">{}</a>', _HERE.note(note), note.title),
            len(notebook.graph.incoming_links[note]),
        )
        for note in works
    ]
    words = "How many notes lead to each by links or relations; a note counts once."
    return figure(bars(("Work", "Notes"), rows, below=True), NOTHING, [words])


def _status(notes: Sequence[Note]) -> Markup:
    found = Counter(note.status for note in notes)
    words = dict(zip(STATUSES, ("to read", "being read", "read"), strict=True))
    parts = [_in_status(found[status], status, words[status]) for status in STATUSES]
    return html("<p>Of {}: {}.</p>\n", pluralize(notes, "note"), joined(parts, ", "))


def _in_status(number: int, status: str, words: str) -> Markup:
    text = f"{number:,} {words}"
    return (
        html('<a href="{}">{}</a>', search_address(Filter("is", status), _HERE), text)
        if number
        else html("{}", text)
    )
