"""Feeds: the newest notes as Atom and as JSON feed, of the log and of each tag."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Output, Site, html, joined
from readinglog.site.views.components import tag_address

_LATEST = 40
_EPOCH = date(1970, 1, 1)


def emit(notebook: Notebook, site: Site) -> Iterator[Output]:
    yield from _feeds("", site.name, notebook.published, notebook, site)
    for key, notes in notebook.tags.notes.items():
        tag = notebook.vocabulary.tags[key]
        yield from _feeds(
            tag_address(tag, notebook), f"{site.name}: {tag.name}", notes, notebook, site
        )


def _feeds(
    address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site
) -> Iterator[DataFile]:
    latest = notes[:_LATEST]
    yield DataFile(f"{address}feed.xml", _atom(address, title, latest, notebook, site))
    yield DataFile(f"{address}feed.json", _json(address, title, latest, notebook, site))


def _stamp(note: Note | None) -> str:
    return f"{((note and note.date) or _EPOCH).isoformat()}T00:00:00Z"


def _atom(address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site) -> str:
    entries = [
        html(
            '<entry>\n<id>{0}</id>\n<title>{1}</title>\n<link href="{0}"/>\n<updated>{2}</updated>\n{3}{4}'
            "<summary>{5}</summary>\n</entry>\n",
            site.absolute(note.url.lstrip("/")),
            _xml(note.title),
            _stamp(note),
            joined(
                html("<author><name>{}</name></author>\n", _xml(name))
                for name in note.authors or (site.name,)
            ),
            joined(
                html('<category term="{}"/>\n', _xml(tag.name)) for tag in notebook.tags.of(note)
            ),
            _xml(note.summary),
        )
        for note in notes
    ]
    return str(
        html(
            '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n<id>{0}</id>\n<title>{1}</title>\n'
            '<link href="{0}"/>\n<link rel="self" href="{2}"/>\n<updated>{3}</updated>\n{4}</feed>\n',
            site.absolute(address),
            _xml(title),
            site.absolute(f"{address}feed.xml"),
            _stamp(notes[0] if notes else None),
            joined(entries),
        )
    )


def _xml(text: str) -> str:
    """`text` without the characters that XML 1.0 has no way to write."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or " " <= c < "\ud800" or "\ue000" <= c <= "\ufffd" or c > "\uffff"
    )


def _json(address: str, title: str, notes: Sequence[Note], notebook: Notebook, site: Site) -> str:
    items = [
        {
            "id": site.absolute(note.url.lstrip("/")),
            "url": site.absolute(note.url.lstrip("/")),
            "external_url": note.address or None,
            "title": note.title,
            "content_text": note.summary,
            "date_published": _stamp(note) if note.date else "",
            "authors": [{"name": name} for name in note.authors],
            "tags": [tag.name for tag in notebook.tags.of(note)],
        }
        for note in notes
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": site.absolute(address),
        "feed_url": site.absolute(f"{address}feed.json"),
        "items": [{key: value for key, value in item.items() if value} for item in items],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
