"""What has come since a commit, on the command line: `check --since`, `check --diff`, `diff`, and
the hook before a commit.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.patches import git_apply
from support.paths import ROOT
from support.program import PROGRAM, Run, clean_log
from support.repositories import ENV, Repository
from support.worlds import work

OLD = {"notes/old.md": work("[[gone]] and [[one]].", title="Old", url="https://a.example/o")}


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A log in which one note is bad already."""
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    for name in os.environ.keys() - ENV.keys():
        monkeypatch.delenv(name)
    found = Repository(tmp_path)
    found.commit(clean_log() | OLD)
    return found


@pytest.fixture
def run(repository: Repository) -> Run:
    return Run(repository.folder)


REST = "and 1 earlier problem: `readinglog check` shows it\n"


# check --since
# -----------------------------------------------------------------------------


def test_what_was_there_before_is_one_line_and_fails_nothing(run: Run) -> None:
    assert run("check").returncode == 1
    done = run("check", "--since", "HEAD")
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"0 notes, no problems found\n{REST}",
        "",
    )


def test_what_was_there_before_is_counted(run: Run, repository: Repository) -> None:
    repository.commit(
        {"notes/more.md": work("[[gone]] and [[one]].", title="More", url="https://a.example/m")}
    )
    assert run("check", "--since", "HEAD").stdout.endswith(
        "\nand 2 earlier problems: `readinglog check` shows them\n"
    )


def test_a_new_error_is_reported_and_fails(run: Run, repository: Repository) -> None:
    repository.write(
        {"notes/new.md": work("[[lost]] and [[one]].", title="New", url="https://a.example/n")}
    )
    done = run("check", "--since", "HEAD")
    assert done.returncode == 1
    assert (
        done.stdout
        == f"notes/new.md:10:1: error: no note is named `lost` [unresolved-link]\n1 error in 1 note\n{REST}"
    )


def test_a_warning_alone_does_not_fail(run: Run, repository: Repository) -> None:
    repository.write({"notes/new.md": work("Text.", title="New", url="https://a.example/n")})
    done = run("check", "--since", "HEAD")
    assert (done.returncode, done.stdout.splitlines()[-2]) == (0, "1 warning in 1 note")


def test_a_link_broken_in_an_untouched_note_is_reported_there(
    run: Run, repository: Repository
) -> None:
    repository.write({"notes/deep/two.md": None})
    done = run("check", "--since", "HEAD")
    assert done.returncode == 1
    assert "notes/one.md:10:13: error: no note is named `two`" in done.stdout
    assert "1 error in 1 note\n" in done.stdout


