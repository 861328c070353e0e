"""What all tests share: `--update`, which rewrites the expected outcomes of case pages; a local web, the browser, and the real site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from support.browsing import real_site, running_browser, served
from support.local_web import LocalWeb, local_web


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="write what comes out into the case pages"
    )


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session")
def server() -> Iterator[LocalWeb]:
    with local_web() as found:
        yield found


@pytest.fixture
def local(server: LocalWeb) -> LocalWeb:
    """A web of one's own, which answers nothing yet."""
    server.replies.clear()
    server.asked.clear()
    return server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as found:
        yield found


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return real_site(tmp_path_factory.getbasetemp() / "real")


@pytest.fixture(scope="session")
def root(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address
