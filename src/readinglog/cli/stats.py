"""`readinglog stats`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.notebook.statistics import compute_statistics
from readinglog.notebook.statistics_report import format_statistics, statistics_to_json


@click.command(short_help="Count the notes, links and tags, and say where the log is thin.")
@notes_option
@click.option(
    "--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
def stats(notes: Path | None, format_: str) -> None:
    """Count the notes, links and tags, and say where the log is thin: few links, tags of one work, large tags without a hub."""
    settings, _ = find_log(notes, None)
    counted = compute_statistics(load_log(settings.notes))
    click.echo(format_statistics(counted) if format_ == "text" else statistics_to_json(counted))
