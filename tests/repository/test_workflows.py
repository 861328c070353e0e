"""What runs on a forge: it is valid, may do no more than it must, and says the same as the script
that people run.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from support.paths import ROOT

BIN = Path(sys.executable).parent
FORGE = ROOT / ".github"
WORKFLOWS = {
    path.stem: path.read_text(encoding="utf-8") for path in sorted((FORGE / "workflows").iterdir())
}
OF_A_NEW_LOG = ROOT / "src/readinglog/workspace/new_log/templates/github/workflows"
STEP = re.compile(
    r"uses: (?P<action>\S+)@(?P<commit>[0-9a-f]{40}) # (?P<version>v\d+\.\d+\.\d+)$", re.MULTILINE
)
MAY = {
    "code": {"tests": {"contents": "read"}},
    "pages": {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
    },
    "pull-request": {"notes": {"contents": "read"}},
    "release": {"build": {"contents": "read"}, "publish": {"id-token": "write"}},
}
ONLY_MAIN = "github.ref == 'refs/heads/main'"


def run(program: str, *words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BIN / program, *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def audited(path: Path) -> subprocess.CompletedProcess[str]:
    return run("zizmor", "--offline", "--no-progress", "--persona=auditor", path)


def parsed(text: str) -> dict[str, dict[str, dict[str, object]]]:
    """YAML of which every scalar is a text, `on` too."""
    found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - makes no objects
    assert isinstance(found, dict)
    return found


# What others say of it
# -----------------------------------------------------------------------------


def test_an_audit_finds_nothing() -> None:
    done = audited(FORGE)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("written", "instead", "audit"),
    [
        (r"  pull_request:\n", r"  pull_request_target:\n", "dangerous-triggers"),
        (r"actions/checkout@\w+ # \S+", "actions/checkout@v7", "unpinned-uses"),
        (r" +persist-credentials: false\n", "", "artipacked"),
        (r"BASE=\S+", r"BASE=${{ github.head_ref }}", "template-injection"),
        (r"permissions: {}", "permissions: write-all", "excessive-permissions"),
    ],
)
def test_an_audit_would_find_what_is_dangerous(
    tmp_path: Path, written: str, instead: str, audit: str
) -> None:
    text, count = re.subn(written, instead, WORKFLOWS["pull-request"])
    assert count == 1
    (tmp_path / "changed.yml").write_text(text, encoding="utf-8")
    done = audited(tmp_path / "changed.yml")
    assert done.returncode != 0
    assert f"[{audit}]" in done.stdout


@pytest.mark.parametrize(
    ("schema", "paths", "instead"),
    [
        ("vendor.github-workflows", ".github/workflows/*.yml", ("runs-on:", "runs-of:")),
        (
            "custom.github-workflows-require-timeout",
            ".github/workflows/*.yml",
            ("timeout-minutes:", "# minutes:"),
        ),
        (
            "vendor.github-issue-forms",
            ".github/ISSUE_TEMPLATE/*-*.yml",
            ("type: textarea", "type: letter"),
        ),
        ("vendor.github-issue-config", ".github/ISSUE_TEMPLATE/config.yml", ("true", "perhaps")),
        ("vendor.gitlab-ci", ".gitlab-ci.yml", ("script:", "scripts:")),
    ],
)
def test_each_file_is_what_its_schema_says_and_would_not_be_with_a_slip(
    tmp_path: Path, schema: str, paths: str, instead: tuple[str, str]
) -> None:
    files = sorted(ROOT.glob(paths))
    done = run("check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert instead[0] in text
        (tmp_path / file.name).write_text(text.replace(*instead), encoding="utf-8")
    done = run("check-jsonschema", "--builtin-schema", schema, *sorted(tmp_path.iterdir()))
    assert done.returncode == 1
    assert [file.name for file in files if f"{tmp_path / file.name}::" not in done.stdout] == []


# What we say of it
# -----------------------------------------------------------------------------


def test_every_action_is_pinned_by_its_commit_to_one_version() -> None:
    new = [path.read_text(encoding="utf-8") for path in OF_A_NEW_LOG.iterdir()]
    whole = "\n".join([*WORKFLOWS.values(), *new])
    steps = {match["action"]: (match["commit"], match["version"]) for match in STEP.finditer(whole)}
    assert whole.count("uses:") == len(STEP.findall(whole)) > len(steps)
    assert set(STEP.findall(whole)) == {(action, *pin) for action, pin in steps.items()}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_do_what_it_must_and_no_more(name: str) -> None:
    workflow = parsed(WORKFLOWS[name])
    assert workflow["permissions"] == {}
    assert {job: settings["permissions"] for job, settings in workflow["jobs"].items()} == MAY[name]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_workflow_holds_a_secret_or_runs_what_strangers_name(name: str) -> None:
    text = WORKFLOWS[name]
    assert "secrets" not in re.sub(r"#.*", "", text)
    assert not re.search(r"pull_request_target|workflow_run|issue_comment", text)
    for job in parsed(text)["jobs"].values():
        steps = job["steps"]
        assert isinstance(steps, list)
        assert not [step for step in steps if "${{" in step.get("run", "")]
        checkouts = [step for step in steps if step.get("uses", "").startswith("actions/checkout@")]
        assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_only_main_is_published_and_out_of_no_cache() -> None:
    workflow = parsed(WORKFLOWS["pages"])
    assert workflow["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": ""}
    assert all(job["if"] == ONLY_MAIN for job in workflow["jobs"].values())
    assert "cache" not in re.sub(r"#.*", "", WORKFLOWS["pages"])
    others = [
        name for name, text in WORKFLOWS.items() if re.search(r"deploy|environment:|: write", text)
    ]
    assert others == ["pages", "release"]


def test_only_a_tag_is_released_and_out_of_no_cache() -> None:
    workflow = parsed(WORKFLOWS["release"])
    assert workflow["on"] == {"push": {"tags": ["v*"]}}
    assert "cache" not in re.sub(r"#.*", "", WORKFLOWS["release"])
    assert workflow["jobs"]["publish"]["environment"] == {"name": "release"}


def test_gitlab_does_the_same_and_publishes_its_default_branch_alone() -> None:
    jobs = parsed((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert [name for name, job in jobs.items() if "public" in str(job)] == ["pages"]
    assert "make pull-request" in str(jobs["notes"]["script"])
    assert "make pull-request" in WORKFLOWS["pull-request"]
    assert jobs["pages"]["script"][0].endswith("make pages")
    assert "make pages" in WORKFLOWS["pages"]


def test_notes_do_not_wait_for_the_tests_of_the_code() -> None:
    for event in parsed(WORKFLOWS["code"])["on"].values():
        assert event["paths-ignore"] == ["notes/**"]
    rules = parsed((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))["code"]["rules"]
    assert isinstance(rules, list)
    assert "notes" not in str(rules)
