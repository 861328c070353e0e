"""BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.model.note import Note
from readinglog.model.schema import ET_AL

NAME = "BibTeX"
OPTION = "bib"
FILE_NAME = "bibliography.bib"
MEDIA_TYPE = "application/x-bibtex"

_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\^{}", "~": r"\~{}"} | {
    c: f"\\{c}" for c in "#$%&_"
}
_VENUE = {"book": "publisher", "article": "journal", "misc": "howpublished"}


def format_works(notes: Sequence[Note]) -> str:
    return "\n".join(map(format_bibtex, notes))


def format_bibtex(note: Note) -> str:
    """The note's work as a BibTeX entry, its name as the key."""
    authors = [
        *map(_protected, note.authors),
        *(["others"] if ET_AL in note.texts("authors") else []),
    ]
    year, _, rest = note.published.partition("-")
    venue = str(note.values.get("venue", ""))
    entry = (
        "book" if note.kind == "book" else "article" if note.kind == "paper" and venue else "misc"
    )
    fields = {
        "title": "{" + _escaped(note.title) + "}",
        "author": " and ".join(authors),
        "year": year,
        "month": str(int(rest[:2])) if rest else "",
        _VENUE[entry]: _escaped(venue),
        "eprint": note.arxiv,
        "archiveprefix": "arXiv" if note.arxiv else "",
        "doi": note.doi,
        "url": note.address,
    }
    key = re.sub(r"[^\w:.-]", "-", note.name)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{entry}{{{key},", *lines, "}\n"))


def _protected(name: str) -> str:
    """An author for BibTeX; a name with ` and ` in it, such as of an organisation, is kept whole."""
    return "{" + _escaped(name) + "}" if " and " in name.lower() or "," in name else _escaped(name)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)
