"""`readinglog new`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from readinglog.citations.completion import is_unfinished
from readinglog.citations.draft import draft_note, find_known_note, make_name
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.work import LookupResult
from readinglog.cli.note_drafts import (
    complete_known_note,
    list_remarks,
    print_draft,
    print_lines,
    show_known_note,
    write_draft,
)
from readinglog.cli.options import find_log, load_log, notes_option, relative_path
from readinglog.cli.remaining_steps import explain_name, list_remaining_steps
from readinglog.cli.work_argument import (
    check_kind,
    check_name,
    check_name_is_free,
    get_work_input,
)
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.settings import Settings
from readinglog.workspace.writer import find_writer


class _Options(NamedTuple):
    """The options of a call, but for those that say which note and which log."""

    name: str
    kind: str | None
    tags: tuple[str, ...]
    email: str
    services: str
    edit: bool
    offline: bool
    dry_run: bool


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
    name, text = check_name(name), get_work_input(what, key)
    options = _Options(name, kind, tags, email, services, edit, offline, dry_run)
    notebook = load_log(settings)
    check_kind(kind, notebook.schema)
    check_name_is_free(name, notebook, settings)
    found, note = _find_work(identify(text, key), notebook, options)
    if note is None:
        _begin_note(found, notebook, settings, options)
    elif is_unfinished(note):
        complete_known_note(note, found, notebook, settings, edit=edit, dry_run=dry_run)
    else:
        show_known_note(note, settings, edit=edit)


def _find_work(
    found: LookupResult, notebook: Notebook, options: _Options
) -> tuple[LookupResult, Note | None]:
    """Return what is known of a work, and the note that the log has on it, or None.

    It is not looked up where the log has a whole note, or the kind has no work.
    """
    if options.kind and not notebook.schema.kinds[options.kind].is_work:
        return found, None
    note = find_known_note(found.work, notebook)
    if note and not is_unfinished(note):
        return found, note
    found = _look_up(found, note, options)
    return found, note or find_known_note(found.work, notebook)


def _look_up(found: LookupResult, note: Note | None, options: _Options) -> LookupResult:
    """Return `found` with what the sources tell of the work.

    Raise WorkLookupError where they refuse it, unless the log has a note on it already.
    """
    from readinglog.cli.lookup import look_up  # noqa: PLC0415 - it takes long to import

    try:
        told = look_up(found.work, options.email, options.services, offline=options.offline)
    except WorkLookupError as error:
        if note is None:
            raise
        told = LookupResult(found.work, (str(error),))
    return told._replace(remarks=(*found.remarks, *told.remarks))


def _begin_note(
    found: LookupResult, notebook: Notebook, settings: Settings, options: _Options
) -> None:
    """Write the draft of a note about a work, and print what remains to do."""
    work = found.work._replace(kind=options.kind or found.work.kind)
    writer = find_writer(settings)
    draft = draft_note(work, notebook, options.name, options.tags, writer)
    path = settings.notes / f"{draft.name}.md"
    if options.dry_run:
        note = print_draft(draft, path, notebook.schema)
    else:
        note = write_draft(draft, path, notebook.schema, edit=options.edit)
    lines = list_remarks(found)
    if not options.name and not make_name(work.title):
        lines += explain_name(draft.name, work)
    lines += list_remaining_steps(note, work, notebook, settings, suggested=not options.tags)
    if notebook.people and not writer:
        lines.append(f"who writes this note? add `by` with one of {', '.join(notebook.people)}")
    if not options.dry_run:
        check = f"readinglog check {relative_path(path)}"
        lines.append(f"write the summary and the text, then run `{check}`")
    print_lines(lines)
