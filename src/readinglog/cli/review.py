"""`readinglog review`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from readinglog.cli.diagnostics import (
    SHOWN_PER_RULE,
    count_checked,
    describe_hidden,
    find_diagnostics,
    list_checked,
)
from readinglog.cli.errors import FileError
from readinglog.cli.fixes import make_patch
from readinglog.cli.options import (
    config_option,
    find_log,
    load_log,
    load_log_at,
    notes_option,
    relative_path,
)
from readinglog.cli.review_summary import Place, find_place, format_summary
from readinglog.lint.reporters import REPORTERS, Report
from readinglog.model.diagnostic import Severity
from readinglog.model.errors import describe_os_error
from readinglog.model.printable import make_printable
from readinglog.notebook.changes.compare import compare_notebooks
from readinglog.notebook.changes.report import format_markdown
from readinglog.workspace.files import make_cache_folder, write_file
from readinglog.workspace.git import find_default_base
from readinglog.workspace.site_settings import find_site_folder


@click.command(short_help="Report on a pull request: problems, changes, fixes and the site.")
@click.argument("base", required=False)
@notes_option
@config_option
def review(base: str | None, notes: Path | None, config: Path) -> None:
    """Report on what has changed since BASE, as a pull request needs it, and build the site.

    The problems that the change introduces are printed, as annotations where GitHub runs this. The
    folder .cache/pull-request gets summary.md, code-quality.json, from which GitLab marks problems
    on their lines, and, where there are safe fixes, fixes.patch. Errors that the change introduces
    make the command fail, but everything else is done even then. By default, BASE is the default
    branch of origin, or main.
    """
    settings, _ = find_log(notes, None)
    base = base or find_default_base(settings.notes)
    output = settings.root / ".cache" / "pull-request"
    # A change may hold anything, also what looks like notes that an earlier run has parsed.
    _remove(output)
    _remove(settings.cache)
    notebook = load_log(settings)
    before = load_log_at(settings, base, notebook)
    diagnostics, hidden = find_diagnostics(notebook, before, settings, "")
    checked = list_checked(notebook, before, "")
    number = count_checked(notebook, checked, diagnostics)
    report = Report(diagnostics, number, settings.prefix, SHOWN_PER_RULE)
    earlier = f"\n{describe_hidden(hidden)}" if hidden else ""
    place = find_place(os.environ)
    click.echo(REPORTERS["github" if place is Place.GITHUB else "concise"].render(report) + earlier)
    patch, _ = make_patch(notebook, settings, checked)
    changes = format_markdown(compare_notebooks(before, notebook), settings.prefix)
    failure = _build_site(config)
    check = REPORTERS["full"].render(report) + earlier
    site = "" if failure else relative_path(find_site_folder(config.resolve()))
    patch_path = relative_path(output / "fixes.patch")
    summary = format_summary(check, patch, changes, place, patch_path=patch_path, site=site)
    _write_output(output, summary, patch, report)
    click.echo(f"the report is in {relative_path(output / 'summary.md')}")
    if failure:
        click.echo(failure, err=True)
        sys.exit(2)
    if place is Place.HERE:
        click.echo(f"the site is in {site}")
    sys.exit(any(found.severity is Severity.ERROR for found in diagnostics))


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _build_site(config: Path) -> str:
    """Build the site, and return why it cannot be built, or ''.

    Errors in notes do not stop a build; those of this change are reported already.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, env=env, capture_output=True, check=False)  # noqa: S603
    if done.returncode == 0:
        return ""
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    return "\n".join(map(make_printable, output.splitlines()))


def _write_output(output: Path, summary: str, fixes: str, report: Report) -> None:
    """Write the report, the fixes, and what GitLab shows on the lines of a merge request."""
    try:
        make_cache_folder(output)
        write_file(output / "summary.md", summary.encode())
        write_file(output / "code-quality.json", REPORTERS["gitlab"].render(report).encode())
        if fixes:
            write_file(output / "fixes.patch", fixes.encode())
        if step := os.environ.get("GITHUB_STEP_SUMMARY"):
            with Path(step).open("a", encoding="utf-8") as file:
                file.write(summary)
    except OSError as error:
        raise FileError(str(error.filename or output), describe_os_error(error)) from error
