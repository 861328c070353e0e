"""Parts of pages as HTML, for the views that have no templates yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from markupsafe import Markup

from readinglog.model.bylines import format_byline
from readinglog.model.field_types import ET_AL
from readinglog.model.note import Note
from readinglog.model.slugs import to_slug
from readinglog.model.text import Span
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Tree
from readinglog.site.hues import find_hue as hue
from readinglog.site.page import NOTHING, PageBase, html, joined
from readinglog.site.views.pagination import PER_PAGE


def note_list(
    notes: Sequence[Note], notebook: Notebook, here: PageBase, *, dated: bool = True
) -> Markup:
    """A list of notes; the day each was logged stands at its right, unless what stands above the list says it."""
    if not notes:
        return NOTHING
    return html(
        '<ul class="rl-notes">\n{}\n</ul>\n',
        joined((_entry(note, notebook, here, dated=dated) for note in notes), "\n"),
    )


def _entry(note: Note, notebook: Notebook, here: PageBase, *, dated: bool) -> Markup:
    return html(
        '<li class="rl-note"><p class="rl-note-title"><a dir="auto" href="{}">{}</a>{}</p><p class="rl-note-by">{}</p>{}{}</li>',
        here.note(note),
        note.title,
        html(' <time datetime="{0}">{0}</time>', note.date.isoformat())
        if dated and note.date
        else "",
        format_byline(note),
        html('<p class="rl-note-summary" dir="auto">{}</p>', note.summary) if note.summary else "",
        tag_line(notebook.tags.of(note), notebook, here),
    )


def tag_line(tags: Sequence[Tag], notebook: Notebook, here: PageBase) -> Markup:
    """The tags of a note as links to their pages."""
    line = joined((tag_link(tag, notebook, here) for tag in tags), " ")
    return html('<p class="rl-tags">{}</p>', line) if line else NOTHING


def tag_link(tag: Tag, notebook: Notebook, here: PageBase) -> Markup:
    """A tag's name as a link to its page; it carries its key, and the number of its root's colour."""
    template = '<a class="rl-tag" data-tag="{}" data-hue="{}" href="{}">{}</a>'
    return html(
        template,
        tag.key,
        notebook.vocabulary.hue(tag),
        here.to(tag_address(tag, notebook)),
        tag.name,
    )


def search_box(here: PageBase) -> Markup:
    """The box in which to write a query."""
    hint = 'words, "a phrase", tag:…, author:…, year:2024..'
    return html(
        '<form class="rl-search" role="search" action="{}"><input type="search" name="q" aria-label="Search the notes" placeholder="{}" '
        'autocomplete="off" autocapitalize="off" spellcheck="false" enterkeyhint="search"></form>',
        here.to("search/"),
        hint,
    )


def search_address(query: Tree | str, here: PageBase) -> str:
    """The link from here to the answer to a query."""
    return f"{here.to('search/')}?q={quote(str(query), safe=':')}"


def tag_address(tag: Tag, notebook: Notebook) -> str:
    """The address of a tag's page."""
    return f"tags/{notebook.vocabulary.slugs[tag.key]}/"


def author_address(name: str) -> str:
    """The address of an author's page."""
    return f"authors/{to_slug(name).replace('/', '-')}/"


def author_links(note: Note, here: PageBase) -> Markup:
    """All authors as links."""
    links = [
        html('<a href="{}">{}</a>', here.to(author_address(name)), name) for name in note.authors
    ]
    names = joined(links, ", ")
    return names + f" {ET_AL}" if ET_AL in note.texts("authors") else names


def paged(address: str, notes: Sequence[Note]) -> Iterator[tuple[PageBase, Sequence[Note], Markup]]:
    """A long list cut into pages: the place of each, its notes, and the links from one to the next."""
    pages = range(max(1, -(-len(notes) // PER_PAGE)))
    for number in pages:
        here = PageBase(address if number == 0 else f"{address}page/{number + 1}/")
        steps = []
        if number:
            newer = address if number == 1 else f"{address}page/{number}/"
            steps.append(html('<a rel="prev" href="{}">Newer</a>', here.to(newer)))
        if number + 1 < len(pages):
            steps.append(
                html('<a rel="next" href="{}">Older</a>', here.to(f"{address}page/{number + 2}/"))
            )
        where = f"page {number + 1} of {len(pages)}"
        links = html(
            '<nav class="rl-pagination" aria-label="Pages">{} <span>{}</span></nav>',
            joined(steps, " "),
            where,
        )
        yield here, notes[number * PER_PAGE : (number + 1) * PER_PAGE], links if steps else NOTHING


def counted(text: Markup | str, number: int) -> Markup:
    """A text with how many there are of it."""
    return html('{} <span class="rl-count">({})</span>', text, f"{number:,}")


def tree(above: Tag | None, notebook: Notebook, here: PageBase) -> Markup:
    """The tags below one (None: all), as a tree of links with counts."""
    items = [
        html(
            "<li>{}{}{}</li>",
            counted(tag_link(tag, notebook, here), len(notebook.tags.notes.get(tag.key, ()))),
            html(" <span>{}</span>", tag.summary) if tag.summary else "",
            tree(tag, notebook, here),
        )
        for tag in notebook.vocabulary.children(above)
    ]
    return html('<ul class="rl-tree">{}</ul>\n', joined(items, "\n")) if items else NOTHING


def quote_sentence(note: Note, span: Span, notebook: Notebook) -> Markup:
    """The sentence of a note around a place, which is marked."""
    return html(
        '<p class="rl-quote" dir="auto">{}<mark>{}</mark>{}</p>',
        *notebook.links.excerpt(note, span),
    )


__all__ = [
    "PER_PAGE",
    "author_address",
    "author_links",
    "counted",
    "hue",
    "note_list",
    "paged",
    "quote_sentence",
    "search_address",
    "search_box",
    "tag_address",
    "tag_line",
    "tag_link",
    "tree",
]
