"""What no engine touches is put into the finished site, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from readinglog.site.output_files import list_undrawn_cards, write_outputs
from readinglog.site.page import Attachment, CardImage, DataFile, Output, Page
from readinglog.site.page_cache import PageCache
from readinglog.site.social_cards import painter

CARD = CardImage("notes/a/card.png", "A log", "A work", "Ada Adams, 2026", "What to remember.")


def test_data_attachments_and_pictures_are_written_and_pages_are_not(tmp_path: Path) -> None:
    (tmp_path / "notes" / "deep").mkdir(parents=True)
    (tmp_path / "notes" / "deep" / "loss.png").write_bytes(b"\x89PNG")
    outputs: list[Output] = [
        Page("notes/a/", "A"),
        DataFile("feed.json", '{"title": "ü"}'),
        Attachment("notes/deep/loss.png", "deep/loss.png"),
        CARD,
    ]
    site = tmp_path / "site"
    write_outputs(outputs, tmp_path / "notes", site, PageCache())
    assert {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()} == {
        "feed.json",
        "notes/deep/loss.png",
        "notes/a/card.png",
    }
    assert (site / "feed.json").read_text(encoding="utf-8") == '{"title": "ü"}'
    assert (site / "notes/deep/loss.png").read_bytes() == b"\x89PNG"


@pytest.mark.parametrize("path", ["../outside.txt", "notes/../../outside.txt", "/outside.txt"])
def test_nothing_is_written_outside_of_the_site(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="outside of the site"):
        write_outputs([DataFile(path, "x")], tmp_path, tmp_path / "site", PageCache())
    assert not list(tmp_path.rglob("outside.txt"))


def test_a_picture_is_drawn_once_for_the_same_card(tmp_path: Path) -> None:
    cache = PageCache()
    for build in ("one", "two"):
        cache.start(tmp_path / "cache", "frame", ())
        write_outputs([CARD], tmp_path, tmp_path / build, cache)
        cache.finish()
    [kept] = (tmp_path / "cache").iterdir()
    assert (
        kept.read_bytes()
        == (tmp_path / "one/notes/a/card.png").read_bytes()
        == (tmp_path / "two/notes/a/card.png").read_bytes()
    )


def test_what_a_build_does_not_use_is_forgotten(tmp_path: Path) -> None:
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    write_outputs([CARD], tmp_path, tmp_path / "site", cache)
    cache.finish()
    cache.start(tmp_path / "cache", "frame", ())
    cache.finish()
    assert not list((tmp_path / "cache").iterdir())


def test_many_pictures_are_drawn_beside_other_work_and_are_the_same(tmp_path: Path) -> None:
    cards: list[Output] = [
        replace(CARD, path=f"notes/{number}/card.png", title=f"Work {number}")
        for number in range(painter.MIN_CARDS)
    ]
    cache = PageCache()
    cache.start(tmp_path / "cache", "frame", ())
    waiting = list(list_undrawn_cards(cards, cache))
    assert painter.start_painter(waiting[1:], tmp_path / "cache") is None
    painting = painter.start_painter(waiting, tmp_path / "cache")
    assert painting
    assert painting.wait() == 0
    assert list(list_undrawn_cards(cards, cache)) == []
    write_outputs(cards, tmp_path, tmp_path / "site", cache)
    write_outputs(cards, tmp_path, tmp_path / "other", PageCache())
    for number in range(painter.MIN_CARDS):
        path = f"notes/{number}/card.png"
        assert (tmp_path / "site" / path).read_bytes() == (tmp_path / "other" / path).read_bytes()
