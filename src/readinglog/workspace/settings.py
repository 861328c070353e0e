"""The settings of a repository: `readinglog.toml`, or `[tool.readinglog]` in `pyproject.toml`."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.diagnostic import Severity
from readinglog.model.errors import ReadinglogError
from readinglog.model.fuzzy_index import find_nearest

_PROJECT_FILE = "pyproject.toml"
_OWN_FILE = "readinglog.toml"  # where it is there, the other is not read
SETTINGS_FILES = (_OWN_FILE, _PROJECT_FILE)
_SETTINGS = ("notes", "people", "attachment_megabytes", "severity", "math")
_MEGABYTE = 1_000_000


class SettingsError(ReadinglogError):
    """A setting that cannot be read. The message says where it is and what to write."""


class Settings(NamedTuple):
    """The root of the repository, the folder of its notes, the severities set for rules, the TeX
    macros by name, how many bytes a file may have that is published beside the notes, and the
    people who may write notes, none where everybody may.
    """

    root: Path
    notes: Path
    severity: dict[str, Severity]
    macros: Mapping[str, str] = MappingProxyType({})
    attachment_limit: int = SIZE_LIMIT
    people: tuple[str, ...] = ()

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
    `readinglog.toml`, `pyproject.toml` or `.git`, else `start` itself.
    """
    start = start.resolve()
    root = next(filter(_is_root, (start, *start.parents)), start)
    table, place = _read_table(root)
    for name in table:
        if name not in _SETTINGS:
            *others, last = (f"`{each}`" for each in _SETTINGS)
            message = f"{place} has no setting `{name}`; it has {', '.join(others)} and {last}"
            raise SettingsError(message)
    notes = table.get("notes", "notes")
    if not isinstance(notes, str):
        message = f"{place} `notes` is `{notes}`; write the path of a folder"
        raise SettingsError(message)
    severities = _get_table(table, "severity", place)
    return Settings(
        root,
        root / notes,
        {rule: _parse_severity(rule, value, place) for rule, value in severities.items()},
        _parse_macros(_get_table(table, "math", place), place),
        _parse_limit(table.get("attachment_megabytes", SIZE_LIMIT / _MEGABYTE), place),
        _parse_people(table.get("people", []), place),
    )


def has_settings(root: Path) -> bool:
    """Return whether a folder has settings of its own.

    Raise SettingsError where they cannot be read.
    """
    return (root / _OWN_FILE).is_file() or bool(_read_table(root)[0])


def _is_root(folder: Path) -> bool:
    return any((folder / file).is_file() for file in SETTINGS_FILES) or (folder / ".git").exists()


def _read_table(root: Path) -> tuple[dict[str, object], str]:
    """Return the settings, empty where there are none, and what messages call their place."""
    if (root / _OWN_FILE).is_file():
        return _read_file(root / _OWN_FILE), f"{_OWN_FILE}:"
    place = f"{_PROJECT_FILE}: [tool.readinglog]"
    if not (root / _PROJECT_FILE).is_file():
        return {}, place
    tables = _read_file(root / _PROJECT_FILE)
    tools = _get_table(tables, "tool", f"{_PROJECT_FILE}:")
    return _get_table(tools, "readinglog", f"{_PROJECT_FILE}:"), place


def _read_file(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file.name}: {error}"
        raise SettingsError(message) from error


def _get_table(parent: dict[str, object], name: str, place: str) -> dict[str, object]:
    """Return the table `name` in `parent`, empty where it is missing."""
    value = parent.get(name, {})
    if not isinstance(value, dict):
        message = f"{place} `{name}` is `{value}`; write it as a table"
        raise SettingsError(message)
    return value


def _parse_macros(table: dict[str, object], place: str) -> dict[str, str]:
    """Return the macros in the table `math`."""
    from readinglog.parsing.latex.macros import read_macros  # noqa: PLC0415 - few logs have some

    if not table:
        return {}
    for name in table:
        if name != "macros":
            message = f"{place} `math` has no setting `{name}`; it has `macros`"
            raise SettingsError(message)
    macros = {name: str(body) for name, body in _get_table(table, "macros", place).items()}
    try:
        read_macros(macros)
    except ValueError as error:
        message = (
            f"{place} `math.macros`: `{error}` cannot be read; write a name of letters and "
            "LaTeX with matching braces, such as `R = '\\mathbb{R}'`"
        )
        raise SettingsError(message) from None
    return macros


def _parse_limit(value: object, place: str) -> int:
    """Return a limit in bytes that is set in megabytes."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        message = f"{place} `attachment_megabytes` is `{value}`; write a number, such as 20"
        raise SettingsError(message)
    return int(value * _MEGABYTE)


def _parse_people(value: object, place: str) -> tuple[str, ...]:
    """Return the names in a list, each in one line."""
    items = value if isinstance(value, list) else [value]
    names = [" ".join(item.split()) for item in items if isinstance(item, str)]
    if not isinstance(value, list) or len(names) < len(items) or not all(names):
        message = f"{place} `people` is `{value}`; write a list of names, such as ['Ada Adams']"
        raise SettingsError(message)
    return tuple(names)


def _parse_severity(rule: str, value: object, place: str) -> Severity:
    from readinglog.lint.rules import RULES  # noqa: PLC0415 - few logs set one

    table = (
        f"{place} [severity]"
        if place.startswith(_OWN_FILE)
        else f"{_PROJECT_FILE}: [tool.readinglog.severity]"
    )
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
