"""A real browser and a real server for the tests that look at pages."""

from __future__ import annotations

import io
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
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from support.paths import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run".split(),
    *"--disable-background-networking --disable-component-update --disable-sync".split(),
)

# Every kind of page of the real site, and where one of it is.
KINDS = {
    "home": "",
    "note": "notes/switch-transformers/",
    "table": "notes/deepseek-v3/",
    "hub": "notes/mixture-of-experts/",
    "tag": "tags/moe/",
    "leaf-tag": "tags/load-balancing/",
    "tags": "tags/",
    "authors": "authors/",
    "author": "authors/noam-shazeer/",
    "log": "log/",
    "month": "log/2026-11/",
    "search": "search/?q=routing",
    "map": "graph/",
    "stats": "stats/",
    "wanted": "wanted/",
    "contribute": "contribute/",
    "rules": "rules/",
    "missing": "notes/switch-transformer/",
}
SCHEMES = ("light", "dark")
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that a scheme decides
RULES = "wcag2a wcag2aa wcag21a wcag21aa wcag22aa best-practice".split()
AXE = "(tags) => axe.run({ runOnly: tags, resultTypes: ['violations'], preload: false })"
# What a script has written where a kind of page is there in full only then.
WRITTEN = {
    "search": ".rl-search[data-answered]",
    "missing": "#rl-near a",
    "contribute": ".rl-sum[data-due]",
}

_running: list[Browser] = []


def chromium() -> str:
    """The browser: what READINGLOG_CHROMIUM names, else the first of the usual names. Without one, the test is skipped.

    Where READINGLOG_NEEDS_CHROMIUM is set, as in CI, it fails instead.
    """
    found = os.environ.get("READINGLOG_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if found:
        return found
    reason = (
        "no Chromium is installed: install Debian's `chromium`, or name one by READINGLOG_CHROMIUM"
    )
    if os.environ.get("READINGLOG_NEEDS_CHROMIUM"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """The browser of this process: the one that runs already, where there is one, for Playwright allows no second."""
    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        _running.append(browser)
        yield browser
        _running.clear()
        browser.close()


class Quiet(SimpleHTTPRequestHandler):
    """A server that does not print what it serves, and answers for what is missing with the site's own page, as hosts do."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the one replaced
        pass

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        page = Path(self.directory) / "404.html"
        if Path(self.translate_path(self.path)).exists() or not page.is_file():
            return super().send_head()
        text = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        return io.BytesIO(text)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def built_site(notes: Path, folder: Path, more: str = "", engine: str = "") -> Path:
    """The site of a folder of notes, built by MkDocs as anyone would, or from a tree by `engine`, into a new folder."""
    shutil.copytree(notes, folder / "notes")
    config = "site_name: A log\ndocs_dir: notes\ntheme: {name: material, font: false}\nplugins: [readinglog]\nextra: {generator: false}\n"
    (folder / "mkdocs.yml").write_text(config + more, encoding="utf-8")
    if not engine:
        return _build(folder)
    command = [
        Path(sys.executable).parent / "readinglog",
        "build",
        "--engine",
        engine,
        "--config",
        "mkdocs.yml",
        "--site-dir",
        "site",
    ]
    subprocess.run(command, check=True, cwd=folder, capture_output=True)
    return folder / "site"


def real_site(folder: Path, **env: str) -> Path:
    """The site of this repository's own notes, built strictly into a new folder, for the root of a host; where it is there, that."""
    if not (folder / "site").is_dir():
        shutil.copytree(ROOT / "notes", folder / "notes")
        shutil.copy(ROOT / "mkdocs.yml", folder)
        _build(folder, "--strict", SITE_URL="http://localhost/", **env)
    return folder / "site"


def _build(folder: Path, *options: str, **env: str) -> Path:
    command = [
        Path(sys.executable).parent / "mkdocs",
        "build",
        "--quiet",
        "--config-file",
        folder / "mkdocs.yml",
        *options,
    ]
    subprocess.run(command, check=True, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"} | env)
    return folder / "site"


def go(page: Page, root: str, kind: str) -> None:
    """Open a page of a kind, and wait until its scripts have written what they write."""
    page.goto(root + KINDS[kind])
    if kind in WRITTEN:
        page.locator(WRITTEN[kind]).first.wait_for()


def listening(page: Page) -> list[str]:
    """What goes wrong on a page from now on: errors, warnings, and requests that fail."""
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda message: message.type in ("error", "warning") and wrong.append(message.text),
    )
    page.on(
        "response",
        lambda answer: answer.status >= 400 and wrong.append(f"{answer.status} {answer.url}"),
    )
    return wrong
