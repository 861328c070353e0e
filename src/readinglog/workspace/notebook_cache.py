"""The folder in which a build finds what earlier ones have kept of a notebook."""

from __future__ import annotations

from pathlib import Path
from weakref import WeakKeyDictionary

from readinglog.notebook.notebook import Notebook

_CACHES: WeakKeyDictionary[Notebook, Path] = WeakKeyDictionary()


def set_cache(notebook: Notebook, cache: Path) -> None:
    """Have all views of a notebook keep in `cache` what takes time."""
    _CACHES[notebook] = cache


def find_cache(notebook: Notebook) -> Path | None:
    """Return the cache of a notebook, or None where it has none."""
    return _CACHES.get(notebook)
