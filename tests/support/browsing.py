"""A real browser and a real server for the tests that look at pages."""

from __future__ import annotations

import io
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from support.paths import ROOT

ASSETS = ROOT / "src/readinglog/site/theme/assets"
# The headless shell renders the same, and takes a third of the time.
NAMES = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
ARGUMENTS = (
    *"--no-sandbox --disable-gpu --disable-quic --no-first-run".split(),
    *"--disable-background-networking --disable-component-update --disable-sync".split(),
)
SCHEMES = ("light", "dark")
# Two frames: observers and listeners of the first one may change the page for the second.
AFTER_LAYOUT = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
)
FONTS_LOADED = "() => document.fonts.ready.then(() => undefined)"
# What a script has written where a kind of page is there in full only then.
WRITTEN_BY_SCRIPT = {
    "search": ".rl-search[data-answered]",
    "missing": "#rl-suggestions a",
    "contribute": ".rl-form-status[data-errors]",
}
# How a request fails that was still on its way when its page was left, reloaded or closed. One that
# cannot be answered fails by another name.
ABANDONED = "net::ERR_ABORTED"

_running: list[Browser] = []


def find_chromium() -> str:
    """Return the browser that READINGLOG_CHROMIUM names, else the first of the usual names.

    Without one, skip the test.

    Where READINGLOG_NEEDS_CHROMIUM is set, as in CI, fail instead.
    """
    found = os.environ.get("READINGLOG_CHROMIUM") or next(
        filter(None, map(shutil.which, NAMES)), None
    )
    if found:
        return found
    reason = (
        "no Chromium is installed: install Debian's `chromium-headless-shell` or `chromium`, "
        "or name one by READINGLOG_CHROMIUM"
    )
    if os.environ.get("READINGLOG_NEEDS_CHROMIUM"):
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def run_browser() -> Iterator[Browser]:
    """Give the browser of this process: the one that runs already, where there is one, for
    Playwright allows no second.
    """
    if _running:
        yield _running[0]
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        _running.append(browser)
        yield browser
        _running.clear()
        browser.close()


class StaticHost(SimpleHTTPRequestHandler):
    """Serve a folder as hosts do: quietly, and with the site's own page in answer to an address
    that leads nowhere.
    """

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
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
def serve_folder(folder: Path) -> Iterator[str]:
    """Give the address of a folder, while it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def open_page(page: Page, address: str, kind: str) -> None:
    """Open a page of a kind, and wait until its scripts have written what they write."""
    page.goto(address)
    if kind in WRITTEN_BY_SCRIPT:
        page.locator(WRITTEN_BY_SCRIPT[kind]).first.wait_for()


def collect_problems(page: Page) -> list[str]:
    """Return a list that fills with what goes wrong on a page from now on: errors, warnings, and
    answers that are errors.
    """
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


@contextmanager
def visit(browser: Browser, root: str, **options: str) -> Iterator[tuple[Page, list[str]]]:
    """Give a page in a context of its own, and a list that fills with its problems and with what it
    asks of other hosts.
    """
    context = browser.new_context(viewport={"width": 1400, "height": 900}, **options)
    context.route(lambda url: not url.startswith(root), lambda route: route.abort())
    page = context.new_page()
    wrong = collect_problems(page)
    page.on(
        "request",
        lambda request: (
            request.url.startswith((root, "data:", "blob:"))
            or wrong.append(f"foreign: {request.url}")
        ),
    )
    page.on(
        "requestfailed",
        lambda request: (
            request.failure == ABANDONED or wrong.append(f"{request.failure} {request.url}")
        ),
    )
    yield page, wrong
    context.close()


def serve_modules(page: Page) -> None:
    """Give `page` the single scripts, which a site has in bundles only, below `modules/`."""

    def answer(route: Route) -> None:
        path = ASSETS / urlsplit(route.request.url).path.partition("/modules/")[2]
        route.fulfill(path=path, content_type="text/javascript")

    page.route("**/modules/**", answer)


def make_it_fetch(page: Page) -> None:
    """Do what makes a page fetch more, and wait for it: scroll to the end, point at a link, focus
    the search.
    """
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.locator(".md-tabs a:visible, main a[href]:visible").last.hover()
    for box in page.locator(".rl-search input").all():
        box.focus()
    page.wait_for_load_state("networkidle")


def forgive_404(wrong: list[str], address: str) -> list[str]:
    """Return the problems of a page without the answer for its own address, which is not there and
    has to say so.
    """
    wrong.remove(f"404 {address}")
    return [line for line in wrong if "status of 404" not in line]


def find_sideways_scrolling(page: Page, widths: tuple[int, ...]) -> list[int]:
    """Return the widths of the window at which an open page is wider than it."""
    found = []
    page.wait_for_load_state("load")
    page.evaluate(FONTS_LOADED)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(AFTER_LAYOUT)
        sizes = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        found += [width] if sizes[0] > sizes[1] else []
    return found
