"""`readinglog show`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import click

from readinglog.cli.errors import UsageError
from readinglog.cli.options import find_log, find_note, load_log, notes_option
from readinglog.model.printable import make_printable, to_json
from readinglog.notebook.note_json import note_to_json
from readinglog.notebook.related import Relatedness

_Record = dict[str, object]


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
    """Show the note NAME: its front matter, headings, claims, links, and related notes.

    NAME is what a wikilink to the note holds: its name, title or alias. What the lines say:

    \b
    headings        each with one # a level, as in the text
    claims          ^NAME of the claim, what is said, its evidence
    links           where each link of the note leads
    notes that link to this one
                    where each link stands, and its sentence
    related notes   reasons: links, shared tags, references and rare words
    """  # noqa: D301 - click keeps the lines after a backspace
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
    for record in records:
        text = to_json(record) if format_ == "jsonl" else _format_text(record, settings.prefix)
        click.echo(text)


def _format_text(record: _Record, prefix: str) -> str:
    """Return a note's record for people to read, each part under a heading."""
    lines = [
        str(record.get("title") or record["name"]),
        f"  file: {prefix}{record['path']}",
        f"  page: {record['url']}",
        f"  in links: [[{record['name']}]]",
    ]
    fields = cast("dict[str, object]", record["fields"])
    written = [f"{name}: {_format_value(value)}" for name, value in fields.items()]
    lines += _format_part("front matter", written)
    for name, title, format_item in _PARTS:
        items = cast("list[_Record]", record[name])
        lines += _format_part(title, list(map(format_item, items)))
    return "\n".join(map(make_printable, "\n".join(lines).split("\n")))


def _format_part(title: str, items: list[str]) -> list[str]:
    return ["", f"{title}:", *(f"  {item}" for item in items)] if items else []


def _format_heading(item: _Record) -> str:
    return f"{'#' * cast('int', item['level'])} {item['text']}"


def _format_claim(item: _Record) -> str:
    where = [f"at {item['at']}"] if item["at"] else []
    where += [f"checked against: {item['checked']}"] if item["checked"] else []
    fields = cast("_Record", item["fields"])
    where += [f"{name}: {_format_value(value)}" for name, value in fields.items()]
    where += [f"disputed by {_format_value(item['disputed_by'])}"] if item["disputed_by"] else []
    facts = f" ({'; '.join(where)})" if where else ""
    return f"^{item['id']}: {item['text']}{facts}"


def _format_link(item: _Record) -> str:
    heading = f"#{item['heading']}" if item["heading"] else ""
    names = cast("list[str]", item["to"])
    leads = f"leads to {names[0]}" if names else "leads to no note"
    if len(names) > 1:
        leads = f"may mean {' or '.join(names)}"
    return f"line {item['line']}: {item['target']}{heading} {leads}"


def _format_backlink(item: _Record) -> str:
    where = f"{item['from']}, line {item['line']}"
    if item["relation"] != "mentions":
        return f"{where}, in `{item['relation']}` (its summary: {item['excerpt']})"
    return f"{where}: {item['excerpt']}"


def _format_related(item: _Record) -> str:
    return f"{item['name']}: {'; '.join(cast('list[str]', item['reasons']))}"


def _format_value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


_PARTS: tuple[tuple[str, str, Callable[[_Record], str]], ...] = (
    ("headings", "headings", _format_heading),
    ("claims", "claims", _format_claim),
    ("links", "links of this note", _format_link),
    ("backlinks", "notes that link to this one", _format_backlink),
    ("related", "related notes, the nearest first, and why", _format_related),
)
