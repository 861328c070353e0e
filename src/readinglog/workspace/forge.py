"""Where the notes can be edited on the web: from mkdocs.yml, the forge's environment, or git's remote."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit

from readinglog.workspace.git import try_git

_EDIT = {
    "github": "{repo}/edit/{branch}/{path}",
    "gitlab": "{repo}/-/edit/{branch}/{path}",
    "forgejo": "{repo}/_edit/{branch}/{path}",
    "bitbucket": "{repo}/src/{branch}/{path}?mode=edit",
}
_REPORT = {
    "github": "{repo}/issues/new?title={title}",
    "gitlab": "{repo}/-/issues/new?issue[title]={title}",
    "forgejo": "{repo}/issues/new?title={title}",
    "bitbucket": "{repo}/issues/new",
}
_NEW = {  # a new file with its name and its text filled in
    "github": "{repo}/new/{branch}/{folder}?filename={{name}}.md&value={{text}}",
    "gitlab": "{repo}/-/new/{branch}/{folder}?file_name={{name}}.md&content={{text}}",
    "forgejo": "{repo}/_new/{branch}/{folder}?filename={{name}}.md&value={{text}}",
    "bitbucket": "",
}
_HOSTS = (
    ("gitlab", "gitlab"),
    ("codeberg", "forgejo"),
    ("forgejo", "forgejo"),
    ("gitea", "forgejo"),
    ("bitbucket", "bitbucket"),
)
_SCP = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)([^@]+)")


def make_edit_pattern(
    notes: Path, repo_url: str = "", edit_uri: str = "", env: Mapping[str, str] | None = None
) -> str:
    """An address with `{path}` for the path of a note below the folder `notes`, or '' where no repository is known."""
    env = os.environ if env is None else env
    repo = _repository(notes, repo_url, env)
    if not repo:
        return ""
    if edit_uri:
        return (
            f"{repo}/{edit_uri.strip('/')}/{{path}}"
            if "://" not in edit_uri
            else f"{edit_uri.rstrip('/')}/{{path}}"
        )
    path = f"{_folder(notes)}/{{path}}".lstrip("/")
    return _EDIT[_forge(repo, env)].format(repo=repo, branch=_branch(notes, env), path=path)


def make_new_pattern(notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None) -> str:
    """An address with `{name}` and `{text}` for those of a new note, or '' where no forge is known that takes one."""
    env = os.environ if env is None else env
    repo = _repository(notes, repo_url, env)
    forge = _forge(repo, env)
    known = (
        forge != "github" or "github" in repo or repo == to_web_url(_from_environment(env))
    )  # what is known by nothing is taken for it
    return (
        _NEW[forge].format(repo=repo, branch=_branch(notes, env), folder=quote(_folder(notes)))
        if repo and known
        else ""
    )


def make_report_pattern(
    notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None
) -> str:
    """An address with `{title}` for the title of a new issue, or '' where no repository is known."""
    env = os.environ if env is None else env
    repo = _repository(notes, repo_url, env)
    return _REPORT[_forge(repo, env)].replace("{repo}", repo) if repo else ""


def _folder(notes: Path) -> str:
    """The folder of notes below the top of its repository, '' where it is the top itself."""
    top, folder = (
        Path(try_git(notes, "rev-parse", "--show-toplevel") or notes.parent).resolve(),
        notes.resolve(),
    )
    path = folder.relative_to(top).as_posix() if folder.is_relative_to(top) else folder.name
    return "" if path == "." else path


def _repository(notes: Path, repo_url: str, env: Mapping[str, str]) -> str:
    """The repository's address in a browser: as set, as the forge says, or as git's remote has it."""
    return to_web_url(
        repo_url or _from_environment(env) or try_git(notes, "remote", "get-url", "origin")
    )


def to_web_url(remote: str) -> str:
    """The address in a browser of a git remote, or '' for a remote that has none. No user or password is kept."""
    if found := _SCP.fullmatch(remote):
        remote = f"ssh://{found[1]}/{found[2]}"
    try:
        parts = urlsplit(remote)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("https", "http", "ssh", "git") or not host:
        return ""
    if parts.scheme in ("ssh", "git"):  # their port is not that of the web
        host = re.sub(r":\d*\Z", "", host)
    scheme = "http" if parts.scheme == "http" else "https"
    return f"{scheme}://{host}{parts.path.rstrip('/').removesuffix('.git')}"


def _from_environment(env: Mapping[str, str]) -> str:
    if env.get("CI_PROJECT_URL"):
        return env["CI_PROJECT_URL"]
    if env.get("GITHUB_SERVER_URL") and env.get("GITHUB_REPOSITORY"):
        return f"{env['GITHUB_SERVER_URL']}/{env['GITHUB_REPOSITORY']}"
    return ""


def _forge(repo: str, env: Mapping[str, str]) -> str:
    if repo == to_web_url(_from_environment(env)):
        if env.get("CI_PROJECT_URL"):
            return "gitlab"
        if env.get("FORGEJO_ACTIONS") or env.get("GITEA_ACTIONS"):
            return "forgejo"
    host = urlsplit(repo).hostname or ""
    return next((forge for word, forge in _HOSTS if word in host), "github")


def _branch(notes: Path, env: Mapping[str, str]) -> str:
    """The branch that notes are for, as it stands in an address."""
    pushed = env.get("GITHUB_REF_NAME") if env.get("GITHUB_REF_TYPE") == "branch" else ""
    named = (
        env.get("CI_DEFAULT_BRANCH") or env.get("GITHUB_BASE_REF") or pushed
    )  # of a pull request, the branch it is for
    return quote(
        named
        or try_git(notes, "symbolic-ref", "--short", "refs/remotes/origin/HEAD").removeprefix(
            "origin/"
        )
        or "main"
    )
