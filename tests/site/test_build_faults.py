"""Builds that are interrupted, killed or run side by side: the next one is right."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from readinglog.site.mkdocs_plugin import ReadinglogPlugin
from support.folders import read_tree
from support.paths import SAMPLE
from support.program import hear_interrupts
from support.site_builds import CONFIG, build_log_once, shared_folder
from support.worlds import work

ENVIRONMENT = {**os.environ, "SITE_URL": "http://localhost/", "NO_MKDOCS_2_WARNING": "1"}


@pytest.fixture(scope="session")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    """The files of the site that a whole build makes."""
    folder = shared_folder(tmp_path_factory.getbasetemp()) / "sample"
    return read_tree(build_log_once(SAMPLE, folder))


@pytest.fixture
def log(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "log")
    return tmp_path / "log"


SHOUT = """
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

class Shout(Postprocessor):
    def run(self, text):
        return text.replace("clock", "CLOCK")

class ShoutExtension(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Shout(md), "shout", 0)

def makeExtension(**settings):
    return ShoutExtension(**settings)
"""


def start(log: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=log,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=hear_interrupts,  # noqa: PLW1509 - no threads are started
    )


def wait_for_pages(log: Path) -> None:
    """Wait until the first pages are in the cache, and others are still to be made."""
    until = time.monotonic() + 60
    while time.monotonic() < until and not list(log.glob(".cache/readinglog/pages/*")):
        time.sleep(0.01)


def check_next_build(log: Path, expected: dict[str, bytes | None]) -> None:
    build = start(log)
    output, _ = build.communicate(timeout=120)
    assert build.returncode == 0, output
    assert read_tree(log / "site") == expected
    assert [path.name for path in log.iterdir() if path.name.startswith(".readinglog")] == []


def test_two_builds_at_once_both_end_well(log: Path, expected: dict[str, bytes | None]) -> None:
    builds = [start(log), start(log)]
    for build in builds:
        output, _ = build.communicate(timeout=180)
        assert build.returncode == 0, output
        assert "Traceback" not in output
    assert read_tree(log / "site") == expected


def test_an_interrupt_ends_a_build_without_a_traceback(
    log: Path, expected: dict[str, bytes | None]
) -> None:
    build = start(log)
    wait_for_pages(log)
    build.send_signal(signal.SIGINT)
    output, _ = build.communicate(timeout=60)
    assert "Traceback" not in output
    check_next_build(log, expected)


def test_after_a_build_that_was_killed_the_next_is_right(
    log: Path, expected: dict[str, bytes | None]
) -> None:
    build = start(log)
    wait_for_pages(log)
    build.kill()
    build.communicate(timeout=60)  # which waits for the processes that it had started, too
    check_next_build(log, expected)


def test_a_full_disk_is_an_error_with_the_place_and_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Full:
        def finish(self, *_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device", "site/notes/a/index.html")

    plugin = ReadinglogPlugin()
    monkeypatch.setattr(plugin, "build", Full(), raising=False)
    monkeypatch.setattr(plugin, "theme", None, raising=False)
    with pytest.raises(PluginError, match=r"site/notes/a/index\.html cannot be written: no space"):
        plugin.on_post_build(config=MkDocsConfig())


def test_pages_are_made_anew_when_the_code_of_a_users_markdown_extension_changes(
    tmp_path: Path,
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(work("About a clock."), encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(f"{CONFIG}markdown_extensions: [shout]\n")
    for word in ("CLOCK", "WATCH"):
        (tmp_path / "shout.py").write_text(SHOUT.replace("CLOCK", word), encoding="utf-8")
        environment = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(tmp_path), *sys.path])}
        command = [sys.executable, "-B", "-m", "mkdocs", "build", "--quiet"]
        subprocess.run(command, cwd=tmp_path, env=environment, check=True)
        page = (tmp_path / "site/notes/a/index.html").read_text(encoding="utf-8")
        assert f"About a {word}." in page
