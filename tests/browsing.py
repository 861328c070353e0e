"""A real browser and a real server for the tests that look at pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run".split(),
    *"--disable-background-networking --disable-component-update --disable-sync".split(),
)


def chromium() -> str:
    """The browser: what READINGLOG_CHROMIUM names, else the first of the usual names. Without one, the test is skipped.

    Where READINGLOG_NEEDS_CHROMIUM is set, as in CI, it fails instead.
    """
    found = os.environ.get("READINGLOG_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    reason = "no Chromium is installed: install Debian's `chromium`, or name one by READINGLOG_CHROMIUM"
    if os.environ.get("READINGLOG_NEEDS_CHROMIUM"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running_browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not print what it serves."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the one replaced
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def built_site(notes: Path, folder: Path) -> Path:
    """The site of a folder of notes, built by MkDocs as anyone would, into a new folder."""
    shutil.copytree(notes, folder / "notes")
    config = "site_name: A log\ndocs_dir: notes\ntheme: {name: material, font: false}\nplugins: [readinglog]\nextra: {generator: false}\n"
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    command = [Path(sys.executable).parent / "mkdocs", "build", "--quiet", "--config-file", folder / "mkdocs.yml"]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    return folder / "site"


def listening(page: Page) -> list[str]:
    """What goes wrong on a page from now on: errors, warnings, and requests that fail."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: message.type in ("error", "warning") and wrong.append(message.text))
    page.on("response", lambda answer: answer.status >= 400 and wrong.append(f"{answer.status} {answer.url}"))
    return wrong
