"""What `check --fix` writes, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.cli.fixes import apply_fixes
from readinglog.model.errors import ReadinglogError
from readinglog.workspace.loading import load_notebook
from readinglog.workspace.settings import Settings
from support.folders import read_tree
from support.worlds import work


@pytest.mark.parametrize("saved", [b"saved by somebody else", None])
def test_a_fix_does_not_overwrite_what_was_saved_since_it_was_read(
    tmp_path: Path, saved: bytes | None
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.md").write_text(
            work("Text.", title=name, url=f"https://{name}.example/", tags="[MoE]"),
            encoding="utf-8",
        )
    (tmp_path / "tags.yml").write_text("moe: {summary: Sparse layers.}", encoding="utf-8")
    notebook = load_notebook(tmp_path)
    if saved is None:
        (tmp_path / "b.md").unlink()
    else:
        (tmp_path / "b.md").write_bytes(saved)
    before = read_tree(tmp_path)
    with pytest.raises(ReadinglogError) as caught:
        apply_fixes(notebook, Settings(tmp_path, tmp_path, {}), {"a.md", "b.md"})
    assert caught.value.exit_status == 2
    assert (
        str(caught.value)
        == "b.md cannot be written: it has changed since it was read; nothing was changed"
    )
    assert read_tree(tmp_path) == before


def test_a_fix_is_listed_with_its_place_and_what_it_changes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "---\nredirect-from: [old]\nBuilds On: [c]\nstatus: [read]\ntags: [experts, moe]\n---\nText.\n"
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    (tmp_path / "tags.yml").write_text("moe: {aliases: [experts]}", encoding="utf-8")
    settings = Settings(tmp_path, tmp_path, {})
    apply_fixes(load_notebook(tmp_path), settings, {"a.md"})
    assert capsys.readouterr().err == (
        "a.md:2: `redirect-from` is now `redirect_from` [unknown-field]\n"
        "a.md:3: `Builds On` is now `builds_on` [unknown-field]\n"
        "a.md:4: `[read]` is now `read` [invalid-value]\n"
        "a.md:5: `experts` is now `moe` [tag-alias]\n"
        "a.md:5: removed `moe` [redundant-tag]\n"
        "fixed 1 file\n"
    )
    fixed = "---\nredirect_from: [old]\nbuilds_on: [c]\nstatus: read\ntags: [moe]\n---\nText.\n"
    assert (tmp_path / "a.md").read_text(encoding="utf-8") == fixed


def test_of_many_fixes_the_first_are_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(4):
        text = "---\nBY: Ada\n---\nText.\n"
        (tmp_path / f"{number}.md").write_text(text, encoding="utf-8")
    paths = {f"{number}.md" for number in range(4)}
    apply_fixes(load_notebook(tmp_path), Settings(tmp_path, tmp_path, {}), paths, 2)
    listed = capsys.readouterr().err.splitlines()
    assert len(listed) == 4
    assert listed[2:] == ["and 2 more; `git diff` shows them", "fixed 4 files"]