def test_a_branch_is_checked_for_its_own_changes_alone(run: Run, repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit(
        {"notes/new.md": work("[[lost]] [[one]]", title="New", url="https://a.example/n")}
    )
    repository.git("switch", "--quiet", "main")
    repository.commit(
        {
            "notes/other.md": work("[[else]]", title="Other", url="https://a.example/x"),
            "notes/old.md": None,
        }
    )
    repository.git("switch", "--quiet", "change")
    found = run.diagnostics("--since", "main")
    assert {(d["path"], d["rule"]) for d in found} == {("notes/new.md", "unresolved-link")}
    assert (
        run("check", "--since", "main", cwd="notes/deep").stdout
        == run("check", "--since", "main").stdout
    )


def test_machine_formats_stand_alone_on_stdout_and_the_rest_goes_to_stderr(
    run: Run, repository: Repository
) -> None:
    repository.write(
        {"notes/new.md": work("[[lost]] [[one]]", title="New", url="https://a.example/n")}
    )
    for format_ in ("json", "sarif"):
        done = run("check", "--since", "HEAD", "--format", format_)
        json.loads(done.stdout)
        assert done.stderr == REST
    assert json.loads(run("check", "--since", "HEAD", "--format", "json").stdout)["notes"] == 1
    output = run("check", "--since", "HEAD", "--format", "github").stdout.splitlines()
    assert [line.startswith("::error file=notes/new.md,line=10,") for line in output] == [
        True,
        False,
        False,
    ]
    assert output[1:] == ["1 error in 1 note", REST.strip()]


def test_a_path_narrows_what_is_reported_and_counted(run: Run, repository: Repository) -> None:
    broken = work("[[lost]] [[one]]", title="New", url="https://a.example/n")
    repository.write(
        {
            "notes/new.md": broken,
            "notes/deep/new-too.md": broken.replace("New", "Too").replace("/n", "/t"),
        }
    )
    found = run.diagnostics("notes/deep", "--since", "HEAD")
    assert {d["path"] for d in found} == {"notes/deep/new-too.md"}
    assert REST not in run("check", "notes/deep", "--since", "HEAD").stdout
    assert (
        run("check", "notes/old.md", "--since", "HEAD").stdout
        == f"0 notes, no problems found\n{REST}"
    )


def test_before_the_first_commit_everything_is_reported(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    repository = Repository(tmp_path / "log")
    repository.write(clean_log() | OLD)
    run = Run(repository.folder)
    assert run("check", "--since", "HEAD").stdout == run("check").stdout


@pytest.mark.parametrize(
    ("base", "word"),
    [
        ("gone", "no commit is named `gone`"),
        ("--all", "is not a commit"),
        ("-q", "is not a commit"),
        ("", "is not a commit"),
    ],
)
def test_an_unknown_base_is_a_usage_error(run: Run, base: str, word: str) -> None:
    assert word in run.usage_error("check", f"--since={base}")
    assert word in run.usage_error("diff", "--", base)


def test_since_without_a_repository_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    run = Run(tmp_path)
    run.write(clean_log())
    assert "not a git repository" in run.usage_error("check", "--since", "HEAD")
    assert "not a git repository" in run.usage_error("diff")


# check --staged
# -----------------------------------------------------------------------------

NEW = work("[[two]] and [[one]].", title="New", url="https://a.example/n")


def test_staged_changes_are_reported_the_same_way(run: Run, repository: Repository) -> None:
    repository.write(
        {"notes/new.md": NEW.replace("[[one]]", "[[lost]] [[one#Gone]]"), "notes/deep/two.md": None}
    )
    repository.git("add", "--all")
    since, staged = run("check", "--since", "HEAD"), run("check", "--staged")
    assert "notes/one.md:10:13: error: no note is named `two`" in staged.stdout
    assert (staged.returncode, staged.stdout) == (since.returncode, since.stdout)
    assert (
        run("check", "notes/new.md", "--staged").stdout
        == run("check", "notes/new.md", "--since", "HEAD").stdout
    )
    assert run("check", "--staged", cwd="notes/deep").stdout == staged.stdout


def test_what_the_site_uses_or_excludes_is_not_reported(run: Run, repository: Repository) -> None:
    run.write({"mkdocs.yml": "site_name: A\nextra_css: [own.css]\nexclude_docs: private/\n"})
    repository.commit(clean_log())
    broken = work("[[gone]]", title="Hidden", url="https://a.example/7")
    run.write({"notes/own.css": "p {}", "notes/other.css": "p {}", "notes/private/b.md": broken})
    repository.git("add", ".")
    for options in ((), ("--staged",), ("--since", "HEAD")):
        output = run("check", *options).stdout
        assert "notes/other.css:1:1: warning: this file is left out of the site" in output
        assert "own.css" not in output
        assert "private/b.md" not in output
    assert run("check", "notes/private/b.md").stderr.startswith("private/b.md is not checked")
    assert "Hidden" not in run("search").stdout


def test_what_is_not_staged_neither_helps_nor_hurts(run: Run, repository: Repository) -> None:
    repository.write({"notes/new.md": NEW.replace("[[one]]", "[[other]] ![](loss.png)")})
    repository.git("add", "notes/new.md")
    repository.write(
        {
            "notes/new.md": NEW,
            "notes/other.md": "half written",
            "notes/loss.png": "",
            "notes/deep/two.md": None,
        }
    )
    output = run("check", "--staged").stdout.splitlines()
    assert [line.partition(" error: ")[::2] for line in output] == [
        ("notes/new.md:10:13:", "no note is named `other` [unresolved-link]"),
        ("notes/new.md:10:23:", "there is no file at `loss.png` [missing-image]"),
        ("2 errors in 1 note", ""),
        (REST.rstrip("\n"), ""),
    ]


def test_before_the_first_commit_everything_staged_is_reported(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    repository = Repository(tmp_path / "log")
    repository.write(clean_log() | OLD)
    run = Run(repository.folder)
    nothing = run("check", "--staged")
    assert (nothing.returncode, nothing.stdout) == (0, "0 notes, no problems found\n")
    assert f"no notes in {repository.folder / 'notes'} are staged" in nothing.stderr
    repository.git("add", "--all")
    assert run("check", "--staged").stdout == run("check").stdout


@pytest.mark.parametrize("words", [("--since", "HEAD"), ("--fix",), ("--diff",)])
def test_staged_goes_with_nothing_that_asks_the_folder(run: Run, words: tuple[str, ...]) -> None:
    assert "--staged cannot be combined with --since, --fix or --diff" in run.usage_error(
        "check", "--staged", *words
    )


def test_staged_without_a_repository_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    run = Run(tmp_path)
    run.write(clean_log())
    assert "not a git repository" in run.usage_error("check", "--staged")


# check --diff
# -----------------------------------------------------------------------------

SLIPS = {
    "notes/one.md": work(
        "[[two]]", title="One", url="https://a.example/1", tags="[experts]"
    ).replace("\n", "\r\n"),
    "notes/deep/two.md": "\ufeff"
    + work("[[one]]", title="Two", url="https://a.example/2", tags="[MOE]"),
}


def test_the_fixes_are_shown_as_a_patch_that_git_takes(run: Run, repository: Repository) -> None:
    repository.write(SLIPS)
    done = run("check", "--diff")
    assert (done.returncode, done.stderr) == (1, "2 files to fix: run with --fix\n")
    assert "+tags: [moe]" in done.stdout
    for path, text in SLIPS.items():
        assert (repository.folder / path).read_bytes() == text.encode(), "nothing is written"
    command = [str(PROGRAM), "check", "--diff"]
    patch = subprocess.run(
        command, cwd=repository.folder, capture_output=True, check=False, timeout=60
    ).stdout
    assert git_apply(repository.folder, patch) == ""
    patched = {path: (repository.folder / path).read_bytes() for path in SLIPS}
    repository.write(SLIPS)
    run("check", "--fix")
    assert patched == {path: (repository.folder / path).read_bytes() for path in SLIPS}
    again = run("check", "--diff")
    assert (again.stdout, again.stderr) == ("", "0 files to fix\n")


def test_since_and_diff_fix_only_what_the_change_touches(run: Run, repository: Repository) -> None:
    repository.commit(SLIPS)
    repository.write(
        {"notes/one.md": SLIPS["notes/one.md"].replace("summary: What", "summary: So what")}
    )
    done = run("check", "--since", "HEAD", "--diff")
    assert (done.returncode, done.stderr) == (0, "1 file to fix: run with --fix\n")
    assert "notes/one.md" in done.stdout
    assert "two.md" not in done.stdout
    run("check", "--since", "HEAD", "--fix")
    assert "tags: [moe]" in (repository.folder / "notes/one.md").read_text(encoding="utf-8")
    assert "tags: [MOE]" in (repository.folder / "notes/deep/two.md").read_text(
        encoding="utf-8-sig"
    )


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="there are no terminals here")
def test_a_patch_moves_no_terminal(repository: Repository) -> None:
    repository.write(
        {
            "notes/one.md": work(
                "\x1b[31m[[two]]\u202e", title="One", url="https://a.example/1", tags="[experts]"
            )
        }
    )
    ours, theirs = os.openpty()
    command = [str(PROGRAM), "check", "--diff"]
    subprocess.run(
        command,
        cwd=repository.folder,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=60,
    )
    os.close(theirs)
    shown = os.read(ours, 100_000).decode()
    os.close(ours)
    assert "+tags: [moe]" in shown
    assert "\ufffd[31m[[two]]\ufffd" in shown


def test_fixes_are_made_or_shown(run: Run) -> None:
    assert "choose one" in run.usage_error("check", "--fix", "--diff")


# diff
# -----------------------------------------------------------------------------


def test_diff_says_what_a_branch_does_to_the_log(run: Run, repository: Repository) -> None:
    repository.git("switch", "--quiet", "--create", "change")
    repository.commit(
        {
            "notes/gone.md": work(
                "As [[one]] says.", title="Not Gone", url="https://a.example/g", tags="[new]"
            )
        }
    )
    done = run("diff")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        "1 note added (1 minute); 1 link filled\n\nNotes added:\n  Not Gone (notes/gone.md), 1 minute\n"
    )
    assert run("diff", "main").stdout == run("diff", cwd="notes").stdout == done.stdout
    output = json.loads(run("diff", "main", "--format", "json").stdout)
    assert output["added"] == [
        {"name": "gone", "title": "Not Gone", "path": "notes/gone.md", "minutes": 1}
    ]
    assert output["filled"][0]["places"] == [{"path": "notes/old.md", "line": 10}]
    linked = run(
        "diff", "main", "--format", "markdown", "--site-url", "https://log.example/"
    ).stdout
    assert "- [Not Gone](https://log.example/notes/gone/) (`notes/gone.md`), 1 minute" in linked
    assert (
        "- Not Gone (`notes/gone.md`), 1 minute"
        in run("diff", "main", "--format", "markdown").stdout
    )


def test_diff_of_nothing_says_so(run: Run) -> None:
    assert run("diff", "HEAD").stdout == "no note is added, changed or removed\n"


@pytest.mark.parametrize("url", ["javascript:alert(1)", "log.example", "ftp://x"])
def test_the_site_is_on_the_web(run: Run, url: str) -> None:
    assert "is not the address of a site" in run.usage_error("diff", "HEAD", "--site-url", url)


def test_an_address_cannot_end_the_link_that_it_is_in(run: Run, repository: Repository) -> None:
    repository.write({"notes/new.md": work("[[one]]", title="New")})
    output = run(
        "diff", "HEAD", "--format", "markdown", "--site-url", "https://x/a) <b>\n\n# c"
    ).stdout
    assert "(https://x/a%29%20%3Cb%3E%0A%0A%23%20c/notes/new/)" in output


# The hook
# -----------------------------------------------------------------------------


def hook() -> dict[str, object]:
    """The hook as this repository offers it to others, but run from where it is installed."""
    [found] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    return found | {"language": "system", "entry": str(PROGRAM.parent / found["entry"])}


@pytest.fixture
def hooked(repository: Repository) -> Repository:
    """A log with the hook in place."""
    repository.env["PRE_COMMIT_HOME"] = str(repository.folder / ".git" / "pre-commit")
    repository.commit(
        {
            ".pre-commit-config.yaml": yaml.safe_dump(
                {"repos": [{"repo": "local", "hooks": [hook()]}]}
            )
        }
    )
    command = [sys.executable, "-m", "pre_commit", "install"]
    subprocess.run(
        command,
        cwd=repository.folder,
        env=repository.env,
        check=True,
        capture_output=True,
        timeout=60,
    )
    return repository


def committed(repository: Repository, *words: str) -> str:
    """What is said of a commit, '' where it is made."""
    done = repository.try_git("commit", "--message", "x", *words)
    return done.stdout + done.stderr if done.returncode else ""


def test_the_hook_checks_what_is_staged_in_the_light_of_all_notes(hooked: Repository) -> None:
    hooked.write(
        {"notes/new.md": NEW.replace("[[two]]", "[[lost]]"), "notes/lost.md": "not staged"}
    )
    hooked.git("add", "notes/new.md")
    output = committed(hooked)
    assert "notes/new.md:10:1: error: no note is named `lost`" in output
    assert "notes/old.md" not in output, "what was there before does not stop a commit"
    hooked.write({"notes/new.md": NEW})
    hooked.git("add", "notes/new.md")
    hooked.write({"notes/one.md": "half written"})
    assert committed(hooked) == "", "what is not staged does not stop a commit"
    assert (hooked.folder / "notes" / "one.md").read_text(encoding="utf-8") == "half written"


def test_the_hook_checks_what_a_commit_takes_by_itself(hooked: Repository) -> None:
    """`git commit PATH` and `git commit --all` make an index of their own, and leave git's as it is
    until it is done.
    """
    hooked.commit({"notes/new.md": NEW})
    staged, taken = (
        NEW.replace("[[two]]", "[[lost]]"),
        work("[[else]] and [[two]].", title="One", url="https://a.example/1"),
    )
    hooked.write({"notes/new.md": staged})
    hooked.git("add", "notes/new.md")
    hooked.write({"notes/one.md": taken})
    output = committed(hooked, "notes/one.md")
    assert "no note is named `else`" in output
    assert "no note is named `lost`" not in output, "it is not in this commit"
    output = committed(hooked, "--all")
    assert "no note is named `else`" in output
    assert "no note is named `lost`" in output
    hooked.write({"notes/one.md": taken.replace("[[else]]", "[[new]]")})
    assert committed(hooked, "notes/one.md") == ""
    hooked.write({"notes/new.md": NEW.replace("[[two]]", "[[old]]")})
    assert committed(hooked, "--all") == ""
    assert hooked.git("status", "--porcelain") == ""


def test_the_hook_sees_a_note_that_is_only_deleted(hooked: Repository) -> None:
    hooked.git("rm", "--quiet", "notes/deep/two.md")
    assert "notes/one.md:10:13: error: no note is named `two`" in committed(hooked)


def test_this_repository_runs_the_hook_that_it_offers() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    hooks = {hook["id"]: hook for repo in config["repos"] for hook in repo["hooks"]}
    own = hooks["readinglog-check"]
    [offered] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert own["entry"] == f".venv/bin/{offered['entry']}"
    for name in ("pass_filenames", "always_run"):
        assert own[name] == offered[name], name
