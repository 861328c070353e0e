"""The guide under `docs/guide`: every command in it runs, every example that it shows as it looks is
the text that it shows, and its pages made from the code are up to date.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from readinglog.cli import main
from support.local_web import LocalWeb, Reply
from support.paths import ROOT
from support.program import Run, run_program
from support.repositories import ENV

sys.path.insert(0, str(ROOT / "docs"))
from make_reference import make_pages

GUIDE = ROOT / "docs" / "guide"
PAGES = sorted(path.name for path in GUIDE.glob("*.md"))
FENCE = re.compile(
    r'^(?P<fence>`{3,})(?P<language>\w+)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^(?P=fence)$',
    re.MULTILINE | re.DOTALL,
)
QUOTE = re.compile(r"\n\n(?P<shown>(?:>.*\n)+)")
# What needs a network, a terminal or a forge: `tests/repository/test_distribution.py` installs.
NOT_HERE = ("python -m pip install", "pre-commit install", "python3 -m venv", "git push")
CONTEXT = click.Context(main)
FEED = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom"><entry>
<id>http://arxiv.org/abs/1701.06538v1</id><published>2017-01-23T18:10:00Z</published>
<title>Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer</title>
<summary>A mixture of experts.</summary><author><name>Noam Shazeer</name></author></entry></feed>"""
ARTICLE = """{"status": "ok", "message": {"DOI": "10.1098/rspa.1934.0106", "type": "journal-article",
"title": ["The Mechanism of Plastic Deformation of Crystals"], "issued": {"date-parts": [[1934, 7]]},
"author": [{"given": "Geoffrey Ingram", "family": "Taylor"}]}}"""


def read(page: str) -> str:
    return (GUIDE / page).read_text(encoding="utf-8")


def list_steps(text: str) -> Iterator[tuple[str, str]]:
    """Give in their order the files that a page writes, as name and text, and the commands that it
    runs, as "" and line.
    """
    for fence in FENCE.finditer(text):
        if fence["title"]:
            yield fence["title"], fence["text"]
        elif fence["language"] == "sh":
            for line in fence["text"].splitlines():
                yield "", line.partition(" #")[0].strip()


class Reader:
    """Someone who follows a page of the guide in a log of their own."""

    def __init__(self, folder: Path, web: LocalWeb) -> None:
        self.run = Run(folder)
        self.folder = folder
        self.web = web

    def begin(self) -> None:
        self.follow("readinglog init log --name Alloys --forge github")
        self.folder /= "log"
        for line in ("git init --quiet --initial-branch=main", "git add --all"):
            self.follow(line)
        self.follow("git commit --quiet --message Begin")

    def follow(self, line: str) -> None:
        """Do what a line of the guide says; fails where it does."""
        words = shlex.split(line)
        if words[0] == "cd":
            self.folder = (self.folder / words[1]).resolve()
            return
        if line.startswith("readinglog serve"):
            command = main.get_command(CONTEXT, "serve")
            assert command
            command.make_context("serve", words[2:])  # raises where its options are wrong
            return
        if words[:2] == ["readinglog", "new"]:
            words += ["--services", self.web.address]
        elif words[:2] == ["readinglog", "init"]:
            words += ["--from", "0.2.0"]  # here the package is used from its sources
        program = Path(sys.executable).with_name(words[0])
        around = ENV | {"XDG_CACHE_HOME": str(self.run.folder / "cache"), "NO_PROXY": "127.0.0.1"}
        if program.exists():
            done = run_program([str(program), *words[1:]], self.folder, os.environ | around)
        else:
            done = subprocess.run(
                words, cwd=self.folder, env=around, capture_output=True, check=False
            )
        assert done.returncode == 0, (line, done.stdout.decode(), done.stderr.decode())

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("page", [page for page in PAGES if "```sh" in read(page)])
def test_commands_of_a_page_run_in_their_order(page: str, tmp_path: Path, local: LocalWeb) -> None:
    feed = Reply(FEED.encode(), content_type="application/atom+xml; charset=utf-8")
    local["/arxiv"] = feed
    local["/crossref/10.1098%2Frspa.1934.0106"] = Reply(
        ARTICLE.encode(), content_type="application/json"
    )
    reader, steps = Reader(tmp_path, local), list(list_steps(read(page)))
    if not any(line.startswith("readinglog init my-log") for _, line in steps):
        reader.begin()
    for name, text in steps:
        if name:
            reader.write(name, text)
        elif not any(part in text for part in NOT_HERE):
            reader.follow(text)


@pytest.mark.parametrize("page", PAGES)
def test_commands_in_the_text_are_there(page: str) -> None:
    text = FENCE.sub("", read(page))
    for name in re.findall(r"`readinglog ([a-z]+)[ `]", text):
        assert main.get_command(CONTEXT, name), name
    targets = set(
        re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    )
    assert set(re.findall(r"`make ([a-z-]+)`", text)) <= targets


def test_examples_look_as_they_are_written() -> None:
    text = read("write.md")
    fences = [fence for fence in FENCE.finditer(text) if fence["language"] == "markdown"]
    found = [(fence["text"], QUOTE.match(text, fence.end())) for fence in fences]
    examples = [(written, quote["shown"]) for written, quote in found if quote]
    assert len(examples) > 1
    for written, quote in examples:
        shown = re.sub(r"^> ?", "", quote, flags=re.MULTILINE)
        assert written.partition("\n[^1]:")[0].rstrip() == shown.rstrip(), "but for the footnote"


def test_pages_made_from_the_code_are_up_to_date(update: bool) -> None:
    for name, text in make_pages().items():
        if update:
            (GUIDE / name).write_text(text, encoding="utf-8")
        assert read(name) == text, "run `make docs`"


def test_the_guide_is_a_log_without_problems() -> None:
    done = Run(ROOT / "docs")("check", "--no-cache")
    assert (done.returncode, "no problems found" in done.stdout) == (0, True), done.stdout
