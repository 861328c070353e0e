"""`readinglog import`."""

from __future__ import annotations

from pathlib import Path

import click

from readinglog.cli.errors import FileError, UsageError
from readinglog.cli.import_report import print_next_step, print_patch, print_plan
from readinglog.cli.options import find_log, load_log, notes_option, relative_path
from readinglog.cli.refactoring import dry_run_option
from readinglog.interchange.importers import IMPORTERS
from readinglog.interchange.importers.importer import Importer, SourceFiles
from readinglog.interchange.merging.import_base import (
    FOLDER,
    ImportBase,
    format_base,
    parse_base,
)
from readinglog.interchange.merging.import_plan import ImportPlan, Options, make_plan
from readinglog.model.errors import describe_os_error
from readinglog.model.identifiers import get_scheme
from readinglog.model.slugs import to_kebab
from readinglog.workspace.import_files import ImportFile, ImportFolder, read_limited
from readinglog.workspace.settings import Settings
from readinglog.workspace.transactions import write_files

_NAME_BYTES_LIMIT = 80  # of the file that keeps what was imported
_BY_KIND = {importer.KIND: importer for importer in IMPORTERS}


def _list_kinds() -> str:
    lines = [f"{importer.KIND:<10}{importer.SUMMARY}" for importer in IMPORTERS]
    return "\b\n" + "\n".join(lines)


@click.command(
    "import",
    short_help="Bring in a library, a vault, a blog, highlights or a feed.",
    help=f"""Bring the works or notes at PATH into the log, as far as it does not have them.

KIND is one of

{_list_kinds()}

A work that the log has already, by an identifier or its address, is completed. A second import
of the same source brings what has changed in it since; what you have written, deleted or renamed
stays so. What was imported is kept in {FOLDER}, which belongs into the repository.""",
)
@click.argument("kind", type=click.Choice(list(_BY_KIND)), metavar="KIND")
@click.argument("path", metavar="PATH")
@dry_run_option
@click.option(
    "--source",
    "source_name",
    default="",
    help="What the source is called, by which a second import knows it; by default, the name of "
    "the file or folder.",
)
@click.option("--folder", default="", help="Folder within the notes for notes that are new.")
@click.option(
    "--add-tags/--no-add-tags",
    default=None,
    help="Whether keywords that are no tags yet become some; by default, those of a vault or blog.",
)
@click.option(
    "--allow-removals", is_flag=True, help="Remove any number of notes that the source has removed."
)
@click.option("--all", "all_", is_flag=True, help="Print all remarks, even more than 20.")
@notes_option
def import_notes(
    kind: str,
    path: str,
    source_name: str,
    folder: str,
    notes: Path | None,
    *,
    dry_run: bool,
    add_tags: bool | None,
    allow_removals: bool,
    all_: bool,
) -> None:
    importer = _BY_KIND[kind]
    settings, _ = find_log(notes, None)
    files = _find_source(importer, path)
    result = importer.read_proposals(files, settings.schema)
    notebook = load_log(settings)
    base_file = _find_base_file(importer, source_name or _name_source(path), settings)
    base_text = _read_base(base_file)
    base = parse_base(base_text, relative_path(base_file)) if base_text else ImportBase()
    options = Options(
        importer.ADDS_TAGS if add_tags is None else add_tags,
        _check_folder(folder),
        allow_removals,
        settings.attachment_limit,
    )
    plan = make_plan(
        result, files, importer, notebook, base, lambda path: _read(settings, path), options
    )
    print_plan(plan, files.name, settings, is_patch=dry_run, all_remarks=all_)
    if dry_run:
        print_patch(plan, settings)
    else:
        _write(plan, base_text, base_file, settings)
        print_next_step(plan, base_file, settings)


def _find_source(importer: Importer, path: str) -> SourceFiles:
    """Return the files at a path, or the feed at an address."""
    if get_scheme(path) in ("http", "https"):
        if importer.KIND != "feed":
            message = f"`{importer.KIND}` is imported from a file, not from an address"
            raise UsageError(message, "download it first")
        return _fetch(path)
    place = Path(path).expanduser()
    try:
        if importer.IS_FOLDER and place.is_dir():
            return ImportFolder(place, place.resolve().name)
        if not place.exists():
            message = f"there is no file or folder `{path}`"
            raise UsageError(message, "check the path")
        if importer.IS_FOLDER or place.is_dir():
            wanted = "a folder" if importer.IS_FOLDER else "a file"
            message = f"`{path}` is not {wanted}, which `{importer.KIND}` is imported from"
            raise UsageError(message, "`readinglog import --help` lists the kinds")
        return ImportFile(place.name, read_limited(place))
    except OSError as error:
        message = f"`{path}` cannot be read"
        raise UsageError(message, describe_os_error(error)) from error


def _fetch(url: str) -> ImportFile:
    # HTTP takes long to import.
    from readinglog.citations.http.client import HttpClient  # noqa: PLC0415
    from readinglog.citations.http.request import HttpPolicy  # noqa: PLC0415

    response = HttpClient(HttpPolicy()).limit_time().get_untrusted(url)
    return ImportFile(url, response.data)


def _name_source(path: str) -> str:
    if get_scheme(path) in ("http", "https"):
        return path.partition("://")[2]
    place = Path(path).expanduser().resolve()
    return place.name if place.is_dir() else place.stem


def _find_base_file(importer: Importer, name: str, settings: Settings) -> Path:
    """Return the file that keeps what was imported of a source."""
    root = settings.root if settings.prefix else settings.notes
    short = to_kebab(name).encode()[:_NAME_BYTES_LIMIT].decode("utf-8", "ignore") or "note"
    return root / FOLDER / f"{importer.KIND}-{short}.json"


def _read_base(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        reason = describe_os_error(error) if isinstance(error, OSError) else "it is not UTF-8"
        message = f"{relative_path(file)} cannot be read"
        raise UsageError(message, reason) from error


def _check_folder(folder: str) -> str:
    """Return the folder of new notes as a path below the notes folder."""
    parts = [part for part in folder.replace("\\", "/").split("/") if part not in ("", ".")]
    if ".." in parts or any(part.startswith(".") for part in parts):
        message = f"`{folder}` is not a folder within the notes"
        raise UsageError(message, "write a name such as `library`")
    return "/".join(parts)


def _read(settings: Settings, path: str) -> bytes | None:
    file = settings.notes / path
    try:
        return file.read_bytes() if file.is_file() else None
    except OSError:
        return b""


def _write(plan: ImportPlan, base_text: str, base_file: Path, settings: Settings) -> None:
    """Write the notes and the base, or nothing."""
    root = settings.root if settings.prefix else settings.notes
    prefix = settings.prefix
    before = {prefix + path: content for path, content in plan.before.items()}
    after = {prefix + path: content for path, content in plan.after.items()}
    new_base = format_base(plan.base)
    if new_base != base_text:
        path = base_file.relative_to(root).as_posix()
        before[path], after[path] = base_text or None, new_base
    try:
        write_files(root, before, after, created={path for path in after if before[path] is None})
    except OSError as error:
        path = str(error.filename or "")
        raise FileError(path, describe_os_error(error), "nothing was changed") from error
