"""A check that takes over what an earlier one has found finds what one from the beginning does."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest

from readinglog.lint.linter import CheckNote, NoteChecks, check_notebook
from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.workspace import kept_diagnostics, packed_notes
from readinglog.workspace.files import write_file
from readinglog.workspace.kept_diagnostics import KeptDiagnostics, check_with_cache
from readinglog.workspace.loading import load_notebook
from support.case_pages import Case
from support.edited_cases import CASES, Files, list_edits, some_or_all_cases
from support.worlds import notebook, work


class Checked(NamedTuple):
    """The paths of the notes that were checked anew: by themselves, and among others."""

    alone: list[str]
    among_others: list[str]


class _Counted(KeptDiagnostics):
    """Kept diagnostics that remember which notes were checked."""

    def __init__(self, cache: Path, book: Notebook, severities: Mapping[str, Severity]) -> None:
        super().__init__(cache, book, severities)
        self.checked = Checked([], [])

    def check_notes(
        self, checks: NoteChecks, notes: Sequence[Note]
    ) -> Iterator[Iterable[Diagnostic]]:
        counted = NoteChecks(*map(_count, checks, self.checked))
        return super().check_notes(counted, notes)


def _count(check: CheckNote, checked: list[str]) -> CheckNote:
    def check_and_count(note: Note) -> Sequence[Diagnostic]:
        checked.append(note.path)
        return check(note)

    return check_and_count


def check(files: Files, cache: Path, severities: Mapping[str, Severity] | None = None) -> Checked:
    """Return which notes are checked anew, after comparing what is found."""
    book = notebook(files)
    known = _Counted(cache, book, severities or {})
    found = check_notebook(book, severities, check_notes=known.check_notes)
    known.keep()
    assert list(map(describe, found)) == list(map(describe, check_notebook(book, severities)))
    return known.checked


def describe(found: Diagnostic) -> tuple[object, ...]:
    """Return all that is said, with paths in place of files."""
    related = [(each.source.path, each.span, each.message) for each in found.related]
    said = (found.rule, found.severity, found.span, found.message, found.help, found.fix)
    return found.source.path, *said, related


@some_or_all_cases
def test_after_an_edit_of_any_file_each_rule_finds_what_it_finds_from_the_beginning(
    cases: Sequence[Case], tmp_path: Path
) -> None:
    for number, case in enumerate(cases):
        for files in (case.files, *list_edits(case.files), case.files):
            check(files, tmp_path / str(number))


LOG = {
    "a.md": work("See [[b]].", url="https://a.example/"),
    "b.md": work("See [[c#Setup]].", url="https://b.example/"),
    "c.md": work("## Setup\n\nSee [[a]].", url="https://c.example/"),
}


def test_after_an_edit_of_prose_or_of_a_link_only_that_note_is_checked(tmp_path: Path) -> None:
    assert check(LOG, tmp_path) == Checked([*LOG], [*LOG])
    assert check(LOG, tmp_path) == Checked([], [])
    for body in ("See [[c#Setup]], too.", "See [[c]], [[a]] and [[nothing]]."):
        edited = LOG | {"b.md": work(body, url="https://b.example/")}
        assert check(edited, tmp_path) == Checked(["b.md"], ["b.md"])


def test_after_an_edit_of_a_note_that_cannot_be_read_only_that_one_is_checked(
    tmp_path: Path,
) -> None:
    check(LOG | {"d.md": "One \0."}, tmp_path)
    assert check(LOG | {"d.md": "Another \0."}, tmp_path) == Checked(["d.md"], ["d.md"])


@pytest.mark.parametrize("body", ["## Set-up\n\nSee [[a]].", "## Setup\n\nSee [[a]]. ^mark"])
def test_after_an_edit_of_what_links_may_lead_to_all_notes_are_checked_among_others(
    tmp_path: Path, body: str
) -> None:
    check(LOG, tmp_path)
    edited = LOG | {"c.md": work(body, url="https://c.example/")}
    assert check(edited, tmp_path) == Checked(["c.md"], [*LOG])


def test_a_note_that_leads_nowhere_is_checked_when_others_lead_elsewhere(tmp_path: Path) -> None:
    alone = LOG | {"d.md": work("Alone.", url="https://d.example/")}
    check(alone, tmp_path)
    linked = alone | {"a.md": work("See [[b]] and [[d]].", url="https://a.example/")}
    assert check(linked, tmp_path) == Checked(["a.md"], ["a.md", "d.md"])


def test_a_check_after_an_edit_unpacks_that_note_and_what_it_links_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes, cache = tmp_path / "notes", tmp_path / "cache"
    for number in range(40):
        body = f"See [[{(number + 1) % 40}#Setup]].\n\n## Setup\n\nText."
        write_file(notes / f"{number}.md", work(body, url=f"https://{number}.example/").encode())
    check_with_cache(load_notebook(notes, cache=cache), {}, cache)
    file = notes / "7.md"
    file.write_text(file.read_text(encoding="utf-8") + "More.\n", encoding="utf-8")
    unpacked: list[str] = []

    def unpack(data: bytes, names: Collection[str], note: Note) -> Mapping[str, object]:
        unpacked.append(note.path)
        return unpack_parts(data, names, note)

    unpack_parts = packed_notes._unpack_parts  # noqa: SLF001
    monkeypatch.setattr(packed_notes, "_unpack_parts", unpack)
    check_with_cache(load_notebook(notes, cache=cache), {}, cache)
    assert set(unpacked) == {"8.md"}


def test_other_severities_another_vocabulary_and_another_version_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = Checked([*LOG], [*LOG])
    check(LOG, tmp_path)
    assert check(LOG, tmp_path, {"unresolved-heading": Severity.INFO}) == every
    check(LOG, tmp_path)
    assert check(LOG | {"tags.yml": "{}"}, tmp_path) == every
    check(LOG, tmp_path)
    assert check(LOG | {"loss.exe": ""}, tmp_path) == Checked([], [*LOG])
    check(LOG, tmp_path)
    monkeypatch.setattr(kept_diagnostics, "compute_package_stamp", lambda: "another")
    assert check(LOG, tmp_path) == every


@pytest.mark.parametrize("value", [b"", b"\x80", "a text", None])
def test_what_is_damaged_is_found_again(tmp_path: Path, value: object) -> None:
    check(LOG, tmp_path)
    with closing(sqlite3.connect(tmp_path / "diagnostics.db")) as database, database:
        database.execute("UPDATE kept SET value = ? WHERE key != ''", (value,))
    assert check(LOG, tmp_path) == Checked([*LOG], [*LOG])


def test_what_is_cut_is_found_again_once(tmp_path: Path) -> None:
    files = LOG | {"a.md": work("See [[b]] and [[nothing]].\n\n##", url="https://a.example/")}
    check(files, tmp_path)
    with closing(sqlite3.connect(tmp_path / "diagnostics.db")) as database, database:
        database.execute("UPDATE kept SET value = substr(value, 1, length(value) - 3)")
    assert check(files, tmp_path) == Checked([*LOG], [*LOG])
    assert check(files, tmp_path) == Checked([], [])


@pytest.mark.usefixtures("two_processes")
@pytest.mark.parametrize("is_kept", [True, False])
@pytest.mark.parametrize("resolves_links", [True, False])
def test_where_others_check_this_process_finds_what_links_mean_if_that_is_asked_for(
    tmp_path: Path, *, resolves_links: bool, is_kept: bool
) -> None:
    book, cache = notebook(LOG), tmp_path if is_kept else None
    check_with_cache(book, {}, cache, resolves_links=resolves_links)
    known = {note.path for note in book.links.get_resolved().links}
    assert (known == {*LOG}) is resolves_links


@pytest.mark.usefixtures("two_processes")
@pytest.mark.parametrize("rule", RULES)
def test_in_several_processes_each_rule_finds_the_same(rule: str) -> None:
    case = next(case for case in CASES if case.page.stem == rule)
    book = notebook({**case.files, "zz.md": work(), "zzz.md": work(url="https://example.org/z")})
    found = check_with_cache(book, {}, None)
    assert list(map(describe, found)) == list(map(describe, check_notebook(book, {})))
