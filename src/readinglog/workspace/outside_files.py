"""The files of the repository that notes link to out of their folder."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from readinglog.model.note import Note
from readinglog.notebook.links import make_outside_path
from readinglog.workspace.forge import make_view_pattern
from readinglog.workspace.git import try_git

_REPO_URL = re.compile(r"^repo_url:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)


def find_outside_files(folder: Path, notes: Iterable[Note]) -> dict[str, str]:
    """Return the web addresses of the files out of `folder` to which `notes` link, by path.

    An address is '' where the repository has none. What is not in the repository does not count.
    """
    paths = {
        path for note in notes for link in note.links if (path := make_outside_path(link, note))
    }
    if not paths:
        return {}
    notes_folder = folder.resolve()
    root = Path(try_git(folder, "rev-parse", "--show-toplevel") or notes_folder.parent).resolve()
    pattern = make_view_pattern(folder, _read_repo_url(notes_folder, root))
    found: dict[str, str] = {}
    for path in sorted(paths):
        file = (notes_folder / path).resolve()
        if file.is_relative_to(root) and file != root and _exists(file):
            found[path] = pattern.replace("{path}", quote(file.relative_to(root).as_posix()))
    return found


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):  # a name too long, or with a null byte
        return False


def _read_repo_url(notes: Path, root: Path) -> str:
    """Return the `repo_url` in the settings of the site, or ''.

    They are above the notes, or among them.
    """
    folders = [folder for folder in (notes, *notes.parents) if folder.is_relative_to(root)]
    for folder in folders:
        try:
            text = (folder / "mkdocs.yml").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        found = _REPO_URL.search(text)
        return found[1] if found else ""
    return ""
