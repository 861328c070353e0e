"""What the front matter of other programs means here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from readinglog.citations.cleaning import (
    clean_text,
    clean_url,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.interchange.importers.importer import FieldValue
from readinglog.interchange.importers.losses import (
    INVALID,
    NO_FIELD,
    REPEATED,
    Loss,
    make_invalid_loss,
)
from readinglog.interchange.importers.note_source import list_texts
from readinglog.interchange.importers.summary_text import make_summary
from readinglog.interchange.importers.written_values import (
    read_rating,
    read_status,
    split_authors,
    split_tags,
)
from readinglog.model import identifiers
from readinglog.model.schema import Schema

_WORDS = {
    "title": "title",
    "aliases": "aliases alias",
    "authors": "author authors creator creators",
    "url": "link links url source source-url source-link href website paper pdf address permalink",
    "arxiv": "arxiv arxiv-id arxivid eprint",
    "doi": "doi",
    "date": "created date date-created created-at creation-date added date-added day",
    "published": "published publish-date publication-date year date-published publishdate",
    "venue": "venue journal conference publication publisher booktitle container-title",
    "isbn": "isbn",
    "citation_key": "citekey cite-key citation-key citationkey bibtex-key",
    "code": "code repo repository github",
    "lang": "lang language locale",
    "tags": "tags tag keywords keyword categories category topics topic",
    "status": "status state",
    "rating": "rating stars score",
    "summary": "summary description excerpt tldr tl;dr abstract-short subtitle",
    "kind": "kind type",
    "draft": "draft",
    "builds_on": "builds-on based-on extends requires prerequisite prerequisites depends-on",
    "disputes": "disputes contradicts refutes opposes",
    "supersedes": "supersedes replaces",
    "replicates": "replicates reproduces",
}
_FIELD_BY_KEY = {word: name for name, words in _WORDS.items() for word in words.split()}
# What other programs keep in front matter for themselves: no one misses it.
_OF_PROGRAMS = frozenset(
    "cssclass cssclasses layout permalink publish comments toc math mathjax weight image cover "
    "updated modified lastmod last-modified date-modified id uid banner banner-x banner-y "
    "linter-yaml-title-alias obsidianuimode position sticky pin slug show-date hide redirect-from "
    "redirect-to outputs menu cascade build sitemap noindex socialshare".split()
)
_NOT_MAPPED = frozenset({"query", "redirect_from"})  # fields that mean something else elsewhere
_KINDS = {"article": "paper", "blog": "post", "video": "talk", "tweet": "thread", "books": "book"}
_WIKILINK = re.compile(r"!?\[\[([^\[\]|#]*)(#[^\[\]|]*)?(?:\|([^\[\]]*))?\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]*)\)")


@dataclass
class MappedFields:
    """Front matter as the fields of a note.

    `links` has wikilinks by the relation that they are; `lines` are Markdown for what no field
    holds and links to others; `losses` are the rest.
    """

    fields: dict[str, FieldValue] = field(default_factory=dict)
    keywords: list[str] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    is_draft: bool = False


def map_fields(
    fields: Mapping[str, object], schema: Schema, without: frozenset[str] = frozenset()
) -> MappedFields:
    """Return what front matter says, as fields of a schema; `without` are keys that mean
    nothing.
    """
    mapped = MappedFields()
    for key, value in fields.items():
        name = _normalize(key)
        target = "" if name in without else _find_field(key, name, schema)
        texts = [text for text in list_texts(value) if text.strip()]
        if target and texts:
            _Mapping(mapped, key, schema).put(target, texts)
        elif name in _OF_PROGRAMS or name in without:
            continue
        elif texts:
            _keep_links(mapped, key, texts)
        elif _holds_table(value):
            mapped.losses.append(Loss(f"`{key}`", INVALID) if target else Loss(key, NO_FIELD))
    _choose_kind(mapped, schema)
    return mapped


def _holds_table(value: object) -> bool:
    """Return whether a value is a table, or a list of them, which no field can hold."""
    values = value if isinstance(value, list | tuple) else [value]
    return any(isinstance(each, Mapping) and each for each in values)


def is_mapped(key: str, schema: Schema) -> bool:
    """Return whether a key of front matter means a field."""
    return bool(_find_field(key, _normalize(key), schema))


def _normalize(key: str) -> str:
    return re.sub(r"[\s_]+", "-", key.strip().lower())


def _find_field(key: str, name: str, schema: Schema) -> str:
    """Return the field that a key means: one of the log's own, or another word for it."""
    is_own = key in schema.fields and key not in _NOT_MAPPED
    return key if is_own else _FIELD_BY_KEY.get(name, "")


def strip_links(text: str) -> str:
    """Return a text with the labels of its links in their place."""
    plain = _WIKILINK.sub(lambda found: found[3] or found[1].rpartition("/")[2], text)
    return _MARKDOWN_LINK.sub(r"\1", plain)


