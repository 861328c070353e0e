"""What a new log is to be: chosen by a person, or found in its folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml

from readinglog.model.errors import ReadinglogError
from readinglog.model.printable import HIDDEN
from readinglog.workspace.files import (
    SITE_CONFIG,
    is_about_repository,
    is_note,
    is_skipped,
    walk_files,
)
from readinglog.workspace.forge import to_web_url
from readinglog.workspace.git import try_git
from readinglog.workspace.new_log.origin import Origin
from readinglog.workspace.settings import SETTINGS_FILES, find_settings, has_settings

FORGE_NAMES = ("github", "gitlab", "none")
DEFAULT_NAME = "Reading log"
_DEFAULT_NOTES = "notes"
_OTHER_CONFIG = "mkdocs.yaml"  # which MkDocs also takes
_VAULT = ".obsidian"


class NewLogError(ReadinglogError):
    """A log cannot begin so."""


class Choices(NamedTuple):
    """The name of the log, its forge, the path of its folder of notes, and where its workflows get
    the program from; the branch that is published, who owns the repository, the address of the
    site, '' where these are not known; and the day.
    """

    name: str
    forge: str
    notes: str
    origin: Origin
    branch: str
    owner: str
    site_url: str
    date: date

    @property
    def is_at_top(self) -> bool:
        """Whether the notes are in the folder of the log itself, among its settings."""
        return self.notes == "."

    @property
    def prefix(self) -> str:
        """What makes the path of a note relative to the log."""
        return "" if self.is_at_top else f"{self.notes}/"

    @property
    def site(self) -> str:
        """The folder that the site is written to; among notes, one that is not read."""
        return ".site" if self.is_at_top else "site"


class Found(NamedTuple):
    """What the folder of a log tells: `config` is the content of mkdocs.yml, None without one.

    `top` is the folder of the git repository around it, None outside of one.
    """

    config: dict[str, object] | None
    top: Path | None
    repository: str  # its web address
    branch: str

    @property
    def name(self) -> str:
        """The name of the site on one line, '' where none is configured."""
        name = (self.config or {}).get("site_name")
        return " ".join(name.split()) if isinstance(name, str) else ""

    @property
    def forge(self) -> str:
        """The forge of the repository."""
        host = urlsplit(self.repository).hostname or ""
        return next((forge for forge in FORGE_NAMES if forge in host), "none")

    @property
    def owner(self) -> str:
        """The first part of the repository's path."""
        return urlsplit(self.repository).path.strip("/").partition("/")[0]

    @property
    def site_url(self) -> str:
        """The address that GitHub gives to a repository's pages; others are not known before."""
        parts = urlsplit(self.repository)
        owner, _, name = parts.path.strip("/").partition("/")
        if parts.hostname != "github.com" or not name:
            return ""
        host = f"{owner.lower()}.github.io"
        return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


class _LenientLoader(yaml.SafeLoader):
    """Reads YAML whose tags, such as `!ENV`, only MkDocs knows; their values are left out."""


_LenientLoader.add_multi_constructor("", lambda *_: None)


def examine_folder(root: Path) -> Found:
    """Return what the folder of a log tells, which need not exist.

    Raise NewLogError where it cannot be one.
    """
    if root.exists() and not root.is_dir():
        raise NewLogError(f"`{root}` is a file", "name a folder")
    for parent in root.parents:
        if (parent / SETTINGS_FILES[0]).is_file():
            raise NewLogError(f"{root} is in the log {parent}", "run this there, or elsewhere")
    if (root / _OTHER_CONFIG).is_file() and not (root / SITE_CONFIG).exists():
        raise NewLogError(
            f"the settings of the site are in {_OTHER_CONFIG}", f"name it {SITE_CONFIG}"
        )
    there = next(folder for folder in (root, *root.parents) if folder.is_dir())
    top = try_git(there, "rev-parse", "--show-toplevel")
    remote = try_git(there, "remote", "get-url", "origin") if top else ""
    return Found(
        _read_config(root / SITE_CONFIG),
        Path(top).resolve() if top else None,
        to_web_url(remote),
        _find_branch(there),
    )


