"""Measures the search page in Chromium: what is fetched, how long it takes, and what the index
costs, at generated notes or at those of the folder that NOTES names.

The pages of the notes themselves are not built: the search page reads only the index.
"""

from __future__ import annotations

import gzip
import io
import mimetypes
import os
import sys
import tempfile
import threading
import time
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from urllib.parse import quote, unquote, urlsplit

import generate
from playwright.sync_api import Page, Request, sync_playwright

from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Site
from readinglog.site.views import search
from readinglog.workspace.loading import load_notebook

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from support.browsing import ARGUMENTS, find_chromium
from support.site_builds import build_notes

_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")  # as the usual hosts pack them
_QUERIES = (
    "tag:tag-7",
    "tag:tag-7 kernel",
    "tag:tag-7 year:2020.. gradient -router",
    "expert",
    "expert token router",
    "expert token router gradient kernel",
    '"load balancing"',
)
_CLICKS = (
    ("kind", "paper"),
    ("year", "2020"),
    ("year", "2020"),
    ("tag", "tag-3"),
    ("tag", "tag-3"),
)
_RUNS = 5


@cache
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6)


class _Server(BaseHTTPRequestHandler):
    """Serves a folder as the usual static hosts do: kept connections, text packed."""

    protocol_version = "HTTP/1.1"
    folder = Path()

    def do_GET(self) -> None:
        path = self.folder / unquote(urlsplit(self.path).path).lstrip("/")
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        pack = path.suffix in _PACKED
        body = _packed(path) if pack else path.read_bytes()
        self.send_response(200)
        self.send_header(
            "Content-Type", mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        )
        if pack:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


class Fetched:
    """Counts what a page fetches: bytes as sent, those of the theme's frame apart."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[tuple[str, int]] = []
        page.on("requestfinished", self._count)

    def _count(self, request: Request) -> None:
        self.requests.append((urlsplit(request.url).path, request.sizes()["responseBodySize"]))

    def take(self) -> tuple[int, int, int, int]:
        """Requests and bytes of the index, further bytes for the search, and bytes for the frame,
        when all has come.
        """
        self.page.wait_for_load_state("networkidle")
        self.page.remove_listener("requestfinished", self._count)
        index = [size for path, size in self.requests if _is_of_index(path)]
        frame = sum(size for path, size in self.requests if _is_of_frame(path))
        whole = sum(size for _, size in self.requests)
        return len(index), sum(index), whole - sum(index) - frame, frame


def _is_of_index(path: str) -> bool:
    return path.startswith("/search/") and path.endswith(".json")


def _is_of_frame(path: str) -> bool:
    return path.startswith("/assets/") and "/search/" not in path


def main(notes: Path | None, count: int = 0) -> None:
    """Measure at the folder `notes`, or at `count` generated notes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate.write(folder / "few", 5)
        site = build_notes(folder / "few", folder / "build")
        if notes is None:
            generate.write(folder / "notes", count, "[[{target}|a work]]")
        _write_index(load_notebook(notes or folder / "notes"), site)
        _Server.folder = site
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            root = f"http://127.0.0.1:{server.server_port}/"
            for query in _QUERIES:
                _first_visit(browser.new_context().new_page(), root, query)
            _clicks(browser.new_context().new_page(), root)
            browser.close()
        server.shutdown()


def _write_index(notebook: Notebook, site: Path) -> None:
    start = time.perf_counter()
    outputs = search.make_outputs(notebook, Site("Measured"))
    files = [item for item in outputs if isinstance(item, DataFile)]
    took = time.perf_counter() - start
    for file in files:
        path = site / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")
    size = sum(len(gzip.compress(file.text.encode())) for file in files) / 1e6
    count = len(notebook.published)
    print(f"index of {count:,} notes: {took:.1f} s, {size:.2f} MB packed in {len(files)} files")


def _first_visit(page: Page, root: str, query: str) -> None:
    fetched = Fetched(page)
    start = time.perf_counter()
    page.goto(f"{root}search/?q={quote(query)}", wait_until="commit")
    page.locator(".rl-search[data-answered]").wait_for()
    took = time.perf_counter() - start
    requests, index, ours, frame = fetched.take()
    found = page.locator(".rl-status").text_content()
    print(
        f"first visit, `{query}` ({found}): index {index / 1000:.0f} kB in {requests} requests, "
        f"page {ours / 1000:.0f} kB, frame {frame / 1000:.0f} kB, {1000 * took:.0f} ms"
    )


_CLICK = """async ([field, value]) => {
  const form = document.querySelector(".rl-search");
  const button = document.querySelector(`.rl-facet[data-field="${field}"][data-value="${value}"] .rl-facet-toggle`);
  delete form.dataset.answered;
  const start = performance.now();
  button.click();
  while (form.dataset.answered === undefined) await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - start;
}"""


def _clicks(page: Page, root: str) -> None:
    page.goto(f"{root}search/?q={quote('gradient')}")
    page.locator(".rl-search[data-answered]").wait_for()
    page.wait_for_load_state("networkidle")
    fetched = Fetched(page)
    times: dict[int, list[float]] = {}
    for _ in range(_RUNS):
        for at, (field, value) in enumerate(_CLICKS):
            times.setdefault(at, []).append(page.evaluate(_CLICK, [field, value]))
    _, index, _, _ = fetched.take()
    each = ", ".join(
        f"{field}:{value} {median(times[at]):.0f}" for at, (field, value) in enumerate(_CLICKS)
    )
    first = max(found[0] for found in times.values())
    print(
        f"clicks on facets of `gradient`, ms (median of {_RUNS}): {each}; the slowest at first {first:.0f}; {index / 1000:.0f} kB for all"
    )


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
    if folder := os.environ.get("NOTES"):
        main(Path(folder))
    else:
        for number in map(int, sys.argv[1:] or ("1000", "10000")):
            main(None, number)
