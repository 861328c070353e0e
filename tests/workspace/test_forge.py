"""Where a note can be edited: from mkdocs.yml, the forge's environment or git's remote, and never
with a secret in it.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglog.workspace.forge import (
    make_edit_pattern,
    make_new_pattern,
    make_report_pattern,
    to_web_url,
)

Repository = Callable[..., Path]
GITHUB = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "ada/log"}
TOKEN = "s3cr3t"  # noqa: S105 - of nothing


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Makes a git repository with a remote; gives its folder of notes."""

    def make(remote: str = "", notes: str = "notes", head: str = "") -> Path:
        def git(*words: str) -> None:
            subprocess.run(["git", "-C", str(tmp_path), *words], check=True, capture_output=True)

        git("init", "--quiet")
        if remote:
            git("remote", "add", "origin", remote)
        if head:
            git("symbolic-ref", "refs/remotes/origin/HEAD", f"refs/remotes/origin/{head}")
        (tmp_path / notes).mkdir(parents=True, exist_ok=True)
        return tmp_path / notes

    return make


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:ada/log.git", "https://github.com/ada/log"),
        ("github.com:ada/log.git", "https://github.com/ada/log"),
        ("https://github.com/ada/log.git", "https://github.com/ada/log"),
        ("https://github.com/ada/log", "https://github.com/ada/log"),
        ("https://github.com/ada/log/", "https://github.com/ada/log"),
        ("http://git.example:3000/ada/log.git", "http://git.example:3000/ada/log"),
        ("https://[2001:db8::1]:3000/ada/log.git", "https://[2001:db8::1]:3000/ada/log"),
        ("ssh://git@git.example:2222/ada/log.git", "https://git.example/ada/log"),
        ("git://git.example/ada/log.git", "https://git.example/ada/log"),
        ("git@gitlab.com:group/sub.group/log.git", "https://gitlab.com/group/sub.group/log"),
        (f"https://{TOKEN}@github.com/ada/log.git", "https://github.com/ada/log"),
        (f"https://x-access-token:{TOKEN}@github.com/ada/log.git", "https://github.com/ada/log"),
        (
            f"https://gitlab-ci-token:{TOKEN}@gitlab.com/ada/log.git?private_token={TOKEN}#{TOKEN}",
            "https://gitlab.com/ada/log",
        ),
        (f"https://user:with@{TOKEN}@github.com/ada/log.git", "https://github.com/ada/log"),
        (f"ssh://git:{TOKEN}@git.example/ada/log", "https://git.example/ada/log"),
        (f"user:{TOKEN}@git.example:ada/log", ""),
        ("/srv/git/log.git", ""),
        ("../log", ""),
        ("file:///srv/git/log.git", ""),
        ("https://[half/ada/log", ""),
        ("", ""),
    ],
)
def test_a_remote_has_an_address_without_user_or_password(remote: str, address: str) -> None:
    assert to_web_url(remote) == address


def test_without_a_repository_there_is_nothing_to_edit(
    tmp_path: Path, repository: Repository
) -> None:
    assert make_edit_pattern(tmp_path, env={}) == ""
    assert make_edit_pattern(repository(), env={}) == ""


@pytest.mark.parametrize(
    ("remote", "pattern"),
    [
        ("git@github.com:ada/log.git", "https://github.com/ada/log/edit/main/notes/{path}"),
        ("git@gitlab.com:ada/log.git", "https://gitlab.com/ada/log/-/edit/main/notes/{path}"),
        (
            "https://gitlab.example/ada/log.git",
            "https://gitlab.example/ada/log/-/edit/main/notes/{path}",
        ),
        (
            "https://codeberg.org/ada/log.git",
            "https://codeberg.org/ada/log/_edit/main/notes/{path}",
        ),
        (
            "git@forgejo.example:ada/log.git",
            "https://forgejo.example/ada/log/_edit/main/notes/{path}",
        ),
        (
            "git@bitbucket.org:ada/log.git",
            "https://bitbucket.org/ada/log/src/main/notes/{path}?mode=edit",
        ),
        (
            f"https://oauth2:{TOKEN}@gitlab.com/ada/log.git",
            "https://gitlab.com/ada/log/-/edit/main/notes/{path}",
        ),
    ],
)
def test_the_remote_says_where_to_edit(repository: Repository, remote: str, pattern: str) -> None:
    assert make_edit_pattern(repository(remote), env={}) == pattern


