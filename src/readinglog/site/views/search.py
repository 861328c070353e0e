"""The search page, and what it reads: the catalogue, cards of the notes in blocks, and the text of
each note for passages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sections import split_sections
from readinglog.search import Corpus, catalogue
from readinglog.search.language import list_word_fields
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.views.rows import TagNode, make_tag_tree

ADDRESS = "search/"
BLOCK = 16  # cards in a file


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and what it means."""

    query: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page; its script finds `cards_a_file` notes in each file of cards."""

    examples: tuple[Example, ...]
    tags: tuple[TagNode, ...]
    cards_a_file: int


_EXAMPLES = (
    Example("why does routing collapse", "a question, in plain words"),
    Example("routing", "a word, in all its forms"),
    Example('"load balancing"', "exact phrase"),
    Example("routing -diffusion", "exclude a word"),
    Example("(routing OR attention) kernel", "either of the two, and the third"),
    Example("tag:moe", "a tag, with those below it; likewise author:, venue:, title:"),
    Example(
        "kind:paper is:to-read", "a kind, a state; has:code, has:math, has:contradicts, is:orphan"
    ),
    Example("year:2020..2024 rating:>=4", "ranges; also date: (the day the note was added)"),
    Example("links:ddpm", "notes that link to one; linked-from: for the other way"),
    Example("routing sort:published", "another order: relevance, published, date, rating"),
)


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    corpus = Corpus(notebook)
    view = SearchView(_EXAMPLES, make_tag_tree(notebook), BLOCK)
    script = "assets/search/page.js"
    yield Page(ADDRESS, "Search", "search.html", view, wide=True, script=script)
    yield _data(f"{ADDRESS}catalogue.json", catalogue.make_core(corpus))
    for name in list_word_fields():
        yield _data(f"{ADDRESS}{name}s.json", catalogue.list_names(corpus, name))
    yield _data(f"{ADDRESS}links.json", catalogue.list_links(corpus))
    yield _data(f"{ADDRESS}words.json", sorted(corpus.vocabulary))
    notes = catalogue.order_notes(corpus)
    tags = {key: number for number, key in enumerate(notebook.vocabulary.tags)}
    for start in range(0, len(notes), BLOCK):
        cards = [
            _card(note, [tags[tag.key] for tag in notebook.tags.get_tags(note)])
            for note in notes[start : start + BLOCK]
        ]
        yield _data(f"{ADDRESS}cards/{start // BLOCK}.json", cards)
    for note in notes:
        yield _data(f"{ADDRESS}notes/{note.name}.json", split_sections(note, notebook))


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
