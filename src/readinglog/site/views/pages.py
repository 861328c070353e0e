"""The pages beside the notes: their text, as it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address
from readinglog.site.page import Output, Page, PageBase, Site
from readinglog.site.views.note_text import make_body
from readinglog.site.views.rows import HeadingLink, list_headings


@dataclass(frozen=True, slots=True)
class TextPageView:
    """A page around its text. `edit_url` is '' where the site has none, and `language` where the
    page has that of the site.
    """

    title: str
    anchor: str
    edit_url: str
    headings: tuple[HeadingLink, ...]
    language: str = ""


def make_outputs(notebook: Notebook, site: Site) -> Iterator[Output]:
    for note in notebook.publication.pages:
        if not note.is_home:  # whose text the home page has
            yield Page(
                make_note_address(note),
                note.title,
                "text_page.html",
                partial(_make_view, note, site),
                partial(make_text, note, notebook),
                description=note.summary,
                source=note.path,
                language=note.language,
            )


def _make_view(note: Note, site: Site) -> TextPageView:
    anchor = note.title_heading.anchor if note.title_heading else ""
    edit_url = site.make_edit_url(note.path)
    return TextPageView(note.title, anchor, edit_url, list_headings(note), note.language)


def find_home(notebook: Notebook) -> Note | None:
    """Return the file with the text of the home page, or None."""
    return next((note for note in notebook.publication.pages if note.is_home), None)


def make_text(note: Note, notebook: Notebook) -> str:
    """Return the Markdown of a page."""
    return make_body(note, notebook, PageBase(make_note_address(note)))
