"""Measures the index of the search: how long it takes to make, its memory, files and kB, what a
query reads of it, and how long the command takes.

NOTES names a folder of notes; without it, notes are generated. With --page, the search page is
measured in Chromium, too: what is fetched, and how long it takes. The pages of the notes themselves
are not built for that, as the search page reads nothing but the index.
"""

from __future__ import annotations

import gzip
import io
import json
import mimetypes
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import generate

from readinglog.search.engine import Search
from readinglog.search.index_reader import SearchIndex
from readinglog.search.index_writer import make_index
from readinglog.site.json_text import format_json, pack_text
from readinglog.workspace.loading import load_notebook

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

_SHOWN = 20  # results for which a page needs what a card shows
_RUNS = 5
_PACKED = (".html", ".css", ".js", ".json", ".svg", ".xml")  # as the usual hosts pack them
_CLICKS = ("kind", "year", "year", "tag", "tag")


# The index --------------------------------------------------------------------------------------


def main(folder: Path) -> None:
    """Measure at a folder of notes."""
    command = [sys.executable, __file__, "--make", str(folder)]
    made = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    print(
        f"index of {made['notes']:,} notes: {made['seconds']:.1f} s after {made['load']:.1f} s of "
        f"reading, {made['memory']:.0f} MB of memory ({made['before']:.0f} MB before)"
    )
    files = _make_files(folder)
    _print_sizes(files)
    search = Search(_read(files, {}))
    for query in list_queries(search):
        _print_query(files, query)
    _print_command(folder, next(list_queries(search)))


def make(folder: Path) -> None:
    """Make an index, and print as JSON what that takes; in a process of its own."""
    start = time.perf_counter()
    notebook = load_notebook(folder)
    loaded, before = time.perf_counter(), _get_memory()
    make_index(notebook)
    result = {
        "notes": len(notebook.published),
        "load": loaded - start,
        "seconds": time.perf_counter() - loaded,
        "before": before,
        "memory": _get_memory(),
    }
    print(json.dumps(result))


