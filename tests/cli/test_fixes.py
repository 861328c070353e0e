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
