"""What no engine touches is put into the finished site, and nowhere else."""

from __future__ import annotations

import errno
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from readinglog.site.frames import GAPS, Frame, mark_gap
from readinglog.site.output_files import File, FileMaker, PageMaker, write_outputs
from readinglog.site.page import Attachment, CardImage, DataFile, DataFolder, Output, Page, Site
from readinglog.site.page_cache import PageCache
from readinglog.site.views.authors import AuthorView
from readinglog.workspace.former_site import FormerSite

CARD = CardImage("notes/a/card.png", "A log", "A work", "Ada Adams, 2026", "What to remember.")


def write(outputs: Sequence[Output], folder: Path, name: str, cache: PageCache) -> None:
    """Write outputs into the folder of that name, with attachments from the notes beside it."""
    maker = FileMaker(folder / "notes", PageCache(), cache)
    write_outputs(outputs, maker.make, folder / name, (cache,))


def test_data_attachments_and_pictures_are_written(tmp_path: Path) -> None:
    (tmp_path / "notes" / "deep").mkdir(parents=True)
    (tmp_path / "notes" / "deep" / "loss.png").write_bytes(b"\x89PNG")
    outputs: list[Output] = [
        DataFile("feed.json", lambda: '{"title": "ü"}'),
        DataFolder(
            "search/", lambda: [DataFile("terms/0.bin", lambda: '"\ud800"', is_packed=True)]
        ),
        Attachment("notes/deep/loss.png", "deep/loss.png"),
        CARD,
    ]
    site = tmp_path / "site"
    write(outputs, tmp_path, "site", PageCache())
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {
        "feed.json",
        "search/terms/0.bin",
        "notes/deep/loss.png",
        "notes/a/card.png",
    }
    assert (site / "feed.json").read_text(encoding="utf-8") == '{"title": "ü"}'
    packed = (site / "search/terms/0.bin").read_bytes()
    assert zlib.decompress(packed).decode("utf-8", "surrogatepass") == '"\ud800"'
    assert (site / "notes/deep/loss.png").read_bytes() == b"\x89PNG"


@pytest.mark.parametrize("path", ["../outside.txt", "notes/../../outside.txt", "/outside.txt"])
def test_nothing_is_written_outside_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside of the site"):
        write([DataFile(path, str)], tmp_path, "site", PageCache())
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_link_that_leads_nowhere_in_the_place_of_a_folder_takes_no_other_file(
    tmp_path: Path,
) -> None:
    (tmp_path / "site" / "a").mkdir(parents=True)
    (tmp_path / "site" / "a" / "b").symlink_to("nowhere")
    paths = ("a/b/feed.json", "a/c/d/feed.json", "a/feed.json")
    write([DataFile(path, str) for path in paths], tmp_path, "site", PageCache())
    assert [(tmp_path / "site" / path).exists() for path in paths] == [False, True, True]


def test_a_picture_is_drawn_once_for_the_same_card(tmp_path: Path) -> None:
    cache = PageCache()
    for build in ("one", "two"):
        cache.start(tmp_path / "cache", "frame", ())
        write([CARD], tmp_path, build, cache)
        cache.finish()
    [kept] = (tmp_path / "cache").iterdir()
    first, second = (tmp_path / build / "notes/a/card.png" for build in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    assert kept.read_bytes().endswith(first.read_bytes())


def _empty(entry: bytes) -> bytes:  # noqa: ARG001
    return b""


def _cut(entry: bytes) -> bytes:
    return entry[: len(entry) // 2]


def _swap_letters(entry: bytes) -> bytes:
    return entry[:-2] + entry[-1:] + entry[-2:-1]


@pytest.mark.parametrize("damage", [_empty, _cut, _swap_letters])
def test_a_damaged_file_of_the_cache_is_made_again(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "one", cache)
    [kept] = (tmp_path / "cache").iterdir()
    entry = kept.read_bytes()
    kept.unlink()  # another name of the file in the site
    kept.write_bytes(damage(entry))
    write([CARD], tmp_path, "two", cache)
    first, second = (tmp_path / build / "notes/a/card.png" for build in ("one", "two"))
    assert first.read_bytes() == second.read_bytes() != b""
    assert kept.read_bytes() == entry


def test_a_file_of_the_site_that_something_changes_in_place_is_not_taken_from_the_cache(
    tmp_path: Path,
) -> None:
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "one", cache)
    file = tmp_path / "one/notes/a/card.png"
    [kept] = (tmp_path / "cache").iterdir()
    assert kept.samefile(file), "it is no copy"
    whole = file.read_bytes()
    with file.open("ab") as opened:
        opened.write(b"more")
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "two", cache)
    assert (tmp_path / "two/notes/a/card.png").read_bytes() == whole


def test_where_a_file_can_have_no_second_name_the_cache_has_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EXDEV, "another file system")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "one", cache)
    file = tmp_path / "one/notes/a/card.png"
    [kept] = (tmp_path / "cache").iterdir()
    assert kept.read_bytes() == file.read_bytes()
    assert not kept.samefile(file)


def test_a_cache_that_cannot_be_written_to_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place", encoding="utf-8")
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "one", cache)
    cache.finish()
    assert (tmp_path / "one/notes/a/card.png").read_bytes()


