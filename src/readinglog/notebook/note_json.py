"""The JSON record of a note, which `readinglog show` prints."""

from __future__ import annotations

from readinglog.model.note import Link, Note
from readinglog.model.text import get_position
from readinglog.notebook.claim_json import claim_to_json
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.link_graph import Backlink
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Relatedness


def note_to_json(note: Note, notebook: Notebook, relatedness: Relatedness) -> dict[str, object]:
    """Return the front matter, headings, links, backlinks and related notes of `note`."""
    fields = {name: note.get_plain_value(name) for name in note.fields}
    return {
        **fields,
        "name": note.page_name,
        "path": note.path,
        "url": note.page_url,
        "fields": fields,
        "headings": [
            {"level": heading.level, "text": heading.text, "anchor": heading.anchor}
            for heading in note.headings
        ],
        "claims": [
            claim_to_json(NoteClaim(note, claim), notebook, "/{}".format) for claim in note.claims
        ],
        "links": [_link_to_json(link, note, notebook) for link in note.links],
        "backlinks": [
            _backlink_to_json(back, notebook) for back in notebook.graph.backlinks.get(note, ())
        ],
        "related": [
            {"name": other.note.page_name, "score": other.score, "reasons": list(other.reasons)}
            for other in relatedness.find_related(note)
        ],
    }


def _backlink_to_json(back: Backlink, notebook: Notebook) -> dict[str, object]:
    excerpt = back.note.summary
    if back.link:
        excerpt = "".join(notebook.links.extract_excerpt(back.note, back.span))
    return {
        "from": back.note.page_name,
        "line": get_position(back.note.text, back.span.start).line,
        "relation": back.relation,
        "excerpt": excerpt,
    }


def _link_to_json(link: Link, note: Note, notebook: Notebook) -> dict[str, object]:
    resolution = notebook.links.resolve(link, note)
    target = resolution.target
    position = get_position(note.text, link.span.start)
    anchor = None
    if link.heading and target:
        anchor = notebook.links.find_anchor(link, target) or None
    return {
        "kind": link.kind,
        "target": link.target,
        "label": link.label,
        "heading": link.heading,
        "embed": link.is_embed,
        "line": position.line,
        "column": position.column,
        "to": [other.page_name for other in resolution.candidates],
        "anchor": anchor,
    }
