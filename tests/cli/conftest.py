"""What the tests of commands share: the program in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.program import Run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    (tmp_path / ".git").mkdir()  # where a repository starts
    (tmp_path / "notes").mkdir()
    return Run(tmp_path)
