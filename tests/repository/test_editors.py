"""What an editor is set to: it finds each diagnostic in what is printed, and a note begun in it is
a note.
"""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
import termios
import tomllib
from pathlib import Path

import pytest

from readinglog.lint.linter import check_notebook
from readinglog.model.diagnostic import Severity
from readinglog.model.fields import FIELDS
from readinglog.model.schema import BUILT_IN
from readinglog.workspace.new_log.choices import Choices
from readinglog.workspace.new_log.files import make_files
from readinglog.workspace.new_log.origin import parse_origin
from support.paths import ROOT, SAMPLE
from support.worlds import TODAY, notebook, work

BIN = Path(sys.executable).parent
OPENING = re.compile(r"^\s*//.*\n", re.MULTILINE)


def settings(name: str) -> dict[str, object]:
    """A file of settings."""
    return parsed((ROOT / ".vscode" / name).read_text(encoding="utf-8"))


def parsed(text: str) -> dict[str, object]:
    """JSON with comments, which stand on lines of their own."""
    found = json.loads(OPENING.sub("", text))
    assert isinstance(found, dict)
    return found


_ALL: list[dict[str, object]] = settings("tasks.json")["tasks"]  # type: ignore[assignment]
TASKS = {task["label"]: task for task in _ALL}


def snippet() -> str:
    """The note that the snippet writes where nothing is filled in: the first of the choices, and
    the texts offered.
    """
    text = "\n".join(settings("readinglog.code-snippets")["A note"]["body"])  # type: ignore[index]
    for part, number in (("YEAR", "2026"), ("MONTH", "11"), ("DATE", "21")):
        text = text.replace(f"$CURRENT_{part}", number)
    text = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", text)
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text)


@pytest.fixture
def slips(tmp_path: Path) -> Path:
    """A repository of a note with an error and one with a warning."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "notes").mkdir()
    shutil.copy(SAMPLE / "mkdocs.yml", tmp_path)
    (tmp_path / "notes" / "tags.yml").write_text(
        "moe: {name: MoE, aliases: [experts]}\n", encoding="utf-8"
    )
    (tmp_path / "notes" / "one.md").write_text(
        work("[[two]] and [[gone: a tale]]", title="One", url="https://a.example/1"), "utf-8"
    )
    (tmp_path / "notes" / "two.md").write_text(
        work("[[one]]", title="Two", url="https://a.example/2", tags="[experts]"), "utf-8"
    )
    return tmp_path


def printed(folder: Path, task: str, *words: str) -> list[str]:
    """The lines that a program prints in the narrow terminal of a task, without their colours."""
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | TASKS[task].get("options", {"env": {}})["env"]
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 40))
    with subprocess.Popen(
        [BIN / words[0], *words[1:]], cwd=folder, env=env, stdout=theirs, stderr=theirs
    ) as program:
        os.close(theirs)
        data = b"".join(iter(lambda: chunk(ours), b""))
        program.wait(timeout=60)
    os.close(ours)
    return re.sub(r"\x1b\[[0-9;]*m", "", data.decode()).splitlines()


def chunk(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # how a terminal ends
        return b""


@pytest.mark.parametrize(
    ("task", "words"),
    [
        ("Check the notes", ("readinglog", "check")),
        ("Check the notes", ("readinglog", "check", "--format", "concise")),
        ("Preview", ("mkdocs", "build")),
    ],
)
def test_a_task_finds_each_diagnostic_in_what_is_printed(
    slips: Path, task: str, words: tuple[str, ...]
) -> None:
    reported = json.loads("".join(printed(slips, task, "readinglog", "check", "--format", "json")))[
        "diagnostics"
    ]
    assert [diagnostic["severity"] for diagnostic in reported] == ["error", "warning"]
    pattern = TASKS[task]["problemMatcher"]["pattern"]
    found = filter(
        None, (re.match(pattern["regexp"], line) for line in printed(slips, task, *words))
    )
    parts = {
        "path": "file",
        "line": "line",
        "column": "column",
        "severity": "severity",
        "message": "message",
        "rule": "code",
    }
    assert [
        {ours: match[pattern[theirs]] for ours, theirs in parts.items()} for match in found
    ] == [{ours: str(diagnostic[ours]) for ours in parts} for diagnostic in reported]


def test_the_preview_is_seen_to_begin_and_to_end_with_each_build(slips: Path) -> None:
    marks = TASKS["Preview"]["problemMatcher"]["background"]
    lines = printed(slips, "Preview", "mkdocs", "build")
    begun, ended = (
        [n for n, line in enumerate(lines) if re.match(marks[mark], line)]
        for mark in ("beginsPattern", "endsPattern")
    )
    assert len(begun) == len(ended) == 1
    assert begun < ended


def test_the_snippet_knows_every_kind_of_work_and_the_fields_in_their_order() -> None:
    text = (ROOT / ".vscode" / "readinglog.code-snippets").read_text(encoding="utf-8")
    assert re.findall(r"\$\{2\|(.*)\|\}", text) == [
        ",".join(kind for kind, known in BUILT_IN.note_kinds.items() if known.is_work)
    ]
    names = re.findall(r"^(\w+):", snippet(), re.MULTILINE)
    assert names == [field for field in FIELDS if field in names]


def test_what_the_snippet_writes_is_a_note_without_errors() -> None:
    found = check_notebook(notebook({"a.md": snippet()}))
    assert not [diagnostic.message for diagnostic in found if diagnostic.severity is Severity.ERROR]


def test_links_complete_to_the_names_of_notes_in_every_editor() -> None:
    marksman = tomllib.loads((ROOT / ".marksman.toml").read_text(encoding="utf-8"))
    assert marksman["completion"]["wiki"]["style"] == "file-stem"
    foam = settings("settings.json")
    assert (foam["foam.completion.linkFormat"], foam["foam.completion.useAlias"]) == (
        "wikilink",
        "never",
    )


def test_an_editor_is_set_alike_in_a_new_log() -> None:
    origin = parse_origin("0.2.0")
    new = make_files(Choices("Bees", "none", "notes", origin, "main", "", "", TODAY))
    snippets = (ROOT / ".vscode" / "readinglog.code-snippets").read_text(encoding="utf-8")
    assert new[".vscode/readinglog.code-snippets"] == snippets
    tasks = parsed(new[".vscode/tasks.json"])["tasks"]
    assert isinstance(tasks, list)
    assert [task | {"command": TASKS[task["label"]]["command"]} for task in tasks] == _ALL
    assert [task["command"] for task in tasks] == ["readinglog check", "mkdocs serve"]
    ours = settings("settings.json")
    theirs = parsed(new[".vscode/settings.json"])
    assert {name: ours[name] for name in theirs if name != "search.exclude"} == {
        name: value for name, value in theirs.items() if name != "search.exclude"
    }
