"""`readinglog diff`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from readinglog.cli.options import find_log, load_log, load_log_at, notes_option, usage_error
from readinglog.model.identifiers import get_scheme
from readinglog.notebook.changes.compare import compare_notebooks
from readinglog.notebook.changes.report import CHANGE_FORMATS
from readinglog.workspace.git import find_default_base


@click.command(short_help="Say what has been done to the log since BASE.")
@click.argument("base", required=False)
@notes_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(CHANGE_FORMATS)),
    default="text",
    show_default=True,
)
@click.option(
    "--site-url",
    default="",
    help="Where the site is, so that titles in Markdown lead to their pages.",
)
def diff(base: str | None, notes: Path | None, format_: str, site_url: str) -> None:
    """Say what has been done to the log since BASE: a branch, a tag or a commit; by default the branch that a change is for."""
    if site_url and get_scheme(site_url) not in ("http", "https"):
        usage_error(f"`{site_url}` is not the address of a site: write it as https://…")
    settings, _ = find_log(notes, None)
    after = load_log(settings.notes)
    before = load_log_at(
        settings.notes, find_default_base(settings.notes) if base is None else base, after
    )
    click.echo(
        CHANGE_FORMATS[format_](
            compare_notebooks(before, after), settings.prefix, quote(site_url, safe=":/?=&%~")
        )
    )
