"""The words of the pages themselves, in the language of the site.

Templates, views and scripts have them in English. `languages/` has a table for each other language,
by the English words; what a table lacks stays English.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import yaml

from readinglog.model.text import pluralize

LANGUAGES = Path(__file__).parent / "languages"
ENGLISH = "en"
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)
_Item = TypeVar("_Item")


class Table(NamedTuple):
    """The words of a language, by the English ones; nouns in singular and plural; the mark between
    the thousands of a number.
    """

    messages: Mapping[str, str]
    nouns: Mapping[str, Sequence[str]]
    thousands: str = ","


def is_english(language: str) -> bool:
    """Return whether a language such as `en-GB` is English."""
    return language.partition("-")[0] == ENGLISH


def mark_english() -> str:
    """Return the attributes, in Markdown, of text that is English in every language."""
    return "" if is_english(_language.get()) else "{: lang=en}"


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Have the words of pages that are made meanwhile in `language`."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def make_in_language(language: str, items: Iterable[_Item]) -> Iterator[_Item]:
    """Yield `items`, which are made in `language`, and used in any."""
    iterator = iter(items)
    end = object()
    while True:
        with use_language(language):
            item = next(iterator, end)
        if item is end:
            return
        yield item  # type: ignore[misc]


@cache
def load_table(language: str) -> Table | None:
    """Return the table of a language, such as `de` or `de-AT`; None for English, and where there
    is none.
    """
    for name in (language, language.partition("-")[0]):
        file = LANGUAGES / f"{name}.yml"
        if file.is_file():
            data = yaml.load(file.read_text(encoding="utf-8"), yaml.SafeLoader)
            return Table(data["messages"], data["nouns"], data["thousands"])
    return None


def translate(text: str, **values: object) -> str:
    """Return a message in the language in use, with `values` for its `{names}`."""
    table = load_table(_language.get())
    found = table.messages.get(text, text) if table else text
    for name, value in values.items():
        found = found.replace(f"{{{name}}}", str(value))
    return found


def format_number(number: float) -> str:
    """Return a number with marks between its thousands."""
    table = load_table(_language.get())
    text = f"{number:,}"
    return text.replace(",", table.thousands) if table else text


def count_items(items: Sequence[object] | int, noun: str) -> str:
    """Return a number with its noun, such as `1 note` or `3 notes`."""
    table = load_table(_language.get())
    if table is None or noun not in table.nouns:
        return pluralize(items, noun)
    number = items if isinstance(items, int) else len(items)
    singular, plural = table.nouns[noun]
    return f"{format_number(number)} {singular if number == 1 else plural}"
