"""Attachments: what a browser could run in the name of the site is not published, and no page links
to it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglog.lint.linter import check_notebook
from readinglog.lint.new_diagnostics import find_new_diagnostics
from readinglog.model.attachments import SVG_LIMIT, find_publication_obstacle
from readinglog.site.compiler import compile_site
from readinglog.site.page import Attachment, Page, Site
from readinglog.workspace.folder import read_folder
from readinglog.workspace.revision import read_commit, read_index
from support.repositories import Repository
from support.worlds import notebook, work

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
SCRIPT = SVG.format("<script>fetch('/')</script>")


@pytest.mark.parametrize(
    "path",
    [
        "a.png",
        "deep/A.JPEG",
        "a.ico",
        "a.pdf",
        "a.flac",
        "a.mov",
        "a.csv",
        "a.json",
        "a.txt",
        "a.ipynb",
        "a.canvas",
    ],
)
def test_images_sound_video_and_data_are_published(path: str) -> None:
    assert find_publication_obstacle(path) == ""


@pytest.mark.parametrize(
    "path",
    "a.html a.HTM a.xhtml a.xml a.js a.css a.wasm a.png.html id_rsa secrets.env x.png/y a.".split(),
)
def test_every_other_kind_is_left_out(path: str) -> None:
    assert "not published" in find_publication_obstacle(path)


@pytest.mark.parametrize(
    "inside",
    [
        "<script/>",
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml"/>',
        '<x:img xmlns:x="http://www.w3.org/1999/xhtml" src="a.png"/>',
        "<foreignObject/>",
        '<path onclick="x()"/>',
        '<path ONLOAD="x()"/>',
        '<a href="javascript:x()"/>',
        '<a href="java&#115;cript&#x3A;x()"/>',
        '<a xlink:href=" java&#9;script:x()"/>',
        '<a href="data:text/html,x"/>',
        '<use href="data:image/svg+xml,x"/>',
        '<image href="https://example.org/x.png"/>',
        '<image xlink:href="//example.org/x.png"/>',
        '<image href="\\\\example.org/x.png"/>',
        '<a><set attributeName="href" to="x"/></a>',
        '<path fill="url(https://example.org/x#y)"/>',
        "<path style=\"fill: url( '//example.org/x#y' )\"/>",
        "<style>@import 'x.css';</style>",
        "<style>a{fill:url(http://example.org/x)}</style>",
        r"<style>a{fill:\75rl(http://example.org/x)}</style>",
        "<?xml-stylesheet href='x.xsl'?>",
        "<path>",
        "&undeclared;",
    ],
)
def test_a_drawing_that_runs_or_loads_something_is_left_out(inside: str) -> None:
    assert "this drawing" in find_publication_obstacle("a.svg", SVG.format(inside).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe<\0s\0v\0g\0",
        b'<?xml version="1.0" encoding="utf-7"?>' + SVG.format("").encode(),
        b"<!DOCTYPE svg [<!ENTITY x 'y'>]>" + SVG.format("&x;").encode(),
        b'<!DOCTYPE svg SYSTEM "https://example.org/x.dtd">' + SVG.format("").encode(),
        SVG.format(" " * SVG_LIMIT).encode(),
    ],
    ids=range(6),
)
def test_a_drawing_that_cannot_be_looked_through_is_left_out(data: bytes) -> None:
    assert "this drawing" in find_publication_obstacle("a.svg", data)


@pytest.mark.parametrize(
    "inside",
    [
        '<path id="a"/><use href="#a" xlink:href="#a" fill="url(#a)"/>',
        '<image href="data:image/png;base64,AAAA"/><image href="loss.png"/>',
        "<style>path{fill: red}</style><text>javascript &amp; https://example.org</text>",
        '<metadata><r:d xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" r:resource="http://purl.org/x"/></metadata>',
    ],
)
def test_a_drawing_that_only_draws_is_published(inside: str) -> None:
    assert find_publication_obstacle("a.svg", SVG.format(inside).encode()) == ""


def test_a_file_that_is_left_out_is_neither_in_the_site_nor_linked() -> None:
    body = "[the demo](demo.html), [[run.py|the program]], ![[worker.js]], ![[plot.svg]], ![a plot](plot.svg), ![](loss.png)."
    log = notebook(
        {
            "a.md": work(body),
            "demo.html": "",
            "run.py": "",
            "worker.js": "",
            "plot.svg": SCRIPT,
            "loss.png": "",
        }
    )
    outputs = list(compile_site(log, Site("Log")))
    assert [item.source for item in outputs if isinstance(item, Attachment)] == ["loss.png"]
    [page] = [item for item in outputs if isinstance(item, Page) and item.address == "notes/a/"]
    for name in ("demo.html", "](../run.py", "](../worker.js", "](../plot.svg", "wanted/#"):
        assert name not in page.body
    assert "loss.png" in page.body
    assert "the demo, the program" in page.body


def test_an_unpublished_file_is_reported_once_and_where_it_is_linked() -> None:
    log = notebook({"a.md": work("[the demo](demo.html)"), "demo.html": "", "id_rsa": ""})
    found = [
        (d.source.path, d.severity.value)
        for d in check_notebook(log)
        if d.rule == "unpublished-file"
    ]
    assert found == [("a.md", "warning"), ("id_rsa", "warning")]


def test_a_change_is_blamed_only_for_files_that_it_leaves_unpublished() -> None:
    before = notebook({"a.md": work(), "id_rsa": "", "plot.svg": SVG.format("")})
    after = notebook({"a.md": work(), "id_rsa": "", "plot.svg": SCRIPT, "key.pem": ""})
    found = find_new_diagnostics(check_notebook(after), before, after)
    assert {d.source.path for d in found if d.rule == "unpublished-file"} == {"plot.svg", "key.pem"}


def test_git_and_disk_leave_out_the_same_files(tmp_path: Path) -> None:
    (tmp_path / "log").mkdir()
    repository = Repository(tmp_path / "log")
    texts = {
        "a.md": "",
        "good.svg": SVG.format(""),
        "bad.svg": SCRIPT,
        "demo.html": "",
        "loss.png": b"\x89PNG",
        "data.csv": "1",
    }
    commit = repository.commit({f"notes/{path}": text for path, text in texts.items()})
    notes = repository.folder / "notes"
    files = read_folder(notes).files
    assert {path for path, why in files.items() if not why} == {"good.svg", "loss.png", "data.csv"}
    assert read_commit(notes, commit).files == files
    assert read_index(notes).files == files