def _keep_links(mapped: MappedFields, key: str, texts: Sequence[str]) -> None:
    """Keep what no field holds: in the text where it links to notes."""
    if any(_WIKILINK.search(text) for text in texts):
        mapped.lines.append(f"{key}: {', '.join(' '.join(text.split()) for text in texts)}")
    else:
        mapped.losses.append(Loss(key, NO_FIELD))


class _Mapping:
    """Puts the texts of one key into the fields."""

    def __init__(self, mapped: MappedFields, key: str, schema: Schema) -> None:
        self._mapped = mapped
        self._key = key
        self._schema = schema

    def put(self, name: str, texts: Sequence[str]) -> None:
        """Put `texts` into the field `name`, or leave them out."""
        if name in self._schema.relations:
            self._put_relation(name, texts)
            return
        plain = [clean_text(strip_links(text), 2_000) for text in texts]
        match name:
            case "tags":
                self._mapped.keywords += split_tags(plain)
            case "authors":
                self._set(name, tuple(split_authors(plain)))
            case "aliases":
                self._set(name, tuple(filter(None, plain)))
            case "url":
                self._put_address(texts)
            case "draft":
                self._mapped.is_draft = plain[0].lower() == "true"
            case "github" if identifiers.get_scheme(plain[0]):  # that of a paper is its code
                self._put_code(plain[0])
            case _ if self._schema.fields[name].is_list:
                self._set(name, tuple(filter(None, plain)))
            case _:
                value = self._read(name, plain[0])
                if plain[0] and not value:
                    self._refuse(name, plain[0])
                else:
                    self._set(name, value)

    def _set(self, name: str, value: FieldValue) -> None:
        if value and self._mapped.fields.setdefault(name, value) != value:
            self._mapped.losses.append(Loss(self._key, REPEATED))

    def _refuse(self, name: str, text: str) -> None:
        type_ = self._schema.fields[name].type
        self._mapped.losses.append(make_invalid_loss(self._key, text, type_))

    def _read(self, name: str, text: str) -> str:
        """Return a text as a field has it, '' where it is none."""
        match name:
            case "date" | "updated":
                day = parse_date(text)
                return day if len(day) == len("YYYY-MM-DD") else ""
            case "published":
                return parse_date(text)
            case "status":
                return read_status(text)
            case "kind":
                kind = _KINDS.get(text.lower(), text.lower())
                known = self._schema.note_kinds.get(kind)
                return kind if known and not known.is_hub else ""
            case "arxiv":
                return parse_versioned_arxiv_id(text)
            case "doi":
                return identifiers.parse_doi(text) or ""
            case "isbn" | "openreview" | "hf" | "github":
                return identifiers.parse_identifier(name, text) or text
            case "code":
                return clean_url(text)
            case "rating":
                return read_rating(text)
            case "summary":
                return make_summary(text)
            case _:
                return text

    def _put_address(self, texts: Sequence[str]) -> None:
        """Put the first address, as an arXiv id or a DOI if it is one."""
        for text in texts:
            found = _MARKDOWN_LINK.search(text)
            address = found[2] if found else text.strip().strip("<>")
            if arxiv := identifiers.parse_arxiv_id(address):
                self._set("arxiv", arxiv)
            elif doi := identifiers.parse_doi(address):
                self._set("doi", doi)
            elif url := clean_url(address):
                self._set("url", url)
            else:
                continue
            return
        if any(map(_WIKILINK.search, texts)):
            _keep_links(self._mapped, self._key, texts)
        else:
            self._refuse("url", texts[0])

    def _put_code(self, text: str) -> None:
        if url := clean_url(text):
            self._set("code", url)
        else:
            self._refuse("code", text)

    def _put_relation(self, name: str, texts: Sequence[str]) -> None:
        targets = []
        for text in texts:
            links = [found[1].strip() for found in _WIKILINK.finditer(text)]
            targets += links or [text.strip()]
        self._mapped.links.setdefault(name, []).extend(targets)


def _choose_kind(mapped: MappedFields, schema: Schema) -> None:
    """Set the kind: of a work, where there is one with its authors, else of an idea."""
    fields = mapped.fields
    kind = schema.kinds.get(str(fields.get("kind", "")))
    if kind and (not kind.is_work or kind.requires is not None):
        return
    if fields.get("authors") and any(fields.get(name) for name in schema.locators):
        fields["kind"] = kind.name if kind else _guess_kind(fields)
    else:
        fields["kind"] = "idea"


def _guess_kind(fields: Mapping[str, FieldValue]) -> str:
    """Return what a work seems to be by what says where it is."""
    if any(name in fields for name in ("arxiv", "doi", "openreview")):
        return "paper"
    return "book" if "isbn" in fields else guess_kind(str(fields.get("url", ""))) or "post"
