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
from readinglog.site.rendering import render, use_macros
from readinglog.site.views.claim_text import edit_claims
from readinglog.site.views.query_table import render_block
from readinglog.site.views.rows import make_note_rows

_SHOWN_SUFFIXES = IMAGE_SUFFIXES | SOUND_SUFFIXES | VIDEO_SUFFIXES
_FRAGMENT = "=&,;:/?@!$*+-._~"  # of a file: `page=3` of a PDF, `t=10` of a video
_MARK = re.compile(r"[:!?=+]+")  # what begins a block if something is behind it
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
    writer = _LinkWriter(note, notebook, base)
    edits = [
        *(edit for link in note.links for edit in writer.edit(link)),
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
            text = "" if heading.text else " &#32;"  # what has no text can have no attributes
            if _MARK.fullmatch(heading.text):  # behind a space, it would begin a block
                text = "&#32;"
            # Not `{#`, which starts a comment of templates.
            yield Edit(Span(heading.span.end, end), f"{text} {{: #{heading.anchor}}}")


def _edit_block_marks(note: Note, base: PageBase) -> Iterator[Edit]:
    """Yield anchors in place of the `^name` marks of blocks, of claims at their beginnings: whoever
    comes there reads the claim first.
    """
    starts = {claim.id: claim.span.start for claim in note.claims}
    for name, span in note.blocks.items():
        anchor = str(render("block_anchor.html", base.address, name=name))
        start = starts.get(name, span.start)
        # A mark that is alone in its line stays: without it, the line would end the item.
        if _begins_with_words(note.text, start) and not is_alone_on_lines(note.text, span):
            yield Edit(Span(start, start), anchor)
            yield Edit(span, "")
        else:
            yield Edit(span, anchor)


def _begins_with_words(text: str, start: int) -> bool:
    """Return whether HTML in front of a text leaves what that is: no task, no list in a list."""
    return text[start : start + 1].isalpha() or text.startswith(("[[", "“", '"', "‘"), start)


def _edit_query_blocks(note: Note, notebook: Notebook, base: PageBase) -> Iterator[Edit]:
    """Yield the tables in place of fenced queries; one without an answer stays as it is."""
    for region in filter(is_query_block, note.regions):
        if table := render_block(region, note, notebook, base):
            yield Edit(Span(region.start, region.end), table)


class _LinkWriter:
    """Writes the links of `note` as the page `base` has them."""

    def __init__(self, note: Note, notebook: Notebook, base: PageBase) -> None:
        self._note = note
        self._notebook = notebook
        self._base = base
        self._cards: dict[Note, str] = {}

    def edit(self, link: Link) -> Iterator[Edit]:
        """Yield what becomes of a link."""
        destination = self._find_destination(link)
        if link.kind == "wikilink":
            yield Edit(link.span, self._format_wikilink(link, destination))
        elif destination.href:
            yield _replace_address(link, self._note, destination.href)
        elif destination.exists or link.is_empty:
            yield Edit(link.span, link.label or "")
        elif not link.is_file_link and link.target:
            name = posixpath.basename(link.target).removesuffix(".md")
            yield Edit(link.address_span, self._base.link_to("wanted/", fold(name)))

    def _find_destination(self, link: Link) -> _Destination:
        """Return where a link leads."""
        note, links = self._note, self._notebook.links
        resolution = links.resolve(link, note)
        target = resolution.target
        if target and self._notebook.publication.is_published(target):
            return _Destination(target, self._make_href(link, target), exists=True)
        if not resolution.is_missing:
            return _Destination(None, self._link_to_list(resolution), exists=True)
        file = links.find_file(link, note)
        if file is None and (outside := links.find_outside(link, note)) is not None:
            return _Destination(None, "" if link.is_embed else outside, exists=True)
        if file is None or self._notebook.files[file]:  # there is none, or it is left out
            exists = file is not None or links.is_folder(link, note)
            return _Destination(None, "", exists=exists)
        href = self._base.link_to(make_attachment_address(file))
        fragment = f"#{quote(link.heading, safe=_FRAGMENT)}" if link.heading else ""
        return _Destination(None, f"{href}{fragment}", exists=True, is_file=True)

    def _link_to_list(self, resolution: Resolution) -> str:
        """Return the link to the list of the notes of one name that a link may mean, or ''."""
        name = self._notebook.publication.find_shared_name(resolution.candidates)
        return self._base.link_to(make_name_address(name)) if name else ""

    def _make_href(self, link: Link, target: Note) -> str:
        """Return the link to `target`, or to the heading of it that `link` names."""
        anchor = self._notebook.links.find_anchor(link, target) if link.heading else None
        if target is self._note and not link.target:
            return f"#{quote(anchor or '', safe='^')}"
        return self._base.link_to_note(target, anchor)

    def _format_wikilink(self, link: Link, destination: _Destination) -> str:
        """Return the Markdown in place of a wikilink: a card, a link, an image, or its words."""
        if destination.note and link.is_embed and is_alone_on_lines(self._note.text, link.span):
            return self._embed(destination.note)
        label = link.label or _escape_label(self._notebook.links.get_label(link, self._note))
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
        wanted = self._base.link_to("wanted/", fold(link.target))
        return f"[{label}]({wanted}){{.rl-wanted}}"

    def _embed(self, note: Note) -> str:
        """Return the card of a note as one line of HTML, which Markdown leaves as it is."""
        if note not in self._cards:
            rows = make_note_rows([note], self._notebook)
            with use_macros(self._notebook.macros):
                card = render("embedded_note.html", self._base.address, notes=rows)
            self._cards[note] = str(card).replace("\n", "")
        return self._cards[note]


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


def _escape_label(label: str) -> str:
    """Return a title as Markdown that shows it, with its formulas."""
    return replace_formulas(label, {}, lambda formula: f"${formula.source}$", escape_markdown)


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
