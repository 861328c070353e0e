"""The log for programs: every note and every link as JSON; redirects from former names; attachments as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator

from readinglog.naming import fold
from readinglog.note import Note
from readinglog.notebook import Backlink, Notebook
from readinglog.pages.body import attachment_path
from readinglog.pages.page import Attachment, DataFile, Emitted, Place, Site, html

_MOVED = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>{0}</title>
<link rel="canonical" href="{1}">
<meta http-equiv="refresh" content="0; url={1}">
<p>This note moved: <a href="{1}">{0}</a>.</p>
</html>
"""


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    notes = notebook.published
    yield DataFile("notes.json", _lines({"notes": [_entry(note, notebook) for note in notes]}, "notes"))
    edges: list[dict[str, object]] = [
        {"from": back.note.name, "to": note.name, "relation": back.relation} for note in notes for back in _once(note, notebook)
    ]
    nodes: list[dict[str, object]] = [
        {"name": note.name, "title": note.title, "kind": note.kind, "url": note.url, "tags": _tags(note, notebook)} for note in notes
    ]
    yield DataFile("graph.json", _lines({"nodes": nodes, "edges": edges}, "nodes", "edges"))
    yield from _redirects(notebook)
    for path in sorted(notebook.files):
        yield Attachment(attachment_path(path), path)


def _lines(table: dict[str, list[dict[str, object]]], *keys: str) -> str:
    """JSON with one item a line, so that a change of one note is a change of one line."""
    lists = (f'"{key}": [\n' + ",\n".join(json.dumps(item, ensure_ascii=False) for item in table[key]) + "\n]" for key in keys)
    return "{" + ", ".join(lists) + "}\n"


def _tags(note: Note, notebook: Notebook) -> list[str]:
    return [tag.key for tag in notebook.tags_of(note)]


def _entry(note: Note, notebook: Notebook) -> dict[str, object]:
    return {
        "name": note.name,
        "title": note.title,
        "url": note.url,
        "kind": note.kind,
        "authors": list(note.authors),
        "published": note.published,
        "date": note.date.isoformat() if note.date else "",
        "tags": _tags(note, notebook),
        "status": note.status,
        "summary": note.summary,
        "work": note.address,
    }


def _once(note: Note, notebook: Notebook) -> Iterator[Backlink]:
    """The backlinks of `note` from published notes, one for each note and relation."""
    seen = set()
    for back in notebook.backlinks.get(note, ()):
        key = (back.note, back.relation)
        if key not in seen and notebook.is_published(back.note):
            seen.add(key)
            yield back


def _redirects(notebook: Notebook) -> Iterator[DataFile]:
    taken = {fold(note.name) for note in notebook.published}
    for note in notebook.published:
        for old in note.texts("redirect_from"):
            name = old.strip().removesuffix(".md")
            if fold(name) in taken or "/" in name or "\\" in name or name.startswith("."):
                continue
            taken.add(fold(name))
            here = Place(f"notes/{name}/")
            yield DataFile(f"{here.address}index.html", str(html(_MOVED, note.title, here.note(note))))
