"""Where the workflows and the hook of a log get this program from."""

from __future__ import annotations

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from packaging.utils import InvalidWheelFilename, canonicalize_name, parse_wheel_filename
from packaging.version import InvalidVersion, Version

from readinglog import __version__
from readinglog.model.errors import ReadinglogError
from readinglog.workspace.forge import to_web_url
from readinglog.workspace.git import try_git

PACKAGE = "readinglog"
WHEEL_FOLDER = ".readinglog"  # of the log, for a wheel that is on no index
FORMS = "write a version, the path or address of a wheel, or git+https://HOST/REPOSITORY@COMMIT"
_GIT = re.compile(r"(?:git\+)?((?:https?|ssh|file)://[^\s'\"]+)@([\w.+-]+)")
_WHEEL_ADDRESS = re.compile(r"https?://[^\s'\"]+\.whl")


class OriginError(ReadinglogError):
    """The program cannot be installed from there by others."""


class Hook(NamedTuple):
    """How pre-commit installs the program: from a repository, as a dependency, or not at all."""

    repository: str = ""
    revision: str = ""
    dependency: str = ""

    @property
    def is_installed_apart(self) -> bool:
        """Whether the configuration of pre-commit says what to install."""
        return bool(self.repository or self.dependency)


class Origin(NamedTuple):
    """A line for requirements.txt, and the same for a hook.

    `wheel` is a file that the log has to hold, as the line names it there.
    """

    requirement: str
    hook: Hook = Hook()
    wheel: Path | None = None


def parse_origin(spec: str) -> Origin:
    """Return the origin that a person names. Raise OriginError where it is none."""
    spec = spec.strip()
    version = spec.removeprefix(f"{PACKAGE}==")
    try:
        return _from_version(str(Version(version)))
    except InvalidVersion:
        pass
    if _WHEEL_ADDRESS.fullmatch(spec):
        return _from_wheel_address(spec)
    if spec.endswith(".whl") and "://" not in spec:
        return _from_wheel(Path(spec).expanduser())
    if found := _GIT.fullmatch(spec):
        return _from_repository(found[1], found[2])
    raise OriginError(f"`{spec}` does not say what to install", FORMS)


def find_origin() -> Origin:
    """Return where this program was installed from, as its installer has recorded it.

    Raise OriginError where others cannot install it from there.
    """
    try:
        record = distribution(PACKAGE).read_text("direct_url.json")
    except PackageNotFoundError:
        record = "{}"
    if record is None:  # from an index
        return _from_version(__version__)
    origin = _read_record(json.loads(record))
    if origin:
        return origin
    message = "this copy of readinglog is installed from a place that others do not have"
    hint = f"say with --from what the workflows and the hook shall install: {FORMS}"
    raise OriginError(message, hint)


def _read_record(record: dict[str, object]) -> Origin | None:
    url = str(record.get("url", ""))
    match record:
        case {"vcs_info": {"vcs": "git", "commit_id": str(commit)}}:
            return _from_repository(url, commit)
        case {"archive_info": _} if _WHEEL_ADDRESS.fullmatch(url):
            return _from_wheel_address(url)
        case {"archive_info": _} if url.startswith("file:") and url.endswith(".whl"):
            wheel = _to_path(url)
            return _from_wheel(wheel) if wheel.is_file() else None
        case {"dir_info": _} if url.startswith("file:"):
            folder = _to_path(url)
            remote = to_web_url(try_git(folder, "remote", "get-url", "origin"))
            commit = try_git(folder, "rev-parse", "HEAD")
            return _from_repository(remote, commit) if remote and commit else None
    return None


def _to_path(url: str) -> Path:
    return Path(url2pathname(urlsplit(url).path))


def _from_version(version: str) -> Origin:
    requirement = f"{PACKAGE}=={version}"
    return Origin(requirement, Hook(dependency=requirement))


def _from_repository(address: str, revision: str) -> Origin:
    _check_address(address)
    requirement = f"{PACKAGE} @ git+{address}@{revision}"
    return Origin(requirement, Hook(address, revision))


def _from_wheel_address(address: str) -> Origin:
    _check_address(address)
    _check_wheel_name(unquote(urlsplit(address).path).rpartition("/")[2])
    requirement = f"{PACKAGE} @ {address}"
    return Origin(requirement, Hook(dependency=requirement))


def _from_wheel(wheel: Path) -> Origin:
    _check_wheel_name(wheel.name)
    if not wheel.is_file():
        raise OriginError(f"there is no file `{wheel}`", "give the path of a wheel")
    return Origin(f"./{WHEEL_FOLDER}/{wheel.name}", wheel=wheel)


def _check_wheel_name(name: str) -> None:
    try:
        package = parse_wheel_filename(name)[0]
    except InvalidWheelFilename as error:
        raise OriginError(f"`{name}` is not the name of a wheel", FORMS) from error
    if package != canonicalize_name(PACKAGE):
        raise OriginError(f"`{name}` is a wheel of `{package}`, not of {PACKAGE}", FORMS)


def _check_address(address: str) -> None:
    """Raise OriginError where an address holds what everyone would read in the log."""
    if urlsplit(address).password:
        raise OriginError("the address holds a password", "leave it out: the log is for others")
