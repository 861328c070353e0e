"""The notes to measure with: made-up ones, or those of the folder that NOTES names."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import generate

_COUNTS = (1_000, 10_000)


@dataclass(frozen=True)
class Corpus:
    """Notes in a folder of their own, `notes`, which may be edited."""

    folder: Path
    count: int

    @property
    def notes(self) -> Path:
        return self.folder / "notes"


def list_corpora() -> Iterator[Corpus]:
    """Yield the notes to measure with, and say which they are; those before are gone by then.

    Without NOTES, so many are made as the command line says, with the seed SEED or a new one.
    """
    given = os.environ.get("NOTES")
    counts = [int(word) for word in sys.argv[1:]] or list(_COUNTS)
    for count in [0] if given else counts:
        with _make_folder() as folder:
            notes = folder / "notes"
            if given:
                shutil.copytree(given, notes, ignore=shutil.ignore_patterns(".*"))
                print(f"notes of {given}")
            else:
                seed = generate.choose_seed()
                generate.write(notes, count, seed)
                print(f"{count:,} made-up notes, SEED={seed}")
            # Settings of a folder around this one do not count.
            (folder / "pyproject.toml").touch()
            yield Corpus(folder, len(list_notes(notes)))


@contextmanager
def _make_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name).resolve()


def list_notes(notes: Path) -> list[Path]:
    """Return the files of all notes, in order."""
    return sorted(notes.rglob("*.md"))


def choose_note(notes: Path) -> Path:
    """Return the note to edit, the one in the middle that has a title."""
    paths = list_notes(notes)
    middle = len(paths) // 2
    with_title = (path for path in paths[middle:] + paths[:middle] if _TITLE.search(_read(path)))
    return next(with_title)


_TITLE = re.compile(r"^title:[ \t]*[\"']?", re.MULTILINE)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def edit_body(note: Path, text: str) -> None:
    """Add a line to a note."""
    note.write_text(f"{_read(note)}\n{text}\n", encoding="utf-8")


def edit_title(note: Path, text: str) -> None:
    """Write a text in front of the title of a note."""
    source = _read(note)
    note.write_text(_TITLE.sub(rf"\g<0>{text} ", source, count=1), encoding="utf-8")
