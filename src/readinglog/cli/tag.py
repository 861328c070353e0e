"""`readinglog tag`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.options import notes_option
from readinglog.cli.refactoring import dry_run_option, run_refactoring


@click.group(short_help="Rename, merge or split tags.")
def tag() -> None:
    """Rename, merge or split tags, in tags.yml and in every note."""


@tag.command(short_help="Rename a tag.")
@click.argument("old")
@click.argument("new")
@click.option("--name", default="", help="What pages call the tag, instead of NEW.")
@dry_run_option
@notes_option
def rename(old: str, new: str, name: str, notes: Path | None, *, dry_run: bool) -> None:
    """Rename the tag OLD to NEW. OLD becomes an alias, so that old searches still work.

    In a log without a tags.yml, tags are paths such as animals/birds. There, NEW is the whole path,
    and the subtags of OLD move with it.
    """
    from readinglog.refactor.rename_tag import rename_tag  # noqa: PLC0415 - it loads the rules

    run_refactoring(
        lambda notebook, _: rename_tag(notebook, old, new, name), notes, dry_run=dry_run
    )


@tag.command(short_help="Merge tags into one.")
@click.argument("old", nargs=-1, required=True)
@click.argument("into")
@dry_run_option
@notes_option
def merge(old: tuple[str, ...], into: str, notes: Path | None, *, dry_run: bool) -> None:
    """Merge the tags OLD into the tag INTO.

    Their names become aliases of INTO, and their subtags become subtags of INTO.
    """
    from readinglog.refactor.rename_tag import merge_tags  # noqa: PLC0415 - it loads the rules

    run_refactoring(lambda notebook, _: merge_tags(notebook, old, into), notes, dry_run=dry_run)


@tag.command(short_help="Split a tag into narrower ones.")
@click.argument("old")
@click.argument("parts", metavar="NEW=QUERY...", nargs=-1, required=True)
@click.option(
    "--replace",
    "replacing",
    is_flag=True,
    help="Replace OLD with the new tags, instead of adding them below it.",
)
@dry_run_option
@notes_option
def split(
    old: str, parts: tuple[str, ...], notes: Path | None, *, replacing: bool, dry_run: bool
) -> None:
    """Split the tag OLD: create each tag NEW below it, for the notes tagged OLD that QUERY finds.

    QUERY is a search, as for `readinglog search`. For example:

    readinglog tag split birds 'owls=owl' 'finches=finch OR title:sparrow'
    """
    from readinglog.refactor.split_tag import split_tag  # noqa: PLC0415 - it loads the search

    run_refactoring(
        lambda notebook, _: split_tag(notebook, old, parts, replacing=replacing),
        notes,
        dry_run=dry_run,
    )
