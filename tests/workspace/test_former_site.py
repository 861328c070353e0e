"""MkDocs empties the folder of the site; what is the same in the new build is not written again."""

from __future__ import annotations

import os
import shutil
import zlib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.site import output_files
from readinglog.site.json_text import pack_text
from readinglog.site.output_files import FileMaker, write_outputs
from readinglog.site.page import DataFile
from readinglog.site.page_cache import PageCache
from readinglog.workspace.files import write_file
from readinglog.workspace.former_site import FileKeys, FormerSite
from support.folders import read_tree
from support.packed_files import read_plain

Files = dict[str, str]  # texts by path
BY_MKDOCS = "assets/theme.css"


def read_files(site: Path) -> dict[str, bytes]:
    """Return the files of a site, without its folders."""
    return {path: data for path, data in read_tree(site).items() if data is not None}


def build(log: Path, files: Files, rendered: Files, made: list[str] | None = None) -> None:
    """Write a site as a build does: MkDocs empties its folder and writes what it has `rendered`.

    Files say what decides about them, but for data, whose texts are made for their keys; those that
    end in `.bin` are compressed. `made` gets the paths of those made.
    """
    site = log / "site"

    def write(path: str, text: str) -> str:
        if made is not None:
            made.append(path)
        return text

    former = FormerSite(log / "cache", site)
    former.set_aside()
    shutil.rmtree(site, ignore_errors=True)
    site.mkdir()
    for path, text in rendered.items():
        write_file(site / path, text.encode())
    outputs = [
        DataFile(
            path,
            partial(write, path, text),
            None if path.endswith((".json", ".bin")) else partial(str, text),
            is_packed=path.endswith(".bin"),
        )
        for path, text in files.items()
    ]
    former.put_back(files)
    maker = FileMaker(log, PageCache(), PageCache())
    former.finish(write_outputs(outputs, maker.make, site, (), former))


def test_a_file_at_the_top_of_the_site_is_made_once_like_those_in_folders(tmp_path: Path) -> None:
    files = {"bibliography.bib": "same", "tags/moe/bibliography.bib": "same"}
    made: list[str] = []
    build(tmp_path, files, {}, made)
    build(tmp_path, files, {}, made)
    assert sorted(made) == sorted(files)
    assert read_files(tmp_path / "site") == {path: text.encode() for path, text in files.items()}


def test_a_file_that_is_the_same_keeps_its_time_and_one_that_is_not_gets_its_new_text(
    tmp_path: Path,
) -> None:
    build(tmp_path, {"notes/a/index.html": "same", "notes/b/index.html": "old"}, {})
    same, other = (tmp_path / "site/notes" / name / "index.html" for name in "ab")
    os.utime(same, (1, 1))
    build(tmp_path, {"notes/a/index.html": "same", "notes/b/index.html": "new"}, {})
    assert same.stat().st_mtime == 1
    assert other.read_text(encoding="utf-8") == "new"


def test_what_has_the_key_that_it_had_is_not_made_again(tmp_path: Path) -> None:
    files = {"notes/a/index.html": "same", "notes/b/index.html": "old", "tags.json": "{}"}
    build(tmp_path, files, {})
    made: list[str] = []
    build(tmp_path, {**files, "notes/b/index.html": "new"}, {}, made)
    assert made == ["notes/b/index.html", "tags.json"]


@pytest.mark.parametrize("name", ["a.bin", "a.json", "a.bib"])
def test_half_a_character_in_a_text_ends_no_build(tmp_path: Path, name: str) -> None:
    build(tmp_path, {name: "one \ud800"}, {})
    build(tmp_path, {name: "two \ud800"}, {})
    data = (tmp_path / "site" / name).read_bytes()
    text = zlib.decompress(data) if name == "a.bin" else data
    assert text.decode("utf-8", "surrogatepass") == "two \ud800"


def test_a_compressed_file_with_the_text_that_it_had_is_not_compressed_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed: list[str] = []

    def record(text: str) -> bytes:
        packed.append(text)
        return pack_text(text)

    monkeypatch.setattr(output_files, "pack_text", record)
    build(tmp_path, {"search/a.bin": "same", "search/b.bin": "old"}, {})
    build(tmp_path, {"search/a.bin": "same", "search/b.bin": "new"}, {})
    assert packed == ["same", "old", "new"]
    texts = [read_plain(tmp_path / "site/search" / name) for name in ("a.bin", "b.bin")]
    assert texts == ["same", "new"]


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"notes/a/index.html": 1}'])
def test_what_was_changed_since_it_was_written_is_made_again(tmp_path: Path, damage: bytes) -> None:
    files = {"notes/a/index.html": "same", "notes/b/index.html": "same"}
    build(tmp_path, files, {})
    page = tmp_path / "site/notes/a/index.html"
    page.write_text("else", encoding="utf-8")
    page.with_name("more.html").write_text("else", encoding="utf-8")
    made: list[str] = []
    build(tmp_path, files, {}, made)
    assert made == ["notes/a/index.html"]
    page.unlink()
    build(tmp_path, files, {}, made)
    assert made == ["notes/a/index.html", "notes/a/index.html"]
    [record] = (tmp_path / "cache/written-files").iterdir()
    record.write_bytes(damage)
    build(tmp_path, files, {}, made)
    assert set(made[2:]) == set(files)
    expected = {path: text.encode() for path, text in files.items()}
    assert read_files(tmp_path / "site") == expected


