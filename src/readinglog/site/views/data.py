"""The log for programs: notes and links as JSON, each note's source, attachments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from readinglog.model.note import Note
from readinglog.notebook.digests import get_digests
from readinglog.notebook.link_graph import Backlink
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import (
    make_attachment_address,
    make_author_address,
    make_note_address,
    make_tag_address,
)
from readinglog.site.json_text import format_json, to_json
from readinglog.site.page import Attachment, DataFile, Output, PageBase, Site
from readinglog.site.shared_search import list_query_hubs
from readinglog.site.views.authors import list_authors_with_pages
from readinglog.site.views.list_files import NOTES_FILE

_NEWEST = 200


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    notes = notebook.published
    describe = get_digests(notebook).get_all_ties
    yield DataFile("notes.json", partial(_list_notes, notes, notebook, site), describe)
    for hub, find in list_query_hubs(notebook):
        path = NOTES_FILE.place_below(make_note_address(hub)).address
        yield DataFile(path, partial(_list_found, find, notebook, site))
    yield DataFile("graph.json", partial(_make_graph, notebook, site), describe)
    for folder, names in _list_names(notebook).items():
        make_text = partial(format_json, names)
        yield DataFile(f"names/{folder}.bin", make_text, is_packed=True)
    yield DataFile("llms.txt", partial(_make_llms_txt, notebook, site))
    for note in notes:
        if site.markdown_copies and not note.source.unreadable:
            path = f"notes/{note.page_name}.md"
            yield DataFile(path, partial(str, note.text), partial(_describe_copy, note))
    for path in sorted(path for path, why in notebook.files.items() if not why):
        yield Attachment(make_attachment_address(path), path)


def _describe_copy(note: Note) -> bytes:
    return note.source.digest


def _list_notes(notes: Sequence[Note], notebook: Notebook, site: Site) -> str:
    return to_json_lines({"notes": [_make_entry(note, notebook, site) for note in notes]}, "notes")


def _list_found(find: Callable[[], Sequence[Note]], notebook: Notebook, site: Site) -> str:
    return _list_notes(find(), notebook, site)


def _make_graph(notebook: Notebook, site: Site) -> str:
    notes = notebook.published
    edges: list[dict[str, object]] = [
        {"from": back.note.page_name, "to": note.page_name, "relation": back.relation}
        for note in notes
        for back in _list_distinct_backlinks(note, notebook)
    ]
    nodes: list[dict[str, object]] = [
        {
            "name": note.page_name,
            "title": note.title,
            "kind": note.kind,
            "url": _make_page_address(note, site),
            "tags": _list_tag_keys(note, notebook),
        }
        for note in notes
    ]
    return to_json_lines({"nodes": nodes, "edges": edges}, "nodes", "edges")


def to_json_lines(table: dict[str, list[dict[str, object]]], *keys: str) -> str:
    """Return JSON with one item a line, so that a change of one note is a change of one line."""
    lists = (
        f'"{key}":[\n' + ",\n".join(to_json(item) for item in table[key]) + "\n]" for key in keys
    )
    return "{" + ",".join(lists) + "}\n"


def _make_page_address(note: Note, site: Site) -> str:
    """The address of a note's page: whole where the site's is known, else below the site's root."""
    address = make_note_address(note)
    return site.make_absolute(address) if site.url else address


def _list_tag_keys(note: Note, notebook: Notebook) -> list[str]:
    return [tag.key for tag in notebook.tags.get_tags(note)]


def _make_entry(note: Note, notebook: Notebook, site: Site) -> dict[str, object]:
    return {
        "name": note.page_name,
        "title": note.title,
        "url": _make_page_address(note, site),
        "kind": note.kind,
        "authors": list(note.authors),
        "published": note.published,
        "date": note.date.isoformat() if note.date else "",
        "tags": _list_tag_keys(note, notebook),
        "status": note.status,
        "summary": note.summary,
        "work": note.work_url,
    }


def _list_names(notebook: Notebook) -> dict[str, dict[str, list[str]]]:
    """Return the names of the pages of each folder by address, each page's title first.

    The page of a missing address looks for what was meant among them.
    """
    tags = {
        make_tag_address(tag, notebook.vocabulary): [
            tag.name,
            *(alias.text for alias in tag.aliases),
        ]
        for tag in notebook.vocabulary.tags.values()
    }
    authors = {
        make_author_address(slug): [notebook.authors.names[slug]]
        for slug in list_authors_with_pages(notebook)
    }
    notes = {
        note.page_name: [note.title, note.short_title, *note.texts("aliases")]
        for note in notebook.published
    }
    return {"notes": notes, "tags": _strip_folder(tags), "authors": _strip_folder(authors)}


def _strip_folder(addresses: dict[str, list[str]]) -> dict[str, list[str]]:
    """Return `addresses` with keys cut to what is between the first and the last `/`."""
    return {address.partition("/")[2].rstrip("/"): names for address, names in addresses.items()}


def _make_llms_txt(notebook: Notebook, site: Site) -> str:
    """Return the log for language models, in the form that llmstxt.org proposes."""
    here = site.make_absolute if site.url else PageBase("").link_to
    root_tags = [
        (tag.name, make_tag_address(tag, notebook.vocabulary), tag.summary)
        for tag in notebook.vocabulary.list_children(None)
        if tag.key in notebook.tags.notes
    ]
    newest = [
        (note.title, _make_copy_address(note, site), note.summary)
        for note in notebook.published[:_NEWEST]
    ]
    files = [
        ("Every note", "notes.json", "front matter and addresses"),
        ("Every link", "graph.json", "with its relation"),
    ]
    if site.has_claims and notebook.claims.published:
        files.append(("Every claim", "claims/claims.json", "with its place, evidence, relations"))
    if site.has_claims and notebook.results.tables:
        files.append(("Every result", "results/results.json", "by data set and metric"))
    parts = [f"# {site.name}", f"> {site.description}" if site.description else ""]
    for heading, entries in (
        ("Topics", root_tags),
        ("Newest notes, as written", newest),
        ("All of it", files),
    ):
        lines = (
            f"- [{_escape_brackets(name)}]({here(address)}): {words}".rstrip(": ")
            for name, address, words in entries
        )
        parts.append("\n".join((f"## {heading}", "", *lines)))
    return "\n\n".join(filter(None, parts)) + "\n"


def _make_copy_address(note: Note, site: Site) -> str:
    """Return the address of a note as it is written, or of its page where that is not published."""
    return f"notes/{note.page_name}.md" if site.markdown_copies else make_note_address(note)


def _escape_brackets(text: str) -> str:
    return re.sub(r"([\[\]\\])", r"\\\1", text)


def _list_distinct_backlinks(note: Note, notebook: Notebook) -> Iterator[Backlink]:
    """Yield the backlinks of `note` from published notes, one for each note and relation."""
    seen = set()
    for back in notebook.graph.backlinks.get(note, ()):
        key = (back.note, back.relation)
        if key not in seen and notebook.publication.is_published(back.note):
            seen.add(key)
            yield back
