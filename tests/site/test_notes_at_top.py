"""Notes at the top of a repository, among them the settings of the site."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort

from readinglog.site.notes_at_top import watch_notes_at_top
from support.program import PROGRAM, Run, run_program
from support.worlds import work

CONFIG = "site_name: A log\ndocs_dir: .\nsite_dir: {site}\ntheme: material\nplugins: [{plugin}]\n"


class Watching:
    """What `mkdocs serve` watches, as its server keeps it."""

    def __init__(self, *paths: str) -> None:
        self.paths = dict.fromkeys(paths, True)

    def watch(self, path: str, *, recursive: bool = True) -> None:
        self.paths[path] = recursive

    def unwatch(self, path: str) -> None:
        del self.paths[path]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path)
    run.write({"one.md": work("[[two]]"), "deep/two.md": work("[[one]]", title="Two"), ".git": ""})
    return run


def load(run: Run, plugin: str = "readinglog", site: str = ".site") -> MkDocsConfig:
    run.write({"mkdocs.yml": CONFIG.format(plugin=plugin, site=site)})
    return load_config(str(run.folder / "mkdocs.yml"))


@pytest.mark.parametrize("program", ["mkdocs", "readinglog"])
def test_they_are_built_into_a_hidden_folder(run: Run, program: str) -> None:
    load(run)
    run.write({"README.md": "No note.", "readinglog.toml": 'notes = "."\n'})
    command = [str(PROGRAM.with_name(program)), "build"]
    done = run_program(command, run.folder, os.environ | {"NO_MKDOCS_2_WARNING": "1"})
    assert done.returncode == 0, done.stderr
    notes = run.folder / ".site" / "notes"
    assert sorted(path.parent.name for path in notes.glob("*/index.html")) == ["one", "two"]
    assert not (run.folder / "site").exists()


def test_the_output_has_to_be_hidden(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(Abort):
        load(run, site="site")
    assert "has to begin with a dot" in caplog.text


def test_mkdocs_refuses_them_as_before_without_the_plugin(run: Run) -> None:
    load(run)
    with pytest.raises(Abort):
        load(run, plugin="search")


def test_nothing_hidden_is_watched(run: Run) -> None:
    config = load(run)
    run.write({".cache/a": "", ".site/b": "", "node_modules/c": ""})
    watching = Watching(config.docs_dir)
    watch_notes_at_top(watching, config)  # type: ignore[arg-type]
    assert watching.paths == {str(run.folder): False, str(run.folder / "deep"): True}
