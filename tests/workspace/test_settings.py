"""Settings: where they are found, what they may say, and how a slip in them is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.model.diagnostic import Severity
from readinglog.workspace.settings import Settings, SettingsError, find_settings


def settings(root: Path, text: str) -> Settings:
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    return find_settings(root)


def slip(root: Path, text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        settings(root, text)
    return str(caught.value)


def test_without_a_file_the_notes_are_in_notes(tmp_path: Path) -> None:
    assert find_settings(tmp_path) == Settings(tmp_path, tmp_path / "notes", {})


def test_a_file_that_says_nothing_of_the_log_changes_nothing(tmp_path: Path) -> None:
    assert settings(tmp_path, "[project]\nname = 'x'\n") == Settings(
        tmp_path, tmp_path / "notes", {}
    )


def test_the_folder_and_the_weights_are_read(tmp_path: Path) -> None:
    weights = '[tool.readinglog.severity]\norphan-note = "ignore"\nempty-note = "error"\n'
    found = settings(tmp_path, f'[tool.readinglog]\nnotes = "log"\n{weights}')
    assert found.notes == tmp_path / "log"
    assert found.severity == {"orphan-note": Severity.IGNORE, "empty-note": Severity.ERROR}


def test_the_limit_of_attachments_is_read_in_megabytes(tmp_path: Path) -> None:
    assert settings(tmp_path, "").attachment_limit == 20_000_000
    text = "[tool.readinglog]\nattachment_megabytes = 0.5\n"
    assert settings(tmp_path, text).attachment_limit == 500_000


def test_they_are_those_of_the_nearest_folder_above_that_is_a_project(tmp_path: Path) -> None:
    settings(tmp_path, '[tool.readinglog]\nnotes = "outer"\n')
    (tmp_path / "inner" / "deep").mkdir(parents=True)
    assert find_settings(tmp_path / "inner" / "deep").notes == tmp_path / "outer"
    (tmp_path / "inner" / ".git").mkdir()
    assert find_settings(tmp_path / "inner" / "deep").notes == tmp_path / "inner" / "notes"


@pytest.mark.parametrize(("notes", "prefix"), [("notes", "notes/"), ("a/b", "a/b/"), (".", "")])
def test_paths_are_relative_to_the_root_of_the_repository(
    tmp_path: Path, notes: str, prefix: str
) -> None:
    assert settings(tmp_path, f'[tool.readinglog]\nnotes = "{notes}"\n').prefix == prefix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[tool.readinglog.severity]\norfan-note = 'error'",
            "[tool.readinglog.severity] no rule is named `orfan-note`; did you mean `orphan-note`?",
        ),
        (
            "[tool.readinglog.severity]\nzzzz = 'error'",
            "[tool.readinglog.severity] no rule is named `zzzz`",
        ),
        (
            "[tool.readinglog.severity]\norphan_note = 'error'",
            "no rule is named `orphan_note`; did you mean `orphan-note`?",
        ),
        (
            "[tool.readinglog.severity]\norphan-note = 'off'",
            "`orphan-note` is `off`; write one of error, warning, info, ignore",
        ),
        (
            "[tool.readinglog.severity]\norphan-note = false",
            "`orphan-note` is `False`; write one of error, warning, info, ignore",
        ),
        (
            "[tool.readinglog]\nseverities = {}",
            "[tool.readinglog] has no setting `severities`; did you mean `severity`? it has `notes`, `people`, `attachment_megabytes`, `severity`, `math`, `kinds`, `fields`, `claim_fields` and `site`",
        ),
        (
            "[tool.readinglog]\nnotes = 5",
            "[tool.readinglog] `notes` is `5`; write the path of a folder",
        ),
        (
            "[tool.readinglog]\nattachment_megabytes = '30 MB'",
            "`attachment_megabytes` is `30 MB`; write a number, such as 20",
        ),
        ("[tool.readinglog]\nattachment_megabytes = -1", "write a number, such as 20"),
        ("[tool.readinglog]\nattachment_megabytes = nan", "write a number, such as 20"),
        ("[tool.readinglog]\nseverity = 'error'", "`severity` is `error`; write it as a table"),
        ("[tool]\nreadinglog = 3", "`readinglog` is `3`; write it as a table"),
        ("tool = 3", "`tool` is `3`; write it as a table"),
        ("[tool.readinglog\n", "(at line 1, column 17)"),
    ],
)
def test_a_wrong_setting_is_reported_with_what_to_write(
    tmp_path: Path, text: str, expected: str
) -> None:
    message = slip(tmp_path, text)
    assert message.startswith("pyproject.toml: ")
    assert expected in message


def test_a_settings_file_that_is_no_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match=r"pyproject\.toml: .*utf-8"):
        find_settings(tmp_path)


def test_a_file_of_its_own_stands_in_for_the_table(tmp_path: Path) -> None:
    (tmp_path / "readinglog.toml").write_text(
        "notes = 'log'\npeople = ['Ada  Adams', 'Bo']\n[severity]\norphan-note = 'error'\n"
        "[math.macros]\nR = '\\mathbb{R}'\n'\\KL' = 'D(#1 \\| #2)'\n",
        encoding="utf-8",
    )
    found = settings(tmp_path, "[tool.readinglog]\nnotes = 'other'\n")
    assert found.notes == tmp_path / "log"
    assert found.severity == {"orphan-note": Severity.ERROR}
    assert found.macros == {"R": r"\mathbb{R}", r"\KL": r"D(#1 \| #2)"}
    assert found.people == ("Ada Adams", "Bo")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[maths]\n", "readinglog.toml: has no setting `maths`; did you mean `math`?"),
        ("math = 3\n", "readinglog.toml: `math` is `3`; write it as a table"),
        (
            "[math]\nmacro = 1\n",
            "readinglog.toml: [math] has no setting `macro`; did you mean `macros`?",
        ),
        ("[math.macros]\nR = '{'\n", "readinglog.toml: [math.macros] `\\R` cannot be read; write"),
        ("[math.macros]\n'R 2' = 'x'\n", "readinglog.toml: [math.macros] `\\R 2` cannot be read"),
        ("[severity]\norfan-note = 'error'\n", "readinglog.toml: [severity] no rule is named"),
        ("[severity\n", "readinglog.toml: "),
        ("people = 'Ada'\n", "readinglog.toml: `people` is `Ada`; write a list of names, such as"),
        ("people = ['Ada', 3]\n", "readinglog.toml: `people` is `['Ada', 3]`; write a list"),
        ("people = ['Ada', ' ']\n", "readinglog.toml: `people` is `['Ada', ' ']`; write a list"),
    ],
)
def test_a_wrong_setting_of_that_file_is_reported(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "readinglog.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        find_settings(tmp_path)
    assert str(caught.value).startswith(expected)
