"""Edits that take links to a note out of a text: what they show stays as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from readinglog.model.claim import InlineField
from readinglog.model.note import Link, Note
from readinglog.model.text import Edit, Span, apply_edits, get_line_span, is_alone_on_lines
from readinglog.model.yaml_values import Compound
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.resolution import Relation, ResolvedLink, select_links
from readinglog.parsing.yaml_edits import find_end, is_flow, remove_item
from readinglog.refactor.link_edits import escape_label

# What begins a block of Markdown where it is the first on a line.
_BLOCK_MARK = re.compile(r"[#>=+~:|-]|(?P<number>\d{1,9})(?=[.)])")
_LINE_START = re.compile(r"[ \t>*+-]*(?:\d{1,9}[.)][ \t]+)?\Z")


def list_link_edits(notebook: Notebook, writer: Note, target: Note) -> Iterator[Edit]:
    """Yield the edits of the text of `writer` by which no link leads to `target` any more.

    The relations of claims to it go, as those of the note do.
    """
    links = notebook.links.list_links(writer)
    done: set[Link] = set()
    for field in _list_relation_fields(writer):
        own = select_links(links, field.value_span)
        if edit := _edit_relation_field(writer, field, own, target):
            done.update(link for link, _ in own)
            yield edit
    for link, resolution in links:
        if resolution.target is not target or link in done:
            continue
        if link.kind == "html":
            start = len(writer.text[: link.span.start].rstrip())
            yield Edit(Span(start, link.span.end), "")
            continue
        yield Edit(link.span, _guard_start(writer, link, _get_text(notebook, writer, link)))
        if link.address_span.start >= link.span.end or link.address_span.end <= link.span.start:
            yield Edit(_find_definition(writer, link), "")


def _list_relation_fields(writer: Note) -> Iterator[InlineField]:
    """Yield the inline fields of a note that relate a claim to others."""
    relations = writer.schema.claim_relations
    fields = (*(field for claim in writer.claims for field in claim.fields), *writer.stray_fields)
    yield from (field for field in fields if field.name in relations)


def _edit_relation_field(
    writer: Note, field: InlineField, links: Sequence[ResolvedLink], target: Note
) -> Edit | None:
    """Return the edit by which a field with `links` does not lead to `target` any more; None where
    it did not, or holds more than links.
    """
    start, end = field.value_span
    kept = [link for link, resolution in links if resolution.target is not target]
    if len(kept) == len(links):
        return None
    rest = apply_edits(
        writer.text[start:end],
        [Edit(Span(link.span.start - start, link.span.end - start), "") for link, _ in links],
    )
    if rest.strip(", ;\n"):
        return None
    if kept:
        return Edit(field.value_span, ", ".join(writer.text[slice(*link.span)] for link in kept))
    return Edit(_find_gap(writer.text, field.span), "")


def _find_gap(text: str, span: Span) -> Span:
    """Return a span of a text with the space around it that goes with it: its line, where nothing
    else is there.
    """
    if is_alone_on_lines(text, span):
        start, end = get_line_span(text, span.start).start, get_line_span(text, span.end).end
        return Span(start, end + 1) if text[end : end + 1] else Span(max(start - 1, 0), end)
    if text[span.start - 1 : span.start] == " ":
        return Span(span.start - 1, span.end)
    return Span(span.start, span.end + (text[span.end : span.end + 1] == " "))


def _get_text(notebook: Notebook, writer: Note, link: Link) -> str:
    """Return what a link shows, as Markdown: its label as it is written, or the note's title."""
    if link.label and link.label.strip() and not link.is_embed:
        return link.label.strip()
    wikilink = link if link.kind == "wikilink" else link._replace(kind="wikilink")
    return escape_label(notebook.links.get_label(wikilink, writer))


def _guard_start(writer: Note, link: Link, shown: str) -> str:
    """Return a text that begins no list, heading or other block in the place of `link`."""
    line = get_line_span(writer.text, link.span.start)
    if not _LINE_START.match(writer.text[line.start : link.span.start]):
        return shown
    mark = _BLOCK_MARK.match(shown)
    if mark is None:
        return shown
    number = mark["number"] or ""
    return f"{number}\\{shown[len(number) :]}"


def _find_definition(writer: Note, link: Link) -> Span:
    """Return the lines of the definition that a reference takes its address from."""
    text = writer.text
    start = text.rfind("[", 0, link.address_span.start)
    start = get_line_span(text, start).start
    title = re.compile(r"[^\n]*\n?").match(text, link.address_span.end)
    return Span(start, title.end() if title else link.address_span.end)


def list_relation_edits(notebook: Notebook, writer: Note, target: Note) -> Iterator[Edit]:
    """Yield the edits of the front matter by which no relation leads to `target` any more."""
    relations = notebook.links.list_relations(writer)
    for field in dict.fromkeys(relation.field for relation in relations):
        own = [relation for relation in relations if relation.field == field]
        kept = [relation for relation in own if relation.resolution.target is not target]
        if len(kept) < len(own):
            yield from _edit_field(writer, field, kept)


def _edit_field(writer: Note, field: str, kept: list[Relation]) -> Iterator[Edit]:
    """Yield the edits by which a field keeps these relations, or goes."""
    text, entry = writer.text, writer.fields[field]
    removed = [item for item in writer.get_scalars(field) if item.span not in _list_spans(kept)]
    if not kept:
        start = get_line_span(text, entry.name_span.start).start
        end = text.find("\n", find_end(text, entry.value))
        yield Edit(Span(start, end + 1), "")
    elif len(removed) == 1:
        yield remove_item(text, removed[0])
    elif isinstance(entry.value, Compound) and is_flow(text, entry.value):
        written = ", ".join(text[slice(*relation.span)] for relation in kept)
        yield Edit(entry.value.span, f"[{written}]")
    else:
        yield from (remove_item(text, item) for item in removed)


def _list_spans(relations: list[Relation]) -> set[Span]:
    return {relation.span for relation in relations}
