"""What is typed or pasted to find a work that is known: its names, identifiers and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.note import Note


def list_known_items(note: Note) -> Iterator[tuple[str, str]]:
    """Yield the kinds of name by which a note can be asked for, with what is typed or pasted."""
    yield "title", note.title
    yield "title", note.title.upper()
    yield "title", note.title.replace("-", " ").replace(",", "")
    yield "short title", note.short_title
    yield "name", note.name
    yield "name", note.name.replace("-", " ")
    for alias in note.texts("aliases"):
        yield "alias", alias
    if note.arxiv:
        yield "arXiv", note.arxiv
        yield "arXiv", f"{note.arxiv}v2"
        yield "arXiv", f"arxiv:{note.arxiv}"
        yield "arXiv", f"arXiv: {note.arxiv}"
        yield "arXiv", f"https://arxiv.org/abs/{note.arxiv}"
        yield "arXiv", f"https://arxiv.org/pdf/{note.arxiv}v1"
        yield "arXiv", f"https://arxiv.org/pdf/{note.arxiv}.pdf"
        yield "arXiv", f"http://arxiv.org/html/{note.arxiv}v3#S2"
        yield "arXiv", f"arxiv.org/abs/{note.arxiv}"
        yield "arXiv", f"https://doi.org/10.48550/arXiv.{note.arxiv}"
    if note.doi:
        yield "DOI", note.doi
        yield "DOI", f"doi:{note.doi}"
        yield "DOI", f"DOI: {note.doi.upper()}"
        yield "DOI", f"https://doi.org/{note.doi}"
        yield "DOI", f"http://dx.doi.org/{note.doi}"
    if isinstance(url := note.values.get("url"), str):
        yield "address", url
        yield "address", url.replace("https://www.", "https://").replace("https", "http")
        yield "address", url.removeprefix("https://")
        yield "address", f"<{url}>"
    yield "page", f"https://log.example/a/b/notes/{note.name}/"
    yield "page", f"http://localhost:8000/notes/{note.name}/?q=x#what"
