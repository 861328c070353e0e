"""What the check reports on a change where one note is bad already: with mistakes of its
own, and without.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from support.paths import ROOT, SAMPLE
from support.program import decode, run_program
from support.repositories import Repository
from support.site_builds import BIN
from support.worlds import work

OTHERS = {
    "notes/tags.yml": "moe: {name: MoE, aliases: [experts]}\n",
    "notes/one.md": work("Better than [[two]].", title="One", url="https://a.example/1"),
    "notes/two.md": work("Worse than [[one]].", title="Two", url="https://a.example/2"),
    "notes/bad.md": work("As [[one]] and [[nothing]] say.", title="Bad", url="https://a.example/3"),
}
TICKS = "`````"
SLIPS = {
    "notes/new.md": work(
        "What [[gone]] says, and [[two]].",
        title="New",
        url="https://a.example/4",
        tags="[experts]",
        summary=f'"So {TICKS}."',
    )
}


class Change(Repository):
    """A branch for `main`, where the report is made as a forge does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.env = {
            name: value
            for name, value in self.env.items()
            if not name.startswith(("GITHUB_", "GITLAB_", "CI_"))
        }
        self.env["PATH"] = f"{BIN}{os.pathsep}{os.environ['PATH']}"
        shutil.copy(ROOT / ".gitignore", folder)
        shutil.copy(SAMPLE / "mkdocs.yml", folder)
        self.commit(OTHERS)
        self.git("switch", "--quiet", "--create", "change")

    def run_report(
        self, base: str = "main", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return self.run("readinglog", "review", "--", base, env=env)

    def run(
        self, *words: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        command, around = [str(BIN / words[0]), *words[1:]], self.env | dict(env or {})
        return decode(run_program(command, self.folder, around, timeout=120))

    def read(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def has(self, path: str) -> bool:
        return (self.folder / path).is_file()


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Change:
    return Change(tmp_path_factory.mktemp("repository"))


@pytest.fixture(scope="module")
def with_slips(repository: Change) -> subprocess.CompletedProcess[str]:
    """What GitHub shows for a change with an error and a warning."""
    repository.commit(SLIPS)
    return repository.run_report(
        env={"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(repository.folder / "step.md")}
    )


def test_an_error_of_the_change_fails_on_its_line_and_older_errors_are_not_reported(
    with_slips: subprocess.CompletedProcess[str],
) -> None:
    assert with_slips.returncode == 1, with_slips.stderr
    commands = [
        line.partition(",line=")[0]
        for line in with_slips.stdout.splitlines()
        if line.startswith("::")
    ]
    assert commands == ["::warning file=notes/new.md", "::error file=notes/new.md"]


def test_a_change_that_fails_has_its_summary_and_its_site(
    repository: Change, with_slips: subprocess.CompletedProcess[str]
) -> None:
    assert with_slips.returncode == 1
    summary = repository.read(".cache/pull-request/summary.md")
    assert repository.read("step.md") == summary
    changes = repository.run("readinglog", "diff", "main", "--format", "markdown").stdout
    assert changes
    assert changes in summary
    assert "`gone`" in summary
    assert "[unresolved-link]" in summary
    assert "bad.md" not in summary
    assert all(repository.has(f"site/notes/{name}/index.html") for name in ("one", "new", "bad"))


def test_gitlab_gets_the_same_problems_as_a_report_of_code_quality(
    repository: Change, with_slips: subprocess.CompletedProcess[str]
) -> None:
    assert with_slips.returncode == 1
    issues = json.loads(repository.read(".cache/pull-request/code-quality.json"))
    assert [(issue["check_name"], issue["severity"]) for issue in issues] == [
        ("tag-alias", "minor"),
        ("unresolved-link", "major"),
    ]
    assert {issue["location"]["path"] for issue in issues} == {"notes/new.md"}
    assert len({issue["fingerprint"] for issue in issues}) == 2
    jobs = yaml.safe_load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    reports = jobs["notes"]["artifacts"]["reports"]
    assert repository.has(reports["codequality"])


def test_the_summary_says_how_fixes_and_site_are_reached_where_it_is_made(
    repository: Change, with_slips: subprocess.CompletedProcess[str]
) -> None:
    assert with_slips.returncode == 1
    summary = repository.read(".cache/pull-request/summary.md")
    assert "download the artifact `fixes.patch`" in summary
    assert "The artifact `site` holds" in summary
    here = repository.run_report()
    assert here.stdout.splitlines()[-1] == "the site is in site"
    summary = repository.read(".cache/pull-request/summary.md")
    assert "artifact" not in summary
    assert "or `git apply .cache/pull-request/fixes.patch`." in summary
    assert "`python3 -m http.server --directory site`" in summary
    repository.run_report(env={"GITLAB_CI": "true"})
    summary = repository.read(".cache/pull-request/summary.md")
    assert "The artifacts of this job hold the site" in summary


def test_the_safe_fixes_are_a_patch_that_applies_and_no_text_in_it_ends_its_block(
    repository: Change, with_slips: subprocess.CompletedProcess[str]
) -> None:
    assert with_slips.returncode == 1
    patch = repository.read(".cache/pull-request/fixes.patch")
    assert TICKS in patch
    [block] = re.findall(
        r"^(`{6,})diff\n(.*?)^\1\n", repository.read("step.md"), re.MULTILINE | re.DOTALL
    )
    assert block == (TICKS + "`", patch)
    assert repository.try_git("apply", "--check", ".cache/pull-request/fixes.patch").returncode == 0
    fixed = repository.try_git("apply", "--verbose", ".cache/pull-request/fixes.patch")
    assert "tags: [moe]" in repository.read("notes/new.md"), fixed.stderr
    repository.git("checkout", "--quiet", "--", "notes")


def test_a_change_without_errors_passes_whatever_was_wrong_before(
    repository: Change, with_slips: subprocess.CompletedProcess[str]
) -> None:
    assert with_slips.returncode == 1
    repository.commit(
        {"notes/new.md": work("It says what [[one]] says.", title="New", url="https://a.example/4")}
    )
    done = repository.run_report()
    assert done.returncode == 0, done.stderr
    assert "::" not in done.stdout
    assert not repository.has(".cache/pull-request/fixes.patch")
    assert "Safe fixes" not in repository.read(".cache/pull-request/summary.md")


@pytest.mark.parametrize("base", ["nowhere", "--all", "main; touch pwned"])
def test_an_unknown_base_is_a_usage_error(repository: Change, base: str) -> None:
    done = repository.run_report(base)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"`{base}`" in done.stderr
    assert not repository.has("pwned")
    assert not repository.has(".cache/pull-request/summary.md")
