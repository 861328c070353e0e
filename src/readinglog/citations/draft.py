"""Drafting a note: what is known of a work as front matter, and a body to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from readinglog.citations.tag_suggestions import suggest_tags
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.field import Field
from readinglog.model.kinds import DEFAULT_KIND, Kind
from readinglog.model.note import Note, shorten_title
from readinglog.model.schema import BUILT_IN, Schema, needs_locator
from readinglog.model.slugs import fold, is_reserved_name, to_kebab
from readinglog.model.yaml_values import to_yaml
from readinglog.notebook.notebook import Notebook

# Patterns that browsers read too. A date, a rating or a flag needs no quotes.
BARE = r"[0-9]{4}(?:-[0-9]{2}){0,2}|[1-5]|true|false"
CONTROLS = (
    r"[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]"
    r"|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"
)
NAME_LIMIT = 60  # characters
NAME_BYTES_LIMIT = 2 * NAME_LIMIT
_PAGE_ENDING = re.compile(r"\.(?:html?|php|aspx?|pdf|md)\Z", re.IGNORECASE)
# An address may end with a number or an id instead.
_WORDS = re.compile(r"[^\W\d_]{4}|[^\W\d_]-[^\W\d_]|[^\x00-\x7f\W\d_]{2}")
BODY = """\
## What it claims

<!-- In your own words: what should a reader remember? -->

## How it works

<!-- The idea, with a formula ($…$) or a few lines of pseudocode if that helps. -->

## What was measured

<!-- Compared with what, and by how much? Use only numbers that are in the work. -->

## What to doubt