def test_the_branch_is_the_one_that_the_remote_starts_with(repository: Repository) -> None:
    notes = repository("git@github.com:ada/log.git", head="trunk")
    assert make_edit_pattern(notes, env={}) == "https://github.com/ada/log/edit/trunk/notes/{path}"


@pytest.mark.parametrize(
    ("folder", "path"), [("docs/my notes", "docs/my notes/{path}"), (".", "{path}")]
)
def test_the_folder_is_relative_to_the_root_of_the_repository(
    repository: Repository, folder: str, path: str
) -> None:
    assert (
        make_edit_pattern(repository("git@github.com:ada/log.git", folder), env={})
        == f"https://github.com/ada/log/edit/main/{path}"
    )


@pytest.mark.parametrize(
    ("env", "pattern"),
    [
        (GITHUB, "https://github.com/ada/log/edit/main/notes/{path}"),
        (
            GITHUB | {"GITHUB_REF_TYPE": "branch", "GITHUB_REF_NAME": "master"},
            "https://github.com/ada/log/edit/master/notes/{path}",
        ),
        (
            GITHUB | {"GITHUB_REF_TYPE": "tag", "GITHUB_REF_NAME": "v1"},
            "https://github.com/ada/log/edit/main/notes/{path}",
        ),
        (
            GITHUB
            | {
                "GITHUB_BASE_REF": "trunk",
                "GITHUB_REF_TYPE": "branch",
                "GITHUB_REF_NAME": "7/merge",
            },
            "https://github.com/ada/log/edit/trunk/notes/{path}",
        ),
        (
            GITHUB | {"GITHUB_SERVER_URL": "https://ghe.example"},
            "https://ghe.example/ada/log/edit/main/notes/{path}",
        ),
        (
            GITHUB | {"GITHUB_SERVER_URL": "https://git.example", "FORGEJO_ACTIONS": "true"},
            "https://git.example/ada/log/_edit/main/notes/{path}",
        ),
        (
            GITHUB | {"GITHUB_SERVER_URL": "https://git.example", "GITEA_ACTIONS": "true"},
            "https://git.example/ada/log/_edit/main/notes/{path}",
        ),
        (
            GITHUB | {"GITHUB_SERVER_URL": "https://codeberg.org"},
            "https://codeberg.org/ada/log/_edit/main/notes/{path}",
        ),
        (
            {"CI_PROJECT_URL": "https://git.example/group/log", "CI_DEFAULT_BRANCH": "trunk"},
            "https://git.example/group/log/-/edit/trunk/notes/{path}",
        ),
        (
            {"CI_PROJECT_URL": f"https://ci:{TOKEN}@git.example/ada/log"},
            "https://git.example/ada/log/-/edit/main/notes/{path}",
        ),
    ],
)
def test_the_environment_of_a_forge_comes_before_the_remote(
    repository: Repository, env: dict[str, str], pattern: str
) -> None:
    assert make_edit_pattern(repository("git@elsewhere.example:x/y.git"), env=env) == pattern


def test_what_mkdocs_yml_says_comes_first(repository: Repository) -> None:
    notes = repository("git@elsewhere.example:x/y.git")
    assert (
        make_edit_pattern(notes, "https://codeberg.org/ada/log/", env=GITHUB)
        == "https://codeberg.org/ada/log/_edit/main/notes/{path}"
    )


