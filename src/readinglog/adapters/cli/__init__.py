"""The command line: reads, asks the core, prints. Exit 0 clean, 1 errors found, 2 wrong call."""

from __future__ import annotations

import click

from readinglog import __version__
from readinglog.adapters.cli.ask import search, show
from readinglog.adapters.cli.build import build
from readinglog.adapters.cli.check import check, explain


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
def main() -> None:
    """A research-reading log kept as Markdown in git: check the notes, ask about them, build the site."""


for command in (check, explain, show, search, build):
    main.add_command(command)
