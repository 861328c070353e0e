"""The works of the log for other programs: BibTeX and CSL JSON, of everything and of each tag."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from readinglog.note import Note
from readinglog.notebook import Notebook
from readinglog.pages.lists import and_others, tag_address
from readinglog.pages.page import DataFile, Emitted, Site
from readinglog.schema import ET_AL

_SPECIAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\^{}", "~": r"\~{}"} | {c: f"\\{c}" for c in "#$%&_"}
_CSL = {"paper": "article", "post": "post-weblog", "talk": "speech", "podcast": "broadcast", "thread": "post", "book": "book"}
_CSL |= {"code": "software", "docs": "webpage"}
_VENUE = {"book": "publisher", "article": "journal", "misc": "howpublished"}


def emit(notebook: Notebook, _: Site) -> Iterator[Emitted]:
    made = {note: (bibtex(note), json.dumps(csl(note), ensure_ascii=False)) for note in notebook.published if not note.is_topic}
    yield from _files("", notebook.published, made)
    for key, notes in notebook.tagged.items():
        yield from _files(tag_address(notebook.vocabulary.tags[key], notebook), notes, made)


def _files(address: str, notes: Sequence[Note], made: Mapping[Note, tuple[str, str]]) -> Iterator[DataFile]:
    """The two files of `notes`, of entries that are made once and stand in several."""
    works = sorted((note for note in notes if note in made), key=lambda note: note.name)
    yield DataFile(f"{address}bibliography.bib", "\n".join(made[note][0] for note in works))
    yield DataFile(f"{address}bibliography.json", "[\n" + ",\n".join(made[note][1] for note in works) + "\n]\n")


def bibtex(note: Note) -> str:
    """The note's work as a BibTeX entry, its name as the key."""
    authors = [*map(_protected, note.authors), *(["others"] if ET_AL in note.texts("authors") else [])]
    year, _, rest = note.published.partition("-")
    venue = str(note.values.get("venue", ""))
    entry = "book" if note.kind == "book" else "article" if note.kind == "paper" and venue else "misc"
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


def citation(note: Note) -> str:
    """The note's work in one line, as a list of references shows it."""
    authors = and_others(", ".join(note.authors), note)
    venue, year = str(note.values.get("venue", "")), note.published[:4]
    where = venue if re.search(r"\b(?:19|20)\d\d\b", venue) else ", ".join(filter(None, (venue, year)))
    number = f"arXiv:{note.arxiv}" if note.arxiv else f"doi:{note.doi}" if note.doi else note.address
    title = note.title if note.title.endswith(("?", "!", ".")) else f"{note.title}."
    parts = (f"{authors.rstrip('.')}." if authors else "", title, f"{where.rstrip('.')}." if where else "", number)
    return " ".join(filter(None, parts))


def _protected(name: str) -> str:
    """An author for BibTeX; a name with ` and ` in it, such as of an organisation, is kept whole."""
    return "{" + _escaped(name) + "}" if " and " in name.lower() or "," in name else _escaped(name)


def _escaped(text: str) -> str:
    return "".join(_SPECIAL.get(c, c) for c in text)


def csl(note: Note) -> dict[str, object]:
    """The note's work as a CSL JSON item."""
    entry: dict[str, object] = {
        "id": note.name,
        "type": _CSL.get(note.kind, "document"),
        "title": note.title,
        "author": [_csl_name(name) for name in note.authors],
        "container-title": note.values.get("venue"),
        "DOI": note.doi,
        "URL": note.address,
    }
    if note.published:
        entry["issued"] = {"date-parts": [[int(part) for part in note.published.split("-")]]}
    if note.arxiv:
        entry["number"] = f"arXiv:{note.arxiv}"
    return {key: value for key, value in entry.items() if value}


def _csl_name(name: str) -> dict[str, str]:
    given, _, family = name.rpartition(" ")
    return {"family": family, "given": given} if given else {"literal": name}
