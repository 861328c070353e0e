"""Measures each kind of page with Lighthouse, as a phone sees it: the site of the notes here, or of
the folder NOTES, from a server that compresses, as hosts do.

Each page is loaded RUNS times (3) with nothing kept; the run with the median performance counts.
KINDS='note,add a note' measures only these. READINGLOG_CHROMIUM names the browser, where it is not at a
usual place. The speed of the machine is Lighthouse's own measure: below 1,000, as where others use
the machine too, the performance says more about it than about the page.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple

from timing import MKDOCS, RUNS, describe_machine, print_table

_ROOT = Path(__file__).resolve().parents[1]
_LIGHTHOUSE = _ROOT / "benchmarks/lighthouse/node_modules/lighthouse/cli/index.js"

_CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
_AIMS = (95, 100, 100, 100)
_MOST_SHIFT = 0.05
_LONGEST = 300  # seconds for one load: a browser that hangs would keep the others waiting
_BROWSERS = (
    *("chromium-headless-shell", "chromium", "chromium-browser"),
    *("google-chrome", "google-chrome-stable"),
)
_FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-background-networking"
_TEXT = (".html", ".css", ".js", ".json", ".xml", ".svg", ".txt", ".webmanifest")
_CONFIG = """\
site_name: Reading log
site_description: Notes on what was read.
docs_dir: notes
theme: {name: material}
plugins: [readinglog]
extra: {generator: false}
"""
# Kinds of page that a site has one of; where a site has several, the one with most in it counts.
_SINGLE = {
    "home": "index.html",
    "search": "search/index.html",
    "log": "log/index.html",
    "tags": "tags/index.html",
    "claims": "claims/index.html",
    "results": "results/index.html",
    "disputes": "disputes/index.html",
    "map": "graph/index.html",
    "authors": "authors/index.html",
    "statistics": "stats/index.html",
    "wanted": "wanted/index.html",
    "add a note": "contribute/index.html",
    "checks": "rules/index.html",
}
_LARGEST = {
    "note": "notes/*/index.html",
    "tag": "tags/*/index.html",
    "author": "authors/*/index.html",
    "month": "log/*/index.html",
}


class Visit(NamedTuple):
    """What one load of a page came to: the categories in percent, the shift of its layout, when its
    largest part was there in seconds, how many kilobytes were fetched, and how fast the machine was.
    """

    scores: tuple[int, ...]
    shift: float
    painted: float
    kilobytes: float
    speed: float


class CompressingHost(SimpleHTTPRequestHandler):
    """Serves a site quietly, text compressed, and all of it to be kept for ten minutes."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as in the base
        pass

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file() or path.suffix not in _TEXT:
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()


def find_browser() -> str:
    """Return the path of a Chromium."""
    named = os.environ.get("READINGLOG_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, _BROWSERS)), None)
    if not found:
        sys.exit("no Chromium is installed: install one, or name it by READINGLOG_CHROMIUM")
    return found


@contextmanager
def build_and_serve(notes: Path) -> Iterator[tuple[Path, str]]:
    """Build the site of a folder of notes, and give it with its address while it is served."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name).resolve()
        shutil.copytree(notes, folder / "notes", ignore=shutil.ignore_patterns(".*"))
        (folder / "pyproject.toml").touch()  # settings of a folder around this one do not count
        site = folder / "site"
        server = ThreadingHTTPServer(
            ("127.0.0.1", 0), partial(CompressingHost, directory=str(site))
        )
        root = f"http://localhost:{server.server_port}/"
        (folder / "mkdocs.yml").write_text(f"{_CONFIG}site_url: {root}\n", encoding="utf-8")
        command = (*MKDOCS, "build", "--quiet", "--config-file", str(folder / "mkdocs.yml"))
        subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield site, root
        server.shutdown()
        server.server_close()


def list_pages(site: Path) -> Iterator[tuple[str, str]]:
    """Yield a page of each kind that the site has, with its address."""
    for kind, path in _SINGLE.items():
        if (site / path).is_file():
            yield kind, path.removesuffix("index.html")
    for kind, pattern in _LARGEST.items():
        files = [file for file in site.glob(pattern) if not is_redirect(file)]
        if files:
            largest = max(files, key=lambda file: file.stat().st_size)
            yield kind, f"{largest.parent.relative_to(site).as_posix()}/"


def choose_kinds() -> set[str]:
    """Return the kinds of page to measure."""
    kinds = {*_SINGLE, *_LARGEST}
    chosen = {kind.strip() for kind in os.environ.get("KINDS", "").split(",")} - {""}
    if unknown := chosen - kinds:
        sys.exit(
            f"no kind of page is {', '.join(sorted(unknown))}: KINDS has {', '.join(sorted(kinds))}"
        )
    return chosen or kinds


def is_redirect(file: Path) -> bool:
    return bool(re.search("http-equiv=.?refresh", file.read_text(encoding="utf-8")[:2_000]))


def visit(address: str, browser: str) -> Visit:
    """Load a page once with nothing kept, and return what Lighthouse finds."""
    command = (
        *("node", str(_LIGHTHOUSE), address, "--quiet", "--output=json"),
        *(f"--only-categories={','.join(_CATEGORIES)}", f"--chrome-flags={_FLAGS}"),
    )
    environment = {**os.environ, "CHROME_PATH": browser}
    done = subprocess.run(
        command, check=True, capture_output=True, env=environment, timeout=_LONGEST
    )
    report = json.loads(done.stdout)
    audits = report["audits"]
    return Visit(
        scores=tuple(round(100 * report["categories"][name]["score"]) for name in _CATEGORIES),
        shift=audits["cumulative-layout-shift"]["numericValue"],
        painted=audits["largest-contentful-paint"]["numericValue"] / 1000,
        kilobytes=audits["total-byte-weight"]["numericValue"] / 1000,
        speed=report["environment"]["benchmarkIndex"],
    )


def main() -> None:
    browser, kinds = find_browser(), choose_kinds()
    if not _LIGHTHOUSE.is_file():
        sys.exit("Lighthouse is not installed: run `make bench-pages`")
    notes = Path(os.environ.get("NOTES") or _ROOT / "notes")
    rows = []
    with build_and_serve(notes) as (site, root):
        for kind, address in list_pages(site):
            if kind not in kinds:
                continue
            runs = sorted(visit(root + address, browser) for _ in range(RUNS))
            median = runs[len(runs) // 2]
            is_reached = all(score >= aim for score, aim in zip(median.scores, _AIMS, strict=True))
            rows.append(
                (
                    kind,
                    *map(str, median.scores),
                    f"{median.shift:.3f}",
                    f"{median.painted:.1f}",
                    f"{median.kilobytes:.0f}",
                    f"{median.speed:.0f}",
                    "" if is_reached and median.shift < _MOST_SHIFT else "below the aim",
                )
            )
            print(" · ".join(rows[-1]), file=sys.stderr)
    print(f"{notes}; {describe_machine()}; medians of {RUNS}")
    measured = ("layout shift", "largest paint (s)", "kB fetched", "speed of the machine")
    print_table(("page", *_CATEGORIES, *measured, ""), rows)


if __name__ == "__main__":
    main()
