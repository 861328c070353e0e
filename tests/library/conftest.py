"""What the tests of the library share: its notebook, and its site, built and served once.

They are about the notes of this repository, and no part of the tests of the package: in a copy of
the repository with other notes they are skipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from library.fingerprints import load_fingerprints
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.loading import load_notebook
from support.browsing import serve_folder
from support.paths import ROOT
from support.site_builds import build_log_once, shared_folder


@pytest.fixture(scope="session", autouse=True)
def _is_this_the_library() -> None:
    """Skip the tests where most notes that the library began with are not there."""
    names = load_fingerprints().keys()
    there = [name for name in names if (ROOT / "notes" / f"{name}.md").is_file()]
    if 2 * len(there) < len(names):
        pytest.skip("the notes are not those of the library that these tests are about")


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
