"""The files of the repository that notes link to out of their folder."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from readinglog.model.note import Note
from readinglog.workspace.forge import make_view_pattern
from readinglog.workspace.git import try_git
from readinglog.workspace.site_settings import find_site_settings


def find_outside_files(folder: Path, notes: Iterable[Note]) -> dict[str, str]:
    """Return the web addresses of the files out of `folder` to which `notes` link, by path.

    An address is '' where the repository has none. What is not in the repository does not count.
    """
    paths = {path for note in notes for path in note.outside_paths}
    if not paths:
        return {}
    notes_folder = folder.resolve()
    root = Path(try_git(folder, "rev-parse", "--show-toplevel") or notes_folder.parent).resolve()
    site = find_site_settings(notes_folder, root)
    pattern = make_view_pattern(folder, site.repo_url if site else "")
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
