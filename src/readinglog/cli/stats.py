"""`readinglog stats`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import loaded, notes_option, settings_of
from readinglog.notebook.statistics import census
from readinglog.notebook.statistics_report import census_json, census_text


@click.command(short_help="Count the notes, links and tags, and say where the log is thin.")
@notes_option
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def stats(notes: Path | None, format_: str) -> None:
    """Count the notes, links and tags, and say where the log is thin: few links, tags of one work, large tags without a hub."""
    settings, _ = settings_of(notes, None)
    counted = census(loaded(settings.notes))
    click.echo(census_text(counted) if format_ == "text" else census_json(counted))
