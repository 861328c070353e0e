"""Watching folders and files, until what changes in them has come to rest."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from readinglog.workspace.files import is_skipped

_QUIET = 0.03  # seconds without a change, after which the changes of one save are over
_LONGEST = 0.3  # seconds after which changes are reported even if more are coming
_AGAIN = 0.5  # seconds until a folder that is not there is looked for again
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})
_SCRATCH = ("4913", "~")  # ends of names by which editors keep a file while they write it


class Watcher(FileSystemEventHandler):
    """Calls `report` with the paths of what has changed in what is watched, in a thread."""

    def __init__(self, report: Callable[[set[Path]], None]) -> None:
        self._report = report
        self._folders: frozenset[Path] = frozenset()
        self._files: frozenset[Path] = frozenset()
        self._changed: set[Path] = set()
        self._wake = threading.Condition()
        self._observer = Observer()
        self._missing: set[Path] = set()
        self._is_over = False

    def watch(self, folders: Iterable[Path], files: Iterable[Path]) -> None:
        """Watch all that is in folders, and files; what was watched before is not any more."""
        before = (self._folders, self._files)
        self._folders = frozenset(folder.absolute() for folder in folders)
        self._files = frozenset(file.absolute() for file in files)
        if (self._folders, self._files) != before:
            self._schedule()

    def start(self) -> None:
        """Begin to report."""
        self._observer.start()
        threading.Thread(target=self._run, name="watcher", daemon=True).start()

    def stop(self) -> None:
        """End at once."""
        with self._wake:
            self._is_over = True
            self._wake.notify()
        self._observer.stop()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note what has changed. The folders around what is watched are watched, too."""
        is_seen_below = event.is_directory and event.event_type == "modified"
        if event.event_type not in _CHANGES or is_seen_below:
            return
        paths = {Path(str(path)) for path in (event.src_path, event.dest_path) if path}
        changed = set(filter(self._is_watched, paths))
        if not changed:
            return
        with self._wake:
            self._changed |= changed
            self._wake.notify()

    def _is_watched(self, path: Path) -> bool:
        if path in self._files or path in self._folders:
            return True
        folder = next((folder for folder in self._folders if path.is_relative_to(folder)), None)
        if folder is None or path.name.endswith(_SCRATCH):
            return False
        return not any(map(is_skipped, path.relative_to(folder).parts))

    def _schedule(self) -> None:
        self._observer.unschedule_all()
        self._missing = set()
        for folder in self._folders:
            self._add(folder, recursive=True)
        # A folder that is renamed or comes back is seen from the one around it.
        around = {path.parent for path in self._folders | self._files}
        for folder in around - self._folders:
            self._add(folder, recursive=False)

    def _add(self, folder: Path, *, recursive: bool) -> None:
        try:
            self._observer.schedule(self, str(folder), recursive=recursive)
        except OSError:
            self._missing.add(folder)

    def _run(self) -> None:
        while changed := self._wait():
            if self._missing or changed & self._folders:
                self._schedule()
            self._report(changed)

    def _wait(self) -> set[Path]:
        """Return what has changed, once it has come to rest; nothing when all is over."""
        with self._wake:
            while not self._changed and not self._is_over:
                self._wake.wait(_AGAIN if self._missing else None)
                self._changed.update(folder for folder in self._missing if folder.is_dir())
            last = time.monotonic() + _LONGEST
            while not self._is_over and time.monotonic() < last and self._wake.wait(_QUIET):
                pass
            changed, self._changed = self._changed, set()
            return set() if self._is_over else changed
