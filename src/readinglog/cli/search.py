"""`readinglog search`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.cli.result_formats import RESULT_FORMATS, Answer
from readinglog.interchange.token_budget import DEFAULT_TOKENS, FEWEST_TOKENS
from readinglog.model.printable import make_printable
from readinglog.model.text import pluralize
from readinglog.search.engine import Search
from readinglog.search.hints import Hints
from readinglog.search.language import SORTS
from readinglog.workspace.garbage_collection import stop_collection
from readinglog.workspace.kept_index import open_index
from readinglog.workspace.site_settings import find_site_settings

if TYPE_CHECKING:
    from readinglog.notebook.notebook import Notebook

_TABLE_ROWS = 30


class _SearchCommand(click.Command):
    """A command with `-h` for help that takes `-haskell` for a part of the query.

    Click would take that for `-h`, too, if it were declared as an option.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        end = args.index("--") if "--" in args else len(args)
        options = ["--help" if arg == "-h" else arg for arg in args[:end]]
        return super().parse_args(ctx, options + args[end:])


def _check_limit(_: click.Context, __: click.Parameter, limit: int | None) -> int | None:
    if limit is not None and limit < 0:
        message = f"{limit} is less than 0."
        raise click.BadParameter(message)
    return limit


@click.command(
    cls=_SearchCommand,
    short_help="Search the notes by words, phrases, tags and other fields.",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1)
@notes_option
@click.option(
    "--sort", type=click.Choice(SORTS), help="Sort order, instead of `sort:` in the query."
)
@click.option(
    "--limit",
    type=int,
    metavar="NUMBER",
    callback=_check_limit,
    help=f"Maximum number of results: by default, {_TABLE_ROWS} in a table and all otherwise.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RESULT_FORMATS)),
    default="table",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--tokens",
    type=click.IntRange(min=FEWEST_TOKENS),
    metavar="NUMBER",
    default=DEFAULT_TOKENS,
    show_default=True,
    help="Size of a context pack (`--format pack`), estimated as characters / 4.",
)
def search(
    query: tuple[str, ...],
    notes: Path | None,
    sort: str | None,
    limit: int | None,
    format_: str,
    tokens: int,
) -> None:
    """Search the notes by words, phrases, tags and other fields.

    QUERY can have words, "a phrase", tag:a-tag, -tag:another, author:name, year:2024.., OR and
    parentheses, as on the search page of the site. Put a query with quotes, parentheses or spaces
    in single quotes. docs/guide/search.md describes the language.

    Without QUERY, list all notes, newest first.
    """
    stop_collection()
    text = " ".join(query)
    settings, _ = find_log(notes, None)

    def load() -> Notebook:
        return load_log(settings)

    site_settings = find_site_settings(settings.notes, settings.root)
    context = repr((settings.macros, settings.schema.key, site_settings))
    engine = Search(open_index(settings.notes, settings.cache, load, context))
    result = engine.ask(text, sort or "")
    hints = Hints(engine)
    closest = () if result.hits else hints.find_closest(result.query)
    if limit is None and format_ == "table":
        limit = _TABLE_ROWS
    answer = Answer(text, result, (result.hits or closest)[:limit], engine, load, tokens)
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
            yield f"  try: {hint.query}"
