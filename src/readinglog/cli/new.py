"""`readinglog new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from readinglog.citations.draft import Draft, draft_note, find_known_note, make_name
from readinglog.cli.editor import open_editor
from readinglog.cli.errors import FileError, UsageError, describe_os_error
from readinglog.cli.options import find_log, load_log, notes_option, relative_path
from readinglog.cli.remaining_steps import list_remaining_steps
from readinglog.model import identifiers
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.schema import KINDS
from readinglog.model.slugs import KEBAB, RESERVED, fold, to_kebab
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.workspace.files import create_file
from readinglog.workspace.settings import Settings

_NAME_LIMIT = 100
_WORK_KINDS = [kind for kind in KINDS if kind != "topic"]


@click.command(short_help="Create a note from an arXiv id, DOI, address or title.")
@click.argument("what", nargs=-1)
@notes_option
@click.option("--name", default="", help="Name of the note; by default made from the title.")
@click.option(
    "--kind", type=click.Choice(_WORK_KINDS), help="Kind of work, instead of the detected one."
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    help="Tag to add, instead of the suggested ones; may be repeated.",
)
@click.option("--key", default="", help="Key of the entry in a BibTeX file.")
@click.option("--edit", is_flag=True, help="Open the note in $VISUAL or $EDITOR.")
@click.option(
    "--offline", is_flag=True, help="Make no requests: use only what is given and cached responses."
)
@click.option("--dry-run", is_flag=True, help="Print the note instead of writing it.")
@click.option(
    "--email",
    default="",
    envvar="READINGLOG_MAILTO",
    show_envvar=True,
    help="Email address to send to arXiv and Crossref, which ask for one.",
)
@click.option(
    "--services",
    default="",
    hidden=True,
    help="Host to ask instead of arXiv, Crossref and doi.org; it may be private.",
)
def new(
    what: tuple[str, ...],
    notes: Path | None,
    name: str,
    kind: str | None,
    tags: tuple[str, ...],
    key: str,
    email: str,
    services: str,
    *,
    edit: bool,
    offline: bool,
    dry_run: bool,
) -> None:
    """Create a note about WHAT: an arXiv id, a DOI, an address, a title, a BibTeX file or entry.

    `-` reads BibTeX from standard input. What can be found out about the work is filled in. If the
    log already has a note about it, that one is shown.
    """
    from readinglog.cli.lookup import identify, look_up  # noqa: PLC0415 - loads HTTP and BibTeX

    settings, _ = find_log(notes, None)
    name, typed = _check_name(name), _join_what(what, key)
    notebook = load_log(settings.notes)
    _check_not_taken(name, notebook, settings)
    work, remarks = identify(typed, key), tuple[str, ...]()
    known = find_known_note(work, notebook)
    if not known:
        work, remarks = look_up(work, email, services, offline=offline)
        known = find_known_note(work, notebook)
    if known:
        _show_known(known, settings, edit=edit)
        return
    work = work._replace(kind=kind or work.kind)
    draft = draft_note(work, notebook, name, tags)
    path = settings.notes / f"{draft.name}.md"
    if dry_run:
        click.echo(draft.text, nl=False)
        note = parse_note(Source(path.name, draft.text.encode()))
    else:
        note = _write_note(draft, path, edit=edit)
    lines = list(remarks)
    if not name and not make_name(work.title):
        lines.append(f"no name can be made from the title, so it is `{draft.name}`: see --name")
    lines += list_remaining_steps(note, work, notebook, settings, suggested=not tags)
    if not dry_run:
        check = f"readinglog check {relative_path(path)}"
        lines.append(f"write the summary and the text, then run: {check}")
    for line in dict.fromkeys(lines):
        click.echo(make_printable(line), err=True)


def _check_name(name: str) -> str:
    """Return the name without `.md`.

    Raise UsageError where a note cannot have it; '' stands for none.
    """
    bare = name.removesuffix(".md")
    if not name or (KEBAB.match(bare) and bare not in RESERVED and len(bare) <= _NAME_LIMIT):
        return bare
    better = to_kebab(bare[:_NAME_LIMIT])
    hint = "write a few lower-case words joined by `-`"
    if KEBAB.match(better) and better not in {*RESERVED, bare}:
        hint += f", such as `{better}`"
    raise UsageError(f"`{name}` cannot be the name of a note", hint)


def _check_not_taken(name: str, notebook: Notebook, settings: Settings) -> None:
    if taken := notebook.names.by_name.get(fold(name)):
        message = f"the note {settings.prefix}{taken[0].path} has that name already"
        raise UsageError(message, "choose another --name")


def _join_what(what: tuple[str, ...], key: str) -> str:
    """Return the words that name a work; on a terminal, ask for them where there are none."""
    if key and len(what) == 1 and _is_identifier(what[0]):
        message = f"--key is for BibTeX, and `{what[0]}` is not a BibTeX file or entry"
        raise UsageError(message, "leave it out")
    if len(what) > 1:
        for word in filter(_is_identifier, what):
            raise UsageError("a note is about one work", f"call it with `{word}` alone")
    typed = " ".join(what).strip()
    if not typed and sys.stdin.isatty():
        typed = click.prompt("An arXiv id, a DOI, an address or a title", err=True).strip()
    if not typed:
        hint = "an arXiv id, a DOI, an address, a title or a BibTeX file"
        raise UsageError("name a work", hint)
    return typed


def _is_identifier(word: str) -> bool:
    """Whether a word by itself identifies a work."""
    return bool(identifiers.parse_arxiv_id(word) or identifiers.parse_doi(word) or "://" in word)


def _show_known(note: Note, settings: Settings, *, edit: bool) -> None:
    """Print where the note is, and open it if asked for."""
    path = settings.notes / note.path
    click.echo(make_printable(relative_path(path)))
    line = f"`{note.title}` is in the log already: {relative_path(path)}"
    click.echo(make_printable(line), err=True)
    if edit:
        open_editor(path)


def _write_note(draft: Draft, path: Path, *, edit: bool) -> Note:
    """Write the note, print its path and open it if asked for. Return it as it is then."""
    try:
        create_file(path, draft.text.encode())
    except FileExistsError as error:
        message = f"{relative_path(path)} exists already"
        raise UsageError(message, "choose another --name") from error
    except OSError as error:
        raise FileError(relative_path(path), describe_os_error(error)) from error
    click.echo(make_printable(relative_path(path)))
    if edit:
        open_editor(path)
    try:
        return parse_note(Source(path.name, path.read_bytes()))
    except OSError as error:
        message = f"{relative_path(path)} no longer exists"
        raise UsageError(message, "it may have been saved with another name") from error
