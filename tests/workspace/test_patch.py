"""A change of files as a patch, held to git itself."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.notebook.changes.pairs import match_moved_texts
from readinglog.workspace.patch import format_patch
from support.patches import Files, apply_patch

LONG = "".join(f"line {number}\n" for number in range(20))


def moves(before: Files, after: Files) -> dict[str, str]:
    """Which file became which, as a change is read."""
    gone, new = (
        {path: text for path, text in one.items() if text is not None and other.get(path) is None}
        for one, other in ((before, after), (after, before))
    )
    return dict(match_moved_texts(gone, new))


def there(files: Files) -> dict[str, str]:
    return {path: text for path, text in files.items() if text is not None}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"a.md": LONG}, {"a.md": LONG.replace("line 3", "line three")}),
        ({"a.md": "one\ntwo"}, {"a.md": "one\ntoo"}),
        ({"a.md": "one\ntwo"}, {"a.md": "one\ntwo\n"}),
        ({"a.md": "one\ntwo\n"}, {"a.md": "zero\none\ntwo"}),
        ({"a.md": "one\r\ntwo\r\n"}, {"a.md": "one\r\nthree\r\n"}),
        (
            {"a.md": "one\x85two\u2028three\x0cfour\rfive\n"},
            {"a.md": "one\x85two\u2028three\x0cfour\rsix\n"},
        ),
        ({"a.md": "\ufeffone\n"}, {"a.md": "\ufefftwo\n"}),
        ({"a.md": None}, {"a.md": "new\n"}),
        ({"a.md": None, "b.md": None}, {"a.md": "", "b.md": "no end"}),
        ({"a.md": "old\n", "b.md": ""}, {"a.md": None, "b.md": None}),
        ({"a.md": ""}, {"a.md": "text\n"}),
        ({"a.md": "text"}, {"a.md": ""}),
        ({"a.md": LONG, "b.md": None}, {"a.md": None, "b.md": LONG}),
        ({"deep/a.md": LONG, "b.md": None}, {"deep/a.md": None, "b.md": LONG + "more"}),
        (
            {"a b.md": LONG, "c d.md": None},
            {"a b.md": None, "c d.md": LONG.replace("line 9", "line ix")},
        ),
        ({"a b/c d.md": "one\n"}, {"a b/c d.md": "two\n"}),
        (
            {"Größe/論文.md": LONG, "論文 2.md": None},
            {"Größe/論文.md": None, "論文 2.md": "new\n" + LONG},
        ),
        ({'a"b\\c.md': "one\n"}, {'a"b\\c.md': "two\n"}),
        ({"a\tb\nc.md": LONG, 'd"\n.md': None}, {"a\tb\nc.md": None, 'd"\n.md': LONG + "end\n"}),
        ({"ü\n.md": LONG, "x.md": None}, {"ü\n.md": None, "x.md": LONG}),
        (
            {"a.md": LONG, "b.md": "1\n", "c.md": None, "d.md": None},
            {"a.md": None, "b.md": None, "c.md": "1\n", "d.md": LONG + "x\n"},
        ),
        ({"a.md": "-- x\n++ y\n"}, {"a.md": "++ y\n-- x\n"}),
    ],
)
def test_git_apply_gives_the_files_that_the_patch_came_from(before: Files, after: Files) -> None:
    assert (
        apply_patch(before, after, moves(before, after))
        == apply_patch(before, after, {})
        == there(after)
    )


def test_no_change_gives_an_empty_patch() -> None:
    assert format_patch({"a.md": "one\n", "b.md": None}, {"a.md": "one\n", "b.md": None}, {}) == ""


def test_a_change_reads_as_git_writes_it() -> None:
    assert format_patch({"n/a b.md": "one\ntwo\n"}, {"n/a b.md": "one\n2\n"}, {}) == (
        "diff --git a/n/a b.md b/n/a b.md\n--- a/n/a b.md\t\n+++ b/n/a b.md\t\n@@ -1,2 +1,2 @@\n one\n-two\n+2\n"
    )


def test_a_file_that_moves_is_one_rename_in_the_patch() -> None:
    before, after = (
        {"a.md": LONG, "b.md": None},
        {"a.md": None, "b.md": LONG.replace("line 5", "line v")},
    )
    patch = format_patch(before, after, {"b.md": "a.md"})
    assert patch.startswith(
        "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n--- a/a.md\n+++ b/b.md\n@@ "
    )
    assert patch.count("diff --git") == 1
    assert format_patch(before, {"a.md": None, "b.md": LONG}, {"b.md": "a.md"}) == (
        "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n"
    )
    assert format_patch(before, after, {}).count("diff --git") == 2


def test_a_given_move_is_a_rename_however_little_text_remains() -> None:
    before, after = {"a.md": "one\n", "b.md": None}, {"a.md": None, "b.md": "two\n"}
    assert format_patch(before, after, {"b.md": "a.md"}).startswith(
        "diff --git a/a.md b/b.md\nrename from a.md\nrename to b.md\n"
    )
    assert apply_patch(before, after, {"b.md": "a.md"}) == {"b.md": "two\n"}


LINES = st.lists(
    st.sampled_from(
        ["a\n", "b\n", "\n", "c\r\n", " \n", "-\n", "+ x\n", "\\ No\n", "@@ -1 +1 @@\n"]
    ),
    max_size=8,
)
TEXT = st.builds(lambda lines, end: "".join(lines) + end, LINES, st.sampled_from(["", "end", "\r"]))


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from("abc"), TEXT, max_size=3),
    st.dictionaries(st.sampled_from("abcd"), TEXT, max_size=3),
)
def test_any_change_is_applied(before: dict[str, str], after: dict[str, str]) -> None:
    paths = before.keys() | after.keys()
    was, is_ = ({path: files.get(path) for path in paths} for files in (before, after))
    assert apply_patch(was, is_, moves(was, is_)) == apply_patch(was, is_, {}) == after
