"""What `readinglog new` writes and prints: a draft, or what a note of the log still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from readinglog.citations.completion import complete_note
from readinglog.citations.draft import Draft, find_free_name, make_name
from readinglog.citations.work import LookupResult, Work
from readinglog.cli.editor import open_editor
from readinglog.cli.errors import FileError, UsageError
from readinglog.cli.options import relative_path
from readinglog.model.errors import describe_os_error
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.schema import Schema
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.workspace.files import create_file, rewrite_source
from readinglog.workspace.settings import Settings


def print_draft(draft: Draft, path: Path, schema: Schema) -> Note:
    """Print the draft, and return the note it would be."""
    click.echo(draft.text, nl=False)
    return parse_note(Source(path.name, draft.text.encode()), schema)


def write_draft(draft: Draft, path: Path, schema: Schema, *, edit: bool) -> Note:
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


def complete_known_note(
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
    lines = list_remarks(found)
    if completion.fields:
        filled = ", ".join(completion.fields)
        lines.append(f"the log already has a note on this work: {shown}; filled in: {filled}")
        lines += _suggest_name(note, found.work, notebook)
        lines.append(f"check what is new, then run `readinglog check {shown}`")
    else:
        lines.append(f"the log already has a note on `{note.title}`: {shown}")
    if not dry_run:
        click.echo(make_printable(shown))
    print_lines(lines)
    if edit and not dry_run:
        open_editor(path)


def _suggest_name(note: Note, work: Work, notebook: Notebook) -> Iterator[str]:
    """Yield how to rename a note that was named before its title was known."""
    if "title" not in note.values and make_name(work.title):
        better = find_free_name(work, notebook)
        yield f"to name it after its title, run `readinglog rename {note.name} {better}`"


def show_known_note(note: Note, settings: Settings, *, edit: bool) -> None:
    path = settings.notes / note.path
    click.echo(make_printable(relative_path(path)))
    print_lines([f"the log already has a note on `{note.title}`: {relative_path(path)}"])
    if edit:
        open_editor(path)


def list_remarks(found: LookupResult) -> list[str]:
    """Return the remarks of a look-up, and which source told of the work."""
    return [*found.remarks, *([f"source: {found.source}"] if found.source else [])]


def print_lines(lines: Iterable[str]) -> None:
    """Print each distinct line to standard error."""
    for line in dict.fromkeys(lines):
        click.echo(make_printable(line), err=True)
