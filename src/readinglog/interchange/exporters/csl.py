"""CSL JSON, which reference managers read."""

from __future__ import annotations

import json
from collections.abc import Sequence

from readinglog.model.kinds import KINDS
from readinglog.model.note import Note

NAME = "CSL JSON"
OPTION = "csl"
FILE_NAME = "bibliography.json"
MEDIA_TYPE = "application/vnd.citationstyles.csl+json"


def format_works(notes: Sequence[Note]) -> str:
    items = (json.dumps(make_csl_item(note), ensure_ascii=False) for note in notes)
    return "[\n" + ",\n".join(items) + "\n]\n"


def make_csl_item(note: Note) -> dict[str, object]:
    """Return the note's work as a CSL JSON item."""
    item: dict[str, object] = {
        "id": note.page_name,
        "type": KINDS[note.kind].csl_type,
        "title": note.title,
        "author": [_split_name(name) for name in note.authors],
        "container-title": note.venue,
        "DOI": note.doi,
        "URL": note.work_url,
    }
    if note.published:
        item["issued"] = {"date-parts": [[int(part) for part in note.published.split("-")]]}
    if note.arxiv:
        item["number"] = f"arXiv:{note.arxiv}"
    return {key: value for key, value in item.items() if value}


def _split_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
