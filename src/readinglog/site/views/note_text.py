"""The text of a note for its page: links are rewritten, the rest of the Markdown stays as it is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from readinglog.model import identifiers
from readinglog.model.note import IMAGE_SUFFIXES, SOUND_SUFFIXES, VIDEO_SUFFIXES, Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span, apply_edits, is_alone_on_lines
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.resolution import Resolution
from readinglog.parsing.formulas import replace_formulas
from readinglog.parsing.prose import escape_markdown
from readinglog.parsing.queries import is_query_block
from readinglog.site.addresses import make_attachment_address, make_name_address
from readinglog.site.page import PageBase
from readinglog.site.rendering import render
from readinglog.site.views.claim_text import edit_claims
from readinglog.site.views.query_table import render_block
from readinglog.site.views.rows import make_note_rows

_SHOWN_SUFFIXES = IMAGE_SUFFIXES | SOUND_SUFFIXES | VIDEO_SUFFIXES
_FRAGMENT = "=&,;:/?@!$*+-._~"  # of a file: `page=3` of a PDF, `t=10` of a video
_SIZE = re.compile(r"(?P<width>\d{1,5})(?:x(?P<height>\d{1,5}))?")


# A size behind a title or `<…>`, where Python-Markdown expects none.
_SIZE_BEHIND = re.compile(
    r"(?P<angle>>?)(?P<title>[ \t]+(?:\"[^\"\n]*\"|'[^'\n]*'))?[ \t]+(?P<size>=\d*x?\d*)[ \t]*\)\Z"
)


class _Destination(NamedTuple):
    """Where a link leads: a published note, and the link to it or to a published file, or ''.

    `exists` is also true of what has no page: a draft, several notes, a file that is not published.
    """

    note: Note | None
    href: str
    exists: bool
    is_file: bool = False


def make_body(note: Note, notebook: Notebook, base: PageBase) -> str:
    """Return the Markdown of a note for the page `base`; the note must be readable."""
    edits = [
        *(edit for link in note.links for edit in _edit_link(link, note, notebook, base)),
        *_edit_headings(note),
        *_edit_block_marks(note, base),
        *edit_claims(note, notebook, base),
        *_edit_query_blocks(note, notebook, base),
    ]
    start = note.body.start
    within_body = [
        Edit(Span(edit.span.start - start, edit.span.end - start), edit.text) for edit in edits
    ]
    return apply_edits(note.text[start : note.body.end], within_body).strip("\n")


def _edit_headings(note: Note) -> Iterator[Edit]:
    """Yield the anchors of headings, so that the page has those that were checked.

    A first heading that repeats the title goes: the page's own title stands in for it.
    """
    for heading in note.headings:
        if heading is note.title_heading:
            yield Edit(heading.block, "")
        else:
            end = heading.span.end
            if heading.block.end <= note.text.find("\n", end):  # closing marks make way
                end = max(end, heading.block.end)
            # Not `{#`, which starts a comment of templates.
            yield Edit(Span(heading.span.end, end), f" {{: #{heading.anchor}}}")


def _edit_block_marks(note: Note, base: PageBase) -> Iterator[Edit]:
    """Yield anchors in place of the `^name` marks of blocks."""
    for name, span in note.blocks.items():
        yield Edit(span, str(render("block_anchor.html", base.address, name=name)))


def _edit_query_blocks(note: Note, notebook: Notebook, base: PageBase) -> Iterator[Edit]:
    """Yield the tables in place of fenced queries; one without an answer stays as it is."""
    for region in filter(is_query_block, note.regions):
        if table := render_block(region, note, notebook, base):
            yield Edit(Span(region.start, region.end), table)


def _edit_link(link: Link, note: Note, notebook: Notebook, base: PageBase) -> Iterator[Edit]:
    destination = _find_destination(link, note, notebook, base)
    if link.kind == "wikilink":
        yield Edit(link.span, _format_wikilink(link, note, destination, notebook, base))
    elif destination.href:
        yield _replace_address(link, note, destination.href)
    elif destination.exists or link.is_empty:
        yield Edit(link.span, link.label or "")
    elif not link.is_file_link and link.target:
        name = posixpath.basename(link.target).removesuffix(".md")
        yield Edit(link.address_span, base.link_to("wanted/", fold(name)))


def _replace_address(link: Link, note: Note, href: str) -> Edit:
    """Return the edit that puts `href` in place of the address, the size right behind it."""
    start, end = link.address_span
    if link.kind == "html":
        return Edit(link.address_span, escape(href))
    behind = _SIZE_BEHIND.match(note.text, end, link.span.end) if link.is_embed else None
    if link.kind != "markdown" or behind is None:
        return Edit(link.address_span, href)
    span = Span(start - len(behind["angle"]), link.span.end)
    return Edit(span, f"{href} {behind['size']}{behind['title'] or ''})")


def _find_destination(link: Link, note: Note, notebook: Notebook, base: PageBase) -> _Destination:
    """Return where a link of `note` leads from the page `base`."""
    resolution = notebook.links.resolve(link, note)
    target = resolution.target
    if target and notebook.publication.is_published(target):
        return _Destination(target, _make_href(link, note, target, notebook, base), exists=True)
    if not resolution.is_missing:
        return _Destination(None, _link_to_list(resolution, notebook, base), exists=True)
    file = notebook.links.find_file(link, note)
    if file is None and (outside := notebook.links.find_outside(link, note)) is not None:
        return _Destination(None, "" if link.is_embed else outside, exists=True)
    if file is None or notebook.files[file]:  # there is none, or it is left out for a reason
        exists = file is not None or notebook.links.is_folder(link, note)
        return _Destination(None, "", exists=exists)
    href = base.link_to(make_attachment_address(file))
    fragment = f"#{quote(link.heading, safe=_FRAGMENT)}" if link.heading else ""
    return _Destination(None, f"{href}{fragment}", exists=True, is_file=True)


def _link_to_list(resolution: Resolution, notebook: Notebook, base: PageBase) -> str:
    """Return the link to the list of the notes of one name that a link may mean, or ''."""
    lists = (
        name
        for name, notes in notebook.publication.shared_names.items()
        if set(resolution.candidates) <= set(notes)
    )
    name = next(lists, "") if resolution.is_ambiguous else ""
    return base.link_to(make_name_address(name)) if name else ""


def _make_href(link: Link, note: Note, target: Note, notebook: Notebook, base: PageBase) -> str:
    """Return the link to `target`, or to the heading of it that `link` names."""
    anchor = notebook.links.find_anchor(link, target) if link.heading else None
    if target is note and not link.target:
        return f"#{quote(anchor or '', safe='^')}"
    return base.link_to_note(target, anchor)


def _format_wikilink(
    link: Link, note: Note, destination: _Destination, notebook: Notebook, base: PageBase
) -> str:
    """Return the Markdown in place of a wikilink: a card, a link, an image, or its words alone."""
    if destination.note and link.is_embed and is_alone_on_lines(note.text, link.span):
        return _embed_note(destination.note, notebook, base)
    label = link.label or _escape_label(notebook.links.get_label(link, note))
    if destination.note:
        return f"[{label}]({destination.href}){{.rl-link}}"
    if destination.href and destination.is_file:
        return _format_file_link(link, destination.href)
    if destination.href:
        return f"[{label}]({destination.href})"
    if outside := make_work_url(link.target):
        return f"[{label}]({outside}){{.rl-outside}}"
    if link.is_file_link or not link.target or destination.exists:
        return label
    wanted = base.link_to("wanted/", fold(link.target))
    return f"[{label}]({wanted}){{.rl-wanted}}"


def _escape_label(label: str) -> str:
    """Return a title as Markdown that shows it, with its formulas."""
    return replace_formulas(label, lambda formula: f"${formula.source}$", escape_markdown)


def _embed_note(note: Note, notebook: Notebook, base: PageBase) -> str:
    """Return the card of a note as one line of HTML, which Markdown leaves as it is."""
    rows = make_note_rows([note], notebook)
    return str(render("embedded_note.html", base.address, notes=rows)).replace("\n", "")


def _format_file_link(link: Link, href: str) -> str:
    """Return a file, or what a page shows of it: an image, sound or video.

    A label of digits is its size, as Obsidian writes it.
    """
    size = _SIZE.fullmatch(link.label or "")
    named = size is None and link.label
    label = named or escape_markdown(posixpath.basename(link.target))
    if not (link.is_embed and link.target.rpartition(".")[2].lower() in _SHOWN_SUFFIXES):
        return f"[{label}]({href})"
    if size is None:
        return f"![{label}]({href})"
    height = f" height={size['height']}" if size["height"] else ""
    return f"![{label}]({href}){{width={size['width']}{height}}}"


def make_work_url(target: str) -> str:
    """Return where a work that is cited by its id can be read, or ''."""
    found = identifiers.parse_reference(target)
    if found is None:
        return ""
    scheme, identifier = found
    return identifiers.fill_address(identifiers.ADDRESSES[scheme], identifier)
