"""Removing notes: each case some files and a call, what is said of it, and what it changes as a
diff.
"""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change, RefactoringError
from readinglog.refactor.remove_note import remove_note
from readinglog.workspace.patch import format_patch
from support.case_pages import Case, read_cases, verify
from support.refactoring import apply_change
from support.worlds import notebook, work

Files = dict[str, str | bytes | Source]


def call(log: Notebook, words: list[str]) -> Change:
    """What comes of a call as it is written on the command line."""
    options = dict(zip(words[2::2], words[3::2], strict=True))
    notes = [
        (log.by_path.get(name) or log.names.resolve_name(name).target) if name else None
        for name in (words[1], options.get("--instead", ""))
    ]
    assert notes[0]
    return remove_note(log, notes[0], options.get("--reason", ""), notes[1])


def check(before: Notebook, after: Notebook, path: str) -> None:
    """Hold that nothing leads to the note any more, and everything else where it led."""
    assert path not in after.by_path
    assert not after.removals.diagnostics
    for note in after.notes:
        found = [
            [
                resolution.target.path
                for _, resolution in log.links.list_links(own)
                if resolution.target
            ]
            + [
                each.resolution.target.path
                for each in log.links.list_relations(own)
                if each.resolution.target
            ]
            for log, own in ((before, before.by_path[note.path]), (after, note))
        ]
        assert found[1] == [target for target in found[0] if target != path]


@pytest.mark.parametrize("case", list(read_cases("removing")), ids=lambda case: case.title)
def test_case(case: Case, update: bool) -> None:
    files = dict(case.files)
    words = shlex.split(str(files.pop("call")))
    log = notebook(files)
    try:
        change = call(log, words)
    except RefactoringError as error:
        outcome = str(error)
    else:
        removed = next(path for path, text in change.after.items() if text is None)
        check(log, notebook(apply_change(files, change)), removed)
        patch = format_patch(change.before, change.after, change.moves)
        outcome = "\n".join((change.summary, *change.remarks, "", patch))
    verify(case, lambda _: outcome, update=update)


PIECES = (
    *("[[old]]", "[[Old work]]", "[[old|label]]", "![[old]]", "[a](old.md)", "[b][r]", "[r]"),
    *(
        "[](old.md)",
        "[1. x](old.md)",
        "[# x](old.md)",
        "<a href='old.md'>x</a>",
        "[[b]]",
        "`[[old]]`",
    ),
    *(" ", "\n", "\n\n", "- ", "> ", "| ", "1. ", "**", "*", "!", "(b.md)", "text", "\\"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.sampled_from(("", "b")))
def test_a_note_is_removed_whole_or_the_removal_is_refused(body: str, instead: str) -> None:
    files: Files = {
        "old.md": work(title="Old work", redirect_from="[first]"),
        "b.md": work(title="B", url="https://a.example/b"),
        "c.md": work(
            f"{body}\n\n[r]: old.md\n", title="C", url="https://a.example/c", builds_on="[old, b]"
        ),
    }
    log = notebook(files)
    try:
        change = remove_note(log, log.by_path["old.md"], "Why: *", log.by_path.get(f"{instead}.md"))
    except RefactoringError:
        return
    after = notebook(apply_change(files, change))
    check(log, after, "old.md")
    removal = after.removals.find("first")
    assert removal
    assert (removal.name, removal.title, removal.reason) == ("old", "Old work", "Why: *")
