"""Feeds: the newest notes as Atom and as JSON feed, of the log and of each tag."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_tag_address
from readinglog.site.page import DataFile, Output, Site
from readinglog.site.rendering import render

_LATEST = 40
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class AtomEntry:
    """A note in an Atom feed."""

    url: str
    title: str
    updated: str
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class AtomFeed:
    """An Atom feed, newest note first."""

    url: str
    self_url: str
    title: str
    updated: str
    entries: tuple[AtomEntry, ...]


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield from _make_feeds("", site.name, notebook.published, notebook, site)
    for key, notes in notebook.tags.notes.items():
        tag = notebook.vocabulary.tags[key]
        yield from _make_feeds(
            make_tag_address(tag, notebook.vocabulary),
            f"{site.name}: {tag.name}",
            notes,
            notebook,
            site,
        )


def _make_feeds(
    address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site
) -> Iterator[DataFile]:
    latest = notes[:_LATEST]
    yield DataFile(f"{address}feed.xml", _make_atom_feed(address, title, latest, notebook, site))
    yield DataFile(f"{address}feed.json", _make_json_feed(address, title, latest, notebook, site))


def _format_timestamp(note: Note | None) -> str:
    return f"{((note and note.date) or _EPOCH).isoformat()}T00:00:00Z"


def _make_atom_feed(
    address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site
) -> str:
    entries = tuple(
        AtomEntry(
            url=site.make_absolute(note.page_url.lstrip("/")),
            title=_strip_invalid_xml(note.title),
            updated=_format_timestamp(note),
            authors=tuple(map(_strip_invalid_xml, note.authors or (site.name,))),
            tags=tuple(_strip_invalid_xml(tag.name) for tag in notebook.tags.get_tags(note)),
            summary=_strip_invalid_xml(note.summary),
        )
        for note in notes
    )
    feed = AtomFeed(
        url=site.make_absolute(address),
        self_url=site.make_absolute(f"{address}feed.xml"),
        title=_strip_invalid_xml(title),
        updated=_format_timestamp(notes[0] if notes else None),
        entries=entries,
    )
    return str(render("feed.xml", address, feed=feed))


def _strip_invalid_xml(text: str) -> str:
    """Return `text` without the characters that XML 1.0 cannot contain."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _make_json_feed(
    address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site
) -> str:
    items = [
        {
            "id": site.make_absolute(note.page_url.lstrip("/")),
            "url": site.make_absolute(note.page_url.lstrip("/")),
            "external_url": note.work_url or None,
            "title": note.title,
            "content_text": note.summary,
            "date_published": _format_timestamp(note) if note.date else "",
            "authors": [{"name": name} for name in note.authors],
            "tags": [tag.name for tag in notebook.tags.get_tags(note)],
        }
        for note in notes
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.make_absolute(address),
        "feed_url": site.make_absolute(f"{address}feed.json"),
        "items": [{key: value for key, value in item.items() if value} for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