@pytest.mark.parametrize(
    "edit_uri",
    [
        "edit/trunk/notes/",
        "edit/trunk/notes",
        "/edit/trunk/notes/",
        "https://github.com/ada/log/edit/trunk/notes/",
    ],
)
def test_an_edit_uri_is_taken_as_it_is(repository: Repository, edit_uri: str) -> None:
    pattern = make_edit_pattern(repository(), "https://github.com/ada/log", edit_uri, env={})
    assert pattern == "https://github.com/ada/log/edit/trunk/notes/{path}"


def test_an_edit_uri_template_is_an_address_or_continues_that_of_the_repository(
    repository: Repository,
) -> None:
    notes, repo = repository(), "https://github.com/ada/log"
    whole = "https://edit.example/?file={path!q}"
    assert make_edit_pattern(notes, repo, "", {}, whole) == whole
    assert make_edit_pattern(notes, repo, "ignored", {}, "blob/dev/{path}") == (
        "https://github.com/ada/log/blob/dev/{path}"
    )
    assert make_edit_pattern(notes, "", "", {}, "blob/dev/{path}") == ""


def test_a_secret_in_mkdocs_yml_is_not_passed_on(repository: Repository) -> None:
    pattern = make_edit_pattern(repository(), f"https://ada:{TOKEN}@github.com/ada/log", env={})
    assert pattern == "https://github.com/ada/log/edit/main/notes/{path}"


def test_a_folder_outside_of_any_repository_is_named_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    assert (
        make_edit_pattern(tmp_path / "notes", env=GITHUB)
        == "https://github.com/ada/log/edit/main/notes/{path}"
    )


def test_without_git_there_is_no_remote_and_no_crash(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    notes = repository("git@github.com:ada/log.git")
    monkeypatch.setenv("PATH", "")
    assert make_edit_pattern(notes, env={}) == ""
    assert (
        make_edit_pattern(notes, env=GITHUB) == "https://github.com/ada/log/edit/main/notes/{path}"
    )


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:ada/log.git", "https://github.com/ada/log/issues/new?title={title}"),
        (
            "https://gitlab.com/ada/log.git",
            "https://gitlab.com/ada/log/-/issues/new?issue[title]={title}",
        ),
        ("https://codeberg.org/ada/log", "https://codeberg.org/ada/log/issues/new?title={title}"),
        (f"https://ada:{TOKEN}@bitbucket.org/ada/log", "https://bitbucket.org/ada/log/issues/new"),
        ("", ""),
    ],
)
def test_a_problem_is_reported_where_the_forge_takes_issues(
    repository: Repository, remote: str, address: str
) -> None:
    assert make_report_pattern(repository(remote), env={}) == address


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        (
            "git@github.com:ada/log.git",
            "https://github.com/ada/log/new/trunk/my%20notes?filename={name}.md&value={text}",
        ),
        (
            "https://gitlab.com/ada/log.git",
            "https://gitlab.com/ada/log/-/new/trunk/my%20notes?file_name={name}.md&content={text}",
        ),
        (
            f"https://ada:{TOKEN}@codeberg.org/ada/log",
            "https://codeberg.org/ada/log/_new/trunk/my%20notes?filename={name}.md&value={text}",
        ),
        ("https://git.example.org/ada/log", ""),
        ("git@bitbucket.org:ada/log.git", ""),
        ("", ""),
    ],
)
def test_a_new_note_is_begun_where_the_forge_takes_files(
    repository: Repository, remote: str, address: str
) -> None:
    assert make_new_pattern(repository(remote, "my notes", head="trunk"), env={}) == address


def test_notes_at_the_top_of_a_repository_have_no_folder(repository: Repository) -> None:
    pattern = make_new_pattern(repository("git@github.com:ada/log.git", "."), env={})
    assert pattern == "https://github.com/ada/log/new/main/?filename={name}.md&value={text}"
