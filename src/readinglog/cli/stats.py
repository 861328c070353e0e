"""`readinglog stats`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import find_log, load_log, notes_option
from readinglog.notebook.statistics import compute_statistics
from readinglog.notebook.statistics_report import format_statistics, statistics_to_json


@click.command(short_help="Count notes, links and tags, and list gaps.")
@notes_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Output format.",
)
def stats(notes: Path | None, format_: str) -> None:
    """Count notes, links and tags, and list gaps.

    Gaps are works with few links, tags with one work, large tags without a hub, and the like.
    """
    settings, _ = find_log(notes, None)
    statistics = compute_statistics(load_log(settings))
    format_report = format_statistics if format_ == "text" else statistics_to_json
    click.echo(format_report(statistics))
