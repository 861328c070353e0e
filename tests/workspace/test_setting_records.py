"""The records of settings, of which the reference is made: what they say is what is read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from readinglog.workspace.setting_records import (
    CLAIM_FIELD,
    FIELD,
    SETTING_GROUPS,
    SITE,
    Setting,
    SettingGroup,
)
from readinglog.workspace.settings import Settings, SiteSettings, find_settings

NAMES = {"RULE": "orphan-note", "MACRO": "R", "TAG": "trees"}
# What a setting of a field needs beside it.
BESIDE = {"choices": 'type = "choice"', "backward": 'type = "note"'}
CASES = [(group, setting) for group in SETTING_GROUPS for setting in group.settings]


def read(folder: Path, group: SettingGroup, *lines: str) -> Settings:
    table = group.name.replace("NAME", "own")
    text = "\n".join((f"[{table}]" if table else "", *lines, ""))
    (folder / "readinglog.toml").write_text(text, encoding="utf-8")
    return find_settings(folder)


def line_of(setting: Setting, value: str) -> str:
    return f"{NAMES.get(setting.name, setting.name)} = {value}"


def describe(settings: Settings) -> tuple[object, ...]:
    """What settings say, without the key by which schemas are compared."""
    schema = settings.schema
    alone = settings._replace(schema=settings.schema.__class__({}, {}))
    return alone, schema.fields, schema.kinds, schema.colours, schema.claim_fields


@pytest.mark.parametrize(("group", "setting"), CASES)
def test_each_example_is_read_and_changes_something(
    group: SettingGroup, setting: Setting, tmp_path: Path
) -> None:
    is_helped = group in (FIELD, CLAIM_FIELD) and setting.name in BESIDE
    beside = [BESIDE[setting.name]] if is_helped else []
    before = read(tmp_path, group, *(beside if setting.name != "choices" else ()))
    after = read(tmp_path, group, *beside, line_of(setting, setting.example))
    assert describe(after) != describe(before)


@pytest.mark.parametrize(("group", "setting"), CASES)
def test_each_default_is_what_is_read_without_the_setting(
    group: SettingGroup, setting: Setting, tmp_path: Path
) -> None:
    try:
        tomllib.loads(f"x = {setting.default}")
    except tomllib.TOMLDecodeError:
        return  # it is said in words
    without = read(tmp_path, group)
    written = read(tmp_path, group, line_of(setting, setting.default))
    assert describe(written) == describe(without)


def test_the_records_are_all_that_the_site_reads() -> None:
    assert set(SITE.names) == set(SiteSettings._fields)
