"""`readinglog diff`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from readinglog.cli.options import loaded, loaded_at, notes_option, settings_of, wrong_call
from readinglog.model.identifiers import scheme
from readinglog.notebook.changes.compare import compare
from readinglog.notebook.changes.report import CHANGES
from readinglog.workspace.git import default_base


@click.command(short_help="Say what has been done to the log since BASE.")
@click.argument("base", required=False)
@notes_option
@click.option("--format", "format_", type=click.Choice(list(CHANGES)), default="text", show_default=True)
@click.option("--site-url", default="", help="Where the site is, so that titles in Markdown lead to their pages.")
def diff(base: str | None, notes: Path | None, format_: str, site_url: str) -> None:
    """Say what has been done to the log since BASE: a branch, a tag or a commit; by default the branch that a change is for."""
    if site_url and scheme(site_url) not in ("http", "https"):
        wrong_call(f"`{site_url}` is not the address of a site: write it as https://…")
    settings, _ = settings_of(notes, None)
    after = loaded(settings.notes)
    before = loaded_at(settings.notes, default_base(settings.notes) if base is None else base, after)
    click.echo(CHANGES[format_](compare(before, after), settings.prefix, quote(site_url, safe=":/?=&%~")))
