"""`readinglog show` and `readinglog search`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from readinglog.cli.options import find_log, find_note, load_log, notes_option, usage_error
from readinglog.cli.result_formats import RESULT_FORMATS, format_syntax_error
from readinglog.model.printable import make_printable, to_json
from readinglog.model.text import pluralize
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.related import Relatedness
from readinglog.search import Corpus, Hints, QuerySyntaxError, Result, Search, parse_query
from readinglog.search.fields import SORTS

_ROWS = 30  # of a table


@click.command()
@click.argument("name", required=False)
@notes_option
@click.option("--all", "all_", is_flag=True, help="Every note, in order of path.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
)
def show(name: str | None, notes: Path | None, format_: str, *, all_: bool) -> None:
    """Say what the log knows of the note NAME."""
    if (name is None) != all_:
        usage_error("name a note, or ask for --all of them")
    settings, _ = find_log(notes, None)
    notebook = load_log(settings.notes)
    chosen = notebook.notes if all_ else (find_note(name or "", notebook),)
    relatedness = Relatedness(notebook)
    records = (note_to_json(note, notebook, relatedness) for note in chosen)
    if format_ == "jsonl":
        for entry in records:
            click.echo(to_json(entry))
    elif format_ == "json":
        entries = list(records)
        click.echo(to_json(entries if all_ else entries[0]))
    else:
        for entry in records:
            click.echo(_text(entry))


@click.command(
    short_help="Find notes by words, phrases, tags and other fields.",
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
)
@click.argument("query", nargs=-1)
@notes_option
@click.option("--sort", type=click.Choice(SORTS), help="Instead of the order that the query names.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    help=f"How many to print; a table has {_ROWS}, everything else all.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(sorted(RESULT_FORMATS)),
    default="table",
    show_default=True,
)
def search(
    query: tuple[str, ...], notes: Path | None, sort: str | None, limit: int | None, format_: str
) -> None:
    """Find notes: words, "a phrase", tag:moe, -tag:diffusion, author:shazeer, year:2024.., OR and parentheses.

    Without QUERY, all notes, newest first. The language is that of the site's search page; docs/search.md has all of it.
    """
    text = " ".join(query)
    read = parse_query(text)
    if isinstance(read, QuerySyntaxError):
        click.echo(f"readinglog: {format_syntax_error(text, read)}", err=True)
        sys.exit(2)
    settings, _ = find_log(notes, None)
    asked = Search(Corpus(load_log(settings.notes)))
    result = asked.ask(read, sort or "")
    most = _ROWS if limit is None and format_ == "table" else limit
    answer = RESULT_FORMATS[format_](text, result, result.hits[:most])
    if answer:
        click.echo(answer)
    for line in _remarks(asked, result):
        click.echo(make_printable(line), err=True)


def _remarks(asked: Search, result: Result) -> Iterator[str]:
    """What to say beside the answer: how many there are, names that there are not, and how to find something."""
    number = len(result.hits)
    yield pluralize(number, "note") if number else "nothing found"
    hints = Hints(asked)
    for hint in hints.of(result.query, found=bool(number)):
        yield hint.message
        if hint.query:
            yield f"  or: {hint.query}"
    if not number and (closest := hints.closest(result.query)):
        yield f"closest: {', '.join(hit.note.name for hit in closest)}"


def _text(entry: dict[str, object]) -> str:
    """A record for people."""
    lines = [f"{entry.get('title') or entry['name']}  ({entry['path']})"]
    lines += [
        f"{key}: {_listed(value)}"
        for key, value in cast("dict[str, object]", entry["fields"]).items()
        if key != "title"
    ]
    for key in ("headings", "links", "backlinks", "related"):
        items = cast("list[dict[str, object]]", entry[key])
        lines += [f"\n{key}:"] if items else []
        lines += [
            f"  {' · '.join(_listed(v) for v in item.values() if v not in (None, '', [], False))}"
            for item in items
        ]
    return "\n".join(make_printable(line) for whole in lines for line in whole.split("\n"))


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
