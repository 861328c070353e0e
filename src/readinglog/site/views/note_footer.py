"""What stands after the text of a note: what it builds on, what leads to it and in which words, what is like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from readinglog.interchange.exporters.bibtex import format_bibtex
from readinglog.interchange.exporters.citation import format_citation
from readinglog.model.fields import FIELDS, RelationWords
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.model.text import Span
from readinglog.notebook.link_graph import MENTIONS, Backlink
from readinglog.notebook.mentions import Mention
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.related import Related
from readinglog.site.page import NOTHING, PageBase, html, joined

_UNFOLDED = 12  # notes that lead here


def relations(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """The typed relations of a note, both ways."""
    lines = []
    for field, words in _list_relation_words():
        named = [
            (text, found)
            for name, _, text, found in notebook.links.relations_of(note)
            if name == field
        ]
        targets = (found.target for _, found in named)
        to = [
            _link(target, here)
            for target in targets
            if target and notebook.publication.includes(target)
        ]
        to += [
            html('<a class="rl-wanted" href="{}">{}</a>', here.to("wanted/", fold(text)), text)
            for text, found in named
            if found.is_missing
        ]
        by = [
            _link(b.note, here)
            for b in notebook.graph.backlinks.get(note, ())
            if b.relation == field and notebook.publication.includes(b.note)
        ]
        for label, links in ((words.forward, to), (words.backward, by)):
            lines += (
                [html("<dt>{}</dt><dd>{}</dd>\n", label, joined(dict.fromkeys(links), "; "))]
                if links
                else []
            )
    return html('<dl class="rl-relations">\n{}</dl>\n', joined(lines)) if lines else NOTHING


def _list_relation_words() -> list[tuple[str, RelationWords]]:
    return [(field.name, field.relation) for field in FIELDS.values() if field.relation]


def backlinks(note: Note, notebook: Notebook, here: PageBase) -> Markup:
    """The notes whose text leads here, each with the sentences that do."""
    by_note: dict[Note, list[Backlink]] = {}
    for back in notebook.graph.backlinks.get(note, ()):
        if back.relation == MENTIONS and notebook.publication.includes(back.note):
            by_note.setdefault(back.note, []).append(back)
    return _quoted(
        ((other, [back.span for back in found]) for other, found in by_note.items()), notebook, here
    )


def mentioned(mentions: Sequence[Mention], notebook: Notebook, here: PageBase) -> Markup:
    """The notes that name this one without a link."""
    return _quoted(((other, [span]) for other, span in mentions), notebook, here)


def related_notes(related: Sequence[Related], here: PageBase) -> Markup:
    """The notes that are like this one, and why."""
    items = [
        html(
            '<li>{} <span class="rl-reason">{}</span></li>',
            _link(r.note, here),
            "; ".join(r.reasons),
        )
        for r in related
    ]
    return html('<ul class="rl-plain">{}</ul>\n', joined(items, "\n")) if items else NOTHING


def cite(note: Note) -> Markup:
    """The work for those who cite it: as BibTeX, and in a line."""
    if note.is_hub:
        return NOTHING
    block = '<div class="rl-cite" data-copy="{}">{}</div>\n'
    return joined(
        (
            html(block, "BibTeX", html("<pre><code>{}</code></pre>", format_bibtex(note))),
            html(block, "citation", html("<p>{}</p>", format_citation(note))),
        )
    )


def _quoted(
    found: Iterable[tuple[Note, Sequence[Span]]], notebook: Notebook, here: PageBase
) -> Markup:
    """Notes, each with its sentences around the places that are given, and these marked."""
    items = []
    for other, spans in found:
        quotes = (quote(other, span, notebook) for span in spans)
        items.append(html("<li>{}{}</li>", _link(other, here), joined(quotes)))
    first = (
        html('<ul class="rl-plain">{}</ul>\n', joined(items[:_UNFOLDED], "\n"))
        if items
        else NOTHING
    )
    rest = html('<ul class="rl-plain">{}</ul>\n', joined(items[_UNFOLDED:], "\n"))
    fold = '<details class="rl-fold"><summary>{} more</summary>\n{}</details>\n'
    return first + html(fold, len(items) - _UNFOLDED, rest) if len(items) > _UNFOLDED else first


def quote(note: Note, span: Span, notebook: Notebook) -> Markup:
    """The sentence of a note around a place, which is marked."""
    return html(
        '<p class="rl-quote" dir="auto">{}<mark>{}</mark>{}</p>',
        *notebook.links.excerpt(note, span),
    )


def _link(note: Note, here: PageBase) -> Markup:
    return html('<a href="{}">{}</a>', here.note(note), note.title)
