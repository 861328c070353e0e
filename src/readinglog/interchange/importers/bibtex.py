"""BibTeX and biblatex: a whole library, as Zotero, Better BibTeX, Mendeley and papis export it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from readinglog.citations.bibtex import PARTS, LibraryEntry, decode_bibtex, parse_library
from readinglog.citations.bibtex_work import list_lost_fields
from readinglog.citations.latex_text import latex_to_text
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.losses import NO_ADDRESS, NO_FIELD, Loss, make_invalid_loss
from readinglog.interchange.importers.markdown_text import any_to_markdown
from readinglog.interchange.importers.work_proposal import propose_work, read_isbn
from readinglog.interchange.importers.written_values import read_rating
from readinglog.model.field_types import RATING
from readinglog.model.schema import Schema

KIND = "bibtex"
SUMMARY = "a library in BibTeX: Zotero, Better BibTeX, Mendeley, JabRef, papis"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = False

_KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags")
_NOTES = ("annote", "annotation", "comment", "review", "note")
_RATINGS = ("rating", "ranking")  # JabRef writes `rank4`
_SEPARATOR = re.compile(r"[,;\n]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n|\\par(?![a-zA-Z])|(?<!\\)\\\\")
_ADDRESS_ALONE = re.compile(r"(?:\\url\{)?https?:\S+\Z|(?:arxiv|doi)\b.*\Z", re.IGNORECASE)


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    text = decode_bibtex(files.read(name), name)
    proposals: list[Proposal] = []
    remarks: list[str] = []
    seen: Counter[str] = Counter()
    for entry in parse_library(text, name):
        remarks += entry.result.remarks
        proposals.append(_propose(entry, seen))
    if not proposals:
        message = f"{name} has no BibTeX entry"
        raise ImportFormatError(message, "an entry begins like `@article{key,`")
    remarks += (
        f"{name} has {count:,} entries `{key}`; they are told apart by their order: give each a "
        "key of its own"
        for key, count in seen.items()
        if count > 1
    )
    return ImportResult(tuple(proposals), tuple(remarks))


def _propose(entry: LibraryEntry, seen: Counter[str]) -> Proposal:
    work, raw = entry.result.work, entry.entry.fields
    key = entry.entry.key or work.doi or work.arxiv or work.title or "entry"
    seen[key] += 1
    id_ = key if seen[key] == 1 else f"{key} ({seen[key]})"  # entries may share a key
    losses = [
        Loss(name, NO_ADDRESS if name == "url" else NO_FIELD)
        for name in list_lost_fields(entry.entry, work)
        if name not in (*_KEYWORDS, *_NOTES, *_RATINGS, "isbn")
    ]
    rating, lost_ratings = _read_rating(raw)
    isbn, lost = read_isbn(raw.get("isbn", ""), is_part=entry.entry.type in PARTS)
    return propose_work(
        id_,
        work._replace(isbn=isbn),
        list(_list_keywords(raw)),
        list(_list_notes(raw)),
        rating=rating,
        losses=(*losses, *lost, *lost_ratings),
    )


def _read_rating(raw: Mapping[str, str]) -> tuple[str, list[Loss]]:
    """Return the rating that an entry gives, '' without one, and those that no field can hold."""
    given = {name: raw[name].strip("{} ") for name in _RATINGS if raw.get(name)}
    read = {name: read_rating(text.removeprefix("rank")) for name, text in given.items()}
    losses = [
        make_invalid_loss(name, given[name], RATING) for name, text in read.items() if not text
    ]
    return next(filter(None, read.values()), ""), losses


def _list_keywords(raw: Mapping[str, str]) -> Iterator[str]:
    for name in _KEYWORDS:
        words = _SEPARATOR.split(latex_to_text(raw.get(name, "")))
        yield from filter(None, map(str.strip, words))


def _list_notes(raw: Mapping[str, str]) -> Iterator[str]:
    """Yield the notes that are attached to an entry, as Markdown."""
    for name in _NOTES:
        text = raw.get(name, "").strip("{} \n")
        if text and not _ADDRESS_ALONE.match(text):
            parts = (latex_to_text(part, limit=len(part) + 1) for part in _PARAGRAPHS.split(text))
            yield any_to_markdown("\n\n".join(filter(None, parts)))
