"""The one test helper: a world in memory, made of file names and texts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date

from readinglog.model.attachments import find_publication_obstacle
from readinglog.model.note import Note
from readinglog.model.removals import Removals
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.surroundings import Surroundings
from readinglog.parsing.latex.macros import read_macros
from readinglog.parsing.note import parse_note
from readinglog.parsing.removals import parse_removals
from readinglog.parsing.vocabulary import parse_vocabulary

TODAY = date(2026, 11, 21)


def source(path: str, text: str | bytes | Source) -> Source:
    """A file as it would be read."""
    if isinstance(text, Source):
        return text
    return Source(path, text if isinstance(text, bytes) else text.encode())


def note(text: str | bytes | Source, path: str = "a.md", schema: Schema = BUILT_IN) -> Note:
    """One parsed note."""
    return parse_note(source(path, text), schema)


def notebook(files: Mapping[str, str | bytes | Source], schema: Schema = BUILT_IN) -> Notebook:
    """A notebook of `files`: notes, perhaps a `tags.yml` and a `removed.yml`, the `people` and macros
    of a `readinglog.toml`, and attachments, of which only a drawing's text counts.
    """
    vocabulary = (
        parse_vocabulary(source("tags.yml", files["tags.yml"])) if "tags.yml" in files else None
    )
    notes = [
        parse_note(source(path, text), schema)
        for path, text in files.items()
        if path.lower().endswith(".md")
    ]
    others = {
        path: find_publication_obstacle(path, source(path, text).data)
        for path, text in files.items()
        if not path.lower().endswith((".md", "tags.yml", "removed.yml", "readinglog.toml"))
    }
    removals = (
        parse_removals(source("removed.yml", files["removed.yml"]))
        if "removed.yml" in files
        else Removals()
    )
    settings = tomllib.loads(str(files.get("readinglog.toml", "")))
    surroundings = Surroundings(
        others,
        macros=read_macros(settings.get("math", {}).get("macros", {})),
        people=settings.get("people", ()),
        removals=removals,
    )
    return Notebook(notes, vocabulary, surroundings, TODAY, schema=schema)


def work(body: str = "Text.", **fields: str) -> str:
    """The text of a note that is complete; `fields` are added or replaced, an empty one is left
    out.
    """
    complete = {
        "title": "A work",
        "kind": "paper",
        "authors": "[Ada Adams]",
        "date": "2026-11-21",
        "url": "https://example.org/a",
        "tags": "[moe]",
        "summary": "What to remember.",
    }
    lines = [f"{name}: {value}" for name, value in (complete | fields).items() if value]
    return "\n".join(("---", *lines, "---", body, ""))
