"""`readinglog new`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from readinglog.citations.completion import complete_note, is_unfinished
from readinglog.citations.draft import Draft, draft_note, find_free_name, find_known_note, make_name
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.work import LookupResult, Work
from readinglog.cli.editor import open_editor
from readinglog.cli.errors import FileError, UsageError
from readinglog.cli.options import find_log, load_log, notes_option, relative_path
from readinglog.cli.remaining_steps import list_remaining_steps
from readinglog.model import identifiers
from readinglog.model.errors import describe_os_error
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.schema import Schema
from readinglog.model.slugs import KEBAB_PATTERN, fold, is_reserved_name, to_kebab
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.workspace.files import create_file, rewrite_source
from readinglog.workspace.settings import Settings

_NAME_LIMIT = 100  # characters


@click.command(short_help="Start a note about a work: by arXiv id, DOI, address or title.")
@click.argument("what", nargs=-1)
@notes_option
@click.option("--name", default="", help="Name of the note; by default, made from the title.")
@click.option("--kind", help="Kind of note, instead of the one found.")
@click.option(
    "--tag", "tags", multiple=True, help="Tag, instead of the suggested ones. Can be repeated."
)
@click.option("--key", default="", help="Key of the entry to read from a BibTeX file.")
@click.option("--edit", is_flag=True, help="Open the note in an editor ($VISUAL or $EDITOR).")
@click.option(
    "--offline", is_flag=True, help="Do not use the network, only what is typed or cached."
)
@click.option("--dry-run", is_flag=True, help="Print the note and write nothing.")
@click.option(
    "--email",
    default="",
    envvar="READINGLOG_MAILTO",
    show_envvar=True,
    help="Your email address, which arXiv and Crossref ask for.",
)
@click.option(
    "--services",
    default="",
    hidden=True,
    help="A host that stands in for all metadata services; it may be private.",
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
    """Start a note about a work: look the work up, and fill in the front matter.

    WHAT is an arXiv id, a DOI, an ISBN, a web address, a title, a BibTeX file or a BibTeX entry;
    `-` reads BibTeX from standard input. If the log already has a note about the work, print its
    path instead, and fill in its title, authors and the like where these are missing.
    """
    # HTTP and BibTeX take long to import, and no other command needs them.
    from readinglog.cli.lookup import identify  # noqa: PLC0415

    settings, _ = find_log(notes, None)
    name, text = _check_name(name), _get_input(what, key)
    notebook = load_log(settings)
    _check_kind(kind, notebook.schema)
    if taken := notebook.names.by_name.get(fold(name)):
        owner = f"{settings.prefix}{taken[0].path}"
        raise UsageError(f"the name `{name}` is taken by {owner}", "choose another --name")
    found = identify(text, key)
    note = find_known_note(found.work, notebook)
    if kind and not notebook.schema.kinds[kind].is_work:
        note = None  # which has no work to look up
    elif not note or is_unfinished(note):
        found = _look_up(found, note, email, services, offline=offline)
        note = note or find_known_note(found.work, notebook)
    if note and is_unfinished(note):
        _complete_note(note, found, notebook, settings, edit=edit, dry_run=dry_run)
        return
    if note:
        _show_known_note(note, settings, edit=edit)
        return
    work = found.work
    work = work._replace(kind=kind or work.kind)
    draft = draft_note(work, notebook, name, tags)
    path = settings.notes / f"{draft.name}.md"
    schema = notebook.schema
    if dry_run:
        note = _print_draft(draft, path, schema)
    else:
        note = _write_draft(draft, path, schema, edit=edit)
    lines = _list_remarks(found)
    if not name and not make_name(work.title):
        lines.append(_explain_name(draft, work.title))
    lines += list_remaining_steps(note, work, notebook, settings, suggested=not tags)
    if not dry_run:
        check = f"readinglog check {relative_path(path)}"
        lines.append(f"write the summary and the text, then run `{check}`")
    _print_lines(lines)


def _look_up(
    found: LookupResult, note: Note | None, email: str, services: str, *, offline: bool
) -> LookupResult:
    """Return `found` with what the sources tell of the work.

    Raise WorkLookupError where they refuse it, unless the log has a note on it already.
    """
    from readinglog.cli.lookup import look_up  # noqa: PLC0415 - it takes long to import

    try:
        told = look_up(found.work, email, services, offline=offline)
    except WorkLookupError as error:
        if note is None:
            raise
        told = LookupResult(found.work, (str(error),))
    return told._replace(remarks=(*found.remarks, *told.remarks))


def _check_name(name: str) -> str:
    """Return the name typed for the note, or "". Raise UsageError if it is invalid."""
    stem = name.removesuffix(".md")
    if name and (
        not KEBAB_PATTERN.match(stem) or is_reserved_name(stem) or len(stem) > _NAME_LIMIT
    ):
        better = to_kebab(stem[:_NAME_LIMIT])
        is_usable = KEBAB_PATTERN.match(better) and better != stem and not is_reserved_name(better)
        example = f", such as `{better}`" if is_usable else ""
        hint = f"use a few lower-case words joined by `-`{example}"
        raise UsageError(f"`{name}` cannot be the name of a note", hint)
    return stem


def _check_kind(kind: str | None, schema: Schema) -> None:
    """Raise UsageError if notes cannot be started with a kind."""
    names = [name for name, known in schema.note_kinds.items() if not known.is_hub]
    if kind and kind not in names:
        near = find_nearest(kind, names)
        suggestion = f"did you mean `{near}`? " if near else ""
        message = f"no note can be started with the kind `{kind}`"
        raise UsageError(message, f"{suggestion}use one of {', '.join(names)}")


def _get_input(what: tuple[str, ...], key: str) -> str:
    """Return what was typed for the work; on a terminal, ask for it if nothing was."""
    identifying = [word for word in what if _identifies_work(word)]
    if key and identifying and len(what) == 1:
        message = f"--key selects an entry of a BibTeX file, but `{what[0]}` is not one"
        raise UsageError(message, "remove --key")
    if identifying and len(what) > 1:
        hint = f"run `readinglog new {identifying[0]}` first, then again for the others"
        raise UsageError("a note is about one work", hint)
    text = " ".join(what).strip()
    if not text and sys.stdin.isatty():
        text = click.prompt("arXiv id, DOI, address or title", err=True).strip()
    if not text:
        hint = "add an arXiv id, a DOI, an address, a title or a BibTeX file"
        raise UsageError("no work was given", hint)
    return text


def _identifies_work(word: str) -> bool:
    """Return whether a word alone identifies a work."""
    return bool(identifiers.parse_arxiv_id(word) or identifiers.parse_doi(word) or "://" in word)


def _show_known_note(note: Note, settings: Settings, *, edit: bool) -> None:
    path = settings.notes / note.path
    click.echo(make_printable(relative_path(path)))
    _print_lines([f"the log already has a note on `{note.title}`: {relative_path(path)}"])
    if edit:
        open_editor(path)


def _list_remarks(found: LookupResult) -> list[str]:
    """Return the remarks of a look-up, and which source told of the work."""
    return [*found.remarks, *([f"source: {found.source}"] if found.source else [])]


def _complete_note(
    note: Note,
    found: LookupResult,
    notebook: Notebook,
    settings: Settings,
    *,
    edit: bool,
    dry_run: bool,
) -> None:
    """Fill in what a note about the work lacks, and print its path; if `dry_run`, its text."""
    completion = complete_note(note, found.work, notebook)
    path = settings.notes / note.path
    shown = relative_path(path)
    if dry_run:
        click.echo(completion.text, nl=False)
    elif completion.fields:
        try:
            rewrite_source(settings.notes, note.source, completion.text)
        except OSError as error:
            raise FileError(shown, describe_os_error(error)) from error
    lines = _list_remarks(found)
    if completion.fields:
        filled = ", ".join(completion.fields)
        lines.append(f"the log already has a note on this work: {shown}; filled in: {filled}")
        lines += _suggest_name(note, found.work, notebook)
        lines.append(f"check what is new, then run `readinglog check {shown}`")
    else:
        lines.append(f"the log already has a note on `{note.title}`: {shown}")
    if not dry_run:
        click.echo(make_printable(shown))
    _print_lines(lines)
    if edit and not dry_run:
        open_editor(path)


def _suggest_name(note: Note, work: Work, notebook: Notebook) -> Iterator[str]:
    """Yield how to rename a note that was named before its title was known."""
    if "title" not in note.values and make_name(work.title):
        better = find_free_name(work, notebook)
        yield f"to name it after its title, run `readinglog rename {note.name} {better}`"


def _print_draft(draft: Draft, path: Path, schema: Schema) -> Note:
    """Print the draft, and return the note it would be."""
    click.echo(draft.text, nl=False)
    return parse_note(Source(path.name, draft.text.encode()), schema)


def _write_draft(draft: Draft, path: Path, schema: Schema, *, edit: bool) -> Note:
    """Write the draft, print its path, open it if `edit`, and return the note it is then."""
    shown = relative_path(path)
    try:
        create_file(path, draft.text.encode())
    except FileExistsError as error:
        raise UsageError(f"{shown} exists already", "choose another --name") from error
    except OSError as error:
        raise FileError(shown, describe_os_error(error)) from error
    click.echo(make_printable(shown))
    if edit:
        open_editor(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        hint = "it may have been saved under another name"
        raise UsageError(f"{shown} is gone", hint) from error
    return parse_note(Source(path.name, data), schema)


def _explain_name(draft: Draft, title: str) -> str:
    reason = "no name could be made from the title" if title else "the title is unknown"
    return (
        f"{reason}, so the note is called `{draft.name}`: "
        "choose a --name, or use `readinglog rename` later"
    )


def _print_lines(lines: Iterable[str]) -> None:
    """Print each distinct line to standard error."""
    for line in dict.fromkeys(lines):
        click.echo(make_printable(line), err=True)
