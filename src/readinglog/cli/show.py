"""`readinglog show`."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import click

from readinglog.cli.errors import UsageError
from readinglog.cli.options import find_log, find_note, load_log, notes_option
from readinglog.model.printable import make_printable, to_json
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.related import Relatedness


@click.command(short_help="Show a note.")
@click.argument("name", required=False)
@notes_option
@click.option("--all", "all_", is_flag=True, help="Show all notes, sorted by path.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def show(name: str | None, notes: Path | None, format_: str, *, all_: bool) -> None:
    """Show the note NAME: its front matter, headings, links, backlinks and related notes."""
    if (name is None) != all_:
        message = "give either the name of a note or --all"
        raise UsageError(message)
    settings, _ = find_log(notes, None)
    notebook = load_log(settings)
    shown = notebook.notes if all_ else (find_note(name or "", notebook),)
    relatedness = Relatedness(notebook)
    records = (note_to_json(note, notebook, relatedness) for note in shown)
    if format_ == "json":
        listed = list(records)
        click.echo(to_json(listed if all_ else listed[0]))
        return
    format_record = to_json if format_ == "jsonl" else _format_text
    for record in records:
        click.echo(format_record(record))


def _format_text(record: dict[str, object]) -> str:
    """Return a note's record for people to read."""
    lines = [f"{record.get('title') or record['name']}  ({record['path']})"]
    for name, value in cast("dict[str, object]", record["fields"]).items():
        if name != "title":
            lines.append(f"{name}: {_format_value(value)}")
    for name in ("headings", "links", "backlinks", "related"):
        items = cast("list[dict[str, object]]", record[name])
        if items:
            lines.append(f"\n{name}:")
        lines += [f"  {_format_item(item)}" for item in items]
    return "\n".join(map(make_printable, "\n".join(lines).split("\n")))


def _format_item(item: dict[str, object]) -> str:
    given = (value for value in item.values() if value not in (None, "", [], False))
    return " · ".join(map(_format_value, given))


def _format_value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
