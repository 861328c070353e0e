"""The built site of this repository's own notes, read from its files: links, sizes, what machines read, and the same bytes again."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from support.browsing import real_site
from support.paths import ROOT

HOST = "http://localhost/"
ASSETS = ROOT / "src/readinglog/site/theme/assets"


class Html(HTMLParser):
    """What the tests ask of a page: its links, ids and what its attributes name by id; its metadata and data for machines."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.meta: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.maps: list[str] = []
        self._in_data = False
        self.feed(text)
        self.maps = re.findall(r'<svg class="rl-map".*?</svg>', text, re.DOTALL)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links |= {
            given[name] for name in ("href", "src", "action", "xlink:href") if name in given
        }
        self.ids += [given["id"]] if "id" in given else []
        self.named |= {
            name
            for key in ("aria-labelledby", "aria-describedby", "aria-controls", "for")
            for name in given.get(key, "").split()
        }
        if tag == "meta":
            self.meta.setdefault(given.get("name") or given.get("property", ""), []).append(
                given.get("content", "")
            )
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_endtag(self, _tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)


@cache
def page_at(file: Path) -> Html:
    return Html(file.read_text(encoding="utf-8"))


def pages(site: Path, pattern: str = "**/*.html") -> dict[str, Html]:
    """The pages by their path in the site."""
    found = {
        file.relative_to(site).as_posix(): page_at(file) for file in sorted(site.glob(pattern))
    }
    assert found
    return found


def target(site: Path, address: str) -> Path:
    path = unquote(urlsplit(address).path).lstrip("/")
    return site / path / ("index.html" if not path or path.endswith("/") else "")


# Links ---------------------------------------------------------------------------------------------------------------


def test_every_link_of_every_page_leads_to_a_file_and_every_fragment_to_an_id(site: Path) -> None:
    lost = []
    for path, page in pages(site).items():
        at = HOST + path.removesuffix("index.html")
        for link in sorted(page.links):
            whole = urljoin(at, link)
            assert whole.startswith(("http://", "https://", "mailto:")), f"{path}: {link}"
            if not whole.startswith(HOST):
                continue
            file = target(site, whole)
            fragment = unquote(urlsplit(whole).fragment)
            if not file.is_file():
                lost.append(f"{path}: {link} leads to no file")
            elif fragment and file.suffix == ".html" and fragment not in page_at(file).ids:
                lost.append(f"{path}: {link} leads to no id")
    assert lost == []


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    twice = {
        path: [name for name, count in Counter(page.ids).items() if count > 1]
        for path, page in pages(site).items()
    }
    assert {path: names for path, names in twice.items() if names} == {}


def test_what_attributes_name_by_id_is_on_the_page(site: Path) -> None:
    absent = {
        path: sorted(page.named - set(page.ids) - {"__toc"}) for path, page in pages(site).items()
    }  # `__toc` is the theme's
    assert {path: names for path, names in absent.items() if names} == {}


# Sizes ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", ["notes/*/index.html", "tags/*/index.html"])
def test_the_map_of_a_note_and_of_a_tag_is_small(site: Path, pattern: str) -> None:
    drawn = {path: page.maps for path, page in pages(site, pattern).items()}
    assert any(drawn.values())
    for path, maps in drawn.items():
        assert len(maps) <= 1, path
        for svg in maps:
            assert svg.count("data-node=") <= 30, path
            assert len(svg.encode()) <= 15_000, path


def test_a_preview_is_small_and_says_what_the_note_is(site: Path) -> None:
    for path in pages(site, "notes/*/index.html"):
        file = (site / path).with_name("preview.json")
        note = json.loads(file.read_text(encoding="utf-8"))
        assert file.stat().st_size <= 2_000, path
        assert all(note[part] for part in ("title", "by", "summary", "tags")), path


def test_scripts_and_styles_together_are_light(site: Path) -> None:
    own = [
        file.relative_to(ASSETS)
        for file in sorted(ASSETS.rglob("*"))
        if file.suffix in {".js", ".css"}
    ]
    assert own
    packed = {
        file.as_posix(): len(gzip.compress((site / "assets" / file).read_bytes(), 9))
        for file in own
    }
    form = {
        name for name in packed if name.startswith("contribute/") or name == "style/form.css"
    }  # which one page fetches
    assert sum(packed[name] for name in packed.keys() - form) < 40_000, packed
    assert sum(packed[name] for name in form) < 20_000, packed


# What machines read --------------------------------------------------------------------------------------------------


def works(site: Path) -> dict[str, Html]:
    """The pages of notes on works; hubs name no one's work."""
    notes = json.loads((site / "notes.json").read_text(encoding="utf-8"))["notes"]
    found = {
        note["name"]: page_at(site / "notes" / note["name"] / "index.html")
        for note in notes
        if note["kind"] != "topic"
    }
    assert found
    return found


def test_the_head_of_a_note_cites_its_work(site: Path) -> None:
    for name, page in works(site).items():
        assert len(page.meta["citation_title"]) == 1, name
        assert all(page.meta["citation_author"]), name
        assert re.fullmatch(
            r"(\d{4}(/\d\d(/\d\d)?)?)?", "".join(page.meta.get("citation_publication_date", ()))
        ), name


def test_linked_data_of_a_note_name_its_work(site: Path) -> None:
    for name, page in works(site).items():
        [data] = map(json.loads, page.data)
        assert data["@context"] == "https://schema.org", name
        assert data["about"]["name"] == page.meta["citation_title"][0], name
        assert [author["name"] for author in data["about"]["author"]] == page.meta[
            "citation_author"
        ], name


def test_the_picture_of_a_note_is_there_in_the_size_that_it_is_shown_in(site: Path) -> None:
    for path, page in pages(site, "notes/*/index.html").items():
        [address] = page.meta["og:image"]
        assert address.startswith(HOST), path
        head = target(site, address).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n", path
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (1200, 630), path


# Once more -----------------------------------------------------------------------------------------------------------


def test_the_same_notes_make_the_same_bytes_in_another_folder_and_with_nothing_kept(
    site: Path, tmp_path: Path
) -> None:
    again = real_site(tmp_path / "again", PYTHONHASHSEED="7")
    first, second = (
        {
            file.relative_to(root).as_posix(): file.read_bytes()
            for file in root.rglob("*")
            if file.is_file()
        }
        for root in (site, again)
    )
    assert first.keys() == second.keys()
    assert [path for path in first if first[path] != second[path]] == []
