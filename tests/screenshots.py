"""Pictures of every kind of page of some logs, for looking at, with a sheet of them all:
`python tests/screenshots.py [FOLDER [LOG …]]`, of all logs or of those that are named.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from html import escape
from pathlib import Path
from typing import NamedTuple

from support.browsing import FONTS_LOADED, SCHEMES, open_page, run_browser, serve_folder
from support.case_pages import read_cases
from support.paths import ROOT, SAMPLE
from support.sample_pages import KINDS
from support.site_builds import build_log, build_notes

WIDTHS = {"phone": 390, "tablet": 820, "desktop": 1440}
OVERVIEWS = {
    "home": "",
    "log": "log/",
    "tags": "tags/",
    "claims": "claims/",
    "disputes": "disputes/",
    "results": "results/",
    "map": "graph/",
    "authors": "authors/",
    "stats": "stats/",
    "wanted": "wanted/",
}
LIBRARY = {
    "note": "notes/dpo/",
    "formulas": "notes/base-layers/",
    "short-note": "notes/tpu-v2-v3/",
    "hub": "notes/mixture-of-experts/",
    "tag": "tags/post-training/",
    "leaf-tag": "tags/load-balancing/",
    "author": "authors/nathan-lambert/",
    "search": "search/?q=attention",
    "contribute": "contribute/",
    "rules": "rules/",
    "missing": "notes/dp0/",
}
ODD = {"everything": "notes/everything/", "undated": "notes/undated/", "tag": "tags/moe/"}
TITLES = (
    "Ein sehr langes Wort " * 15,
    "ساعة الفيل في كتاب الجزري",
    "水運儀象台的擒縱機構",
    "Short",
)
STYLE = "body { font: 14px sans-serif } img { border: 1px solid; height: 30rem; vertical-align: top } h2 { margin: 1em 0 0 }"


class Log(NamedTuple):
    """A site, and its pages to look at by what they are called."""

    site: Path
    pages: dict[str, str]


def build_logs(folder: Path) -> Iterator[tuple[str, Callable[[], Log]]]:
    """Yield what builds each log: the library, the sample, an odd one, one with more root tags than
    colours, one without days and vocabulary, one with three notes, one with one, and an empty one.
    """
    yield "library", lambda: Log(build_log(ROOT, folder / "library"), OVERVIEWS | LIBRARY)
    yield "sample", lambda: Log(build_log(SAMPLE, folder / "sample"), OVERVIEWS | KINDS)
    odd = dict(next(read_cases("odd")).files)
    bare = {f"n{number}.md": _write_bare_note(number) for number in range(12)}
    for name, files, pages in (
        ("odd", odd, ODD),
        ("many", _write_notes(48), {f"note-{number}": f"notes/n{number}/" for number in range(4)}),
        ("bare", bare, {"note": "notes/n0/", "tag": "tags/tag-1/"}),
        ("three", _write_notes(3), {"note": "notes/n0/", "tag": "tags/root-1/"}),
        ("one", _write_notes(1), {"note": "notes/n0/"}),
        ("empty", {}, {}),
    ):
        yield name, partial(_build, folder, name, files, OVERVIEWS | pages)


def _build(folder: Path, name: str, files: Mapping[str, str | bytes], pages: dict[str, str]) -> Log:
    notes = folder / f"{name}-notes"
    notes.mkdir()
    for path, text in files.items():
        (notes / path).parent.mkdir(parents=True, exist_ok=True)
        (notes / path).write_bytes(text if isinstance(text, bytes) else text.encode())
    return Log(build_notes(notes, folder / name), pages)


def _write_notes(count: int) -> dict[str, str]:
    return {f"n{number}.md": _write_note(number, count) for number in range(count)}


def _write_note(number: int, count: int) -> str:
    title = f"{TITLES[number % len(TITLES)].strip()} {number}"
    return (
        f'---\ntitle: "{title}"\nkind: post\nauthors: [Ada Adams, ابن الرزاز]\n'
        f"published: {1980 + number}\ndate: 2026-11-{1 + number % 28:02}\n"
        f"url: https://example.org/{number}\ntags: [root {number % 40}]\nsummary: 水運儀象台.\n---\n"
        f"## One\n\nIt follows [[n{(number * 7) % count}]] and [[n{(number * 5 + 1) % count}]].\n\n"
        "## Two\n\nמילים, and more.\n"
    )


def _write_bare_note(number: int) -> str:
    return (
        f"---\ntitle: Note {number}\ntags: [tag {number % 3}]\n---\n"
        f"One paragraph, which leads to [[n{(number + 5) % 12}]].\n"
    )


def take(log: Log, folder: Path) -> None:
    """Write a picture of each whole page, in both schemes and at all widths:
    `note-light-phone.png` and so on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with run_browser() as browser, serve_folder(log.site) as root:
        for scheme in SCHEMES:
            for device, width in WIDTHS.items():
                context = browser.new_context(
                    color_scheme=scheme,
                    viewport={"width": width, "height": 900},
                    reduced_motion="reduce",
                )
                page = context.new_page()
                for kind, address in log.pages.items():
                    open_page(page, root + address, kind)
                    page.evaluate(FONTS_LOADED)
                    page.screenshot(path=folder / f"{kind}-{scheme}-{device}.png", full_page=True)
                context.close()


def write_sheet(folder: Path, logs: dict[str, Log]) -> Path:
    """Write the page that shows all pictures, a row for each page of each log."""
    rows = []
    for name, log in logs.items():
        for kind in log.pages:
            names = [
                f"{name}/{kind}-{scheme}-{device}.png" for scheme in SCHEMES for device in WIDTHS
            ]
            images = "".join(f'<a href="{src}"><img src="{src}" alt="{src}"></a> ' for src in names)
            rows.append(f"<h2>{escape(name)}: {escape(kind)}</h2><div>{images}</div>")
    sheet = folder / "index.html"
    head = f"<!doctype html><meta charset=utf-8><title>Pages</title><style>{STYLE}</style>"
    sheet.write_text(head + "\n".join(rows), encoding="utf-8")
    return sheet


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ".cache/screenshots")
    named = sys.argv[2:]
    logs = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, build in build_logs(Path(temporary)):
            if named and name not in named:
                continue
            logs[name] = build()
            take(logs[name], folder / name)
    print(write_sheet(folder, logs))  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
