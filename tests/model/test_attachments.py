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


PUBLISHED_BYTES = {
    "a.png": b"\x89PNG\r\n\x1a\n",
    "really-a-jpeg.PNG": b"\xff\xd8\xff\xe0",
    "a.webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "a.apng": b"\x89PNG\r\n\x1a\n\0",
    "a.avif": b"\0\0\0\x20ftypavif",
    "a.ico": b"\0\0\1\0",
    "a.mp3": b"ID3\4",
    "b.mp3": b"\xff\xfb\x90",
    "a.mp4": b"\0\0\0\x20ftypisom",
    "a.mov": b"\0\0\0\x14moov",
    "a.webm": b"\x1a\x45\xdf\xa3",
    "a.opus": b"OggS\0",
    "a.pdf": b"\n%PDF-1.7",
    "a.zip": b"PK\3\4",
    "a.npz": b"PK\5\6",
    "a.npy": b"\x93NUMPY",
    "a.parquet": b"PAR1",
    "a.csv": b"\xef\xbb\xbfa,b",
    "latin-1.txt": b"caf\xe9",
    "utf-16.csv": "a,b".encode("utf-16"),
    "words.txt": b"<unk>\n<pad>\n",
    "a.json": b"{}",
    "empty.png": b"",
}


@pytest.mark.parametrize("path", PUBLISHED_BYTES)
def test_a_file_is_published_that_begins_as_its_suffix_says(path: str) -> None:
    assert find_publication_obstacle(path, PUBLISHED_BYTES[path]) == ""


@pytest.mark.parametrize(
    ("path", "data", "why"),
    [
        ("page.png", b"<html><script>", "its content is not that of a `.png` file"),
        ("program.ZIP", b"MZ\x90\0", "its content is not that of a `.zip` file"),
        ("sound.jpg", b"ID3\4", "its content is not that of a `.jpg` file"),
        ("page.pdf", b"<script></script>%PDF-1.7", "its content is not that of a `.pdf` file"),
        ("page.bib", b"\n <!DOCTYPE html>", "begins like a web page"),
        ("page.txt", b"\xef\xbb\xbf<SCRIPT src=x>", "begins like a web page"),
        ("drawing.json", b"<svg onload=x>", "begins like a web page"),
        ("key.txt", b"-----BEGIN OPENSSH PRIVATE KEY-----", "holds a private key"),
        ("program.csv", b"\x7fELF\2\1\1\0", "is not text"),
        ("a.png", b"version https://git-lfs.github.com/spec/v1\n", "is a pointer of Git LFS"),
    ],
)
def test_a_file_that_is_not_what_its_suffix_says_is_left_out(
    path: str, data: bytes, why: str
) -> None:
    assert why in find_publication_obstacle(path, data)


def test_a_file_that_is_too_large_is_left_out() -> None:
    why = find_publication_obstacle("a.png", b"\x89PNG", 30_000_000)
    assert why == "it has 30,000,000 bytes, and 20,000,000 is the limit"
    assert find_publication_obstacle("a.png", b"\x89PNG", 30_000_000, 30_000_000) == ""
    assert find_publication_obstacle("id_rsa", b"", 30_000_000).endswith("are not published")


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
        "fake.png": "<script>",
        "LARGE.PNG": b"\x89PNG" + bytes(1_000),
    }
    repository.write({"notes/gone.jpg": b"\xff\xd8\xff"})
    notes = repository.folder / "notes"
    (notes / "out.txt").symlink_to("/etc/hostname")
    commit = repository.commit({f"notes/{path}": text for path, text in texts.items()})
    files = read_folder(notes, limit=1_000).files
    assert read_commit(notes, commit, limit=1_000).files == files
    assert read_index(notes, limit=1_000).files == files
    assert files["LARGE.PNG"] == "it has 1,004 bytes, and 1,000 is the limit"
    assert files["out.txt"] == "it is a symbolic link out of the notes folder"
    for path in ("gone.jpg", "loss.png", "bad.svg", "fake.png"):  # now only git has them
        (notes / path).unlink()
    assert read_commit(notes, commit, limit=1_000).files == files
    assert read_index(notes, limit=1_000).files == files
    published = {"good.svg", "loss.png", "data.csv", "gone.jpg"}
    assert {path for path, why in files.items() if not why} == published
