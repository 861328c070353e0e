"""RSS and Atom: what a feed offers to read, as drafts in an inbox."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin

from readinglog.citations.cleaning import (
    ABSTRACT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    parse_date,
)
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.markup_text import strip_markup
from readinglog.citations.sources.xml_answer import parse_xml
from readinglog.citations.work import Work
from readinglog.interchange.importers.importer import (
    ImportFormatError,
    ImportResult,
    Proposal,
    SourceFiles,
)
from readinglog.interchange.importers.markdown_text import (
    html_to_markdown,
    is_html,
    plain_to_markdown,
)
from readinglog.interchange.importers.work_proposal import drop_repeated_address, propose_work
from readinglog.model import identifiers
from readinglog.model.schema import Schema
from readinglog.parsing.prose import strip_markdown

KIND = "feed"
SUMMARY = "an RSS or Atom feed, a file or an address, into an inbox of works to read"
IS_FOLDER = False
ADDS_TAGS = False
FORGETS = True

_FOLDER = "inbox"
_EXCERPT = 400  # characters of what a feed says of a work
_ENCODING = re.compile(rb"<\?xml[^>]*encoding=[\"']([A-Za-z0-9._-]+)")
_ROOTS = frozenset({"rss", "RDF", "feed"})
_ARXIV_OAI = re.compile(r"oai:arXiv\.org:(\S+)", re.IGNORECASE)


def read_proposals(files: SourceFiles, _: Schema) -> ImportResult:
    name = files.paths[0]
    try:
        root = parse_xml(_decode(files.read(name)), name, "a feed")
    except WorkLookupError as error:
        message = f"{name} is not a feed that can be read"
        raise ImportFormatError(
            message, "give an RSS or Atom feed, without a document type"
        ) from error
    if _get_name(root) not in _ROOTS:
        message = f"{name} is XML, but neither RSS nor Atom"
        raise ImportFormatError(message, "give the address of a feed, not that of its page")
    site = _find_link(_find(root, "channel") or root, "")
    items = [each for each in root.iter() if _get_name(each) in ("item", "entry")]
    proposals = tuple(filter(None, (_propose(item, site) for item in items)))
    return ImportResult(proposals, () if proposals else (f"{name} offers nothing to read",))


def _decode(data: bytes) -> str:
    declared = _ENCODING.match(data.lstrip()[:200])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        text = data.decode("utf-8-sig" if encoding.lower() == "utf-8" else encoding, "replace")
    except LookupError:
        text = data.decode("utf-8", "replace")
    return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text)


def _get_name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _find(element: ET.Element, name: str) -> ET.Element | None:
    return next((child for child in element if _get_name(child) == name), None)


def _get_text(element: ET.Element, *names: str) -> str:
    """Return the text of the first of these elements that has one."""
    for name in names:
        found = _find(element, name)
        if found is not None and (text := "".join(found.itertext()).strip()):
            return text
    return ""


def _find_link(element: ET.Element, site: str) -> str:
    """Return the address of what an element is about."""
    for child in element:
        if _get_name(child) != "link":
            continue
        address = child.get("href") or (child.text or "")
        if child.get("rel", "alternate") == "alternate" and address.strip():
            return clean_url(urljoin(site, address.strip()))
    return clean_url(_get_text(element, "guid")) or clean_url(_get_text(element, "id"))


def _propose(item: ET.Element, site: str) -> Proposal | None:
    url = _find_link(item, site)
    oai = _ARXIV_OAI.match(_get_text(item, "guid", "id"))
    arxiv = identifiers.parse_arxiv_id(oai[1] if oai else url) or ""
    title = clean_text(strip_markup(_get_text(item, "title")))
    id_ = clean_text(_get_text(item, "guid", "id")) or url or title
    if not id_:
        return None
    content = _get_text(item, "description", "summary", "encoded", "content")
    work = Work(
        title=title or url or id_,
        authors=clean_names(_list_authors(item)),
        kind="paper" if arxiv else guess_kind(url) or "post",
        published=parse_date(_get_text(item, "published", "pubDate", "date", "updated")),
        url=url,
        arxiv=arxiv,
        doi="" if arxiv else identifiers.parse_doi(url) or "",
    )
    blocks = [_make_excerpt(content)]
    return propose_work(
        id_, drop_repeated_address(work), list(_list_categories(item)), blocks, folder=_FOLDER
    )


def _list_authors(item: ET.Element) -> Iterator[str]:
    for child in item:
        if _get_name(child) in ("author", "creator"):
            name = _get_text(child, "name") or "".join(child.itertext())
            in_brackets = re.fullmatch(r"\s*\S+@\S+\s*\(([^()]+)\)\s*", name)
            names = in_brackets[1] if in_brackets else name
            parts = map(str.strip, re.split(r"[,;\n]|\sand\s", names))
            yield from (part for part in parts if part and "@" not in part)


def _list_categories(item: ET.Element) -> Iterator[str]:
    for child in item:
        if _get_name(child) == "category":
            yield clean_text(child.get("term") or child.text or "")


def _make_excerpt(content: str) -> str:
    """Return the beginning of what a feed says of a work, as a quote."""
    markdown = html_to_markdown(content) if is_html(content) else unescape(content)
    text = clean_text(strip_markdown(markdown), ABSTRACT_LIMIT)
    if len(text) > _EXCERPT:
        text = f"{text[:_EXCERPT].rpartition(' ')[0] or text[:_EXCERPT]} …"
    return f"> {plain_to_markdown(text)}" if text else ""
