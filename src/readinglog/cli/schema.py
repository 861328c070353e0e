"""`readinglog schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema


@click.command(short_help="Print the JSON Schema of front matter, for editors.")
@notes_option
@click.option("--vocabulary", is_flag=True, help="Print the schema of tags.yml instead.")
def schema(notes: Path | None, *, vocabulary: bool) -> None:
    """Print the JSON Schema of front matter, including the log's tags, for use in editors."""
    settings, _ = find_log(notes, None)
    notebook = load_log(settings)
    tags = notebook.vocabulary
    printed = (
        make_vocabulary_schema(tags)
        if vocabulary
        else make_front_matter_schema(tags, notebook.schema, notebook.people)
    )
    click.echo(json.dumps(printed, ensure_ascii=False, indent=2))
