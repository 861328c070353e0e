"""Web addresses for editing notes, from mkdocs.yml, the environment of a forge, or git."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urljoin, urlsplit

from readinglog.workspace.git import try_git


class Forge(NamedTuple):
    """A kind of host for repositories: words of its hosts' names, and patterns of addresses.

    `edit` opens a file in an editor, `view` shows it; `new` opens a new file with its name and text
    filled in, `report` a new issue, and is '' where a forge has none.
    """

    name: str
    hosts: tuple[str, ...]
    edit: str
    view: str
    new: str
    report: str


FORGES = [
    Forge(
        "github",
        ("github",),
        edit="{repo}/edit/{branch}/{path}",
        view="{repo}/blob/{branch}/{path}",
        new="{repo}/new/{branch}/{folder}?filename={{name}}.md&value={{text}}",
        report="{repo}/issues/new?title={title}",
    ),
    Forge(
        "gitlab",
        ("gitlab",),
        edit="{repo}/-/edit/{branch}/{path}",
        view="{repo}/-/blob/{branch}/{path}",
        new="{repo}/-/new/{branch}/{folder}?file_name={{name}}.md&content={{text}}",
        report="{repo}/-/issues/new?issue[title]={title}",
    ),
    Forge(
        "forgejo",
        ("codeberg", "forgejo", "gitea"),
        edit="{repo}/_edit/{branch}/{path}",
        view="{repo}/src/branch/{branch}/{path}",
        new="{repo}/_new/{branch}/{folder}?filename={{name}}.md&value={{text}}",
        report="{repo}/issues/new?title={title}",
    ),
    Forge(
        "bitbucket",
        ("bitbucket",),
        edit="{repo}/src/{branch}/{path}?mode=edit",
        view="{repo}/src/{branch}/{path}",
        new="",
        report="{repo}/issues/new",
    ),
]
_FORGE_BY_NAME = {forge.name: forge for forge in FORGES}
_DEFAULT = _FORGE_BY_NAME["github"]
_SCP_ADDRESS = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)([^@]+)")


def make_edit_pattern(
    notes: Path,
    repo_url: str = "",
    edit_uri: str = "",
    env: Mapping[str, str] | None = None,
    template: str = "",
) -> str:
    """Return an address with `{path}` of a note below `notes`, or '' without a repository.

    `template` is an address with placeholders as MkDocs has them; it may be relative to that of
    the repository.
    """
    if "://" in template:
        return template
    env = os.environ if env is None else env
    repo = find_repository(notes, repo_url, env)
    if repo and template:
        return urljoin(f"{repo}/", template)
    if not repo:
        return ""
    if "://" in edit_uri:
        return f"{edit_uri.rstrip('/')}/{{path}}"
    if edit_uri:
        return f"{repo}/{edit_uri.strip('/')}/{{path}}"
    path = f"{_find_folder(notes)}/{{path}}".lstrip("/")
    forge = _find_forge(repo, env) or _DEFAULT
    return forge.edit.format(repo=repo, branch=_find_branch(notes, env), path=path)


def make_view_pattern(notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return an address with `{path}` of a file in the repository of `notes`, or ''."""
    env = os.environ if env is None else env
    repo = find_repository(notes, repo_url, env)
    if not repo:
        return ""
    forge = _find_forge(repo, env) or _DEFAULT
    return forge.view.format(repo=repo, branch=_find_branch(notes, env), path="{path}")


def make_new_pattern(notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return an address with `{name}` and `{text}` of a new note, or '' without a known forge."""
    env = os.environ if env is None else env
    repo = find_repository(notes, repo_url, env)
    forge = _find_forge(repo, env)
    if not repo or forge is None:
        return ""
    folder = quote(_find_folder(notes))
    return forge.new.format(repo=repo, branch=_find_branch(notes, env), folder=folder)


def make_report_pattern(
    notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None
) -> str:
    """Return an address with `{title}` for the title of a new issue, or '' without a repository."""
    env = os.environ if env is None else env
    repo = find_repository(notes, repo_url, env)
    if not repo:
        return ""
    return (_find_forge(repo, env) or _DEFAULT).report.replace("{repo}", repo)


def _find_folder(notes: Path) -> str:
    """Return the folder of notes relative to the root of its repository."""
    root = Path(try_git(notes, "rev-parse", "--show-toplevel") or notes.parent).resolve()
    folder = notes.resolve()
    path = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else folder.name
    return "" if path == "." else path


def find_repository(notes: Path, repo_url: str = "", env: Mapping[str, str] | None = None) -> str:
    """Return the web address of the repository of `notes`: configured, from the environment or from
    git; or ''.
    """
    env = os.environ if env is None else env
    return to_web_url(
        repo_url or _read_environment(env) or try_git(notes, "remote", "get-url", "origin")
    )


def to_web_url(remote: str) -> str:
    """Return the web address of a git remote without user and password, or ''."""
    if found := _SCP_ADDRESS.fullmatch(remote):
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


def _read_environment(env: Mapping[str, str]) -> str:
    """Return the address of the repository for which a forge runs this program, or ''."""
    if env.get("CI_PROJECT_URL"):
        return env["CI_PROJECT_URL"]
    if env.get("GITHUB_SERVER_URL") and env.get("GITHUB_REPOSITORY"):
        return f"{env['GITHUB_SERVER_URL']}/{env['GITHUB_REPOSITORY']}"
    return ""


def _find_forge(repo: str, env: Mapping[str, str]) -> Forge | None:
    """Return the forge of a repository by the environment or the name of its host, or None."""
    host = urlsplit(repo).hostname or ""
    by_host = next((forge for forge in FORGES if any(word in host for word in forge.hosts)), None)
    if repo != to_web_url(_read_environment(env)):
        return by_host
    if env.get("CI_PROJECT_URL"):
        return _FORGE_BY_NAME["gitlab"]
    if env.get("FORGEJO_ACTIONS") or env.get("GITEA_ACTIONS"):
        return _FORGE_BY_NAME["forgejo"]
    return by_host or _DEFAULT  # GitHub Enterprise, at a host of any name


def _find_branch(notes: Path, env: Mapping[str, str]) -> str:
    """Return the branch that notes are for, quoted for an address."""
    target = env.get("CI_DEFAULT_BRANCH") or env.get("GITHUB_BASE_REF")  # of a pull request
    if not target and env.get("GITHUB_REF_TYPE") == "branch":
        target = env.get("GITHUB_REF_NAME")
    if not target:
        head = try_git(notes, "symbolic-ref", "--short", "refs/remotes/origin/HEAD")
        target = head.removeprefix("origin/")
    return quote(target or "main")