def test_what_a_build_does_not_use_is_forgotten(tmp_path: Path) -> None:
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write([CARD], tmp_path, "site", cache)
    cache.finish()
    (tmp_path / "cache" / "an-entry").write_text("of another version", encoding="utf-8")
    (tmp_path / "cache" / "entry").write_text("of another version", encoding="utf-8")
    cache.start(tmp_path / "cache", "frame", ())
    cache.finish()
    assert not list((tmp_path / "cache").iterdir())


def test_many_outputs_are_written_by_several_processes_with_one_cache(tmp_path: Path) -> None:
    cards: list[Output] = [
        replace(CARD, path=f"notes/{number}/card.png", title=f"Work {number}")
        for number in range(120)
    ]
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write(cards, tmp_path, "site", cache)
    assert len(cache.used) == 120
    cache.finish()
    assert len(list((tmp_path / "cache").iterdir())) == 120
    write(cards[:20], tmp_path, "other", PageCache())
    for number in range(20):
        path = f"notes/{number}/card.png"
        assert (tmp_path / "site" / path).read_bytes() == (tmp_path / "other" / path).read_bytes()


def test_what_is_in_a_folder_of_data_is_made_with_it(tmp_path: Path) -> None:
    made: list[str] = []

    def make(output: Output) -> Iterator[File]:
        made.append(output.path)
        path = f"{output.path}x" if isinstance(output, DataFolder) else output.path
        yield File(path, bytes)

    outputs = [
        Page("notes/a/", "A"),
        DataFolder("search/", list),
        Page("notes/b/", "B"),
        Page("search/", "Search"),
    ]
    write_outputs(outputs, make, tmp_path, ())
    assert made[:2] == ["search/", "search/index.html"]
    assert sorted(made[2:]) == ["notes/a/index.html", "notes/b/index.html"]


def test_what_a_page_is_made_of_is_not_asked_for_where_less_says_that_it_is_the_same(
    tmp_path: Path,
) -> None:
    asked: list[str] = []

    def build(quick: str | None, inputs: str) -> str:
        def ask() -> str:
            asked.append(inputs)
            return inputs

        page = Page("a/", "A", "author.html", make_body=lambda: inputs, make_inputs=ask)
        page = replace(
            page,
            make_content=lambda: AuthorView("Ada", "", "", (), (), 0, ()),
            make_quick_inputs=lambda: quick,
        )
        cache.start(tmp_path / "pages", "frame", ())
        former = FormerSite(tmp_path / "cache", tmp_path / "site")
        former.set_aside()
        former.put_back([page.path])
        maker = PageMaker(Site("A log"), str, PlainTheme(), cache)
        make = lambda page: [maker.make(page)]  # noqa: E731
        former.finish(write_outputs([page], make, tmp_path / "site", (cache,), former))
        cache.finish()
        [kept] = (tmp_path / "pages").iterdir()
        written = tmp_path / "site" / page.path
        assert kept.samefile(written)
        return written.read_text(encoding="utf-8")

    cache = PageCache()
    assert "one" in build("quick", "one")
    assert "one" in build("quick", "unseen")
    assert asked == ["one"]
    assert "two" in build("other", "two")
    assert "three" in build(None, "three")
    assert "four" in build(None, "four")
    assert asked == ["one", "two", "three", "four"]


class PlainTheme:
    """A theme of one frame, which counts the pages that it has to render by themselves."""

    def __init__(self, html: str = "") -> None:
        self.frame = Frame(html or "".join(map(mark_gap, GAPS)))
        self.rendered = 0

    def get_frame(self, page: Page) -> Frame | None:
        return None if page.address == "listed/" else self.frame

    def render(self, page: Page, gaps: Mapping[str, str]) -> str:  # noqa: ARG002
        self.rendered += 1
        return "".join(gaps[name] for name in GAPS)


def test_a_page_in_a_frame_is_made_again_only_if_something_in_it_has_changed() -> None:
    converted: list[str] = []

    def convert(text: str) -> str:
        converted.append(text)
        return f"<p>{text}</p>"

    theme, cache = PlainTheme(), PageCache()
    cache.start(None)
    maker = PageMaker(Site("A log"), convert, theme, cache)
    page = Page(
        "notes/a/",
        "A",
        "author.html",
        lambda: AuthorView("Ada", "", "", (), (), 0, ()),
        lambda: "Text",
    )
    html = maker.make(page).make()
    assert b"<p>Text</p>" in html
    assert maker.make(page).make() == html
    assert converted == ["Text"]
    changed = (
        replace(page, title="B"),
        replace(page, make_body=lambda: "Other"),
        replace(page, make_content=lambda: AuthorView("Eve", "", "", (), (), 0, ())),
        replace(page, feed="feed.xml"),
    )
    files = [maker.make(each) for each in (page, *changed)]
    assert len({file.make() for file in files}) == len({file.make_key() for file in files}) == 5
    assert len(converted) == 5
    theme.frame = Frame("another")
    assert maker.make(page).make() == b"another"
    listed = maker.make(replace(page, address="listed/"))
    assert listed.make_key() == ""
    assert listed.make() == listed.make()
    assert theme.rendered == 2
