"""`readinglog rename`, `remove` and `tag`, run as people run them, over files that are not all
alike.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from support.patches import git_apply
from support.program import PROGRAM, Run
from support.worlds import work

MARK = b"\xef\xbb\xbf"
LOG: dict[str, str | bytes] = {
    "pyproject.toml": "",
    "notes/tags.yml": "moe:\r\n  name: MoE\r\nkernels: {summary: Fast code.}",
    "notes/old.md": work("[[old#Part]]\n\n## Part", title="Old", url="https://a.example/1"),
    "notes/b.md": MARK
    + work(
        "[[old]], [x](old.md)", title="B", url="https://a.example/2", builds_on="[old]"
    ).encode(),
    "notes/deep folder/größe.md": work(
        "[[old|it]] about gemm", title="C", url="https://a.example/3", tags="[kernels]"
    ).replace("\n", "\r\n"),
    "notes/end.md": work(
        "[[Old]] and [[old]]", title="D", url="https://a.example/4", tags="[moe, kernels]"
    ).rstrip("\n"),
}
CALLS = [
    ("rename", "notes/old.md", "deep/er/old"),
    ("rename", "größe", "notes/size.md"),
    ("remove", "old", "--reason", "Gone."),
    ("remove", "größe", "--instead", "notes/b.md"),
    ("tag", "rename", "moe", "experts"),
    ("tag", "merge", "kernels", "moe"),
    ("tag", "split", "kernels", "matmul=gemm"),
]


def tree(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, without those of caches."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".cache" not in path.relative_to(folder).parts
    }


@pytest.mark.parametrize("call", CALLS, ids=" ".join)
def test_the_diff_makes_what_the_call_makes(run: Run, call: tuple[str, ...]) -> None:
    run.write(LOG)
    (run.folder / ".git").rmdir()
    before = tree(run.folder)
    dry = subprocess.run(
        [str(PROGRAM), *call, "--dry-run"],
        cwd=run.folder,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert dry.returncode == 0, dry.stderr
    assert tree(run.folder) == before, "a dry run writes"
    done = run(*call)
    assert (done.returncode, "git" in done.stdout) == (0, False), done
    after = tree(run.folder)
    assert after != before
    assert call[:2] != ("rename", "größe") or "notes/size.md" in after
    for path in after.keys() - before.keys():
        (run.folder / path).unlink()
    run.write(before)
    assert git_apply(run.folder, dry.stdout) == ""
    assert tree(run.folder) == after


def test_a_rename_is_summed_up_in_one_line_with_how_to_look_at_it(run: Run) -> None:
    run.write(LOG)
    done = run("rename", "old", "quite-new")
    assert (done.stdout, done.stderr) == (
        "`old.md` is now `quite-new.md`; 6 links in 4 notes rewritten; `git add -N notes/quite-new.md && git diff` shows the changes\n",
        "",
    )
    assert (
        run("tag", "rename", "moe", "experts").stdout
        == "the tag `moe` is now `experts`, in `tags.yml` and 3 notes; `git diff` shows the changes\n"
    )
    split = run("tag", "split", "kernels", "matmul=gemm")
    assert (
        split.stdout
        == "the tag `kernels` is split: `matmul` in 1 note; `git diff` shows the changes\n"
    )
    assert (
        split.stderr
        == "`end.md` keeps `kernels`: no query finds it\ndescribe each new tag in `tags.yml`: give it a `summary`\n"
    )
    assert (run.folder / "notes/b.md").read_bytes().startswith(MARK)
    assert b"\r\n" in (run.folder / "notes/deep folder/größe.md").read_bytes()


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        (("rename", "ald", "new"), "no note is named `ald`; did you mean `old`?"),
        (("rename", "old", "b"), "the name `b` is taken by `b.md`: choose another"),
        (
            ("rename", "old", "../x/b"),
            "`..` is not lower-case words joined by `-`: use letters and digits",
        ),
        (
            ("rename", "old", "\x1b[31m"),
            "`\N{REPLACEMENT CHARACTER}[31m` is not lower-case words joined by `-`: write `31m`",
        ),
        (
            ("rename", "old", "b" * 300),
            f"notes/{'b' * 300}.md cannot be written: file name too long; nothing was changed",
        ),
        (("tag", "rename", "mo", "x"), "no tag is named `mo`; did you mean `moe`?"),
        (("tag", "merge", "moe", "MoE"), "`MoE` is the tag `moe` itself: name two different tags"),
        (
            ("tag", "split", "moe", "x"),
            "`x` is not a tag with a query: write `NEW=QUERY`, such as `x=title:word OR word`",
        ),
    ],
)
def test_an_impossible_rename_says_why_and_changes_nothing(
    run: Run, call: tuple[str, ...], expected: str
) -> None:
    run.write(LOG)
    before = tree(run.folder)
    assert run.usage_error(*call) == f"readinglog: {expected}\n"
    assert tree(run.folder) == before


@pytest.mark.parametrize(
    "words", [("rename", "old"), ("tag", "merge", "moe"), ("tag", "split", "moe")]
)
def test_a_call_with_missing_arguments_is_a_usage_error(run: Run, words: tuple[str, ...]) -> None:
    assert "Missing argument" in run.usage_error(*words)


def test_a_note_that_is_a_symbolic_link_is_refused_and_nothing_is_changed(run: Run) -> None:
    run.write(LOG)
    (run.folder / "notes" / "link.md").symlink_to("b.md")
    before = tree(run.folder)
    assert (
        run.usage_error("rename", "old", "new")
        == "readinglog: notes/link.md cannot be written: it is a symbolic link; nothing was changed\n"
    )
    assert tree(run.folder) == before


def test_any_folder_of_notes_can_be_renamed_in(run: Run) -> None:
    run.write({"vault/My note.md": "[[Other]]\n", "vault/Other.md": "[[my note]]\n"})
    assert run("rename", "--notes", "vault", "vault/My note.md", "vault/mine").returncode == 0
    assert (run.folder / "vault" / "Other.md").read_text(encoding="utf-8") == "[[mine|My note]]\n"
    assert (run.folder / "vault" / "mine.md").is_file()
