"""What tests of the workspace share."""

from __future__ import annotations

import os

import pytest

from readinglog.workspace import parallel


@pytest.fixture
def two_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on two notes or more in two processes."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1})
    monkeypatch.setattr(parallel, "_PART", 1)
    monkeypatch.setattr(parallel, "_LEAST", 2)
