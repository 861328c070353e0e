"""The settings of a repository: `[tool.readinglog]` in `pyproject.toml`."""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.diagnostic import Severity
from readinglog.model.errors import ReadinglogError
from readinglog.model.fuzzy_index import find_nearest

_FILE = "pyproject.toml"
_SETTINGS = ("notes", "attachment_megabytes", "severity")
_MEGABYTE = 1_000_000


class SettingsError(ReadinglogError):
    """A setting that cannot be read. The message says where it is and what to write."""


class Settings(NamedTuple):
    """The root of the repository, the folder of its notes, the severities set for rules, and how
    many bytes a file may have that is published beside the notes.
    """

    root: Path
    notes: Path
    severity: dict[str, Severity]
    attachment_limit: int = SIZE_LIMIT

    @property
    def cache(self) -> Path:
        """The folder of what can be made again."""
        return self.root / ".cache" / "readinglog"

    @property
    def prefix(self) -> str:
        """What makes the path of a note relative to the repository, such as `notes/`."""
        if self.notes == self.root or not self.notes.is_relative_to(self.root):
            return ""
        return f"{self.notes.relative_to(self.root).as_posix()}/"


def find_settings(start: Path) -> Settings:
    """Return the settings of the repository around `start`.

    Raise SettingsError where they cannot be read. Its root is the nearest folder that has a
    `pyproject.toml` or `.git`, else `start` itself.
    """
    start = start.resolve()
    root = next(filter(_is_root, (start, *start.parents)), start)
    file = root / _FILE
    if not file.is_file():
        return Settings(root, root / "notes", {})
    table = _read_table(file)
    for name in table:
        if name not in _SETTINGS:
            *others, last = (f"`{each}`" for each in _SETTINGS)
            message = (
                f"{_FILE}: [tool.readinglog] has no setting `{name}`; "
                f"it has {', '.join(others)} and {last}"
            )
            raise SettingsError(message)
    notes = table.get("notes", "notes")
    if not isinstance(notes, str):
        message = f"{_FILE}: [tool.readinglog] `notes` is `{notes}`; write the path of a folder"
        raise SettingsError(message)
    severities = _get_table(table, "severity")
    return Settings(
        root,
        root / notes,
        {rule: _parse_severity(rule, value) for rule, value in severities.items()},
        _parse_limit(table.get("attachment_megabytes", SIZE_LIMIT / _MEGABYTE)),
    )


def _is_root(folder: Path) -> bool:
    return (folder / _FILE).is_file() or (folder / ".git").exists()


def _read_table(file: Path) -> dict[str, object]:
    """Return `[tool.readinglog]`, empty where it is missing."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{_FILE}: {error}"
        raise SettingsError(message) from error
    return _get_table(_get_table(tables, "tool"), "readinglog")


def _get_table(parent: dict[str, object], name: str) -> dict[str, object]:
    """Return the table `name` in `parent`, empty where it is missing."""
    value = parent.get(name, {})
    if not isinstance(value, dict):
        message = f"{_FILE}: `{name}` is `{value}`; write it as a table"
        raise SettingsError(message)
    return value


def _parse_limit(value: object) -> int:
    """Return a limit in bytes that is set in megabytes."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        message = (
            f"{_FILE}: [tool.readinglog] `attachment_megabytes` is `{value}`; "
            "write a number, such as 20"
        )
        raise SettingsError(message)
    return int(value * _MEGABYTE)


def _parse_severity(rule: str, value: object) -> Severity:
    from readinglog.lint.rules import RULES  # noqa: PLC0415 - few logs set one

    table = f"{_FILE}: [tool.readinglog.severity]"
    if rule not in RULES:
        near = find_nearest(rule, RULES)
        suggestion = f"; did you mean `{near}`?" if near else ""
        message = f"{table} no rule is named `{rule}`{suggestion}"
        raise SettingsError(message)
    try:
        return Severity(str(value))
    except ValueError:
        message = f"{table} `{rule}` is `{value}`; write one of {', '.join(Severity)}"
        raise SettingsError(message) from None
