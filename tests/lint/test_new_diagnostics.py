"""What is new after a change, whether or not it can be seen that a note has not changed."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from readinglog.lint import new_diagnostics
from readinglog.lint.linter import check_notebook
from readinglog.lint.new_diagnostics import find_new_diagnostics
from support.case_pages import Case
from support.edited_cases import list_edits, some_or_all_cases
from support.worlds import notebook, work


@some_or_all_cases
def test_after_an_edit_the_same_is_new_as_where_all_notes_are_checked_as_they_were(
    cases: Sequence[Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    for case in cases:
        before = notebook(case.files)
        for files in list_edits(case.files):
            after = notebook(files)
            found = check_notebook(after)
            new = find_new_diagnostics(found, before, after)
            with monkeypatch.context() as patch:
                patch.setattr(new_diagnostics, "_find_settled", lambda *_: set())
                assert new == find_new_diagnostics(found, before, after)


def test_an_edit_of_a_text_checks_no_other_note_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"a.md": work(rating="9"), "b.md": work(rating="8", url="https://example.org/b")}
    before = notebook(files)
    after = notebook({**files, "b.md": f"{files['b.md']}More words.\n"})
    found = check_notebook(after)
    checked: list[str] = []
    check_note = new_diagnostics.check_note
    monkeypatch.setattr(
        new_diagnostics,
        "check_note",
        lambda note, *rest: checked.append(note.path) or check_note(note, *rest),
    )
    assert find_new_diagnostics(found, before, after) == []
    assert set(checked) == {"b.md"}
