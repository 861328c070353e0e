"""Better BibTeX JSON, the export of Zotero that has annotations: highlights under their works."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.markup_text import strip_html
from readinglog.citations.venue import VenuePlace, format_venue
from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.json_source import parse_json
from readinglog.interchange.importers.losses import Loss, format_counts
from readinglog.interchange.importers.markdown_text import (
    any_to_markdown,
    make_mark,
    make_quote,
    plain_to_markdown,
)
from readinglog.interchange.importers.work_proposal import (
    drop_repeated_address,
    list_lost_keys,
    propose_work,
    read_isbn,
)
from readinglog.model import identifiers
from readinglog.model.schema import Schema

KIND = "zotero"
SUMMARY = "works with their annotations, in Better BibTeX JSON"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = False

_NO_WORKS = frozenset({"attachment", "note", "annotation"})
_KINDS = {
    **dict.fromkeys(
        "journalArticle conferencePaper preprint report thesis bookSection manuscript "
        "document".split(),
        "paper",
    ),
    **dict.fromkeys(
        "blogPost webpage magazineArticle newspaperArticle encyclopediaArticle".split(), "post"
    ),
    **dict.fromkeys("presentation videoRecording tvBroadcast film".split(), "talk"),
    **dict.fromkeys("podcast audioRecording radioBroadcast".split(), "podcast"),
    **dict.fromkeys("forumPost".split(), "thread"),
    "computerProgram": "code",
    "dataset": "dataset",
    "book": "book",
}
_VENUES = (
    "publicationTitle proceedingsTitle conferenceName bookTitle blogTitle websiteTitle forumTitle "
    "university institution publisher repository"
).split()
_AUTHORS = ("author", "presenter", "podcaster", "programmer", "director", "contributor", "editor")
_ARXIV = re.compile(r"\barxiv:\s*(\S+)", re.IGNORECASE)
_REPOSITORY = re.compile(r"arxiv", re.IGNORECASE)
_PARTS = frozenset({"bookSection", "conferencePaper", "encyclopediaArticle", "dictionaryEntry"})
_PLACED = _PARTS | {"journalArticle", "magazineArticle", "newspaperArticle"}
# What the note holds, and what programs keep for themselves.
_HELD = frozenset(
    "itemType itemKey key itemID uri libraryID title caseName subject creators date url DOI ISBN "
    "archiveID tags notes attachments citationKey citekey version dateAdded dateModified "
    "accessDate collections relations select seeAlso libraryCatalog".split()
)


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    data = parse_json(files.read(name), name)
    items = data.get("items") if isinstance(data, dict) else None
    if not isinstance(items, list):
        message = f"{name} is not Better BibTeX JSON, which has `items`"
        hint = "in Zotero, export the library as BetterBibTeX JSON; `csl` reads CSL JSON"
        raise ImportFormatError(message, hint)
    tables = [item for item in items if isinstance(item, dict)]
    works = [item for item in tables if item.get("itemType") not in _NO_WORKS]
    others = Counter(str(item["itemType"]) for item in tables if item.get("itemType") in _NO_WORKS)
    remarks = [f"left out, as they belong to no work: {format_counts(others)}"] if others else []
    return ImportResult(tuple(_propose(item, at) for at, item in enumerate(works)), tuple(remarks))


def _propose(item: Mapping[str, object], at: int) -> Proposal:
    work = _read_work(item)
    blocks = [*_list_notes(item), *_list_annotations(item)]
    key = clean_text(item.get("citationKey") or item.get("citekey"))
    id_ = _get_key(item) or key
    keywords = [clean_text(tag.get("tag") or tag.get("name")) for tag in _list_tables(item, "tags")]
    keywords += [clean_text(tag) for tag in _list(item, "tags") if isinstance(tag, str)]
    status = "reading" if any(True for _ in _list_annotations(item)) else "to-read"
    is_part = clean_text(item.get("itemType")) in _PARTS
    isbn, lost = read_isbn(str(item.get("ISBN") or ""), is_part=is_part)
    return propose_work(
        id_ or work.title or f"item {at + 1}",
        work._replace(isbn=isbn, citation_key=key),
        list(filter(None, keywords)),
        blocks,
        status,
        losses=(*list_lost_keys(item, _HELD, work), *lost, *_list_lost_parts(item)),
    )


def _list_lost_parts(item: Mapping[str, object]) -> Iterator[Loss]:
    """Yield what notes and annotations have that a text here does not hold."""
    for note in _list(item, "notes"):
        html = note.get("note") if isinstance(note, dict) else note
        images = html.count("<img") if isinstance(html, str) else 0
        yield from [Loss("images in notes", "as the export does not have them")] * images
    for attachment in _list_tables(item, "attachments"):
        for annotation in _list_tables(attachment, "annotations"):
            tags = _list(annotation, "tags")
            yield from [Loss("tags of annotations", "as a quote has none")] * len(tags)


def _get_key(item: Mapping[str, object]) -> str:
    """Return the key that Zotero gives an item."""
    uri = clean_text(item.get("uri")).rpartition("/")[2]
    return clean_text(item.get("key") or item.get("itemKey")) or uri


def _read_work(item: Mapping[str, object]) -> Work:
    url = clean_url(item.get("url"))
    extra = clean_text(item.get("extra"), ABSTRACT_LIMIT)
    in_text = _ARXIV.search(f"{clean_text(item.get('archiveID'))} {extra}")
    candidates = (in_text[1] if in_text else "", url, clean_text(item.get("DOI")))
    arxiv = next(filter(None, map(parse_versioned_arxiv_id, candidates)), "")
    doi = identifiers.parse_doi(clean_text(item.get("DOI"))) or ""
    kind = _KINDS.get(clean_text(item.get("itemType")), "")
    venues = (clean_text(item.get(name)) for name in _VENUES)
    work = Work(
        title=clean_text(item.get("title") or item.get("caseName") or item.get("subject")),
        authors=clean_names(_list_people(item)),
        kind="paper" if arxiv else (guess_kind(url) if kind == "post" else kind) or kind or "post",
        published=parse_date(item.get("date")),
        url=url,
        arxiv=arxiv,
        doi="" if identifiers.parse_arxiv_id(doi) else doi,
        venue=_add_place(
            next((text for text in venues if text and not _REPOSITORY.search(text)), ""), item
        ),
    )
    return drop_repeated_address(strip_html(work))


def _add_place(venue: str, item: Mapping[str, object]) -> str:
    """Return a venue with the place of an item in it."""
    type_ = clean_text(item.get("itemType"))
    if not venue or type_ not in _PLACED:
        return venue
    parts = (clean_text(str(item.get(name) or "")) for name in ("volume", "issue", "pages"))
    return format_venue(venue, VenuePlace(*parts), is_journal=type_ == "journalArticle")


def _list_people(item: Mapping[str, object]) -> Iterator[str]:
    people = _list_tables(item, "creators")
    types = [clean_text(person.get("creatorType")) for person in people]
    wanted = next((type_ for type_ in _AUTHORS if type_ in types), None)
    for person, type_ in zip(people, types, strict=True):
        if type_ == wanted or not type_:
            names = (clean_text(person.get(part)) for part in ("firstName", "lastName"))
            whole = clean_text(person.get("name"))
            is_several = "," in whole or " and " in whole
            yield (f"{{{whole}}}" if is_several else whole) or " ".join(filter(None, names))


def _list_notes(item: Mapping[str, object]) -> Iterator[str]:
    for note in _list(item, "notes"):
        html = note.get("note") if isinstance(note, dict) else note
        if isinstance(html, str) and html.strip():
            yield any_to_markdown(html)


def _list_annotations(item: Mapping[str, object]) -> Iterator[str]:
    """Yield the annotations of all attachments as blocks, in the order of the work."""
    for attachment in _list_tables(item, "attachments"):
        annotations = _list_tables(attachment, "annotations")
        annotations.sort(key=lambda each: str(each.get("annotationSortIndex") or ""))
        for annotation in annotations:
            yield from _write_annotation(annotation)


def _write_annotation(annotation: Mapping[str, object]) -> Iterator[str]:
    text = str(annotation.get("annotationText") or "").strip()
    comment = str(annotation.get("annotationComment") or "").strip()
    label = clean_text(str(annotation.get("annotationPageLabel") or ""))
    key = _get_key(annotation) or clean_text(str(annotation.get("annotationSortIndex") or ""))
    mark = make_mark("zotero", key)
    place = f"p. {label}" if label else ""
    if text:
        yield make_quote(text, place, mark)
        if comment:
            yield plain_to_markdown(comment)
    elif comment:
        behind = f" ({place}) ^{mark}" if place else f" ^{mark}"
        yield plain_to_markdown(comment) + behind


def _list(table: Mapping[str, object], name: str) -> Sequence[object]:
    value = table.get(name)
    return value if isinstance(value, list) else []


def _list_tables(table: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    return [each for each in _list(table, name) if isinstance(each, dict)]
