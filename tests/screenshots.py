"""Pictures of every kind of page of some logs, for looking at, with a sheet of them all:
`python tests/screenshots.py [FOLDER]`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from support.browsing import FONTS_LOADED, SCHEMES, open_page, run_browser, serve_folder
from support.case_pages import read_cases
from support.paths import SAMPLE
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


def build_logs(folder: Path) -> Iterator[tuple[str, Log]]:
    """Yield the sample log, an odd one, one with more root tags than colours, one with one note,
    and an empty one.
    """
    yield "sample", Log(build_log(SAMPLE, folder / "sample"), KINDS)
    odd = dict(next(read_cases("odd")).files)
    many = {f"n{number}.md": _write_note(number) for number in range(48)}
    for name, files, pages in (
        ("odd", odd, ODD),
        ("many", many, {f"note-{number}": f"notes/n{number}/" for number in range(4)}),
        ("one", {"n3.md": _write_note(3)}, {"note": "notes/n3/"}),
        ("empty", {}, {}),
    ):
        notes = folder / f"{name}-notes"
        notes.mkdir()
        for path, text in files.items():
            (notes / path).parent.mkdir(parents=True, exist_ok=True)
            (notes / path).write_bytes(text if isinstance(text, bytes) else str(text).encode())
        yield name, Log(build_notes(notes, folder / name), OVERVIEWS | pages)


def _write_note(number: int) -> str:
    title = f"{TITLES[number % len(TITLES)].strip()} {number}"
    return (
        f'---\ntitle: "{title}"\nkind: post\nauthors: [Ada Adams, ابن الرزاز]\n'
        f"published: {1980 + number}\ndate: 2026-11-{1 + number % 28:02}\n"
        f"url: https://example.org/{number}\ntags: [root {number % 40}]\nsummary: 水運儀象台.\n---\n"
        f"## One\n\nIt follows [[n{(number * 7) % 48}]] and [[n{(number * 5 + 1) % 48}]].\n\n## Two\n\nמילים, and more.\n"
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
    logs = {}
    with tempfile.TemporaryDirectory() as temporary:
        for name, log in build_logs(Path(temporary)):
            take(log, folder / name)
            logs[name] = log
    print(write_sheet(folder, logs))  # noqa: T201 - what was asked for


if __name__ == "__main__":
    main()
