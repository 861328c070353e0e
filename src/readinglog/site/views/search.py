"""The search page, and what it reads: the catalogue, cards of the notes in blocks, and the text of each note for passages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search import Corpus, catalogue
from readinglog.site.page import DataFile, Output, Page, PageBase, Site, html, joined
from readinglog.site.views.components import search_address, search_box, tree

ADDRESS = "search/"
BLOCK = 16  # cards in a file

_PAGE = """\
<h1>Search</h1>
{0}
<details class="rl-help rl-fold"><summary>How to ask</summary>
<ul>
{3}
</ul>
</details>
<noscript><p>Searching needs JavaScript. The tags lead to the notes without it:</p>
{1}</noscript>
<div id="rl-answer" data-block="{2}" hidden></div>
"""


def emit(notebook: Notebook, _: Site) -> Iterator[Output]:
    corpus = Corpus(notebook)
    here = PageBase(ADDRESS)
    content = html(
        _PAGE, search_box(here), tree(None, notebook, here), BLOCK, joined(_help(here), "\n")
    )
    yield Page(ADDRESS, "Search", before=content, wide=True, script="assets/search/page.js")
    columns = {
        "catalogue": catalogue.make_core,
        "authors": catalogue.list_authors,
        "venues": catalogue.list_venues,
        "links": catalogue.list_links,
    }
    for name, made in columns.items():
        yield _data(f"{ADDRESS}{name}.json", made(corpus))
    yield _data(f"{ADDRESS}words.json", sorted(corpus.vocabulary))
    notes = catalogue.order_notes(corpus)
    tags = {key: number for number, key in enumerate(notebook.vocabulary.tags)}
    for start in range(0, len(notes), BLOCK):
        cards = [
            _card(note, [tags[tag.key] for tag in notebook.tags.of(note)])
            for note in notes[start : start + BLOCK]
        ]
        yield _data(f"{ADDRESS}cards/{start // BLOCK}.json", cards)
    for note in notes:
        yield _data(f"{ADDRESS}notes/{note.name}.json", split_sections(note, notebook))


_EXAMPLES = (
    ("why does routing collapse", "a question, in plain words"),
    ("routing", "a word, in all its forms"),
    ('"load balancing"', "words as they are, side by side"),
    ("routing -diffusion", "without what stands behind a minus"),
    ("(routing OR attention) kernel", "either of the two, and the third"),
    ("tag:moe", "a tag, with those below it; likewise author:, venue:, title:"),
    ("kind:paper is:to-read", "a kind, a state; has:code, has:math, has:contradicts, is:orphan"),
    ("year:2020..2024 rating:>=4", "ranges; likewise date: (the day a note was logged)"),
    ("links:ddpm", "notes that link to one; linked-from: for the other way"),
    ("routing sort:published", "another order: relevance, published, date, rating"),
)


def _help(here: PageBase) -> Iterator[Markup]:
    """The language in ten examples."""
    for query, words in _EXAMPLES:
        yield html(
            '<li><a href="{}"><code>{}</code></a> {}</li>',
            search_address(query, here),
            query,
            words,
        )


def _card(note: Note, tags: list[int]) -> list[object]:
    """What a list shows of a note: name, title, authors and year, day, summary, tags."""
    return [
        note.name,
        note.title,
        format_byline(note),
        note.date.isoformat() if note.date else "",
        note.summary,
        tags,
    ]


def _data(path: str, value: object) -> DataFile:
    return DataFile(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n")
