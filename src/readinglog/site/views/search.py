"""The search page, and the files of the index that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Output, Page, Site
from readinglog.site.shared_search import get_index_files
from readinglog.site.views.rows import TagNode, make_tag_tree

ADDRESS = "search/"


@dataclass(frozen=True, slots=True)
class Example:
    """A query, and what it means."""

    query: str
    meaning: str


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page before its script runs."""

    examples: tuple[Example, ...]
    tags: tuple[TagNode, ...]


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
    script = "assets/search/page.js"
    view = partial(_make_view, notebook)
    yield Page(ADDRESS, "Search", "search.html", view, wide=True, script=script)
    for path, value in get_index_files(notebook).items():
        yield DataFile(f"{ADDRESS}{path}", partial(_to_json, value))


def _make_view(notebook: Notebook) -> SearchView:
    return SearchView(_EXAMPLES, make_tag_tree(notebook))


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
