"""Measures a build of the site from nothing, and again after one edit, against MkDocs with Material
alone, which gets the same notes with Markdown links and builds them all each time.

Both build in turn; medians count. CARDS=1 draws a picture of each note, too, and COPIES=0 leaves
out the copies of notes as they are written, so that what each costs can be seen.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

from corpora import Corpus, choose_note, edit_body, edit_title, list_corpora
from plain_notes import write_plain_log
from timing import MEMORY, MKDOCS, RUNS, Run, describe_machine, print_table, run, run_in_turn

_CARDS = os.environ.get("CARDS") == "1"
_COPIES = os.environ.get("COPIES") != "0"
_CONFIG = f"""\
site_name: Reading log
site_url: https://example.org/log/
docs_dir: notes
theme: {{name: material}}
plugins:
  - readinglog: {{social_cards: {str(_CARDS).lower()}, markdown_copies: {str(_COPIES).lower()}}}
extra: {{generator: false}}
"""


def measure(corpus: Corpus) -> None:
    """Print what a build of these notes takes."""
    peer = corpus.folder / "alone"
    write_plain_log(corpus.notes, peer)
    (corpus.folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    note = choose_note(corpus.notes)
    edits = iter(range(1, 1_000))

    def build_from_nothing(folder: Path) -> Run:
        for made in ("site", ".cache"):
            shutil.rmtree(folder / made, ignore_errors=True)
        return build(folder)

    def build_again(edit: Callable[[Path, str], None]) -> Run:
        edit(note, f"Edit {next(edits)}")
        return build(corpus.folder)

    whole, body, title, alone = run_in_turn(
        lambda: build_from_nothing(corpus.folder),
        lambda: build_again(edit_body),
        lambda: build_again(edit_title),
        lambda: build_from_nothing(peer),
    )
    rows = [make_row("from nothing", whole, alone, corpus.folder)]
    rows.append(make_row("after an edit of a text", body, alone, corpus.folder))
    rows.append(make_row("after an edit of a title", title, alone, corpus.folder))
    rows.append(make_row("MkDocs + Material alone", alone, alone, peer))
    print(f"build of {corpus.count:,} notes; {MEMORY}; medians of {RUNS}")
    print_table(("build", "seconds", "ratio", "CPU seconds", "MB of memory", "files", "MB"), rows)


def build(folder: Path) -> Run:
    """Build the site of a folder."""
    return run((*MKDOCS, "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")))


def make_row(name: str, taken: Run, base: Run, folder: Path) -> tuple[str, ...]:
    """Return a row of the table."""
    sizes = [path.stat().st_size for path in (folder / "site").rglob("*") if path.is_file()]
    return (
        name,
        f"{taken.seconds:.1f}",
        f"{taken.seconds / base.seconds:.2f}",
        f"{taken.cpu:.1f}",
        f"{taken.memory:.0f}",
        f"{len(sizes):,}",
        f"{sum(sizes) / 1e6:.1f}",
    )


if __name__ == "__main__":
    print(describe_machine())
    extras = [name for name, is_made in (("cards", _CARDS), ("copies", _COPIES)) if is_made]
    print(f"with {' and '.join(extras)}" if extras else "without cards and copies", flush=True)
    for each in list_corpora():
        measure(each)
