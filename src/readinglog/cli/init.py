"""`readinglog init`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from readinglog.cli.errors import FileError
from readinglog.cli.options import relative_path
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.workspace.new_log.choices import (
    DEFAULT_NAME,
    FORGE_NAMES,
    Choices,
    Found,
    check_name,
    choose_notes,
    examine_folder,
)
from readinglog.workspace.new_log.origin import find_origin, parse_origin
from readinglog.workspace.new_log.plan import Plan, plan_log, write_plan


@click.command(short_help="Begin a log: in an empty folder, or where notes are already.")
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@click.option("--name", help="Name of the log.")
@click.option(
    "--forge",
    type=click.Choice(FORGE_NAMES),
    help="Where the repository is or will be; its workflows are written. By default, the host of "
    "the remote `origin`.",
)
@click.option(
    "--notes",
    default="",
    metavar="FOLDER",
    help="Folder of the notes in DIR. By default, the one that mkdocs.yml names, DIR itself if it "
    "has notes or is an Obsidian vault, a vault in it, or notes.",
)
@click.option(
    "--from",
    "spec",
    metavar="SPEC",
    help="What workflows and hook install: a version of readinglog, a wheel, or "
    "git+https://HOST/REPOSITORY@COMMIT. By default, what is installed here.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
def init(
    folder: Path | None,
    name: str | None,
    forge: str | None,
    notes: str,
    spec: str | None,
    *,
    dry_run: bool,
) -> None:
    """Begin a log in DIR, by default the working directory.

    On a terminal, it asks for what is not given. No file is overwritten: run it again to add what
    is missing, or to add the workflows of another forge.
    """
    root = (folder or Path()).resolve()
    found = examine_folder(root)
    choices = Choices(
        name=_choose_name(name, found),
        forge=_choose_forge(forge, found),
        notes=choose_notes(root, notes, found),
        origin=find_origin() if spec is None else parse_origin(spec),
        branch=found.branch,
        owner=found.owner,
        site_url=found.site_url,
        date=date.today(),  # noqa: DTZ011 - the author's own day
    )
    plan = plan_log(root, choices, found)
    if not dry_run:
        try:
            write_plan(root, plan)
        except OSError as error:
            raise FileError(str(error.filename), describe_os_error(error)) from error
    _print_lines(_describe_plan(plan, "would create" if dry_run else "created"))
    _print_lines(plan.remarks, err=True)
    if plan.contents and not dry_run:
        _print_lines(_list_next_steps(root, choices, found))


def _choose_name(name: str | None, found: Found) -> str:
    if name is None:
        name = found.name or _ask("Name of the log", DEFAULT_NAME)
    return check_name(name)


def _choose_forge(forge: str | None, found: Found) -> str:
    return forge or _ask("Forge", found.forge, click.Choice(FORGE_NAMES))


def _ask(question: str, default: str, kind: click.Choice[str] | None = None) -> str:
    """Return what a person answers on a terminal, else the default."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return default
    answer: str = click.prompt(question, default=default, type=kind, err=True)
    return answer


def _print_lines(lines: Iterator[str] | tuple[str, ...], *, err: bool = False) -> None:
    for line in lines:
        click.echo(make_printable(line), err=err)


def _describe_plan(plan: Plan, verb: str) -> Iterator[str]:
    for path in plan.contents:
        yield f"{verb} {path}"
    for path, lack in plan.kept:
        yield f"kept {path}{'; add to it:' if lack else ''}"
        yield from (f"    {line}" for line in lack.splitlines())
    if not plan.contents:
        yield "nothing is missing"


def _list_next_steps(root: Path, choices: Choices, found: Found) -> Iterator[str]:
    yield ""
    yield "next:"
    if root != Path.cwd():
        yield f"  cd {shlex.quote(relative_path(root))}"
    yield "  readinglog serve --open        # see the site"
    yield "  readinglog new ADDRESS         # begin a note: an arXiv id, a DOI, an address, a title"
    begin = "" if found.top else f"git init --initial-branch={shlex.quote(choices.branch)} && "
    yield f"  {begin}git add --all && git commit --message 'Begin a log'"
