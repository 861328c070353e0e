"""The pages of a built site, read from their files: their links, ids, maps and data for machines,
and what is wrong with them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from readinglog.site.social_cards.drawing import SIZE
from support.packed_files import read_packed

HOST = "http://localhost/"


class Html(HTMLParser):
    """What the tests ask of a page: its links, ids and what its attributes name by id; its metadata
    and data for machines.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: set[str] = set()
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.meta: dict[str, list[str]] = {}
        self.data: list[str] = []
        self.moved_to = ""
        self._in_data = False
        self.feed(text)
        self.maps = re.findall(
            r'<ol class="rl-map".*?</ol>|<div class="rl-lanes".*?</div></div>', text, re.DOTALL
        )

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
        if given.get("http-equiv") == "refresh":
            self.moved_to = given["content"].partition("url=")[2]
            self.links.add(self.moved_to)
        self._in_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_endtag(self, _tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data.append(data)


@cache
def read_page(file: Path) -> Html:
    return Html(file.read_text(encoding="utf-8"))


def read_pages(site: Path, pattern: str = "**/*.html") -> dict[str, Html]:
    """Return the pages by their path in the site; there has to be one."""
    found = {
        file.relative_to(site).as_posix(): read_page(file) for file in sorted(site.glob(pattern))
    }
    assert found
    return found


def read_notes(site: Path) -> dict[str, Html]:
    """Return the pages of notes by their path; an address that a note had before is none."""
    return {
        path: page
        for path, page in read_pages(site, "notes/*/index.html").items()
        if not page.moved_to
    }


def read_works(site: Path) -> dict[str, Html]:
    """Return the pages of notes on works by name; hubs name no one's work."""
    notes = json.loads((site / "notes.json").read_text(encoding="utf-8"))["notes"]
    found = {
        note["name"]: read_page(site / "notes" / note["name"] / "index.html")
        for note in notes
        if note["kind"] != "topic"
    }
    assert found
    return found


def find_file(site: Path, address: str) -> Path:
    """Return the file that a host serves at `address`."""
    path = unquote(urlsplit(address).path).lstrip("/")
    return site / path / ("index.html" if not path or path.endswith("/") else "")


def find_broken_links(site: Path) -> list[str]:
    """Return every link of every page that leads to no file, or whose fragment leads to no id."""
    broken = []
    for path, page in read_pages(site).items():
        at = HOST + path.removesuffix("index.html")
        for link in sorted(page.links):
            whole = urljoin(at, link)
            assert whole.startswith(("http://", "https://", "mailto:")), f"{path}: {link}"
            if not whole.startswith(HOST):
                continue
            file = find_file(site, whole)
            fragment = unquote(urlsplit(whole).fragment)
            if not file.is_file():
                broken.append(f"{path}: {link} leads to no file")
            elif fragment and file.suffix == ".html" and fragment not in read_page(file).ids:
                broken.append(f"{path}: {link} leads to no id")
    return broken


def find_repeated_ids(site: Path) -> dict[str, list[str]]:
    """Return the ids that stand twice on a page, by its path."""
    repeated = {
        path: [name for name, count in Counter(page.ids).items() if count > 1]
        for path, page in read_pages(site).items()
    }
    return {path: names for path, names in repeated.items() if names}


def find_missing_ids(site: Path) -> dict[str, list[str]]:
    """Return the ids that attributes name and the page does not have, by its path; `__toc` is the
    theme's.
    """
    missing = {
        path: sorted(page.named - set(page.ids) - {"__toc"})
        for path, page in read_pages(site).items()
    }
    return {path: names for path, names in missing.items() if names}


def check_maps(site: Path, pattern: str) -> None:
    """Assert that each page has at most one map, and that it is small."""
    drawn = {path: page.maps for path, page in read_pages(site, pattern).items()}
    assert any(drawn.values())
    for path, maps in drawn.items():
        assert len(maps) <= 1, path
        for drawing in maps:
            assert (drawing.count("data-node=") or drawing.count("<li")) <= 30, path
            assert len(drawing.encode()) <= 15_000, path


def check_previews(site: Path) -> None:
    """Assert that each note has a small preview that says what the note is, in a small file."""
    previews = read_previews(site)
    assert previews.keys() == {Path(path).parent.name for path in read_notes(site)}
    for name, preview in previews.items():
        assert len(json.dumps(preview)) <= 2_000, name
        assert all(preview[:4]), f"{name} has a title, people, a summary and tags"
    for file in (site / "previews").iterdir():
        assert file.stat().st_size <= 20_000, file


def read_previews(site: Path) -> dict[str, tuple[str, str, str, list[tuple[str, int]]]]:
    """Return the preview of each note by its name: title, authors and year, summary, and tags with
    their hues.
    """
    starts = read_packed(site / "previews/starts.bin")["starts"]
    previews = {}
    for number, start in enumerate(starts):
        shard = read_packed(site / f"previews/{number}.bin")
        assert next(iter(shard)) == start
        previews.update(shard)
    return previews


def check_citations(site: Path) -> None:
    """Assert that the head of each work's page cites it, and that its linked data say the same."""
    for name, page in read_works(site).items():
        assert len(page.meta["citation_title"]) == 1, name
        assert all(page.meta["citation_author"]), name
        assert re.fullmatch(
            r"(\d{4}(/\d\d(/\d\d)?)?)?", "".join(page.meta.get("citation_publication_date", ()))
        ), name
        [data] = map(json.loads, page.data)
        assert data["@context"] == "https://schema.org", name
        assert data["about"]["name"] == page.meta["citation_title"][0], name
        assert [author["name"] for author in data["about"]["author"]] == page.meta[
            "citation_author"
        ], name


def check_pictures(site: Path) -> None:
    """Assert that the picture of each note is a PNG of the size that it is shown in."""
    for path, page in read_notes(site).items():
        [address] = page.meta["og:image"]
        assert address.startswith(HOST), path
        head = find_file(site, address).read_bytes()[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n", path
        assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == SIZE, path


def find_differences(one: Path, other: Path) -> list[str]:
    """Return the paths of files that are not in both folders, or not with the same bytes."""
    first, second = (
        {file.relative_to(root).as_posix(): file for file in root.rglob("*") if file.is_file()}
        for root in (one, other)
    )
    same = {
        path
        for path in first.keys() & second.keys()
        if first[path].read_bytes() == second[path].read_bytes()
    }
    return sorted((first.keys() | second.keys()) - same)
