"""`readinglog schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from readinglog.cli.options import loaded, notes_option, settings_of
from readinglog.model.json_schema import front_matter_schema, vocabulary_schema


@click.command(short_help="Print the JSON Schema of front matter, for editors.")
@notes_option
@click.option("--vocabulary", is_flag=True, help="That of tags.yml instead.")
def schema(notes: Path | None, *, vocabulary: bool) -> None:
    """Print the JSON Schema of front matter, for editors; the log's own tags are in it."""
    settings, _ = settings_of(notes, None)
    tags = loaded(settings.notes).vocabulary
    click.echo(json.dumps(vocabulary_schema(tags) if vocabulary else front_matter_schema(tags), ensure_ascii=False, indent=2))
