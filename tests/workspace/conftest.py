"""What tests of the workspace share."""

from __future__ import annotations

import pytest

from readinglog.workspace import parallel


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on two notes or more in two processes."""
    monkeypatch.setattr(parallel, "count_processes", lambda: 2)
    monkeypatch.setattr(parallel, "_PART", 1)
    monkeypatch.setattr(parallel, "_LEAST", 2)
