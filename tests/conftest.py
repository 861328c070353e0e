"""What all tests share: `--update`, which rewrites the expected outcomes of case pages; a local
web, and the browser.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect

from support.browsing import run_browser
from support.local_web import LocalWeb, local_web

# Machines differ, and are busy at times; speed is measured elsewhere.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
expect.set_options(timeout=30_000)


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
    server.requests.clear()
    return server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with run_browser() as found:
        yield found
