"""Folders as they are on disk."""

from __future__ import annotations

from pathlib import Path


def read_tree(folder: Path) -> dict[str, bytes | None]:
    """Return every file with its bytes and every folder as None, hidden ones too, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }
