"""The head of a note's page: metadata for reference managers, search engines and previews."""

from __future__ import annotations

import json
from collections.abc import Iterator

from markupsafe import Markup

from readinglog.model.bylines import format_byline
from readinglog.model.identifiers import make_doi_url
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import NOTHING, CardImage, Site, html, joined
from readinglog.site.views.components import hue


def head(note: Note, notebook: Notebook, site: Site) -> Markup:
    """Return `citation_*` for the work, JSON-LD for the note, and its card image if it has a URL."""
    names = joined(
        (html('<meta name="{}" content="{}">\n', name, value) for name, value in _citation(note)),
        "",
    )
    image = html(
        '<meta property="og:image" content="{}">\n<meta name="twitter:card" content="summary_large_image">\n',
        _card_address(note, site),
    )
    data = json.dumps(_linked_data(note, notebook, site), ensure_ascii=False).replace(
        "<", "\\u003c"
    )
    script = Markup('<script type="application/ld+json">{}</script>\n').format(Markup(data))  # noqa: S704 - no `<` is left in it
    return joined((names, image if site.url else NOTHING, script))


def card_image(note: Note, notebook: Notebook, site: Site) -> CardImage:
    """Return the picture that is shown with a link to the note."""
    tags = tuple(tag.name for tag in notebook.tags.of(note))
    return CardImage(
        f"notes/{note.name}/card.png",
        site.name,
        note.title,
        format_byline(note),
        note.summary,
        tags,
        hue(note, notebook),
    )


def _card_address(note: Note, site: Site) -> str:
    return site.absolute(f"notes/{note.name}/card.png")


def _citation(note: Note) -> Iterator[tuple[str, str]]:
    """Yield the names and values that reference managers read: those that Google Scholar defines."""
    if note.is_hub:
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
    if note.arxiv:
        yield "citation_arxiv_id", note.arxiv
        yield "citation_pdf_url", f"https://arxiv.org/pdf/{note.arxiv}"
    if note.address:
        yield "citation_public_url", note.address


def _linked_data(note: Note, notebook: Notebook, site: Site) -> dict[str, object]:
    """Return the note as schema.org describes it: an article about a work."""
    work = {
        "@type": KINDS[note.kind].schema_org_type,
        "name": note.title,
        "author": [{"name": name} for name in note.authors],
        "datePublished": note.published,
        "url": note.address,
        "sameAs": make_doi_url(note.doi) if note.doi else "",
    }
    entry = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": note.title,
        "description": note.summary,
        "dateCreated": note.date.isoformat() if note.date else "",
        "keywords": [tag.name for tag in notebook.tags.of(note)],
        "url": site.absolute(f"notes/{note.name}/") if site.url else "",
        "about": {} if note.is_hub else {key: value for key, value in work.items() if value},
    }
    return {key: value for key, value in entry.items() if value}