def test_a_file_that_is_as_it_was_written_is_known_by_its_quick_key(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for name in ("same.html", "changed.html", "gone.html"):
        write_file(site / name, b"text")
    keys = {path.name: FileKeys("key", "quick") for path in site.iterdir()}
    former = FormerSite(tmp_path / "cache", site)
    former.finish(keys | {"without.html": FileKeys("key")})
    former = FormerSite(tmp_path / "cache", site)
    former.set_aside()
    former.put_back(keys)
    write_file(site / "changed.html", b"other text")
    (site / "gone.html").unlink()
    assert former.find_key("same.html", "quick") == "key"
    assert former.find_key("same.html", "another") == ""
    for name in ("changed.html", "gone.html", "without.html", "never.html"):
        assert former.find_key(name, "quick") == former.find_key(name, "") == ""


def test_a_file_that_is_no_longer_made_is_gone_with_its_folder(tmp_path: Path) -> None:
    build(tmp_path, {"notes/a/index.html": "a", "tags/moe/index.html": "moe"}, {})
    build(tmp_path, {"notes/a/index.html": "a"}, {})
    assert not (tmp_path / "site/tags").exists()


def test_what_mkdocs_has_written_is_newer_than_what_was_there(tmp_path: Path) -> None:
    build(tmp_path, {"assets/data.json": "{}"}, {BY_MKDOCS: "old"})
    build(tmp_path, {"assets/data.json": "{}"}, {BY_MKDOCS: "new"})
    assert read_files(tmp_path / "site") == {"assets/data.json": b"{}", BY_MKDOCS: b"new"}


def test_after_a_killed_build_the_next_is_right(tmp_path: Path) -> None:
    build(tmp_path, {"notes/a/index.html": "a", "notes/b/index.html": "b"}, {})
    FormerSite(tmp_path / "cache", tmp_path / "site").set_aside()  # and nothing else
    build(tmp_path, {"notes/b/index.html": "b", "notes/c/index.html": "c"}, {})
    build(tmp_path, {"notes/c/index.html": "c"}, {})
    assert read_files(tmp_path / "site") == {"notes/c/index.html": b"c"}
    assert not list((tmp_path / "cache/former-site").iterdir())


def test_a_symbolic_link_is_not_followed_and_a_linked_copy_of_the_site_stays(
    tmp_path: Path,
) -> None:
    build(tmp_path, {"notes/a/index.html": "a", "notes/b/index.html": "b"}, {})
    outside = tmp_path / "outside.txt"
    outside.write_text("untouched", encoding="utf-8")
    page, linked = tmp_path / "site/notes/a/index.html", tmp_path / "copy.html"
    page.unlink()
    page.symlink_to(outside)
    linked.hardlink_to(tmp_path / "site/notes/b/index.html")
    build(tmp_path, {"notes/a/index.html": "new", "notes/b/index.html": "new"}, {})
    assert outside.read_text(encoding="utf-8") == "untouched"
    assert linked.read_text(encoding="utf-8") == "b"
    assert page.read_text(encoding="utf-8") == "new"


def test_what_cannot_be_moved_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, {"notes/a/index.html": "a"}, {})

    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(Path, "rename", refuse)
    build(tmp_path, {"notes/a/index.html": "a", "notes/b/index.html": "b"}, {})
    expected = {"notes/a/index.html": b"a", "notes/b/index.html": b"b"}
    assert read_files(tmp_path / "site") == expected


NAMES = st.lists(st.sampled_from("abc"), min_size=2, max_size=4).map("/".join)


def _can_stand_together(paths: list[str]) -> bool:
    return not any(other.startswith(f"{path}/") for path in paths for other in paths)


SITES = st.lists(NAMES, unique=True, max_size=6).filter(_can_stand_together)


@given(st.lists(st.tuples(SITES, st.sampled_from("xy")), min_size=2, max_size=4))
@settings(max_examples=60)
def test_after_any_builds_the_site_is_what_the_last_one_makes(
    tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[list[str], str]]
) -> None:
    log = tmp_path_factory.mktemp("log")
    for paths, text in builds:
        files = {path: f"{path} {text}" for path in paths}
        build(log, files, {BY_MKDOCS: text})
    expected = {path: content.encode() for path, content in files.items()}
    assert read_files(log / "site") == {**expected, BY_MKDOCS: text.encode()}
