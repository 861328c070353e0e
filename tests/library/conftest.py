"""What the tests of the library share: its notebook, and its site, built and served once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglog.notebook.notebook import Notebook
from readinglog.workspace.loading import load_notebook
from support.browsing import serve_folder
from support.paths import ROOT
from support.site_builds import build_log_once, shared_folder


@pytest.fixture(scope="session")
def book() -> Notebook:
    return load_notebook(ROOT / "notes")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_log_once(ROOT, shared_folder(tmp_path_factory.getbasetemp()) / "library")


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    with serve_folder(site) as address:
        yield address
