"""The command line, run as people and programs run it: what it prints, what it writes, and how it
exits.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglog.cli import COMMANDS
from readinglog.interchange.diagnostics import IMPORT_DIAGNOSTICS
from readinglog.lint.reporters import REPORTERS
from readinglog.lint.rules import RULES
from support.program import PROGRAM, Files, Run, clean_log
from support.worlds import work

Make = Callable[[Files], None]
DIAGNOSTIC = {
    "rule": str,
    "severity": str,
    "path": str,
    "line": int,
    "column": int,
    "end_line": int,
    "end_column": int,
    "message": str,
    "help": str,
    "fixable": bool,
}
HOSTILE = (
    '---\ntitle: x\n"::error::\\n\\e[31m%0A\\u202e": y\n---\n[[100% \u202e gone \x9b31m \u2028]]\n'
)
COMMAND = re.compile(
    r"::(error|warning|notice) file=[^,:]+,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=[a-z0-9-]+::.+"
)


# check: exit status and what is asked about
# -------------------------------------------------------------------------


def test_a_clean_log_exits_0(run: Run) -> None:
    run.write(clean_log())
    done = run("check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 notes, no problems found\n", "")


def test_an_error_exits_1_and_a_warning_alone_0(run: Run) -> None:
    run.write(
        clean_log()
        | {"notes/one.md": work("[[gone]] and [[two]]", title="One", url="https://a.example/1")}
    )
    assert run("check").returncode == 1
    run.write(
        clean_log() | {"notes/One.md": work("[[two]]", title="Upper", url="https://a.example/3")}
    )
    (run.folder / "notes" / "one.md").unlink(missing_ok=True)
    run.write({"notes/deep/two.md": work("[[Upper]]", title="Two", url="https://a.example/2")})
    if not (run.folder / "notes" / "One.md").exists():
        pytest.skip("this file system takes names that differ by case for one")
    done = run("check")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "1 warning in 2 notes")


def test_the_package_runs_as_a_module(run: Run) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "readinglog", "check", "--notes", str(run.folder / "gone")],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("readinglog: `")
    assert "does not exist" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_starts_with_nothing_imported_before_it(run: Run, command: str) -> None:
    words = [str(PROGRAM), command, "--help"]
    done = subprocess.run(
        words, cwd=run.folder, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == run(command, "--help").stdout


def test_an_empty_folder_is_clean_and_reported_as_empty(run: Run) -> None:
    done = run("check")
    assert (done.returncode, done.stdout) == (0, "0 notes, no problems found\n")
    assert "a note is a file whose name ends in .md" in done.stderr


@pytest.mark.parametrize("path", ["nowhere", "notes/nothing.md", "🚀", "notes\n/x"])
def test_a_missing_path_is_a_usage_error(run: Run, path: str) -> None:
    assert "does not exist: give the path" in run.usage_error("check", path)
    assert "does not exist: give the path" in run.usage_error("check", "--notes", path)
    assert "does not exist: give the path" in run.usage_error("show", "--all", "--notes", path)


def test_a_repository_without_notes_is_a_usage_error(run: Run) -> None:
    (run.folder / "notes").rmdir()
    error = run.usage_error("check")
    assert "there is no folder `notes`" in error
    assert "begin a log with `readinglog init`" in error


def test_a_file_that_is_no_note_is_a_usage_error(run: Run) -> None:
    run.write({"notes/loss.png": b"\x89PNG"})
    assert "`notes/loss.png` is not a note" in run.usage_error("check", "notes/loss.png")


def test_a_symlink_loop_is_a_usage_error_by_name_and_a_diagnostic_by_folder(run: Run) -> None:
    run.write(clean_log())
    (run.folder / "notes" / "loop.md").symlink_to("loop.md")
    assert "does not exist: give the path" in run.usage_error("check", "notes/loop.md")
    [found] = run.diagnostics()
    assert (found["rule"], found["path"], found["line"]) == ("unreadable-file", "notes/loop.md", 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("notes/one.md", {"notes/one.md"}),
        ("notes/deep", {"notes/deep/two.md"}),
        ("notes", 2),
        ("", 2),
    ],
)
def test_a_single_file_or_folder_is_checked_against_the_whole_log(
    run: Run, path: str, expected: set[str] | int
) -> None:
    files = clean_log()
    run.write({name: text.replace("summary:", "sumary:") for name, text in files.items()})
    words = (path,) if path else ()
    paths = {found["path"] for found in run.diagnostics(*words)}
    assert paths == (
        expected if isinstance(expected, set) else {"notes/one.md", "notes/deep/two.md"}
    )
    report = json.loads(run("check", *words, "--format", "json").stdout)
    assert report["notes"] == (len(expected) if isinstance(expected, set) else expected)
    assert {found["rule"] for found in report["diagnostics"]} == {"unknown-field"}, (
        "links into the rest are known"
    )


def test_the_vocabulary_can_be_asked_about(run: Run) -> None:
    run.write(clean_log() | {"notes/tags.yml": "moe: {parent: gone}\n"})
    assert {found["rule"] for found in run.diagnostics("notes/tags.yml")} == {"invalid-vocabulary"}


def test_any_other_folder_is_a_log_of_its_own(run: Run) -> None:
    run.write(clean_log() | {"vault/a.md": "[[b]]\n", "vault/sub/b.md": "[[one]]\n"})
    found = run.diagnostics("vault")
    assert {d["path"] for d in found} == {"vault/a.md", "vault/sub/b.md"}
    assert {d["message"] for d in found if d["rule"] == "unresolved-link"} == {
        "no note is named `one`"
    }
    assert run.diagnostics("--notes", "vault") == found


def test_a_folder_and_a_note_in_it_can_be_named_together(run: Run) -> None:
    run.write(clean_log() | {"vault/a.md": "x\n", "vault/b.md": "x\n"})
    assert {found["path"] for found in run.diagnostics("vault/a.md", "--notes", "vault")} == {
        "vault/a.md"
    }
    assert "`notes/one.md` is not in `vault`" in run.usage_error(
        "check", "notes/one.md", "--notes", "vault"
    )


def test_paths_are_relative_to_the_repository_wherever_the_call_is_made(run: Run) -> None:
    run.write(clean_log() | {"notes/deep/three.md": "x\n"})
    for cwd, words in (
        (".", ()),
        ("notes", ()),
        ("notes/deep", ()),
        ("notes/deep", ("three.md",)),
        ("..", (str(run.folder / "notes"),)),
    ):
        done = run("check", *words, "--format", "json", cwd=cwd)
        assert {found["path"] for found in json.loads(done.stdout)["diagnostics"]} == {
            "notes/deep/three.md"
        }, cwd


def test_a_folder_that_is_no_repository_is_its_own_root(tmp_path: Path) -> None:
    run = Run(tmp_path)
    run.write({"vault/a.md": "x\n"})
    assert {found["path"] for found in run.diagnostics("vault")} == {"a.md"}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--format", "yaml"),
        ("check", "--nonsense"),
        ("chek",),
        ("check", "a", "b"),
        ("show",),
        ("show", "x", "--all"),
        ("show", "--format", "x"),
    ],
)
def test_a_call_that_means_nothing_exits_2(run: Run, words: tuple[str, ...]) -> None:
    assert run.usage_error(*words)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nwe", "did you mean `new`?"),
        ("Check", "did you mean `check`?"),
        ("x\x1b[1m", "--help` lists them"),
    ],
)
def test_an_unknown_command_is_answered_with_the_nearest(
    run: Run, name: str, expected: str
) -> None:
    assert run.usage_error(name).startswith(
        f"readinglog: no command is named `{name}`; ".replace("\x1b", "\ufffd")
    )
    assert expected in run.usage_error(name)


def test_without_a_command_it_says_what_there_is(run: Run) -> None:
    help_ = run("--help", env={"COLUMNS": "80"}).stdout
    assert "..." not in help_.partition("Commands:")[2], "each line fits"
    assert all(
        re.search(rf"^  {command} +\S", help_, re.MULTILINE)
        for command in ("check", "explain", "show", "build")
    )
    assert re.fullmatch(r"readinglog \d+\.\d+\.\d+\n", run("--version").stdout)


# Formats of `check`
# -----------------------------------------------------------------------------


def hard_notes() -> dict[str, str | bytes]:
    """A log with something wrong in each of many ways."""
    return {
        "notes/broken.md": "---\ntitle: A: colon\ntags: [moe\n---\nx\n",
        "notes/tabs.md": "---\n\ttitle: x\n---\n",
        "notes/utf16.md": "title".encode("utf-16"),
        "notes/nul.md": b"a\0b",
        "notes/hostile.md": HOSTILE,
        "notes/wide.md": work("日本語 🚀 é [[gone]]", title="Wide", url="https://a.example/w"),
        "notes/crlf.md": work(
            "[[gone]]\n\n[[#nowhere]]", title="CRLF", url="https://a.example/c"
        ).replace("\n", "\r\n"),
    }


def test_json_has_the_shape_that_is_documented(run: Run) -> None:
    run.write(hard_notes())
    done = run("check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    report = json.loads(done.stdout)
    assert report.keys() == {"notes", "diagnostics"}
    assert report["notes"] == 7
    for found in report["diagnostics"]:
        assert {key: type(value) for key, value in found.items()} == DIAGNOSTIC
        assert found["rule"] in RULES
        assert found["severity"] in {"error", "warning", "info"}
        assert (
            (1, 1) <= (found["line"], found["column"]) <= (found["end_line"], found["end_column"])
        )
    assert {found["path"] for found in report["diagnostics"]} == set(hard_notes())


@pytest.mark.parametrize(
    ("path", "place"), [("notes/wide.md", (10, 9, 10, 17)), ("notes/crlf.md", (10, 1, 10, 9))]
)
def test_lines_and_columns_count_from_1_and_in_characters(
    run: Run, path: str, place: tuple[int, ...]
) -> None:
    run.write(hard_notes())
    [found] = [found for found in run.diagnostics(path) if found["rule"] == "unresolved-link"]
    assert tuple(found[key] for key in ("line", "column", "end_line", "end_column")) == place


def test_a_byte_order_mark_is_no_column(run: Run) -> None:
    run.write({"notes/a.md": b"\xef\xbb\xbf" + work(titel="x").encode()})
    [found] = [found for found in run.diagnostics() if found["rule"] == "unknown-field"]
    assert (found["line"], found["column"]) == (9, 1)


def test_json_marks_what_can_be_fixed(run: Run) -> None:
    run.write(
        clean_log()
        | {
            "notes/one.md": work(
                "[[two]]", title="One", url="https://a.example/1", tags="[experts]"
            )
        }
    )
    [found] = run.diagnostics()
    assert (found["rule"], found["fixable"]) == ("tag-alias", True)


def test_concise_is_one_line_each_that_an_editor_can_follow(run: Run) -> None:
    run.write(hard_notes())
    *lines, last = run("check", "--format", "concise").stdout.splitlines()
    assert len(lines) == len(run.diagnostics())
    assert all(
        re.fullmatch(r"notes/\w+\.md:\d+:\d+: (error|warning|info): .+ \[[a-z0-9-]+\]", line)
        for line in lines
    )
    assert re.fullmatch(r"\d+ errors, \d+ warnings? in 7 notes(; --fix fixes \d+ of them)?", last)


def test_full_shows_the_line_with_a_mark_under_the_place_and_the_help(run: Run) -> None:
    run.write(
        clean_log()
        | {"notes/one.md": work("See [[twwo]].", title="One", url="https://a.example/1")}
    )
    block = run("check", "notes/one.md", "--format", "full").stdout.split("\n\n")[0]
    assert block.splitlines() == [
        "notes/one.md:10:5: error: no note is named `twwo` [unresolved-link]",
        "  10 | See [[twwo]].",
        "     |     ^^^^^^^^ did you mean `two`?",
    ]


def test_concise_is_what_a_pipe_gets(run: Run) -> None:
    run.write(hard_notes())
    assert run("check").stdout == run("check", "--format", "concise").stdout


def test_github_annotations_are_one_command_a_line_whatever_a_note_says(run: Run) -> None:
    run.write(hard_notes())
    *lines, _ = run("check", "--format", "github").stdout.splitlines()
    assert len(lines) == len(run.diagnostics())
    assert all(COMMAND.fullmatch(line) for line in lines), lines
    [unknown] = [line for line in lines if "title=unknown-field" in line]
    assert "file=notes/hostile.md,line=3,endLine=3,col=1," in unknown
    assert "is named `::error::%0A" in unknown
    assert "%250A" in unknown


def test_github_escapes_a_path_that_holds_its_own_marks(run: Run) -> None:
    run.write({"notes/a,b::c%.md": "x\n"})
    *lines, _ = run("check", "--format", "github").stdout.splitlines()
    assert all("file=notes/a%2Cb%3A%3Ac%25.md,line=" in line for line in lines)


def test_sarif_is_complete_and_its_places_are_those_of_json(run: Run) -> None:
    run.write(hard_notes() | {"notes/two words & 🚀.md": "x\n"})
    done = run("check", "--format", "sarif")
    assert done.returncode == 1
    log = json.loads(done.stdout)
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    results = log["runs"][0]["results"]
    diagnostics = run.diagnostics()
    assert len(results) == len(diagnostics)
    for result, found in zip(results, diagnostics, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == found["rule"]
        assert (
            result["level"]
            == {"error": "error", "warning": "warning", "info": "note"}[str(found["severity"])]
        )
        assert result["message"]["text"].startswith(str(found["message"]))
        place = result["locations"][0]["physicalLocation"]
        region = place["region"]
        assert (region["startLine"], region["startColumn"]) == (found["line"], found["column"])
        assert (region["endLine"], region["endColumn"]) == (found["end_line"], found["end_column"])
        assert re.fullmatch(r"notes/[\w%.~-]+\.md", place["artifactLocation"]["uri"], re.ASCII)
    assert "notes/two%20words%20%26%20%F0%9F%9A%80.md" in done.stdout


@pytest.mark.parametrize("format_", REPORTERS)
def test_no_format_lets_a_note_move_the_cursor_or_turn_the_line_around(
    run: Run, format_: str
) -> None:
    run.write(hard_notes())
    done = run("check", "--format", format_, "--all")
    assert done.returncode == 1
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]", done.stdout
    )


@pytest.mark.parametrize("format_", REPORTERS)
def test_every_format_says_that_a_log_is_clean(run: Run, format_: str) -> None:
    run.write(clean_log())
    done = run("check", "--format", format_)
    assert done.returncode == 0
    if format_ in {"gitlab", "json", "sarif"}:
        found = json.loads(done.stdout)
        assert found == [] if format_ == "gitlab" else found
    else:
        assert done.stdout == "2 notes, no problems found\n"


# check: an end
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["concise", "full", "github"])
def test_a_long_report_ends_and_all_shows_the_rest(run: Run, format_: str) -> None:
    run.write(
        clean_log()
        | {
            "notes/one.md": work(
                "\n".join(f"[[gone-{n}]]" for n in range(232)),
                title="One",
                url="https://a.example/1",
            )
        }
    )
    short = run("check", "--format", format_).stdout
    assert short.count("no note is named") == 20
    assert "\nand 212 more of unresolved-link (--all shows them)\n232 errors in 2 notes\n" in short
    whole = run("check", "--format", format_, "--all").stdout
    assert whole.count("no note is named") == 232
    assert "more of" not in whole


def test_each_rule_whose_report_is_cut_says_how_many_more(run: Run) -> None:
    body = "\n".join(f"[[gone-{n}]] ![](gone-{n}.png)" for n in range(25))
    run.write(clean_log() | {"notes/one.md": work(body, title="One", url="https://a.example/1")})
    assert run("check").stdout.splitlines()[-3:-1] == [
        "and 5 more of missing-image",
        "and 5 more of unresolved-link (--all shows them)",
    ]


@pytest.mark.parametrize("format_", ["gitlab", "json", "sarif"])
def test_what_programs_read_is_always_whole(run: Run, format_: str) -> None:
    run.write(
        clean_log()
        | {
            "notes/one.md": work(
                "\n".join(f"[[gone-{n}]]" for n in range(232)),
                title="One",
                url="https://a.example/1",
            )
        }
    )
    assert run("check", "--format", format_).stdout.count('"no note is named') == 232


# Drafts
# -----------------------------------------------------------------------------


def test_what_drafts_lack_is_summed_up_and_listed(run: Run) -> None:
    empty = '---\ntitle: Begun\ndraft: true\nkind: paper\nurl: ""\nsummary: ""\n---\n'
    whole = work("[[one]]", title="Whole", url="https://a.example/w", draft="true")
    run.write(clean_log() | {"notes/begun.md": empty, "notes/deep/whole.md": whole})
    done = run("check")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == (
        "2 drafts not published yet, lacking authors (1), date (1), tags (1), summary (1), "
        "address (1), text (1): `readinglog check --drafts` lists them"
    )
    listed = run("check", "--drafts").stdout.splitlines()
    assert listed[-2:] == [
        "notes/begun.md: draft, lacks authors, date, tags, summary, address, text",
        "notes/deep/whole.md: draft, lacks nothing: remove `draft: true` to publish it",
    ]
    inside = run("check", "notes/deep", "--drafts").stdout
    assert "begun" not in inside
    in_one_line = run("check", "notes/deep").stdout.splitlines()[-1]
    assert in_one_line == "1 draft lacks nothing: remove `draft: true` to publish it"
    as_json = run("check", "--format", "json", "--drafts")
    assert json.loads(as_json.stdout)["diagnostics"] == []
    assert "notes/begun.md: draft, lacks authors" in as_json.stderr


def test_a_log_without_drafts_has_no_line_on_them(run: Run) -> None:
    run.write(clean_log())
    assert "draft" not in run("check").stdout
    assert run("check", "--drafts").stdout.splitlines()[-1] == "no drafts"


# check --fix
# -----------------------------------------------------------------------------


def test_fix_applies_safe_fixes_and_reports_the_rest(run: Run) -> None:
    run.write(
        clean_log()
        | {
            "notes/one.md": work(
                "[[two]] [[gone]]", title="One", url="https://a.example/1", tags="[experts]"
            )
        }
    )
    done = run("check", "--fix")
    assert (done.returncode, done.stderr) == (
        1,
        "notes/one.md:7: `experts` is now `moe` [tag-alias]\nfixed 1 file\n",
    )
    assert "unresolved-link" in done.stdout
    assert "tag-alias" not in done.stdout
    assert (run.folder / "notes/one.md").read_text(encoding="utf-8") == work(
        "[[two]] [[gone]]", title="One", url="https://a.example/1"
    )


def test_fixing_again_changes_nothing(run: Run) -> None:
    run.write(
        clean_log()
        | {
            "notes/one.md": work(
                "[[two]]",
                title="One",
                url="https://arxiv.org/abs/1701.06538",
                tags="[experts, MOE]",
            )
        }
    )
    assert run("check", "--fix").stderr.endswith("fixed 1 file\n")
    before = {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in run.folder.rglob("*.*")
        if path.is_file()
    }
    assert run("check", "--fix").stderr == "fixed 0 files\n"
    assert before == {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in run.folder.rglob("*.*")
        if path.is_file()
    }


def test_fixing_keeps_line_ends_and_a_byte_order_mark(run: Run) -> None:
    broken = work(
        "One.\n\nTwo [[two]].  \n", title="One", url="https://a.example/1", tags="[experts]"
    )
    fixed = broken.replace("[experts]", "[moe]")
    as_windows = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
        for name, text in (("broken", broken), ("fixed", fixed))
    }
    run.write(clean_log() | {"notes/one.md": as_windows["broken"]})
    assert run("check", "--fix").stderr.endswith("fixed 1 file\n")
    assert (run.folder / "notes/one.md").read_bytes() == as_windows["fixed"]


def test_fixing_touches_only_what_was_asked_about(run: Run) -> None:
    wrong = {
        path: text.replace("[moe]", "[experts]")
        for path, text in clean_log().items()
        if path.endswith(".md")
    }
    run.write(clean_log() | wrong)
    assert run("check", "notes/deep", "--fix").stderr.endswith("fixed 1 file\n")
    assert (run.folder / "notes/one.md").read_text(encoding="utf-8") == wrong["notes/one.md"]
    assert (run.folder / "notes/deep/two.md").read_text(encoding="utf-8") == clean_log()[
        "notes/deep/two.md"
    ]


def test_a_file_that_cannot_be_read_whole_is_never_written(run: Run) -> None:
    files = {
        path: data if isinstance(data, bytes) else data.encode()
        for path, data in hard_notes().items()
    }
    kept = {path: files[path] for path in ("notes/utf16.md", "notes/nul.md")}
    run.write(
        files
        | {
            "notes/latin.md": b"---\ntags: [experts]\n---\n\xff\n",
            "notes/tags.yml": b"moe: {aliases: [experts]}\n",
        }
    )
    run("check", "--fix")
    for path, data in (kept | {"notes/latin.md": b"---\ntags: [experts]\n---\n\xff\n"}).items():
        assert (run.folder / path).read_bytes() == data


# Settings
# -----------------------------------------------------------------------------


def weights(text: str) -> dict[str, str]:
    return {"pyproject.toml": f"[tool.readinglog.severity]\n{text}\n"}


def test_the_severity_of_a_rule_can_be_changed(run: Run) -> None:
    log = clean_log() | {
        "notes/one.md": work("[[gone]] [[two]]", title="One", url="https://a.example/1")
    }
    run.write(log | weights('unresolved-link = "warning"'))
    assert run("check").returncode == 0
    assert [found["severity"] for found in run.diagnostics()] == ["warning"]
    run.write(weights('unresolved-link = "ignore"'))
    assert run("check").stdout == "2 notes, no problems found\n"
    run.write(weights('unresolved-link = "info"'))
    assert run("check").stdout.splitlines()[-1] == "1 remark in 2 notes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('orfan-note = "error"', "no rule is named `orfan-note`; did you mean `orphan-note`?"),
        (
            'orphan-note = "off"',
            "`orphan-note` is `off`; write one of error, warning, info, ignore",
        ),
        ("orphan-note = ", "pyproject.toml: "),
    ],
)
def test_a_wrong_setting_is_a_usage_error_of_every_command(
    run: Run, text: str, expected: str
) -> None:
    run.write(clean_log() | weights(text))
    assert expected in run.usage_error("check")
    assert expected in run.usage_error("show", "--all")


# explain
# -----------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_explained_with_what_why_and_examples(run: Run, rule: str) -> None:
    done = run("explain", rule)
    assert (done.returncode, done.stderr) == (0, "")
    first, blank, *rest = done.stdout.splitlines()
    assert first == f"{rule} ({RULES[rule].SEVERITY})"
    assert not blank
    assert any(line.startswith("Bad") for line in rest)
    assert any(line.startswith("Good") for line in rest)


def test_explain_alone_lists_every_rule(run: Run) -> None:
    listed = [line.split()[0] for line in run("explain").stdout.splitlines()]
    assert listed == [*RULES, *IMPORT_DIAGNOSTICS]


def test_explain_offers_the_nearest_of_a_misspelt_rule(run: Run) -> None:
    assert (
        run.usage_error("explain", "unknwon-tag")
        == "readinglog: no rule is named `unknwon-tag`; did you mean `unknown-tag`?\n"
    )
    assert "`readinglog explain` lists them" in run.usage_error("explain", "zzzzzz")


# show
# -----------------------------------------------------------------------------


def records(run: Run, *words: str) -> dict[str, dict[str, object]]:
    done = run("show", "--all", "--format", "jsonl", *words)
    assert (done.returncode, done.stderr) == (0, "")
    return {str(entry["path"]): entry for entry in map(json.loads, done.stdout.splitlines())}


def linked_log() -> dict[str, str]:
    return clean_log() | {
        "notes/three.md": work(
            "# Three\n\n## Ünï & co\n\n![[two]] [md](deep/two.md#x) [[two#nope]] [[gone]] [[#Ünï & co]] [[arxiv:1701.06538]]\n",
            title="Three",
            arxiv='"1701.06538v2"',
            url="",
            builds_on="[one, gone]",
            rating="4",
            colour="red",
            aliases="[Drei]",
            published="2017-01",
        )
    }


def test_a_record_has_the_front_matter_as_read_and_the_place_of_the_note(run: Run) -> None:
    run.write(linked_log())
    three = json.loads(run("show", "three", "--format", "json").stdout)
    assert three["title"] == three["fields"]["title"] == "Three"
    assert (three["name"], three["path"], three["url"]) == ("three", "three.md", "/notes/three/")
    assert three["arxiv"] == "1701.06538v2", "a number keeps its zeros and its version"
    assert (three["rating"], three["published"], three["date"]) == (4, "2017-01", "2026-11-21")
    assert (three["tags"], three["authors"], three["aliases"]) == (["moe"], ["Ada Adams"], ["Drei"])
    assert three["colour"] == "red", "what no field is named is still read"


def test_a_record_has_headings_with_their_anchors(run: Run) -> None:
    run.write(linked_log())
    assert json.loads(run("show", "three", "--format", "json").stdout)["headings"] == [
        {"level": 1, "text": "Three", "anchor": "three"},
        {"level": 2, "text": "Ünï & co", "anchor": "ünï-co"},
    ]


def test_a_record_has_links_with_what_they_mean(run: Run) -> None:
    run.write(linked_log())
    links = json.loads(run("show", "three", "--format", "json").stdout)["links"]
    keys = ("kind", "target", "label", "heading", "embed", "line", "column", "to", "anchor")
    assert all(tuple(link) == keys for link in links)
    assert [tuple(link.values()) for link in links] == [
        ("wikilink", "two", None, None, True, 19, 1, ["two"], None),
        ("markdown", "deep/two.md", "md", "x", False, 19, 10, ["two"], None),
        ("wikilink", "two", None, "nope", False, 19, 30, ["two"], None),
        ("wikilink", "gone", None, None, False, 19, 43, [], None),
        ("wikilink", "", None, "Ünï & co", False, 19, 52, ["three"], "ünï-co"),
        ("wikilink", "arxiv:1701.06538", None, None, False, 19, 66, ["three"], None),
    ]


def test_a_record_has_backlinks_and_what_is_related(run: Run) -> None:
    run.write(linked_log())
    one = json.loads(run("show", "one", "--format", "json").stdout)
    assert one["backlinks"] == [
        {"from": "three", "line": 9, "relation": "builds_on", "excerpt": "What to remember."},
        {"from": "two", "line": 10, "relation": "mentions", "excerpt": "Worse than One."},
    ]
    assert one["related"]
    for related in one["related"]:
        assert related.keys() == {"name", "score", "reasons"}
        assert related["name"] in {"two", "three"}
        assert related["score"] > 0
        assert related["reasons"]
        assert all(isinstance(reason, str) for reason in related["reasons"])


def test_all_notes_are_shown_one_a_line_each_as_alone(run: Run) -> None:
    run.write(linked_log())
    every = records(run)
    assert list(every) == ["deep/two.md", "one.md", "three.md"]
    for entry in every.values():
        assert entry == json.loads(run("show", str(entry["name"]), "--format", "json").stdout)
    assert json.loads(run("show", "--all", "--format", "json").stdout) == list(every.values())


def test_a_note_is_shown_to_people_with_a_heading_over_each_part(run: Run) -> None:
    claim = (
        "# Three\n\n- It is so. [at:: Table 2] [checked:: full] ^so\n\n[[two]] [[gone]] [[two#X]]\n"
    )
    run.write(
        clean_log()
        | {
            "notes/three.md": work(claim, title="Three", url="https://a.example/3", lang="de"),
            "notes/four.md": work(
                "See [[three]].", title="Four", url="https://a.example/4", builds_on="[three]"
            ),
        }
    )
    shown = run("show", "three").stdout
    head, *parts = shown.split("\n\n")
    assert head.splitlines() == [
        "Three",
        "  file: notes/three.md",
        "  page: /notes/three/",
        "  in links: [[three]]",
    ]
    by_title = {part.partition(":\n")[0]: part.splitlines()[1:] for part in parts}
    assert "  lang: de" in by_title["front matter"]
    assert by_title["headings"] == ["  # Three"]
    assert by_title["claims"] == ["  ^so: It is so. (at Table 2; checked against: full)"]
    assert by_title["links of this note"] == [
        "  line 15: two leads to two",
        "  line 15: gone leads to no note",
        "  line 15: two#X leads to two",
    ]
    assert by_title["notes that link to this one"] == [
        "  four, line 9, in `builds_on` (its summary: What to remember.)",
        "  four, line 11: See Three.",
    ]
    assert list(by_title)[-1] == "related notes, the nearest first, and why"
    assert "where each link of the note leads" in run("show", "--help").stdout


def test_broken_notes_are_shown_with_what_could_be_read(run: Run) -> None:
    run.write(hard_notes() | {"notes/empty.md": b"", "notes/list.md": "---\n- a\n---\n# Top\n"})
    (run.folder / "notes" / "loop.md").symlink_to("loop.md")
    every = records(run)
    assert set(every) == {
        *(path.removeprefix("notes/") for path in hard_notes()),
        "empty.md",
        "list.md",
        "loop.md",
    }
    assert every["list.md"]["headings"] == [{"level": 1, "text": "Top", "anchor": "top"}]
    assert every["utf16.md"]["headings"] == []
    assert every["broken.md"]["path"] == "broken.md"


@pytest.mark.parametrize("asked", ["two", "Two", "TWO", "deep/two", "deep/two.md"])
def test_a_note_is_named_as_a_link_names_it(run: Run, asked: str) -> None:
    run.write(clean_log())
    assert json.loads(run("show", asked, "--format", "json").stdout)["path"] == "deep/two.md"


def test_an_unknown_name_is_a_usage_error_with_the_nearest(run: Run) -> None:
    run.write(
        clean_log()
        | {"notes/switch-transformers.md": work(title="Switch", url="https://a.example/s")}
    )
    assert (
        run.usage_error("show", "swich-transformer")
        == "readinglog: no note is named `swich-transformer`; did you mean `switch-transformers`?\n"
    )
    assert run.usage_error("show", "zzzzzz") == "readinglog: no note is named `zzzzzz`\n"


def test_an_ambiguous_name_is_a_usage_error_with_what_to_write_instead(run: Run) -> None:
    run.write(
        clean_log() | {"notes/two.md": work("Another.", title="Another", url="https://a.example/3")}
    )
    expected = run.usage_error("show", "two")
    assert expected == "readinglog: `two` may mean deep/two.md, two.md: write one of these\n"
    for path in ("deep/two.md", "two.md"):
        assert json.loads(run("show", path, "--format", "json").stdout)["path"] == path


def test_every_folder_can_be_asked_about(run: Run) -> None:
    run.write(
        clean_log() | {"vault/A note.md": "# Heading\n\n[[b]]\n", "vault/b.md": "no front matter\n"}
    )
    assert set(records(run, "--notes", "vault")) == {"A note.md", "b.md"}
    shown = json.loads(run("show", "a note", "--notes", "vault", "--format", "json").stdout)
    assert [link["to"] for link in shown["links"]] == [["b"]]


def test_for_people_a_record_is_text_in_which_nothing_moves_the_cursor(run: Run) -> None:
    run.write(
        {
            "notes/a.md": '---\ntitle: "x\\e[31m\\u202e"\n---\n# Top\n\n[[b]]\n',
            "notes/b.md": "[[a|\x9bred]]\n",
        }
    )
    done = run("show", "a")
    assert done.returncode == 0
    assert "file: notes/a.md" in done.stdout
    assert "notes that link to this one:" in done.stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", done.stdout)


# build
# -----------------------------------------------------------------------------


def test_building_without_a_configuration_is_a_usage_error(run: Run) -> None:
    for command in ("build", "serve"):
        error = run.usage_error(command)
        assert "there is no mkdocs.yml: run this in the folder of your log" in error
        assert "the path of the configuration with --config" in error
        assert "or begin a log with `readinglog init`" in error


@pytest.mark.parametrize("text", ["site_name: [", "theme: material\n", "- a\n", ""])
def test_building_with_a_broken_configuration_is_a_usage_error(run: Run, text: str) -> None:
    run.write({"mkdocs.yml": text})
    assert run.usage_error("build")


@pytest.mark.parametrize("option", ["--tree", "--site-dir"])
@pytest.mark.parametrize("folder", [".", "notes", "notes/site", ".."])
def test_a_build_never_overwrites_its_own_sources(run: Run, option: str, folder: str) -> None:
    run.write(clean_log() | {"mkdocs.yml": "site_name: A log\ndocs_dir: notes\ntheme: material\n"})
    assert "cannot be written to, as its contents are replaced" in run.usage_error(
        "build", option, folder
    )
    assert (run.folder / "notes" / "one.md").is_file()
    assert (run.folder / "mkdocs.yml").is_file()


# search
# -----------------------------------------------------------------------------

SEARCHED = {
    "notes/gates.md": work(
        "Routing of *tokens*.",
        title="Gates [1] & more",
        published="2020-03",
        authors="[Noam Shazeer]",
        tags="[moe]",
    ),
    "notes/tiles.md": work(
        "Tiles.", title="Tiles", url="https://a.example/2", tags="[kernels]", summary="About tiles."
    ),
    "notes/moe-map.md": work("A map.", title="Map", kind="topic", authors="", url="", tags="[moe]"),
}


def test_search_prints_a_line_a_note_and_says_how_many(run: Run) -> None:
    run.write(SEARCHED)
    done = run("search", "tag:moe", "-kind:topic", "routing")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        "gates  2020  Gates [1] & more\n",
        "1 note\n",
    )
    assert run("search").stdout.count("\n") == 3
    assert (
        run("search", "--limit", "1", "--sort", "published").stdout
        == "gates  2020  Gates [1] & more\nand 2 more; --limit sets how many are shown\n"
    )


def test_search_answers_programs_in_the_promised_shape(run: Run) -> None:
    run.write(SEARCHED)
    answer = json.loads(run("search", "routing tag:moe", "--format", "json").stdout)
    assert answer.keys() == {
        "query",
        "total",
        "results",
        "closest",
        "corrections",
        "facets",
    }
    assert (answer["query"], answer["total"]) == ("routing tag:moe", 1)
    [result] = answer["results"]
    assert result | {"score": 0} == {
        "name": "gates",
        "title": "Gates [1] & more",
        "url": "/notes/gates/",
        "score": 0,
    }
    assert result["score"] > 0
    facets = {
        "tag": {"moe": 1},
        "kind": {"paper": 1},
        "year": {"2020": 1},
        "author": {"Noam Shazeer": 1},
        "status": {"read": 1},
    }
    assert answer["facets"] == facets
    limited = json.loads(run("search", "--format", "json", "--limit", "0").stdout)
    assert (limited["total"], limited["results"]) == (3, [])


def test_search_has_help_and_limits_like_other_commands(run: Run) -> None:
    assert run("search", "moe", "-h").stdout.startswith("Usage: readinglog search")
    run.write({"notes/haskell.md": work("x", title="Haskell"), "notes/one.md": work("y")})
    found = json.loads(run("search", "--format", "json", "-haskell").stdout)
    assert [result["name"] for result in found["results"]] == ["one"]
    assert "-1 is less than 0" in run("search", "--limit", "-1").stderr


def test_search_cites(run: Run) -> None:
    run.write(SEARCHED)
    assert "@misc{gates," in run("search", "tag:moe", "--format", "bib").stdout
    assert "moe-map" not in run("search", "tag:moe", "--format", "bib").stdout
    lines = run("search", "--format", "markdown", "--sort", "published").stdout.splitlines()
    assert (
        lines[0]
        == r"- [Gates \[1\] & more](<https://example.org/a>), Noam Shazeer, 2020: What to remember."
    )
    assert "- Map: What to remember." in lines


def test_search_packs_notes_for_a_language_model(run: Run) -> None:
    run.write(SEARCHED)
    done = run("search", "tag:moe", "--format", "pack")
    assert done.stdout.startswith(
        "# Notes found by the query `tag:moe`\n\n2 notes, best first: 2 whole"
    )
    assert "The budget is 8,000 tokens, estimated as characters divided by 4." in done.stdout
    names = [
        result["name"]
        for result in json.loads(run("search", "tag:moe", "--format", "json").stdout)["results"]
    ]
    assert re.findall("^- Page: /notes/(.*)/$", done.stdout, re.MULTILINE) == names
    small = run("search", "tag:moe", "--format", "pack", "--tokens", "100").stdout
    assert len(small) <= 401
    assert "0 whole, 0 cut, 2 left out" in small
    assert "0 notes" in run("search", "nothing-like-it", "--format", "pack").stdout
    refused = run("search", "tag:moe", "--format", "pack", "--tokens", "99")
    assert (refused.returncode, "99 is not in the range x>=100" in refused.stderr) == (2, True)


def test_search_says_where_a_query_is_wrong_and_how_to_fix_it(run: Run) -> None:
    run.write(SEARCHED)
    done = run("search", "tiles", '"about ti')
    assert done.returncode == 2
    assert (
        done.stderr
        == 'readinglog: this quote is never closed\n  tiles "about ti\n        ^^^^^^^^^ close it with `"`\n  try: tiles "about ti"\n'
    )
    assert run("search", "\x1b[31m\udcff").returncode == 0


def test_search_that_finds_nothing_says_what_would(run: Run) -> None:
    run.write(SEARCHED)
    done = run("search", "tag:moo", "rooting")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines() == [
        "no results",
        "no note has the word `rooting`; did you mean `routing`?",
        "there is no tag `moo`; did you mean `moe`?",
        "  try: tag:moe routing",
        "drop `tag:moo` (1 result)",
        "  try: routing",
    ]
    done = run("search", "routing zebra")
    assert done.stdout == "gates  2020  Gates [1] & more\n"
    assert done.stderr.splitlines() == [
        "1 note",
        "no note has the word `zebra`; it was left out",
    ]
    done = run("search", 'routing "black and white"')
    assert done.stdout == "gates  2020  Gates [1] & more\n"
    assert done.stderr.splitlines()[0] == "no results; these are the closest"


# stats
# -----------------------------------------------------------------------------


def test_statistics_are_text_or_json(run: Run) -> None:
    run.write(SEARCHED)
    assert run("stats").stdout.startswith("2 works, 1 hub\nkinds: paper 2\n")
    assert json.loads(run("stats", "--format", "json").stdout)["roots"][0]["hub"] == "moe-map"
