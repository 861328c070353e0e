"""Readwise: highlights under their works, of its CSV or of the JSON of its export."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence

from readinglog.citations.cleaning import clean_names, clean_text, clean_url
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.json_source import decode_text, parse_json
from readinglog.interchange.importers.losses import Loss
from readinglog.interchange.importers.markdown_text import (
    any_to_markdown,
    make_mark,
    make_quote,
    plain_to_markdown,
)
from readinglog.interchange.importers.work_proposal import propose_work
from readinglog.interchange.merging.block_merge import make_digest
from readinglog.model import identifiers
from readinglog.model.schema import Schema

KIND = "readwise"
SUMMARY = "highlights from Readwise, its CSV or the JSON of its export"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = False

_KINDS = {"books": "book", "articles": "post", "tweets": "thread", "podcasts": "podcast"}
_PLACES = {"page": "p. {}", "location": "loc. {}", "order": "no. {}", "offset": "no. {}"}
_LAST = 10**9  # the largest location that is compared
_OWN_HOST = "readwise.io"
_LOST_TAG = Loss("tags of highlights", "as a quote has none")
_COLUMNS = frozenset({"Highlight", "Book Title"})


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    data = files.read(name)
    if name.lower().endswith(".json") or data.lstrip()[:1] in (b"{", b"["):
        return ImportResult(tuple(_read_export(parse_json(data, name), name)))
    return ImportResult(tuple(_read_table(decode_text(data, name), name)))


def _read_export(data: object, name: str) -> Iterator[Proposal]:
    """Yield the works of the JSON: one answer of the export, or several in a list."""
    answers = data if isinstance(data, list) else [data]
    works = []
    for answer in answers:
        results = answer.get("results") if isinstance(answer, dict) else None
        if isinstance(results, list):
            works += results
        elif isinstance(answer, dict) and "highlights" in answer:
            works.append(answer)
    works = [work for work in works if isinstance(work, dict) and "highlights" in work]
    if not works:
        message = f"{name} has no works with `highlights`"
        raise ImportFormatError(message, "save an answer of Readwise's export, or use its CSV")
    for work in works:
        highlights = work["highlights"] if isinstance(work["highlights"], list) else []
        yield _propose(work, [each for each in highlights if isinstance(each, dict)])


def _propose(item: Mapping[str, object], highlights: Sequence[Mapping[str, object]]) -> Proposal:
    urls = (clean_url(item.get(name)) for name in ("source_url", "unique_url"))
    url = next((each for each in urls if each and _OWN_HOST not in each), "")
    category = clean_text(item.get("category"))
    title = clean_text(item.get("readable_title")) or clean_text(item.get("title"))
    work = _make_work(title, clean_text(item.get("author")), _KINDS.get(category, ""), url)
    tags = item.get("book_tags")
    keywords = [
        clean_text(tag.get("name"))
        for tag in (tags if isinstance(tags, list) else ())
        if isinstance(tag, dict)
    ]
    blocks = [any_to_markdown(str(item.get("document_note") or ""))]
    ordered = sorted(highlights, key=_get_order)
    blocks += (block for each in ordered if not each.get("is_deleted") for block in _write(each))
    id_ = clean_text(str(item.get("user_book_id") or "")) or f"{title} / {item.get('author')}"
    losses = (_LOST_TAG,) * sum(map(_count_tags, highlights))
    return propose_work(id_, work, list(filter(None, keywords)), blocks, "reading", losses=losses)


def _count_tags(highlight: Mapping[str, object]) -> int:
    tags = highlight.get("tags")
    return len(tags) if isinstance(tags, list) and not highlight.get("is_deleted") else 0


def _make_work(title: str, author: str, kind: str, url: str) -> Work:
    """Return a work; several authors stand in one text, parted by commas or `and`."""
    names = author.replace(" and ", ", ").replace(";", ",").split(",")
    is_paper = bool(identifiers.parse_arxiv_id(url) or identifiers.parse_doi(url))
    return Work(
        title=title,
        authors=clean_names(name for name in names if not name.strip().startswith("http")),
        kind="paper" if is_paper else guess_kind(url) or kind or "post",
        url="" if is_paper else url,
        arxiv=identifiers.parse_arxiv_id(url) or "",
        doi="" if identifiers.parse_arxiv_id(url) else identifiers.parse_doi(url) or "",
    )


def _get_order(highlight: Mapping[str, object]) -> tuple[float, str]:
    location = highlight.get("location")
    place = float(min(location, _LAST)) if isinstance(location, int | float) else 0.0
    return place, str(highlight.get("id") or "")


def _write(highlight: Mapping[str, object]) -> Iterator[str]:
    """Yield a highlight as a quote, and what was noted on it."""
    text = str(highlight.get("text") or "").strip()
    note = str(highlight.get("note") or "").strip()
    location = clean_text(str(highlight.get("location") or ""))
    kind = clean_text(highlight.get("location_type"))
    place = _format_place(kind, location)
    id_ = highlight.get("id") or make_digest(f"{text} {location}")[:10]
    if text:
        yield make_quote(text, place, make_mark("readwise", id_))
    if note:
        yield plain_to_markdown(note)


def _format_place(kind: str, location: str) -> str:
    if not location or location == "0":
        return ""
    if kind == "time_offset" and location.isdecimal():
        minutes, seconds = divmod(int(location), 60)
        return f"{minutes}:{seconds:02}"
    return _PLACES.get(kind, "{}").format(location)


def _read_table(text: str, name: str) -> Iterator[Proposal]:
    """Yield the works of the CSV, which has a row a highlight."""
    try:
        rows = list(csv.DictReader(text.splitlines(keepends=True)))
    except csv.Error as error:
        message = f"{name} is not CSV: {error}"
        raise ImportFormatError(message) from None
    if not rows or not rows[0].keys() >= _COLUMNS:
        message = f"{name} has no columns `Highlight` and `Book Title`"
        raise ImportFormatError(message, "export the highlights of Readwise as CSV")
    by_work: dict[tuple[str, str], list[Mapping[str, object]]] = {}
    for row in rows:
        key = (clean_text(row.get("Book Title")), clean_text(row.get("Book Author")))
        by_work.setdefault(key, []).append(row)
    for (title, author), own in by_work.items():
        keywords = _list_words(own, "Document tags")
        blocks = [block for row in own for block in _write(_to_highlight(row))]
        is_book = bool(own[0].get("Amazon Book ID"))
        work = _make_work(title, author, "book" if is_book else "", "")
        losses = (_LOST_TAG,) * len(_list_words(own, "Tags"))
        yield propose_work(f"{title} / {author}", work, keywords, blocks, "reading", losses=losses)


def _list_words(rows: Iterable[Mapping[str, object]], column: str) -> list[str]:
    """Return the words in a column, which have commas between them."""
    words = (word.strip() for row in rows for word in str(row.get(column) or "").split(","))
    return list(filter(None, words))


def _to_highlight(row: Mapping[str, object]) -> Mapping[str, object]:
    return {
        "text": row.get("Highlight"),
        "note": row.get("Note"),
        "location": row.get("Location"),
        "location_type": row.get("Location Type"),
    }