def _find_branch(folder: Path) -> str:
    """Return the branch that is published: the default one of `origin`, else the current one."""
    head = try_git(folder, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    return (
        head.removeprefix("origin/")
        or try_git(folder, "symbolic-ref", "--short", "HEAD")
        or try_git(folder, "config", "init.defaultBranch")
        or "main"
    )


def _read_config(file: Path) -> dict[str, object] | None:
    if not file.is_file():
        return None
    try:
        content = yaml.load(file.read_text(encoding="utf-8-sig"), _LenientLoader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        message = f"{file.name} cannot be read: {error}"
        raise NewLogError(message, "correct it first") from error
    return content if isinstance(content, dict) else {}


def check_name(name: str) -> str:
    """Return the name of a log without spaces around it. Raise NewLogError where it is none."""
    name = name.strip()
    if not _is_one_line(name):
        raise NewLogError(f"`{name}` cannot be the name of a log", "write it on one line")
    return name


def _is_one_line(text: str) -> bool:
    return len(text.splitlines()) == 1 and not HIDDEN.search(text)


def choose_notes(root: Path, wanted: str, found: Found) -> str:
    """Return the path of the folder of notes, relative to `root`.

    It is the wanted one, else the one that the settings or mkdocs.yml name, else `root` itself if
    it is an Obsidian vault or has notes, else a vault in it, else `notes`. Raise NewLogError where
    the settings name another than the wanted one.
    """
    if wanted:
        wanted = _check_notes(root, wanted)
    for place, path in _list_configured(root, found):
        if wanted and Path(path) != Path(wanted):
            message = f"the notes are in `{path}`, as {place} says, not in `{wanted}`"
            raise NewLogError(message, "change it there, or leave --notes out")
        return _check_notes(root, path)
    if wanted:
        return wanted
    has_notes = any(not is_about_repository(file.name) for file in root.glob("*.md"))
    if (root / _VAULT).is_dir() or (has_notes and not (root / _DEFAULT_NOTES).is_dir()):
        return "."
    vaults = [path for path in sorted(root.glob("*/")) if (path / _VAULT).is_dir()]
    return vaults[0].name if len(vaults) == 1 else _DEFAULT_NOTES


def _list_configured(root: Path, found: Found) -> Iterator[tuple[str, str]]:
    """Yield the files that name a folder of notes, with the folder."""
    if has_settings(root):
        settings = find_settings(root)
        is_inside = settings.notes.is_relative_to(settings.root)
        yield "the settings", settings.prefix or ("." if is_inside else str(settings.notes))
    elif found.config is not None:
        docs = found.config.get("docs_dir")
        yield SITE_CONFIG, docs if isinstance(docs, str) else "docs"


def _check_notes(root: Path, path: str) -> str:
    """Return the path of a folder below `root` as the settings write it.

    Raise NewLogError where it is outside, hidden or a file.
    """
    folder = (root / path).resolve()
    base = root.resolve()
    if not _is_one_line(path) or not folder.is_relative_to(base):
        raise NewLogError(f"`{path}` is not a folder in {root}", "name one in it, such as notes")
    inside = folder.relative_to(base)
    if any(map(is_skipped, inside.parts)):
        raise NewLogError(f"the files in `{path}` are never read", "name another folder")
    if folder.exists() and not folder.is_dir():
        raise NewLogError(f"`{path}` is a file", "name a folder")
    return inside.as_posix()


def list_notes(folder: Path) -> list[str]:
    """Return the paths of the Markdown files in a folder, which need not exist.

    Those about a repository do not count.
    """
    if not folder.is_dir():
        return []
    paths = (path for path, _ in walk_files(folder) if is_note(path))
    return [path for path in paths if not is_about_repository(path)]
