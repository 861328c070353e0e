"""The settings of a repository: `readinglog.toml`, or `[tool.readinglog]` in `pyproject.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from readinglog.model.attachments import SIZE_LIMIT
from readinglog.model.diagnostic import Severity
from readinglog.model.fuzzy_index import find_nearest
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.workspace.setting_records import MEGABYTE, SETTING_GROUPS, SITE, TOP
from readinglog.workspace.settings_tables import SettingsError, SettingsTable

_PROJECT_FILE = "pyproject.toml"
_OWN_FILE = "readinglog.toml"  # where it is there, the other is not read
SETTINGS_FILES = (_OWN_FILE, _PROJECT_FILE)
_TABLES = tuple(
    dict.fromkeys(group.name.partition(".")[0] for group in SETTING_GROUPS if group.name)
)
_LONGEST_MACRO = 10_000  # characters


class SiteSettings(NamedTuple):
    """What the site shows besides the notes; None where `mkdocs.yml` alone decides."""

    social_cards: bool | None = None
    markdown_copies: bool | None = None
    map: bool = True
    statistics: bool = True
    claims: bool = True


class Settings(NamedTuple):
    """The root of the repository, the folder of its notes, the severities set for rules, the TeX
    macros by name, how many bytes a file may have that is published beside the notes, the kinds and
    fields of the log, what its site shows, and the people who may write notes, none where everybody
    may.
    """

    root: Path
    notes: Path
    severity: dict[str, Severity]
    macros: Mapping[str, str] = MappingProxyType({})
    attachment_limit: int = SIZE_LIMIT
    schema: Schema = BUILT_IN
    site: SiteSettings = SiteSettings()
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
    table = _read_table(root)
    table.check_names((*TOP.names, *_TABLES))
    return Settings(
        root,
        root / table.get_text("notes", "notes", remedy="write the path of a folder"),
        _read_severities(table.get_table("severity")),
        _read_macros(table.get_table("math")),
        _read_limit(table),
        _read_schema(table),
        _read_site(table.get_table("site")),
        _read_people(table),
    )


def has_settings(root: Path) -> bool:
    """Return whether a folder has settings of its own.

    Raise SettingsError where they cannot be read.
    """
    return (root / _OWN_FILE).is_file() or any(True for _ in _read_table(root))


def _is_root(folder: Path) -> bool:
    return any((folder / file).is_file() for file in SETTINGS_FILES) or (folder / ".git").exists()


def _read_table(root: Path) -> SettingsTable:
    """Return the settings, empty where there are none."""
    if (root / _OWN_FILE).is_file():
        return _read_file(root / _OWN_FILE)
    if not (root / _PROJECT_FILE).is_file():
        return SettingsTable({}, _PROJECT_FILE, ("tool", "readinglog"))
    return _read_file(root / _PROJECT_FILE).get_table("tool").get_table("readinglog")


def _read_file(file: Path) -> SettingsTable:
    try:
        return SettingsTable(tomllib.loads(file.read_text(encoding="utf-8-sig")), file.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{file.name}: {error}"
        raise SettingsError(message) from error


def _read_macros(table: SettingsTable) -> dict[str, str]:
    """Return the macros in the table `math`."""
    from readinglog.parsing.latex.macros import read_macros  # noqa: PLC0415 - few logs have some

    table.check_names(("macros",))
    found = table.get_table("macros")
    macros = {name: found.get_text(name, "", limit=_LONGEST_MACRO) for name in found}
    try:
        read_macros(macros)
    except ValueError as error:
        remedy = (
            "write a name of letters and LaTeX with matching braces, such as `R = '\\mathbb{R}'`"
        )
        raise found.fail(f"`{error}` cannot be read; {remedy}") from None
    return macros


def _read_limit(table: SettingsTable) -> int:
    """Return how many bytes a file may have, which is set in megabytes."""
    limit = table.get_number("attachment_megabytes", SIZE_LIMIT / MEGABYTE, example="20")
    return int(limit * MEGABYTE)


def _read_people(table: SettingsTable) -> tuple[str, ...]:
    """Return the names of those who may write notes, each in one line."""
    remedy = "write a list of names, such as ['Ada Adams']"
    found = table.get_texts("people", remedy=remedy) or ()
    names = tuple(" ".join(name.split()) for name in found)
    if not all(names):
        raise table.fail_value("people", remedy)
    return names


def _read_severities(table: SettingsTable) -> dict[str, Severity]:
    """Return the severities that are set for rules."""
    from readinglog.lint.rules import RULES  # noqa: PLC0415 - few logs set one

    for rule in table:
        if rule not in RULES:
            near = find_nearest(rule, RULES)
            suggestion = f"; did you mean `{near}`?" if near else ""
            raise table.fail(f"no rule is named `{rule}`{suggestion}")
    names = tuple(Severity)
    return {rule: Severity(table.get_choice(rule, "", names)) for rule in table}


def _read_schema(table: SettingsTable) -> Schema:
    """Return the schema with the kinds, fields, fields of claims and colours of the log."""
    names = ("kinds", "fields", "claim_fields")
    tables = [*map(table.get_table, names), table.get_table("site").get_table("colours")]
    if not any(map(list, tables)):
        return BUILT_IN
    from readinglog.workspace.schema_settings import read_schema  # noqa: PLC0415 - few have one

    return read_schema(*tables)


def _read_site(table: SettingsTable) -> SiteSettings:
    """Return what the site shows."""
    table.check_names((*SITE.names, "colours"))
    usual = SiteSettings()._asdict()
    flags = {name: table.get_flag(name, default=usual[name]) for name in usual if name in table}
    return SiteSettings(**flags)
