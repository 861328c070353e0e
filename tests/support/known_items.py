"""What is typed or pasted to find a work that is known: its names, identifiers and addresses."""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.note import Note
from readinglog.search.language import LONGEST_DESCRIPTION
from readinglog.search.words import split_words


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
    yield from _list_identifiers(note)
    if isinstance(url := note.values.get("url"), str):
        yield "address", url
        yield "address", url.replace("https://www.", "https://").replace("https", "http")
        yield "address", url.removeprefix("https://")
        yield "address", f"<{url}>"
    yield from _list_references(note)


def _list_identifiers(note: Note) -> Iterator[tuple[str, str]]:
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
        yield "mirror", f"https://huggingface.co/papers/{note.arxiv}"
        yield "mirror", f"https://ar5iv.labs.arxiv.org/html/{note.arxiv}v2"
        yield "mirror", f"https://www.semanticscholar.org/arxiv/{note.arxiv}?utm_source=x"
        yield "stamp", f"arXiv:{note.arxiv}v2 [cs.CL] 6 Feb 2024"
        yield "tab", f"[{note.arxiv}] {note.title}"
    if note.doi:
        yield "DOI", note.doi
        yield "DOI", f"doi:{note.doi}"
        yield "DOI", f"DOI: {note.doi.upper()}"
        yield "DOI", f"https://doi.org/{note.doi}"
        yield "DOI", f"http://dx.doi.org/{note.doi}"
        yield "publisher", f"https://dl.acm.org/doi/{note.doi}"
        yield "publisher", f"https://onlinelibrary.example.org/doi/pdf/{note.doi}.pdf?download=1"
        yield "publisher", f"https://journal.example.org/content/{note.doi}/full#abstract"


def _list_references(note: Note) -> Iterator[tuple[str, str]]:
    """Yield what is pasted of pages and files about a note's work, and of the note."""
    if len(split_words(note.title)) > 1:
        yield "tab", f"{note.title} - arXiv"
        yield "tab", f"(2) {note.title} | A Site · Home"
        yield "file", f"{note.title}.pdf"
    is_short = 1 < len(split_words(f"{note.title} {note.kind}")) < LONGEST_DESCRIPTION
    if is_short and ":" not in note.title and not note.is_hub:  # what has a colon may be a field
        yield "described", f"the {note.title} {note.kind}"
    yield "citation", f"@{note.name}"
    yield "citation", f"\\citep{{{note.name}}}"
    yield "citation", f"[[{note.name}]]"
    yield "file", f"notes/{note.name}.md"
    yield "file", f"https://github.com/someone/log/blob/main/notes/{note.name}.md#L3"
    yield "page", f"https://log.example/a/b/notes/{note.name}/"
    yield "page", f"http://localhost:8000/notes/{note.name}/?q=x#what"