<!-- What it does not show, and how it relates to other notes: [[their-name]]. -->
"""
_BODY_WITHOUT_WORK = "<!-- In your own words, with links to what it rests on: [[their-name]]. -->"


class Draft(NamedTuple):
    """The name of a note, and the text of its file."""

    name: str
    text: str


def format_note(
    fields: Mapping[str, str | Sequence[str]], body: str, schema: Schema = BUILT_IN
) -> str:
    """Return the text of a note with these fields, in the order of the schema.

    Lists stand in brackets, texts in quotes where YAML needs them.
    """
    lines = [
        format_field(field, fields[name]) for name, field in schema.fields.items() if name in fields
    ]
    return "\n".join(("---", *lines, "---", "", body.strip("\n"), ""))


def format_field(field: Field, value: str | Sequence[str]) -> str:
    """Return the line of a field."""
    return f"{field.name}: {_format_value(field, value)}"


def _format_value(field: Field, value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(to_yaml(item) for item in value)}]"
    is_bare = field.type.is_unquoted and re.fullmatch(BARE, value)
    return value if is_bare else to_yaml(value)


def clean_line(text: str) -> str:
    """Return `text` on one line, without control characters."""
    return " ".join(re.sub(CONTROLS, " ", text).split())


def find_known_note(work: Work, notebook: Notebook) -> Note | None:
    """Return the note that is about `work` already.

    It has an identifier or the address of the work, else its title or short title.
    """
    isbn = f"isbn:{work.isbn}" if work.isbn else ""
    for text in (work.arxiv, work.doi, isbn, work.url):
        if text and (found := notebook.names.find_work(text, work.title)):
            return found[0]
    similar = notebook.names.find_similar_title(work.title) if work.title else None
    return similar if similar and not _has_other_id(work, similar) else None


def _has_other_id(work: Work, note: Note) -> bool:
    """Return whether a work has another id than that of `note`: two works may share a title."""
    ids = (
        (identifiers.parse_arxiv_id(work.arxiv), note.arxiv),
        (identifiers.parse_doi(work.doi), note.doi),
        (work.isbn, note.isbn),
    )
    return any(one and other and one != other for one, other in ids)


def list_missing_fields(work: Work, schema: Schema = BUILT_IN) -> list[str]:
    """Return the required fields that `work` could tell and does not.

    Where nothing says where the work is, its address is one of them.
    """
    facts = work._asdict()
    kind = _get_kind(work, schema)
    required = [field.name for field in schema.list_required(kind)]
    missing = [name for name in required if name in facts and not facts[name]]
    is_located = any(facts.get(name) for name in schema.locators)
    return [*missing, schema.locators[-1]] if needs_locator(kind) and not is_located else missing


def _get_kind(work: Work, schema: Schema) -> Kind:
    return schema.kinds.get(work.kind) or schema.kinds[DEFAULT_KIND]


def draft_note(
    work: Work, notebook: Notebook, name: str = "", tags: Sequence[str] = (), writer: str = ""
) -> Draft:
    """Return the note to begin with: what is known of `work`, and the rest to fill in.

    It has the tags that are given, or those that may suit it, and is `by` the writer, if one is
    known.
    """
    chosen = [
        tag.key if (tag := notebook.vocabulary.find(typed)) else clean_line(typed) for typed in tags
    ]
    suggested = [tag.key for tag in suggest_tags(work.title, work.abstract, notebook)]
    name = name or find_free_name(work, notebook)
    facts = work._asdict() | {
        "citation_key": work.citation_key if work.citation_key != name else "",
        "kind": work.kind or DEFAULT_KIND,
        "date": notebook.today.isoformat() if notebook.today else "",
        "tags": chosen or suggested,
        "by": writer,
    }
    schema = notebook.schema
    required = [field.name for field in schema.list_required(_get_kind(work, schema))]
    to_fill_in = (*list_missing_fields(work, schema), *required)
    fields = {
        field: _clean_value(facts.get(field, ""))
        for field in schema.fields
        if facts.get(field) or field in to_fill_in
    }
    body = BODY if _get_kind(work, schema).is_work else _BODY_WITHOUT_WORK
    return Draft(name, format_note(fields, body, schema))


def _clean_value(value: str | Sequence[str]) -> str | list[str]:
    if isinstance(value, str):
        return clean_line(value)
    return [clean_line(item) for item in value]


def find_free_name(work: Work, notebook: Notebook) -> str:
    """Return a name for the note, made of the title, that no other note has or had."""
    taken = {
        *notebook.names.by_name,
        *(fold(old) for note in notebook.notes for old in note.former_names),
    }
    base = make_name(work.title) or _make_stub_name(work, notebook)
    numbered = (f"{base}-{number}" for number in count(2))
    return next(
        name for name in chain([base], numbered) if name not in taken and not is_reserved_name(name)
    )


def _make_stub_name(work: Work, notebook: Notebook) -> str:
    """Return a name for a note whose title gives none: of an id of the work, else of its address,
    else of its year, else of the day.
    """
    for written in (work.arxiv, work.doi, work.isbn):
        if written:
            return _shorten_name(to_kebab(f"{work.kind or 'note'}-{written}"))
    if work.url and (name := _make_name_of_address(work.url)):
        return name
    day = notebook.today.isoformat() if notebook.today else ""
    return to_kebab(f"{work.kind or 'note'}-{work.published[:4] or day}")


def _make_name_of_address(url: str) -> str:
    """Return the last words of an address, as in `/2024/05/how-it-works.html`, else all of it."""
    address = urlsplit(url)
    last = unquote(address.path).rstrip("/").rpartition("/")[2]
    words = make_name(_PAGE_ENDING.sub("", last)) if not address.query else ""
    if _WORDS.search(words):
        return words
    host = (address.hostname or "").removeprefix("www.")
    return make_name(f"{host}{unquote(address.path)} {address.query}".replace(":", " "))


def make_name(title: str) -> str:
    """Return a name made of a title up to its colon, or of all of it; "" where it has no letters.

    A name that is too long ends with the last word that fits.
    """
    line = clean_line(title)
    return _shorten_name(to_kebab(shorten_title(line)) or to_kebab(line))


def _shorten_name(name: str) -> str:
    """Return a name, up to the last word that fits where it is too long."""
    data = name.encode()[:NAME_BYTES_LIMIT]
    fitting = data.decode("utf-8", "ignore")[:NAME_LIMIT]
    if name == fitting or name[len(fitting)] == "-":
        return fitting
    return (fitting.rpartition("-")[0] or fitting).rstrip("-.")
