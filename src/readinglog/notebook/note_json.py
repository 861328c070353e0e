"""What a program is told of one note: the record that `readinglog show` prints."""

from __future__ import annotations

from datetime import date

from readinglog.model.note import Link, Note
from readinglog.model.text import position_at
from readinglog.model.yaml_values import to_plain_value
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness


def note_to_json(note: Note, notebook: Notebook, relatedness: Relatedness) -> dict[str, object]:
    """Front matter as read, where the note is, its headings and links, what leads here and what is related."""
    fields = {name: _value(note, name) for name in note.fields}
    return {
        **fields,
        "name": note.name,
        "path": note.path,
        "url": note.url,
        "fields": fields,
        "headings": [{"level": h.level, "text": h.text, "anchor": h.anchor} for h in note.headings],
        "links": [_link(link, note, notebook) for link in note.links],
        "backlinks": [
            {
                "from": back.note.name,
                "line": position_at(back.note.text, back.span.start).line,
                "relation": back.relation,
                "excerpt": "".join(notebook.links.excerpt(back.note, back.span))
                if back.link
                else back.note.summary,
            }
            for back in notebook.graph.backlinks.get(note, ())
        ],
        "related": [
            {"name": r.note.name, "score": r.score, "reasons": list(r.reasons)}
            for r in relatedness.of(note)
        ],
    }


def _value(note: Note, name: str) -> object:
    """A field as the schema reads it; what it cannot read, or does not know, as it is written."""
    value = note.values.get(name)
    if value is None:
        return to_plain_value(note.fields[name].value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _link(link: Link, note: Note, notebook: Notebook) -> dict[str, object]:
    resolution = notebook.links.resolve(link, note)
    target = resolution.target
    where = position_at(note.text, link.span.start)
    return {
        "kind": link.kind,
        "target": link.target,
        "label": link.label,
        "heading": link.heading,
        "embed": link.embed,
        "line": where.line,
        "column": where.column,
        "to": [other.name for other in resolution.candidates],
        "anchor": (notebook.links.find_anchor(link, target) or None)
        if link.heading and target
        else None,
    }
