"""A note's own text on its way to the engine: links rewritten by offset edits, the author's Markdown left as it is."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import quote

from readinglog.model import identifiers
from readinglog.model.note import IMAGE_SUFFIXES, Link, Note
from readinglog.model.slugs import fold
from readinglog.model.text import Edit, Span, apply_edits, is_alone_on_lines
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.prose import escape_markdown
from readinglog.site.page import PageBase, html
from readinglog.site.views.components import note_list


def body(note: Note, notebook: Notebook, here: PageBase) -> str:
    """The Markdown of `note` as it stands on the page `here`; unreadable and oversized notes have none."""
    text = note.text
    edits = [edit for link in note.links for edit in _link_edits(link, note, notebook, here)]
    edits += _heading_edits(note)
    edits += (Edit(span, f'<span id="^{name}"></span>') for name, span in note.blocks.items())
    kept = [
        Edit(Span(e.span.start - note.body.start, e.span.end - note.body.start), e.text)
        for e in edits
    ]
    return apply_edits(text[note.body.start : note.body.end], kept).strip("\n")


def attachment_path(path: str) -> str:
    """Where a file of the notes folder is published."""
    return f"notes/{path}"


def _heading_edits(note: Note) -> Iterator[Edit]:
    """Anchors written out, so that the page has those that were checked; a first heading that repeats the title goes."""
    for heading in note.headings:
        if heading is note.title_heading:
            yield Edit(heading.block, "")
        else:
            end = note.text.find("\n", heading.span.end)
            line_end = (
                heading.span.end
                if end < 0 or heading.block.end > end
                else min(heading.block.end, end)
            )
            tail = Span(heading.span.end, max(heading.span.end, line_end))
            yield Edit(tail, f" {{#{heading.anchor}}}")


def _link_edits(link: Link, note: Note, notebook: Notebook, here: PageBase) -> Iterator[Edit]:
    resolution = notebook.links.resolve(link, note)
    target = (
        resolution.target
        if resolution.target and notebook.publication.includes(resolution.target)
        else None
    )
    file = notebook.links.find_file(link, note) if link.target and resolution.is_missing else None
    if target:
        anchor = notebook.links.find_anchor(link, target) if link.heading else None
        href = (
            f"#{quote(anchor or '', safe='^')}"
            if target is note and not link.target
            else here.note(target, anchor)
        )
    elif file and not notebook.files[file]:
        href = here.to(attachment_path(file))
    else:
        href = ""
    if link.kind == "wikilink":
        yield Edit(link.span, _wikilink(link, note, target, href, here, notebook))
    elif href:
        yield Edit(link.address, href)
    elif (
        file or not resolution.is_missing
    ):  # a draft, say, or a file that is left out: it has no page
        yield Edit(link.span, link.label or "")
    elif not link.names_file and link.target:
        yield Edit(
            link.address,
            here.to("wanted/", fold(posixpath.basename(link.target).removesuffix(".md"))),
        )


def _wikilink(
    link: Link, note: Note, target: Note | None, href: str, here: PageBase, notebook: Notebook
) -> str:
    label = link.label or escape_markdown(notebook.links.text_of(link, note))
    if target and link.embed and is_alone_on_lines(note.text, link.span):
        return str(
            html('<div class="rl-embed">{}</div>', note_list([target], notebook, here))
        ).replace("\n", "")
    if target:
        return f"[{label}]({href}){{.rl-link}}"
    if href:
        return _file_link(link, href)
    if outside := outside_address(link.target):
        return f"[{label}]({outside}){{.rl-outside}}"
    is_known = not notebook.links.resolve(link, note).is_missing or notebook.links.find_file(
        link, note
    )
    if link.names_file or not link.target or is_known:
        return label
    wanted = here.to("wanted/", fold(link.target))
    return f"[{label}]({wanted}){{.rl-wanted}}"


def _file_link(link: Link, href: str) -> str:
    """A file or image; a label of digits is the width of an image, as Obsidian writes it."""
    width = link.label if link.label and link.label.isdigit() else ""
    label = (
        escape_markdown(posixpath.basename(link.target)) if width or not link.label else link.label
    )
    if not (link.embed and link.target.rpartition(".")[2].lower() in IMAGE_SUFFIXES):
        return f"[{label}]({href})"
    return f"![{label}]({href})" + (f"{{width={width}}}" if width else "")


def outside_address(target: str) -> str:
    """Where a work that is cited by its id can be read, or ''."""
    kind, _, rest = target.partition(":")
    if kind.lower() == "arxiv" and (found := identifiers.parse_arxiv_id(rest)):
        return f"https://arxiv.org/abs/{found}"
    if kind.lower() == "doi" and (found := identifiers.parse_doi(rest)):
        return identifiers.make_doi_url(found)
    return ""
