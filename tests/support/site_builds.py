"""Sites built for the tests: by MkDocs as anyone would build them, or from a tree by another
engine.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from support.program import decode, run_program

BIN = Path(sys.executable).parent
CONFIG = "site_name: A log\ndocs_dir: notes\ntheme: {name: material, font: false}\nplugins: [readinglog]\nextra: {generator: false}\n"


def run_or_fail(program: str, *words: str, cwd: Path, **env: str) -> str:
    """Run `mkdocs` or `readinglog` in a folder, and return all that it prints; fail where it does."""
    around = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | env
    done = decode(run_program([str(BIN / program), *words], cwd, around, timeout=600))
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def build_notes(notes: Path, folder: Path, more: str = "", engine: str = "") -> Path:
    """Build the site of a folder of notes in a new folder; `more` is added to its configuration."""
    shutil.copytree(notes, folder / "notes")
    (folder / "mkdocs.yml").write_text(CONFIG + more, encoding="utf-8")
    if not engine:
        return _build(folder)
    words = ("build", "--engine", engine, "--config", "mkdocs.yml", "--site-dir", "site")
    run_or_fail("readinglog", *words, cwd=folder)
    return folder / "site"


def build_log(log: Path, folder: Path, **env: str) -> Path:
    """Build the site of a log, its `notes` by its `mkdocs.yml`, strictly in a new folder, for the
    root of a host.
    """
    shutil.copytree(log / "notes", folder / "notes")
    shutil.copy(log / "mkdocs.yml", folder)
    return _build(folder, "--strict", SITE_URL="http://localhost/", **env)


def build_log_once(log: Path, folder: Path) -> Path:
    """Build the site of a log as above, once in a run."""
    return build_once(folder, lambda new: build_log(log, new))


def build_notes_once(notes: Path, folder: Path) -> Path:
    """Build the site of a folder of notes as above, once in a run."""
    return build_once(folder, lambda new: build_notes(notes, new))


def build_once(folder: Path, build: Callable[[Path], Path]) -> Path:
    """Return the site that `build` makes in a new folder, or that another process of this run has
    made there; where one is about to, wait for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    built = folder / "built"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            built.write_text(str(build(folder / "log")), encoding="utf-8")
    return Path(built.read_text(encoding="utf-8"))


def shared_folder(basetemp: Path) -> Path:
    """Return the temporary folder that all processes of this run have in common; pytest-xdist gives
    each one below it.
    """
    return basetemp.parent if "PYTEST_XDIST_WORKER" in os.environ else basetemp


def _build(folder: Path, *options: str, **env: str) -> Path:
    run_or_fail("mkdocs", "build", "--quiet", *options, cwd=folder, **env)
    return folder / "site"
