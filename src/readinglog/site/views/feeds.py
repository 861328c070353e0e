"""Feeds: the newest notes of the log and all that the query of a hub finds, as Atom and as JSON
feed; the newest notes of each tag, as Atom alone, which every reader of feeds knows.

The author of an entry is who wrote the note, or else who writes the log; those of the work stand
before the summary. Without
the address of the site, an entry has an id that is made of the names of site and note, and links
begin at the root of the host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from readinglog.model.bylines import format_byline
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address, make_tag_address
from readinglog.site.messages import translate
from readinglog.site.page import DataFile, Output, Site
from readinglog.site.rendering import render
from readinglog.site.shared_search import list_query_hubs

ListNotes = Callable[[], Sequence[Note]]
_LATEST = 40
_INVALID_IN_XML = re.compile("[^\t\n -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = "1970-01-01T00:00:00Z"  # when a note without a date was updated: Atom demands a time


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield from _make_feeds("", site.name, partial(_get_latest, notebook.published), notebook, site)
    for key, notes in notebook.tags.notes.items():
        tag = notebook.vocabulary.tags[key]
        address = make_tag_address(tag, notebook.vocabulary)
        title = f"{site.name}: {tag.name}"
        latest = partial(_get_latest, notes)
        yield DataFile(
            f"{address}feed.xml", partial(_make_atom, address, title, latest, notebook, site)
        )
    for hub, find in list_query_hubs(notebook):
        title = f"{site.name}: {hub.title}"
        yield from _make_feeds(make_note_address(hub), title, find, notebook, site)


def _get_latest(notes: Sequence[Note]) -> Sequence[Note]:
    return notes[:_LATEST]


def _make_feeds(
    address: str, title: str, list_notes: ListNotes, notebook: Notebook, site: Site
) -> Iterator[DataFile]:
    described = (address, title, list_notes, notebook, site)
    yield DataFile(f"{address}feed.xml", partial(_make_atom, *described))
    yield DataFile(f"{address}feed.json", partial(_make_json_feed, *described))


class FeedEntry(NamedTuple):
    """An entry of a feed that is no note: the page and the part of it that it is about, what tells
    it from all other entries, its title and text, and the day it changed.
    """

    address: str
    anchor: str
    key: str
    title: str
    text: str
    changed: date


def make_entry_feed(
    address: str, title: str, list_entries: Callable[[], Sequence[FeedEntry]], site: Site
) -> DataFile:
    """Return the Atom feed of entries, newest first, for the page at `address`."""
    path = f"{address}feed.xml"
    return DataFile(path, partial(_write_entries, address, title, list_entries, site))


def _write_entries(
    address: str, title: str, list_entries: Callable[[], Sequence[FeedEntry]], site: Site
) -> str:
    return _write_atom(address, title, _list_items(list_entries(), site), site)


def _list_items(entries: Sequence[FeedEntry], site: Site) -> list[dict[str, object]]:
    return [
        {
            "id": _make_urn(entry.key, site),
            "url": site.make_absolute(entry.address) + (entry.anchor and f"#{entry.anchor}"),
            "title": entry.title,
            "content_text": entry.text,
            "date_published": _format_time(entry.changed),
            "date_modified": "",
            "authors": [{"name": _get_writer(site)}],
            "tags": [],
        }
        for entry in entries
    ]


def _make_atom(
    address: str, title: str, list_notes: ListNotes, notebook: Notebook, site: Site
) -> str:
    items = [_make_item(note, notebook, site) for note in list_notes()]
    return _write_atom(address, title, items, site)


def _write_atom(address: str, title: str, items: list[dict[str, object]], site: Site) -> str:
    atom = render(
        "feed.xml",
        address,
        title=title,
        id=_make_id(address, site),
        url=site.make_absolute(address),
        self_url=site.make_absolute(f"{address}feed.xml"),
        items=items,
        updated=max(map(_get_last_change, items), default=""),
        author=_get_writer(site),
        epoch=_EPOCH,
    )
    return _strip_invalid_xml(str(atom))


def _get_last_change(item: Mapping[str, object]) -> str:
    return str(item["date_modified"] or item["date_published"])


def _make_json_feed(
    address: str, title: str, list_notes: ListNotes, notebook: Notebook, site: Site
) -> str:
    items = (_make_item(note, notebook, site) for note in list_notes())
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.make_absolute(address),
        "feed_url": site.make_absolute(f"{address}feed.json"),
        "authors": [{"name": _get_writer(site)}],
        "items": [{key: value for key, value in item.items() if value} for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _make_item(note: Note, notebook: Notebook, site: Site) -> dict[str, object]:
    """Return a note as an item of a JSON feed."""
    address = make_note_address(note)
    return {
        "id": _make_id(address, site),
        "url": site.make_absolute(address),
        "external_url": note.work_url,
        "title": note.title,
        "content_text": _summarize(note),
        "date_published": _format_time(note.date),
        "date_modified": _format_time(note.updated),
        "authors": [{"name": name} for name in note.texts("by") or (_get_writer(site),)],
        "tags": [tag.name for tag in notebook.tags.get_tags(note)],
    }


def _summarize(note: Note) -> str:
    """Return the summary of a note behind the authors and the year of the work."""
    byline = "" if note.is_hub else format_byline(note, translate).rstrip(".")
    return ". ".join(filter(None, (byline, note.summary)))


def _format_time(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def _get_writer(site: Site) -> str:
    """Return who writes the log, or else its name."""
    return site.author or site.name


def _make_id(address: str, site: Site) -> str:
    """Return the id of a feed or an entry: its address, or a URN where that is not known."""
    if site.url:
        return site.make_absolute(address)
    return _make_urn(address, site)


def _make_urn(key: str, site: Site) -> str:
    """Return a URN for what `key` tells from all others of the site."""
    digest = sha256(f"{site.name}\n{key}".encode()).hexdigest()
    # A UUID of version 8, the one for such digests.
    parts = (digest[:8], digest[8:12], f"8{digest[13:16]}", f"8{digest[17:20]}", digest[20:32])
    return f"urn:uuid:{'-'.join(parts)}"


def _strip_invalid_xml(text: str) -> str:
    """Return `text` without the characters that XML 1.0 has no way to write."""
    return _INVALID_IN_XML.sub("", text)
