"""What the tests of the site share: that of the sample log, built and served once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsing import serve_folder
from support.paths import SAMPLE
from support.site_builds import build_log_once, shared_folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_log_once(SAMPLE, shared_folder(tmp_path_factory.getbasetemp()) / "sample")


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    with serve_folder(site) as address:
        yield address