def _get_memory() -> float:
    """Return how much memory this process has had at most, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _make_files(folder: Path) -> dict[str, bytes]:
    """Return the files of the index as a site has them, by their paths in the index."""
    index = make_index(load_notebook(folder))
    return {path: pack_text(format_json(value)) for path, value in index.items()}


def _print_sizes(files: Mapping[str, bytes]) -> None:
    groups: dict[str, list[int]] = {}
    for path, data in files.items():
        groups.setdefault(path.partition("/")[0], []).append(len(data))
    sizes = [f"{name} {sum(found) / 1000:.0f} in {len(found)}" for name, found in groups.items()]
    whole = sum(map(sum, groups.values()))
    print(f"{whole / 1e6:.1f} MB in {len(files):,} files; kB: {', '.join(sizes)}")


# Queries ----------------------------------------------------------------------------------------


def list_queries(search: Search) -> Iterator[str]:
    """Yield queries of each kind, made of what the notes at hand say."""
    index = search.index
    cards = [index.get_card(note) for note in index.notes]
    linked = max(index.notes, key=lambda note: (index.link_counts[note], note))
    title = " ".join(cards[linked].title.split()[:4])
    text = f"{cards[linked].title} {cards[linked].summary}".split()
    words = sorted({word for word in text if word.isalpha()}, key=lambda word: (-len(word), word))
    word, other = (words * 2 or ["a", "of"])[:2]
    yield word
    yield f"{word} {other}"
    yield cards[linked].title
    yield f'"{title}"'
    yield f"how is {word} used with {other}"
    tags = [index.tags[tag].key for tag in sorted(index.tagged[linked])]
    if tags:
        yield f"tag:{tags[0]} year:2020.. -{other}"
    yield f"{word[:-2]}{word[-2:][::-1]}" if len(word) > len("word") else f"{word}qq"


def _read(files: Mapping[str, bytes], fetched: dict[str, int]) -> SearchIndex:
    def read(path: str) -> object:
        fetched[path] = len(files[path])
        return json.loads(zlib.decompress(files[path]))

    return SearchIndex(read)


def _print_query(files: Mapping[str, bytes], query: str) -> None:
    """Print what a first query reads: to find, to count, and to show the first results.

    Authors are counted, too, although the page does that only once their list is unfolded.
    """
    fetched: dict[str, int] = {}
    index = _read(files, fetched)
    search = Search(index)
    result = search.ask(query)
    search.count_facets(hit.note for hit in result.hits)
    for hit in result.hits[:_SHOWN]:
        index.get_card(hit.note)
    times = []
    for _ in range(_RUNS):
        search = Search(index)
        start = time.perf_counter()
        result = search.ask(query)
        search.count_facets(hit.note for hit in result.hits)
        times.append(time.perf_counter() - start)
    print(
        f"`{query}` ({len(result.hits):,} results): {len(fetched)} files, "
        f"{sum(fetched.values()) / 1000:.0f} kB, {fetched['authors'] / 1000:.0f} kB of "
        f"them in the file of authors; again {1000 * median(times):.0f} ms"
    )


def _print_command(folder: Path, query: str) -> None:
    """Print how long the command takes, process start included, with an index that is kept."""
    program = Path(sys.executable).parent / "readinglog"
    command = [str(program), "search", "--notes", str(folder), query]
    times = []
    for _ in range(_RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    first, *others = times
    print(f"command: {first:.2f} s at first, then {median(others):.2f} s (median of {_RUNS})")


# The page ---------------------------------------------------------------------------------------


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

    def take(self) -> tuple[int, int, int]:
        """Requests and bytes for the search, and bytes for the frame, when all has come."""
        self.page.wait_for_load_state("networkidle")
        self.page.remove_listener("requestfinished", self._count)
        ours = [
            size
            for path, size in self.requests
            if not path.startswith("/assets/") or "/search/" in path
        ]
        return len(ours), sum(ours), sum(size for _, size in self.requests) - sum(ours)


def measure_page(folder: Path) -> None:
    """Measure the search page with the index of a folder of notes."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here

    sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
    from support.browsing import ARGUMENTS, find_chromium  # noqa: PLC0415
    from support.site_builds import build_notes  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as name:
        generate.write(Path(name) / "few", 5, seed=1)
        site = build_notes(Path(name) / "few", Path(name) / "build")
        files = _make_files(folder)
        for path, data in files.items():
            file = site / "search" / f"{path}.bin"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        _Server.folder = site
        server = ThreadingHTTPServer(("127.0.0.1", 0), _Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        queries = [*list_queries(Search(_read(files, {})))]
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            root = f"http://127.0.0.1:{server.server_port}/"
            for query in queries:
                _print_visit(browser.new_context().new_page(), root, query)
            _print_clicks(browser.new_context().new_page(), root, queries[0])
            browser.close()
        server.shutdown()


def _print_visit(page: Page, root: str, query: str) -> None:
    fetched = Fetched(page)
    start = time.perf_counter()
    page.goto(f"{root}search/?q={quote(query)}", wait_until="commit")
    page.locator(".rl-search[data-answered]").wait_for()
    took = time.perf_counter() - start
    requests, ours, frame = fetched.take()
    found = page.locator(".rl-status").text_content()
    print(
        f"first visit, `{query}` ({found}): {ours / 1000:.0f} kB in {requests} requests and "
        f"{frame / 1000:.0f} kB of the frame, {1000 * took:.0f} ms"
    )


_CLICK = """async (field) => {
  const form = document.querySelector(".rl-search");
  const button = document.querySelector(`.rl-facet[data-field="${field}"] .rl-facet-toggle`);
  delete form.dataset.answered;
  const start = performance.now();
  button.click();
  while (form.dataset.answered === undefined) await new Promise((resolve) => setTimeout(resolve));
  return performance.now() - start;
}"""


def _print_clicks(page: Page, root: str, query: str) -> None:
    page.goto(f"{root}search/?q={quote(query)}")
    page.locator(".rl-search[data-answered]").wait_for()
    page.wait_for_load_state("networkidle")
    fetched = Fetched(page)
    times: dict[int, list[float]] = {}
    for _ in range(_RUNS):
        for at, field in enumerate(_CLICKS):
            times.setdefault(at, []).append(page.evaluate(_CLICK, field))
    _, ours, _ = fetched.take()
    each = ", ".join(f"{field} {median(times[at]):.0f}" for at, field in enumerate(_CLICKS))
    first = max(found[0] for found in times.values())
    print(
        f"clicks on facets of `{query}`, ms (median of {_RUNS}): {each}; the slowest at first "
        f"{first:.0f}; {ours / 1000:.0f} kB for all"
    )


def _measure(folder: Path) -> None:
    main(folder)
    if "--page" in sys.argv:
        measure_page(folder)


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, line_buffering=True)
    if sys.argv[1:2] == ["--make"]:
        make(Path(sys.argv[2]))
    elif os.environ.get("NOTES"):
        _measure(Path(os.environ["NOTES"]))
    else:
        for number in [int(word) for word in sys.argv[1:] if word.isdigit()] or [1_000, 10_000]:
            with tempfile.TemporaryDirectory() as name:
                seed = generate.choose_seed()
                generate.write(Path(name) / "notes", number, seed)
                print(f"{number:,} made-up notes, SEED={seed}")
                _measure(Path(name) / "notes")
