"""The preview of a log: the site as the notes are now, and what a change makes of it."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from readinglog.lint.linter import NoteChecks, check_notebook
from readinglog.lint.new_diagnostics import find_new_diagnostics
from readinglog.lint.reporters import Report
from readinglog.lint.reporters.concise import format_line
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.errors import ReadinglogError, describe_os_error
from readinglog.model.note import Note
from readinglog.model.printable import make_printable
from readinglog.model.text import pluralize
from readinglog.notebook.notebook import Notebook
from readinglog.servers.problems import find_problems, is_problem, render_problems
from readinglog.servers.watcher import Watcher
from readinglog.site.addresses import make_note_address
from readinglog.site.mkdocs_build import BuildMemory
from readinglog.site.mkdocs_session import MkDocsSession, SiteOnDemand
from readinglog.site.rendering import forget_templates, render
from readinglog.workspace.files import is_note
from readinglog.workspace.kept_diagnostics import KeptDiagnostics
from readinglog.workspace.notebook_cache import find_cache
from readinglog.workspace.settings import SETTINGS_FILES, Settings, find_settings

_PACKAGE = Path(__file__).parent.parent
_NAMED = 3  # changed files that are named in the terminal
_LISTED = 50  # diagnostics that are printed at once
_MISSING = 0.1  # seconds for which a note may be missing while it is written
_PAUSE = 0.3  # seconds without a change before the whole log is checked
_TURN = 0.005  # seconds for which the check waits for its turn


@dataclass(frozen=True)
class Answer:
    """What the server has at a path: HTTP's status, the file's path, and what it holds.

    `box` is what the preview adds to a page; `digest` tells whether it has changed.
    """

    status: int
    path: str
    data: bytes
    box: str = ""
    digest: str = ""


@dataclass(frozen=True)
class Edition:
    """The site of one reading of the notes, or the error for which there is none.

    `path` is that of the site at its host. `touched` has the names of the attachments that have
    changed, each with the number of the edition since when.
    """

    number: int
    path: str
    site: SiteOnDemand | None = None
    notebook: Notebook | None = None
    settings: Settings | None = None
    error: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    touched: dict[str, int] = field(default_factory=dict)

    @property
    def is_busy(self) -> bool:
        """Whether a file of the site is being made."""
        return self.site is not None and self.site.is_busy

    def answer(self, path: str) -> Answer:
        """Return what is at a path of the site; pages are made once."""
        found = self.answers.get(path)
        if found is None:
            found = self._make_answer(path)
            if found.path.endswith(".html"):
                self.answers[path] = found
        return found

    def _make_answer(self, path: str) -> Answer:
        if self.site is None:
            return self._show_error("The site cannot be made", self.error)
        try:
            return self._make_file(self.site, path)
        except Exception as error:  # noqa: BLE001 - a preview outlives all that it shows
            return self._show_error("This page cannot be made", describe_error(error))

    def _make_file(self, site: SiteOnDemand, path: str) -> Answer:
        data = site.make(path)
        if data is None:
            missing = site.make("404.html") or b"404"
            return Answer(404, "404.html", missing, digest=_make_digest("404", missing))
        page = site.get_page(path) if path.endswith(".html") else None
        # What a page with a script of its own shows is in other files, which any change may change.
        number = self.number if page and page.script else 0
        shown = [since for name, since in self.touched.items() if name.encode() in data]
        box = self._make_box(path) if page else ""
        return Answer(200, path, data, box, _make_digest(f"{number} {shown} {box}", data))

    def _make_box(self, path: str) -> str:
        note = self._notes.get(path)
        if note is None or self.notebook is None or self.settings is None:
            return ""
        found = find_problems(note, self.notebook, self.settings)
        return render_problems(note, found, self.settings)

    @cached_property
    def _notes(self) -> dict[str, Note]:
        publication = self.notebook.publication if self.notebook else None
        notes = (*publication.notes, *publication.pages) if publication else ()
        return {f"{make_note_address(note)}index.html": note for note in notes}

    def _show_error(self, title: str, message: str) -> Answer:
        data = str(render("preview_error.html", "", title=title, message=message)).encode()
        return Answer(500, "error.html", data, digest=_make_digest("", data))


class Preview:
    """Keeps the site as the notes are. `echo` prints a line.

    Raise ReadinglogError where there is nothing to begin with.
    """

    def __init__(self, config_file: Path, origin: str, echo: Callable[[str], None]) -> None:
        self._config_file, self._origin, self._echo = config_file, origin, echo
        self._memory = BuildMemory()
        self._changed = threading.Condition()
        self._updating = threading.Lock()
        self.open_pages: Counter[str] = Counter()  # paths of pages that browsers show
        self._session = self._start_session()
        self.is_over = False
        self.edition = Edition(1, self._session.path, *self._describe_log())
        self._checked: tuple[Notebook, Settings] | None = None
        self._watcher = Watcher(self._follow)

    def watch(self) -> None:
        """Begin to follow what changes."""
        self._watcher.start()
        self._watcher.watch(*self._list_watched())
        self.update()  # what has changed since the start
        threading.Thread(target=self._check_changes, name="checker", daemon=True).start()

    @property
    def is_checked(self) -> bool:
        """Whether the problems of the log as it was at the start have been printed."""
        return self._checked is not None

    def stop(self) -> None:
        """End that at once, and all that waits for a change."""
        self._watcher.stop()
        with self._changed:
            self.is_over = True
            self._changed.notify_all()

    def _follow(self, changed: set[Path]) -> None:
        self.update(changed)
        self._watcher.watch(*self._list_watched())

    def _list_watched(self) -> tuple[list[Path], list[Path]]:
        """Return the folders and the files that the site is made of."""
        config = self._session.config
        own = [_PACKAGE / "site" / name for name in ("templates", "theme")]
        themes = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        folders = [Path(config.docs_dir), *own, *themes, *map(Path, config.watch)]
        beside, settings = self._config_file.absolute().parent, self.edition.settings
        roots = {beside, settings.root if settings else beside}
        files = [root / name for root in roots for name in SETTINGS_FILES]
        return folders, [self._config_file, *files]

    def update(self, changed: Collection[Path] = ()) -> None:
        """Bring the site up to date with files that may have changed."""
        started = time.monotonic()
        with self._updating:
            before = self.edition
            try:
                names = self._read_changes(changed)
                if not names:
                    return
                edition = Edition(before.number + 1, self._session.path, *self._describe_log())
                edition.touched.update(before.touched, **self._list_attachments(names))
            except Exception as error:  # noqa: BLE001 - the next save may mend what is wrong
                names = self._list_names(changed)
                edition = Edition(before.number + 1, before.path, error=describe_error(error))
            if edition.error and edition.error == before.error:
                return
            self._publish(edition)
        ready = self._make_open_pages(edition)
        seconds = time.monotonic() - started
        self._echo(f"{_join_names(names)} changed: {ready} after {seconds:.2f} s")
        if edition.error:
            lines = map(make_printable, edition.error.splitlines())
            self._echo("error: " + "\n  ".join(lines))

    def _read_changes(self, changed: Collection[Path]) -> list[str]:
        """Return the names of the files that have changed the site."""
        notes = Path(self._session.config.docs_dir).absolute()
        if self.edition.error or not all(path.is_relative_to(notes) for path in changed):
            self._session = self._start_session()
            return self._list_names(changed)
        self._wait_for_missing(changed, notes)
        prefix = self.edition.settings.prefix if self.edition.settings else ""
        return [f"{prefix}{path}" for path in self._session.update()]

    def _wait_for_missing(self, changed: Collection[Path], notes: Path) -> None:
        """Give a note that is not there the time in which some editors write it anew; if another is
        there, it was renamed.
        """
        known = {notes / note.path for note in self._session.notebook.notes}
        missing = [path for path in changed if path in known and not path.exists()]
        if any(is_note(path.name) and path not in known and path.exists() for path in changed):
            return
        last = time.monotonic() + _MISSING
        while time.monotonic() < last and not all(path.exists() for path in missing):
            time.sleep(0.01)

    def _list_attachments(self, names: Iterable[str]) -> dict[str, int]:
        """Return the quoted names of attachments among changed files, with the next edition."""
        return {
            quote(name.rpartition("/")[2]): self.edition.number + 1
            for name in names
            if not is_note(name)
        }

    def wait(self, number: int, timeout: float) -> Edition:
        """Return the present edition: at once if it is not that with the number, else after a
        change, `timeout` seconds, or when all is over.
        """
        with self._changed:
            self._changed.wait_for(lambda: self.is_over or self.edition.number != number, timeout)
            return self.edition

    @contextmanager
    def keep_open(self, path: str) -> Iterator[None]:
        """Count a page as open in a browser."""
        with self._changed:
            self.open_pages[path] += 1
        try:
            yield
        finally:
            with self._changed:
                self.open_pages[path] -= 1

    def _check_changes(self) -> None:
        """Print the problems of the log, and after each change those that are new."""
        self._print_problems(self.edition)
        number = self.edition.number
        while not self.is_over:
            edition = self.wait(number, 3600)
            while (later := self.wait(edition.number, _PAUSE)) is not edition:
                edition = later
            if edition.number != number:
                number = edition.number
                self._print_problems(edition)

    def _start_session(self) -> MkDocsSession:
        forget_templates()
        session = MkDocsSession(self._config_file, self._memory, self._origin)
        for warning in session.warnings:
            self._echo(f"warning: {warning}")
        return session

    def _describe_log(self) -> tuple[SiteOnDemand, Notebook, Settings]:
        notes = Path(self._session.config.docs_dir).resolve()
        settings = find_settings(notes)._replace(notes=notes)
        return self._session.site, self._session.notebook, settings

    def _publish(self, edition: Edition) -> None:
        with self._changed:
            self.edition = edition
            self._changed.notify_all()

    def _make_open_pages(self, edition: Edition) -> str:
        paths = [path for path, number in list(self.open_pages.items()) if number > 0]
        for path in paths:
            edition.answer(path)
        return f"{pluralize(paths, 'open page')} ready" if paths else "ready"

    def _list_names(self, changed: Iterable[Path]) -> list[str]:
        root = self._config_file.absolute().parent
        return sorted(
            str(path.relative_to(root) if path.is_relative_to(root) else path) for path in changed
        )

    def _print_problems(self, edition: Edition) -> None:
        """Print the problems of the log that it did not have when it was last checked."""
        if edition.notebook is None or edition.settings is None:
            return
        notebook, settings = edition.notebook, edition.settings
        cache = find_cache(notebook)
        kept = KeptDiagnostics(cache, notebook, settings.severity) if cache else None

        def check_in_turn(
            checks: NoteChecks, notes: Sequence[Note]
        ) -> Iterator[Iterable[Diagnostic]]:
            for note in notes:
                self._let_readers_first(edition)
                yield from kept.check_notes(checks, [note]) if kept else [checks(note)]

        try:
            diagnostics = check_notebook(notebook, settings.severity, check_notes=check_in_turn)
        except _SupersededError:
            return
        finally:
            if kept:
                kept.keep()
        new = found = list(filter(is_problem, diagnostics))
        if self._checked and self._checked[1] == settings:
            new = find_new_diagnostics(found, self._checked[0], notebook)
        self._checked = (notebook, settings)
        report = Report(new, len(notebook.notes), settings.prefix)
        for diagnostic in new[:_LISTED]:
            self._echo(format_line(report, diagnostic))
        if len(new) > _LISTED:
            self._echo(f"and {len(new) - _LISTED} more; `readinglog check` shows them")

    def _let_readers_first(self, edition: Edition) -> None:
        """Wait while a change is read or a page is made. Raise _SupersededError where there is a
        later edition, which is checked next.
        """
        while not self.is_over and (self._updating.locked() or edition.is_busy):
            time.sleep(_TURN)
        if self.edition is not edition:
            raise _SupersededError


class _SupersededError(Exception):
    """The log has changed while it was checked."""


def _join_names(names: list[str]) -> str:
    more = len(names) - _NAMED
    shown = [*names[:_NAMED], f"{more} more"] if more > 0 else names
    return make_printable(", ".join(shown))


def describe_error(error: Exception) -> str:
    """Return what a person needs to know of an error."""
    if isinstance(error, ReadinglogError):
        return str(error)
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename} cannot be read: {describe_os_error(error)}"
    return f"{type(error).__name__}: {error}"


def _make_digest(text: str, data: bytes) -> str:
    return blake2b(text.encode() + b"\0" + data, digest_size=12).hexdigest()
