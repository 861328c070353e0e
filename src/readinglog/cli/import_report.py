"""What `readinglog import` prints: counts, remarks, conflicts, a patch, and what to do next."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from readinglog.interchange.merging.import_plan import ImportPlan
from readinglog.lint.reporters import REPORTERS, Report
from readinglog.model.printable import make_printable
from readinglog.model.text import pluralize
from readinglog.workspace.patch import format_patch
from readinglog.workspace.settings import Settings

_SHOWN_REMARKS = 20
# The counts that are printed, in this order.
_COUNTS = {
    "new": "new",
    "completed": "completed",
    "changed": "changed",
    "unchanged": "unchanged",
    "deleted": "deleted here before and left out",
    "removed": "removed, as the source has them no longer",
    "unreadable": "unreadable",
    "files": "attachments",
    "tags": "tags added to the vocabulary",
}
_COUNTS_OF_ONE = {
    **_COUNTS,
    "removed": "removed, as the source has it no longer",
    "files": "attachment",
    "tags": "tag added to the vocabulary",
}


def print_plan(
    plan: ImportPlan, source: str, settings: Settings, *, is_patch: bool, all_remarks: bool
) -> None:
    """Print what the import of a source does, what it leaves out, and what could not be merged.

    Where a patch is printed, that alone goes to standard output.
    """
    parts = [
        f"{count:,} {(_COUNTS_OF_ONE if count == 1 else _COUNTS)[name]}"
        for name in _COUNTS
        if (count := plan.counts.get(name))
    ]
    summary = f"{source}: {', '.join(parts) or 'nothing to import'}"
    click.echo(make_printable(summary), err=is_patch)
    shown = plan.remarks if all_remarks else _choose_remarks(plan.remarks)
    for remark in shown:
        click.echo(make_printable(remark), err=True)
    if rest := len(plan.remarks) - len(shown):
        click.echo(f"and {pluralize(rest, 'other remark')} (--all prints them)", err=True)
    if plan.conflicts:
        notes = len({conflict.source.path for conflict in plan.conflicts})
        report = Report(list(plan.conflicts), notes, settings.prefix)
        click.echo(REPORTERS["full"].render(report), err=True)


def _choose_remarks(remarks: Sequence[str]) -> Sequence[str]:
    """Return no more remarks than people read: the first, and the last, which sum up."""
    if len(remarks) <= _SHOWN_REMARKS:
        return remarks
    half = _SHOWN_REMARKS // 2
    return (*remarks[:half], *remarks[-half:])


def print_patch(plan: ImportPlan, settings: Settings) -> None:
    """Print what would be written."""
    patch = format_patch(_to_texts(plan.before, settings), _to_texts(plan.after, settings), {})
    if sys.stdout.isatty():
        patch = "".join(f"{make_printable(line)}\n" for line in patch.split("\n")[:-1])
    click.echo(patch.encode(), nl=False)  # bytes, to keep line ends on every platform
    for path, content in plan.after.items():
        if isinstance(content, bytes):
            click.echo(make_printable(f"would write {settings.prefix}{path}"), err=True)


def _to_texts(files: Mapping[str, str | bytes | None], settings: Settings) -> dict[str, str | None]:
    return {
        settings.prefix + path: content
        for path, content in files.items()
        if not isinstance(content, bytes)
    }


def print_next_step(plan: ImportPlan, base_file: Path, settings: Settings) -> None:
    """Print what to do after an import."""
    if plan.is_empty:
        click.echo("nothing was changed", err=True)
        return
    if plan.drafts:
        are, they = ("is a draft", "it") if plan.drafts == 1 else ("are drafts", "they")
        click.echo(
            f"{plan.drafts:,} of the new notes {are}, and not published; {they} may lack a "
            "summary, tags or the like: fill these in, and remove `draft: true`",
            err=True,
        )
    root = settings.root if settings.prefix else settings.notes
    kept = shlex.quote(base_file.relative_to(root).as_posix())
    notes = shlex.quote(settings.prefix or ".")
    click.echo(f"next: `readinglog check`, then commit {notes} and {kept} together", err=True)
