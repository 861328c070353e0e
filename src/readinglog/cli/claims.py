"""`readinglog claims`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import cast

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.model.claim import Result
from readinglog.model.csv_text import format_csv
from readinglog.model.printable import make_printable, to_json
from readinglog.model.text import pluralize
from readinglog.notebook.claim_json import claim_to_json
from readinglog.search.engine import Search
from readinglog.workspace.kept_index import open_index

Record = dict[str, object]
_SEPARATOR = "; "  # between the items of a list


@click.command(
    short_help="List what the works of the log claim, and what of them that was checked against."
)
@click.argument("query", nargs=-1)
@notes_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(("table", "json", "csv")),
    default="table",
    show_default=True,
    help="Output format.",
)
def claims(query: tuple[str, ...], notes: Path | None, format_: str) -> None:
    """List the claims of the notes that QUERY finds, or of all notes.

    QUERY is one of `readinglog search`. A claim is an item of a list in a note, with its place in
    the work and a name: `- It is so. [at:: Table 2] ^name`.
    """
    settings, _ = find_log(notes, None)
    notebook = load_log(settings)
    found = set(notebook.published)
    if query:
        index = open_index(settings.notes, settings.cache, lambda: notebook, repr(settings.macros))
        hits = Search(index).ask(" ".join(query)).hits
        oldest_first = notebook.published[::-1]
        found = {oldest_first[hit.note] for hit in hits}
    records = [
        claim_to_json(claim, notebook, "/{}".format)
        for claim in notebook.claims.published
        if claim.note in found
    ]
    if output := _FORMATS[format_](records, tuple(notebook.schema.own_claim_fields)):
        click.echo(output)
    click.echo(pluralize(len(records), "claim"), err=True)


def _format_json(records: Sequence[Record], _: Sequence[str]) -> str:
    return to_json({"claims": records})


def _format_csv(records: Sequence[Record], added: Sequence[str]) -> str:
    """Return a row for each claim, with a column `fields.NAME` for each field that a log adds."""
    if not records:
        return ""
    flat = [_flatten(record, "fields.", added) for record in records]
    rows = (tuple(map(_to_text, record.values())) for record in flat)
    return format_csv(tuple(flat[0]), rows).rstrip("\n")


def _format_table(records: Sequence[Record], added: Sequence[str]) -> str:
    lines = (line for record in records for line in _format_lines(_flatten(record, "", added)))
    return "\n".join(map(make_printable, lines))


def _flatten(record: Record, prefix: str, added: Sequence[str]) -> Record:
    """Return a claim with the fields that the log adds beside the others."""
    fields = cast("Record", record["fields"])
    own = {name: value for name, value in record.items() if name != "fields"}
    return own | {f"{prefix}{name}": fields.get(name, "") for name in added}


_FORMATS = {"table": _format_table, "json": _format_json, "csv": _format_csv}


def _format_lines(record: Record) -> Sequence[str]:
    """Return a claim for people to read: its name and text, and a line of evidence."""
    given = {name: _to_text(value) for name, value in record.items() if value}
    facts = [
        f"{name.replace('_', ' ')}: {text}"
        for name, text in given.items()
        if name not in ("note", "id", "text", "url")
    ]
    lines = [f"{record['note']}#^{record['id']}  {record['text']}"]
    return [*lines, f"  {' · '.join(facts)}"] if facts else lines


def _to_text(value: object) -> str:
    if isinstance(value, list):
        return _SEPARATOR.join(value)
    if isinstance(value, dict):
        return str(Result(**value))
    return str(value or "")
