"""`readinglog new`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from readinglog.citations.draft import Draft, draft_note, find_known_note, make_name
from readinglog.cli.editor import open_editor
from readinglog.cli.options import find_log, load_log, notes_option, relative_path, usage_error
from readinglog.cli.remaining_steps import list_remaining_steps
from readinglog.model import identifiers
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.slugs import KEBAB, RESERVED, fold, to_kebab
from readinglog.model.text import Source
from readinglog.parsing.note import parse_note
from readinglog.workspace.files import create_file
from readinglog.workspace.settings import Settings

_NAME_LIMIT = 100
_WORK_KINDS = [kind.name for kind in KINDS.values() if kind.is_work]


@click.command(short_help="Begin a note: on an arXiv id, a DOI, an address, a title.")
@click.argument("what", nargs=-1)
@notes_option
@click.option("--name", default="", help="The note's name; by default it is made of the title.")
@click.option(
    "--kind", type=click.Choice(_WORK_KINDS), help="Instead of what the work is found to be."
)
@click.option(
    "--tag",
    "tags",
    multiple=True,
    help="A tag, instead of those that suggest themselves; may be repeated.",
)
@click.option("--key", default="", help="Which entry of a BibTeX file.")
@click.option("--edit", is_flag=True, help="Open the note in $VISUAL or $EDITOR.")
@click.option(
    "--offline", is_flag=True, help="Ask nobody: use what is typed, and answers that are kept."
)
@click.option("--dry-run", is_flag=True, help="Print the note instead of writing it.")
@click.option(
    "--email",
    default="",
    envvar="READINGLOG_MAILTO",
    show_envvar=True,
    help="Told to arXiv and Crossref, who ask for it.",
)
@click.option(
    "--services",
    default="",
    hidden=True,
    help="A host that stands in for arXiv, Crossref and doi.org; it may be private.",
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
    """Begin a note on WHAT: an arXiv id, a DOI, an address, a title, a BibTeX file or entry; `-` reads BibTeX from the input.

    What can be learnt of the work is written into the note. A work that is in the log already is shown instead.
    """
    from readinglog.cli.lookup import identify, look_up  # noqa: PLC0415 - the web and BibTeX are for this command alone

    settings, _ = find_log(notes, None)
    name, typed = _name(name), _typed(what, key)
    notebook = load_log(settings.notes)
    if taken := notebook.names.by_name.get(fold(name)):
        usage_error(
            f"the note {settings.prefix}{taken[0].path} is named so already: choose another --name"
        )
    work, remarks = identify(typed, key), tuple[str, ...]()
    note = find_known_note(work, notebook)
    if not note:
        work, remarks = look_up(work, email, services, offline=offline)
        note = find_known_note(work, notebook)
    if note:
        _show(note, settings, edit=edit)
        return
    work = work._replace(kind=kind or work.kind)
    begun = draft_note(work, notebook, name, tags)
    path = settings.notes / f"{begun.name}.md"
    if dry_run:
        click.echo(begun.text, nl=False)
        note = _parsed(path.name, begun.text.encode())
    else:
        note = _written(begun, path, edit=edit)
    stopgap = (
        ""
        if name or make_name(work.title)
        else f"no name could be made of the title: `{begun.name}` stands in for one, or choose a --name"
    )
    for told in dict.fromkeys(
        filter(
            None,
            (
                *remarks,
                stopgap,
                *list_remaining_steps(note, work, notebook, settings, suggested=not tags),
            ),
        )
    ):
        click.echo(make_printable(told), err=True)
    if not dry_run:
        click.echo(
            make_printable(
                f"write the summary and the text, then: readinglog check {relative_path(path)}"
            ),
            err=True,
        )


def _name(name: str) -> str:
    """The name that a note is to have, or '' if it is to be made."""
    bare = name.removesuffix(".md")
    if name and (not KEBAB.match(bare) or bare in RESERVED or len(bare) > _NAME_LIMIT):
        better = to_kebab(bare[:_NAME_LIMIT])
        such = (
            f", such as `{better}`"
            if KEBAB.match(better) and better not in {*RESERVED, bare}
            else ""
        )
        usage_error(
            f"`{name}` cannot be the name of a note: write a few lower-case words joined by `-`{such}"
        )
    return bare


def _typed(what: tuple[str, ...], key: str) -> str:
    """What is asked for; on a terminal one is asked what it is."""
    if key and len(what) == 1 and _is_work(what[0]):
        usage_error(f"--key is for a BibTeX file or entry, and `{what[0]}` is none: leave it out")
    if len(what) > 1 and (one := next(filter(_is_work, what), None)):
        usage_error(f"a note is about one work: call it with `{one}` alone")
    typed = " ".join(what).strip()
    if not typed and sys.stdin.isatty():
        typed = click.prompt("An address, an arXiv id, a DOI or a title", err=True).strip()
    if not typed:
        usage_error("name a work: an arXiv id, a DOI, an address, a title or a BibTeX file")
    return typed


def _is_work(word: str) -> bool:
    """Whether a word alone names a work."""
    return bool(identifiers.parse_arxiv_id(word) or identifiers.parse_doi(word) or "://" in word)


def _show(note: Note, settings: Settings, *, edit: bool) -> None:
    """Say where the note on a work is that was asked for once more."""
    path = settings.notes / note.path
    click.echo(make_printable(relative_path(path)))
    click.echo(
        make_printable(f"`{note.title}` is in the log already: {relative_path(path)}"), err=True
    )
    if edit:
        open_editor(path)


def _written(begun: Draft, path: Path, *, edit: bool) -> Note:
    """Write the note, say where it is, and open it where that is wished; gives it as it is then."""
    try:
        create_file(path, begun.text.encode())
    except FileExistsError:
        usage_error(f"{relative_path(path)} is there already: choose another --name")
    except OSError as error:
        usage_error(
            f"{relative_path(path)} cannot be written: {(error.strerror or str(error)).lower()}"
        )
    click.echo(make_printable(relative_path(path)))
    if edit:
        open_editor(path)
    try:
        return _parsed(path.name, path.read_bytes())
    except OSError:
        usage_error(
            f"{relative_path(path)} is not there any more: it may have been saved by another name"
        )


def _parsed(path: str, data: bytes) -> Note:
    return parse_note(Source(path, data))
