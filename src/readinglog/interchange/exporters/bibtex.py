"""BibTeX entries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.parsing.formulas import Formula, replace_formulas

NAME = "BibTeX"
OPTION = "bib"
FILE_NAME = "bibliography.bib"
MEDIA_TYPE = "application/x-bibtex"

_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\^{}", "~": r"\~{}"} | {
    c: f"\\{c}" for c in "#$%&_"
}
_VENUE_FIELDS = {"book": "publisher", "article": "journal", "misc": "howpublished"}


def format_works(notes: Sequence[Note]) -> str:
    return "\n".join(map(format_bibtex, notes))


def format_bibtex(note: Note) -> str:
    """Return the note's work as a BibTeX entry, with the note's name as its key."""
    entry_type = _get_entry_type(note)
    year, _, rest = note.published.partition("-")
    fields = {
        "title": "{" + replace_formulas(note.title, _keep_formula, _escape) + "}",
        "author": _format_authors(note),
        "year": year,
        "month": str(int(rest[:2])) if rest else "",
        _VENUE_FIELDS[entry_type]: _escape(note.venue),
        "eprint": note.arxiv,
        "archiveprefix": "arXiv" if note.arxiv else "",
        "doi": note.doi,
        "url": note.work_url,
    }
    key = re.sub(r"[^\w:.-]", "-", note.name)
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join((f"@{entry_type}{{{key},", *lines, "}\n"))


def _get_entry_type(note: Note) -> str:
    entry_type = KINDS[note.kind].bibtex_type
    return "misc" if entry_type == "article" and not note.venue else entry_type  # needs a journal


def _format_authors(note: Note) -> str:
    others = ["others"] if ET_AL in note.texts("authors") else []
    return " and ".join([*map(_format_author, note.authors), *others])


def _format_author(name: str) -> str:
    """Return an author's name; in braces if BibTeX would split it at ` and ` or a comma."""
    escaped = _escape(name)
    return "{" + escaped + "}" if " and " in name.lower() or "," in name else escaped


def _keep_formula(formula: Formula) -> str:
    """Return a formula as it is; one that is not whole would break the entry."""
    latex = f"${formula.source}$"
    return latex if formula.render_in_line() else _escape(latex)


def _escape(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)
