"""BibTeX and biblatex: a whole library, as Zotero, Better BibTeX, Mendeley and papis export it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from readinglog.citations.bibtex import LibraryEntry, decode_bibtex, parse_library
from readinglog.citations.latex_text import latex_to_text
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.markdown_text import any_to_markdown
from readinglog.interchange.importers.work_proposal import propose_work
from readinglog.model import identifiers
from readinglog.model.schema import Schema

KIND = "bibtex"
SUMMARY = "a library in BibTeX: Zotero, Better BibTeX, Mendeley, JabRef, papis"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = False

_KEYWORDS = ("keywords", "keyword", "tags", "mendeley-tags")
_NOTES = ("annote", "annotation", "comment", "review", "note")
_SEPARATOR = re.compile(r"[,;\n]")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n|\\par(?![a-zA-Z])|(?<!\\)\\\\")
_ADDRESS_ALONE = re.compile(r"(?:\\url\{)?https?:\S+\Z|(?:arxiv|doi)\b.*\Z", re.IGNORECASE)


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    text = decode_bibtex(files.read(name), name)
    proposals: list[Proposal] = []
    remarks: list[str] = []
    seen: dict[str, int] = {}
    for entry in parse_library(text, name):
        remarks += entry.result.remarks
        proposals.append(_propose(entry, seen))
    if not proposals:
        message = f"{name} has no BibTeX entry"
        raise ImportFormatError(message, "an entry begins like `@article{key,`")
    return ImportResult(tuple(proposals), tuple(remarks))


def _propose(entry: LibraryEntry, seen: dict[str, int]) -> Proposal:
    work, raw = entry.result.work, entry.entry.fields
    key = entry.entry.key or work.doi or work.arxiv or work.title or "entry"
    seen[key] = seen.get(key, 0) + 1
    id_ = key if seen[key] == 1 else f"{key} ({seen[key]})"  # entries may share a key
    isbn = identifiers.parse_isbn(raw.get("isbn", "")) or ""
    return propose_work(
        id_, work._replace(isbn=isbn), list(_list_keywords(raw)), list(_list_notes(raw))
    )


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
