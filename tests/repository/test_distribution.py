"""The package as others get it: built, installed into an environment of its own, and used there to
begin a log, to commit to it and to build its site.

The dependencies are those that the tests have; with READINGLOG_FULL_INSTALL, as `make test-install`
sets it, they are installed too, and so is the hook.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from readinglog import __version__
from support.paths import ROOT
from support.repositories import ENV, Repository
from support.worlds import work

IS_FULL = bool(os.environ.get("READINGLOG_FULL_INSTALL"))
SOURCES = ("src", "pyproject.toml", "MANIFEST.in", "README.md", "CHANGELOG.md", "LICENSE")
PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
BROKEN = work("See [[no-such-note]].", title="A slip", url="https://a.example/1", tags="[reading]")


def run(*words: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """Return what a program prints; fails where it does."""
    done = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env=env or ENV,
        capture_output=True,
        encoding="utf-8",
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the wheel and the sdist, built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("sources")
    for name in SOURCES:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "*.egg-info")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    run(sys.executable, "-m", "build", "--no-isolation", cwd=folder)
    return folder / "dist"


def list_package_files() -> Iterator[str]:
    for file in (ROOT / "src" / "readinglog").rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(ROOT / "src").as_posix()


def test_every_other_file_of_the_package_is_named_as_its_data() -> None:
    """So that no build leaves it out, as the test of both distributions proves."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    package = ROOT / "src" / "readinglog"
    data = settings["tool"]["setuptools"]["package-data"]["readinglog"]
    named = {file for pattern in data for file in package.glob(pattern)}
    others = {package.parent / path for path in list_package_files() if not path.endswith(".py")}
    assert others - named == set()
    assert {file.parent for file in package.rglob("*.py")} - {
        file.parent for file in package.rglob("__init__.py")
    } == set()


@pytest.mark.slow
def test_both_hold_every_file_of_the_package(distributions: Path) -> None:
    ours = set(list_package_files())
    with zipfile.ZipFile(distributions / f"readinglog-{__version__}-py3-none-any.whl") as wheel:
        assert {name for name in wheel.namelist() if ".dist-info/" not in name} == ours
    top = f"readinglog-{__version__}"
    with tarfile.open(distributions / f"{top}.tar.gz") as sdist:
        names = set(sdist.getnames())
    assert {f"{top}/src/{name}" for name in ours} <= names
    assert not [name for name in names if name.startswith(f"{top}/tests")]


def install(wheel: Path, folder: Path) -> dict[str, str]:
    """Install the wheel into a new environment, and return what a shell has set in it."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    options = [] if IS_FULL else ["--no-deps", "--no-index"]
    # Without what else the tests can import.
    env = {name: value for name, value in ENV.items() if not name.startswith("PYTHON")}
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    run(*pip, *options, str(wheel), cwd=folder, env=env)
    if not IS_FULL:
        [site] = folder.glob("lib/python*/site-packages")
        others = [path for path in sys.path if path.endswith("site-packages")]
        (site / "dependencies.pth").write_text("\n".join(others), encoding="utf-8")
    own = {"NO_MKDOCS_2_WARNING": "1", "PRE_COMMIT_HOME": str(folder / "hooks")}
    return env | own | {"PATH": f"{folder / 'bin'}{os.pathsep}{ENV['PATH']}"}


@pytest.mark.slow
def test_an_installed_wheel_begins_a_log_that_takes_commits_and_builds(
    distributions: Path, tmp_path: Path
) -> None:
    [wheel] = distributions.glob("*.whl")
    env = install(wheel, tmp_path / "env")
    bin_ = tmp_path / "env" / "bin"
    assert run(bin_ / "readinglog", "--version", cwd=tmp_path, env=env) == (
        f"readinglog {__version__}\n"
    )
    begun = run(
        bin_ / "readinglog", "init", "log", "--name", "Bees", "--forge", "github",
        cwd=tmp_path, env=env,
    )  # fmt: skip
    assert "readinglog serve --open" in begun
    folder = tmp_path / "log"
    requirements = (folder / "requirements.txt").read_text(encoding="utf-8")
    named = folder / requirements.splitlines()[-1]
    assert named.read_bytes() == wheel.read_bytes(), "the log holds what is on no index"

    log = Repository(folder)
    log.env |= env
    run(PRE_COMMIT, "install", cwd=folder, env=log.env)
    log.git("add", "--all")
    first = log.try_git("commit", "--message", "Begin a log")
    assert first.returncode == 0, first.stdout + first.stderr
    log.write({"notes/slip.md": BROKEN})
    log.git("add", "--all")
    refused = log.try_git("commit", "--message", "Add a note")
    assert refused.returncode == 1
    assert "[unresolved-link]" in refused.stdout + refused.stderr
    log.write({"notes/slip.md": BROKEN.replace("no-such-note", "as-we-may-think")})
    log.git("add", "--all")
    assert log.try_git("commit", "--message", "Add a note").returncode == 0

    run(bin_ / "python", "-m", "mkdocs", "build", "--strict", cwd=folder, env=env)
    page = (folder / "site" / "notes" / "as-we-may-think" / "index.html").read_text("utf-8")
    assert "A slip" in page, "each note shows what links to it"
    assert "Bees" in page


def test_the_hook_of_this_repository_is_the_check_of_a_new_log() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    run(PRE_COMMIT, "validate-manifest", ROOT / ".pre-commit-hooks.yaml", cwd=ROOT)
    template = ROOT / "src/readinglog/workspace/new_log/templates/pre-commit-config.yaml"
    text = template.read_text(encoding="utf-8")
    assert f"entry: {hook['entry']}\n" in text
    assert hook["always_run"]
    assert not hook["pass_filenames"]


@pytest.mark.skipif(not IS_FULL, reason="`make test-install` runs it: it downloads dependencies")
def test_the_hook_works_from_another_repository(tmp_path: Path) -> None:
    (tmp_path / "program").mkdir()
    program = Repository(tmp_path / "program")
    for name in (*SOURCES, ".pre-commit-hooks.yaml"):
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, program.folder / name)
    commit = program.commit()
    (tmp_path / "log").mkdir()
    log = Repository(tmp_path / "log")
    log.env["PRE_COMMIT_HOME"] = str(tmp_path / "hooks")
    hook = {"repo": str(program.folder), "rev": commit, "hooks": [{"id": "readinglog-check"}]}
    log.write({".pre-commit-config.yaml": yaml.safe_dump({"repos": [hook]})})
    run(PRE_COMMIT, "install", "--install-hooks", cwd=log.folder, env=log.env)
    log.write({"notes/slip.md": BROKEN})
    log.git("add", "--all")
    refused = log.try_git("commit", "--message", "Add a note")
    assert refused.returncode == 1
    assert "[unresolved-link]" in refused.stdout + refused.stderr
    log.write({"notes/slip.md": BROKEN.replace("See [[no-such-note]].", "Text.")})
    log.git("add", "--all")
    done = log.try_git("commit", "--message", "Add a note")
    assert done.returncode == 0, done.stdout + done.stderr
