"""`readinglog search`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.cli.result_formats import RESULT_FORMATS, Answer
from readinglog.model.printable import make_printable
from readinglog.model.text import pluralize
from readinglog.search.engine import Search
from readinglog.search.hints import Hints
from readinglog.search.kept_index import open_index
from readinglog.search.language import SORTS

if TYPE_CHECKING:
    from readinglog.notebook.notebook import Notebook

_TABLE_ROWS = 30


@click.command(
    short_help="Search the notes by words, phrases, tags and other fields.",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1)
@notes_option
@click.option("--sort", type=click.Choice(SORTS), help="Sort order, instead of that of the query.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"Maximum number of results; by default {_TABLE_ROWS} in a table, otherwise all.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RESULT_FORMATS)),
    default="table",
    show_default=True,
    help="Output format.",
)
def search(
    query: tuple[str, ...], notes: Path | None, sort: str | None, limit: int | None, format_: str
) -> None:
    """Search the notes by words, phrases, tags and other fields.

    A query may have words, "a phrase", tag:moe, -tag:diffusion, author:shazeer, year:2024.., OR and
    parentheses.

    Without QUERY, list all notes, newest first. The language is that of the site's search page;
    docs/search.md describes it.
    """
    text = " ".join(query)
    settings, _ = find_log(notes, None)

    def load() -> Notebook:
        return load_log(settings.notes)

    engine = Search(open_index(settings.notes, settings.cache, load))
    result = engine.ask(text, sort or "")
    hints = Hints(engine)
    closest = () if result.hits else hints.find_closest(result.query)
    if limit is None and format_ == "table":
        limit = _TABLE_ROWS
    answer = Answer(text, result, (result.hits or closest)[:limit], engine, load)
    if output := RESULT_FORMATS[format_](answer):
        click.echo(output)
    for line in _list_remarks(hints, answer):
        click.echo(make_printable(line), err=True)


def _list_remarks(hints: Hints, answer: Answer) -> Iterator[str]:
    """Yield how many notes were found, and hints."""
    number = len(answer.result.hits)
    if number:
        yield pluralize(number, "note")
    else:
        yield "no results; these are the closest" if answer.hits else "no results"
    for hint in hints.of(answer.result):
        yield hint.message
        if hint.query:
            yield f"  or: {hint.query}"
