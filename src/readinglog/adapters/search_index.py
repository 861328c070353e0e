"""The index of words, which Pagefind makes of the notes' words once the site stands."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from readinglog.notebook import Notebook
from readinglog.query import Corpus, catalogue
from readinglog.query.corpus import pieces
from readinglog.query.texts import GAP, Text

FOLDER = "pagefind"
_NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "wasm.en.pagefind", "*.pf_meta", "index")
_RECORD = '<html lang="en"><body><p data-pagefind-sort="order:{order:07}">{words}</p></body></html>'
_GAP = "."  # takes a position, and is no word


class IndexFailure(Exception):  # noqa: N818 - the site stands without it
    """Why there is no index of words."""

    def __str__(self) -> str:
        return f"{self.args[0]}: the search page finds notes by tag and other fields, but not by words"


def write_index(notebook: Notebook, site: Path) -> None:
    """Make the index for `notebook` in the finished site; what was there before is replaced when it is whole.

    Raises IndexFailure where Pagefind is missing or fails.
    """
    if importlib.util.find_spec("pagefind") is None:
        message = "Pagefind is not installed (`pip install pagefind[bin]`)"
        raise IndexFailure(message)
    if not notebook.published:
        return
    with tempfile.TemporaryDirectory(prefix="readinglog-") as folder:
        records, made = Path(folder) / "records", Path(folder) / FOLDER
        records.mkdir()
        _write_records(notebook, records)
        _run(records, made)
        _replace(made, site / FOLDER)


def _write_records(notebook: Notebook, folder: Path) -> None:
    """A file for each note that holds its words in the frame that `query.texts` lays down."""
    corpus = Corpus(notebook)
    stamp = catalogue.stamp(corpus)
    for order, note in enumerate(catalogue.ordered(corpus)):
        tokens = Text(pieces(note, notebook)).tokens[1:]
        words = " ".join((stamp, *(token if token != GAP else _GAP for token in tokens)))
        text = _RECORD.format(order=order, words=words)
        (folder / f"{order:07}.html").write_text(text, encoding="utf-8", errors="replace")


def _run(records: Path, out: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(records), "--output-path", str(out), "--force-language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)  # noqa: S603 - our own words
    if done.returncode or not (out / "pagefind.js").is_file():
        last = (done.stderr or done.stdout).strip().splitlines()[-1:] or [f"it ended with {done.returncode}"]
        message = f"Pagefind failed: {last[0].strip()}"
        raise IndexFailure(message)


def _replace(made: Path, place: Path) -> None:
    """Put what the page needs of `made` at `place`."""
    fresh = place.with_name(f"{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for pattern in _NEEDED:
        for path in made.glob(pattern):
            shutil.move(path, fresh / path.name)
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)


class Follower:
    """Makes the index beside a preview, one at a time, and for the last of the notebooks it is handed."""

    def __init__(self, warn: Callable[[str], None]) -> None:
        self._warn = warn
        self._lock = threading.Lock()
        self._wanted = 0

    def follow(self, notebook: Notebook, site: Path) -> None:
        """Have the index made; this does not wait for it."""
        self._wanted += 1
        threading.Thread(target=self._make, args=(notebook, site, self._wanted), daemon=True).start()

    def _make(self, notebook: Notebook, site: Path, number: int) -> None:
        with self._lock:
            if number != self._wanted:
                return
            try:
                write_index(notebook, site)
            except IndexFailure as failure:
                self._warn(str(failure))
            except OSError as error:
                if number == self._wanted:  # else the folder was emptied for the next build
                    self._warn(str(IndexFailure(f"the index cannot be written ({error})")))
