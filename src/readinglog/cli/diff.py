"""`readinglog diff`."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import click

from readinglog.cli.errors import UsageError
from readinglog.cli.options import find_log, load_log, load_log_at, notes_option
from readinglog.model.identifiers import get_scheme
from readinglog.notebook.changes.compare import compare_notebooks
from readinglog.notebook.changes.report import CHANGE_FORMATS
from readinglog.workspace.git import find_default_base


@click.command(short_help="Summarize what changed in the log since BASE.")
@click.argument("base", required=False)
@notes_option
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(CHANGE_FORMATS)),
    default="text",
    show_default=True,
    help="Output format.",
)
@click.option(
    "--site-url",
    default="",
    help="Address of the site, for links in the Markdown output.",
)
def diff(base: str | None, notes: Path | None, format_: str, site_url: str) -> None:
    """Summarize what changed in the log since BASE: a branch, a tag or a commit.

    By default, BASE is the default branch of origin, or main.
    """
    if site_url and get_scheme(site_url) not in ("http", "https"):
        raise UsageError(f"`{site_url}` is not the address of a site", "write it as https://…")
    settings, _ = find_log(notes, None)
    after = load_log(settings)
    if base is None:
        base = find_default_base(settings.notes)
    changes = compare_notebooks(load_log_at(settings, base, after), after)
    quoted_url = quote(site_url, safe=":/?=&%~")
    click.echo(CHANGE_FORMATS[format_](changes, settings.prefix, quoted_url))
