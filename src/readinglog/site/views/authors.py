"""The authors: a page for each with the works in the log, and a list of all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import Output, Page, PageBase, Site, html, joined
from readinglog.site.views.components import author_address, counted, note_list

_MANY = 300
_AUTHOR = '<h1 dir="auto">{}</h1>\n<p class="rl-lead">{}</p>\n{}'


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    works: dict[str, list[Note]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for note in notebook.published:
        for name in dict.fromkeys(note.authors):
            address = author_address(name)
            works[address].append(note)
            spelled.setdefault(address, name)
    here = PageBase("authors/")
    most = sorted(
        works,
        key=lambda address: (
            -len(works[address]),
            spelled[address].rpartition(" ")[2],
            spelled[address],
        ),
    )
    items = [
        html(
            "<li>{}</li>",
            counted(html('<a href="{}">{}</a>', here.to(a), spelled[a]), len(works[a])),
        )
        for a in most[:_MANY]
    ]
    more = (
        html("<p>and {} more with one work each</p>\n", f"{len(most) - _MANY:,}")
        if len(most) > _MANY
        else ""
    )
    lead = html(
        '<p class="rl-lead">{}, those with most works first.</p>\n', pluralize(len(works), "author")
    )
    listed = html('{}<ul class="rl-columns">{}</ul>\n{}', lead, joined(items, "\n"), more)
    yield Page(
        here.address,
        "Authors",
        html(
            "<h1>Authors</h1>\n{}",
            listed if items else html("<p>No note names an author yet.</p>\n"),
        ),
    )
    for address, notes in works.items():
        place = PageBase(address)
        before = html(
            _AUTHOR, spelled[address], pluralize(notes, "work"), note_list(notes, notebook, place)
        )
        yield Page(address, spelled[address], before)
