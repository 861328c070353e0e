"""The head of a note's page: metadata for reference managers, search engines and previews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from readinglog.model.bylines import format_byline
from readinglog.model.identifiers import make_doi_url
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.addresses import make_note_address
from readinglog.site.messages import translate
from readinglog.site.page import CardImage, Site


@dataclass(frozen=True, slots=True)
class NoteHead:
    """The metadata of a note's page.

    `citation` has the names and values that reference managers read, `linked_data` the note as
    schema.org describes it; `card_url` is the address of its card image, '' where there is none or
    the site has no URL.
    """

    citation: tuple[tuple[str, str], ...]
    card_url: str
    linked_data: dict[str, object]


def make_head(note: Note, notebook: Notebook, site: Site) -> NoteHead:
    """Return the metadata of a note's page."""
    has_card = site.social_cards and bool(site.url)
    return NoteHead(
        citation=tuple(_list_citation_metadata(note)),
        card_url=site.make_absolute(_make_card_path(note)) if has_card else "",
        linked_data=_make_linked_data(note, notebook),
    )


def make_card_image(note: Note, notebook: Notebook, site: Site) -> CardImage:
    """Return the picture that is shown with a link to the note."""
    tags = tuple(tag.name for tag in notebook.tags.get_tags(note))
    return CardImage(
        _make_card_path(note),
        site.name,
        note.title,
        format_byline(note, translate),
        note.summary,
        tags,
        notebook.tags.get_hue(note),
    )


def _make_card_path(note: Note) -> str:
    return f"{make_note_address(note)}card.png"


def _list_citation_metadata(note: Note) -> Iterator[tuple[str, str]]:
    """Yield the names and values that Google Scholar defines."""
    if not note.is_work:
        return
    yield "citation_title", note.title
    for author in note.authors:
        yield "citation_author", author
    if note.published:
        yield "citation_publication_date", note.published.replace("-", "/")
    if note.venue:
        yield "citation_journal_title", note.venue
    if note.doi:
        yield "citation_doi", note.doi
    if note.isbn:
        yield "citation_isbn", note.isbn
    if note.arxiv:
        yield "citation_arxiv_id", note.arxiv
        yield "citation_pdf_url", f"https://arxiv.org/pdf/{note.arxiv}"
    if note.work_url:
        yield "citation_public_url", note.work_url


def _make_linked_data(note: Note, notebook: Notebook) -> dict[str, object]:
    """Return the note as schema.org describes it, an article about a work; the address and the
    summary are in the head already.
    """
    work = {
        "@type": note.kind_record.schema_org_type,
        "name": note.title,
        "author": [{"name": name} for name in note.authors],
        "datePublished": note.published,
        "url": note.work_url,
        "sameAs": make_doi_url(note.doi) if note.doi else "",
    }
    entry = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": note.title,
        "dateCreated": note.date.isoformat() if note.date else "",
        "inLanguage": note.language,
        "keywords": [tag.name for tag in notebook.tags.get_tags(note)],
        "about": {key: value for key, value in work.items() if value} if note.is_work else {},
    }
    return {key: value for key, value in entry.items() if value}
