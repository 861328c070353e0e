"""CSL JSON, which reference managers read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from readinglog.model.note import Note

NAME = "CSL JSON"
OPTION = "csl"
FILE_NAME = "bibliography.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"

_CSL = {
    "paper": "article",
    "post": "post-weblog",
    "talk": "speech",
    "podcast": "broadcast",
    "thread": "post",
    "book": "book",
}
_CSL |= {"code": "software", "docs": "webpage"}


def format_works(notes: Sequence[Note]) -> str:
    items = (json.dumps(make_csl_item(note), ensure_ascii=False) for note in notes)
    return "[\n" + ",\n".join(items) + "\n]\n"


def make_csl_item(note: Note) -> dict[str, object]:
    """The note's work as a CSL JSON item."""
    entry: dict[str, object] = {
        "id": note.name,
        "type": _CSL.get(note.kind, "document"),
        "title": note.title,
        "author": [_csl_name(name) for name in note.authors],
        "container-title": note.values.get("venue"),
        "DOI": note.doi,
        "URL": note.address,
    }
    if note.published:
        entry["issued"] = {"date-parts": [[int(part) for part in note.published.split("-")]]}
    if note.arxiv:
        entry["number"] = f"arXiv:{note.arxiv}"
    return {key: value for key, value in entry.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
