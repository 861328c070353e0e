"""Settings: `[tool.readinglog]` in `pyproject.toml`, the one place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from readinglog.lint.rules import RULES
from readinglog.model.diagnostic import Severity
from readinglog.model.fuzzy_index import find_nearest


class SettingsError(ValueError):
    """A setting that means nothing, with the place and what to write."""


class Settings(NamedTuple):
    """Where the repository starts, where its notes are, and what its rules weigh."""

    root: Path
    notes: Path
    severity: dict[str, Severity]

    @property
    def prefix(self) -> str:
        """What stands before the path of a note to make it relative to the repository."""
        if self.notes == self.root or not self.notes.is_relative_to(self.root):
            return ""
        return f"{self.notes.relative_to(self.root).as_posix()}/"


def find_settings(start: Path) -> Settings:
    """The settings of the repository around `start`: of the nearest folder above it that has a `pyproject.toml` or `.git`."""
    start = start.resolve()
    root = next(
        (
            at
            for at in (start, *start.parents)
            if (at / "pyproject.toml").is_file() or (at / ".git").exists()
        ),
        start,
    )
    file = root / "pyproject.toml"
    if not file.is_file():
        return Settings(root, root / "notes", {})
    try:
        table = _table(
            _table(tomllib.loads(file.read_text(encoding="utf-8")), "tool"), "readinglog"
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file.name}: {error}"
        raise SettingsError(message) from error
    for name in table:
        if name not in ("notes", "severity"):
            message = f"{file.name}: [tool.readinglog] has no setting `{name}`; it has `notes` and `severity`"
            raise SettingsError(message)
    notes = table.get("notes", "notes")
    if not isinstance(notes, str):
        message = f"{file.name}: [tool.readinglog] `notes` is `{notes}`; write the path of a folder"
        raise SettingsError(message)
    weights = _table(table, "severity")
    return Settings(
        root,
        root / notes,
        {rule: _severity(file.name, rule, value) for rule, value in weights.items()},
    )


def _table(within: dict[str, object], name: str) -> dict[str, object]:
    """The table `name` of another; empty where there is none."""
    value = within.get(name, {})
    if not isinstance(value, dict):
        message = f"pyproject.toml: `{name}` is `{value}`; write it as a table"
        raise SettingsError(message)
    return value


def _severity(file: str, rule: str, value: object) -> Severity:
    where = f"{file}: [tool.readinglog.severity]"
    if rule not in RULES:
        near = find_nearest(rule, RULES)
        message = f"{where} no rule is named `{rule}`" + (
            f"; did you mean `{near}`?" if near else ""
        )
        raise SettingsError(message)
    try:
        return Severity(str(value))
    except ValueError:
        message = f"{where} `{rule}` is `{value}`; write one of {', '.join(Severity)}"
        raise SettingsError(message) from None
