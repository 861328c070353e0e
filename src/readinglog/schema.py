"""The front matter's fields: one typed key each, read from the scalar as it was written.

YAML's own reading is not asked: it turns `2401.10020` into `2401.1002` and `No` into false.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from readinglog import identifiers
from readinglog.diagnostic import Finding
from readinglog.suggest import nearest
from readinglog.text import Edit, Span

KINDS = ("paper", "post", "talk", "podcast", "thread", "book", "code", "docs", "topic")
STATUSES = ("to-read", "reading", "read")
RELATIONS = ("builds_on", "contradicts", "supersedes", "replicates")
SUMMARY_LIMIT = 200
ET_AL = "et al."  # stands last in a list of authors of which only the first are known


class Scalar(NamedTuple):
    """A YAML scalar as written: `plain` where it has no quotes, `null` where YAML reads nothing."""

    text: str
    span: Span
    plain: bool = False
    null: bool = False


class Compound(NamedTuple):
    """A YAML list or mapping."""

    kind: str  # "list", "mapping", or "broken" where the entry is not YAML
    items: tuple[Scalar | Compound, ...]  # of a mapping: key, value, key, value …
    span: Span


Value = Scalar | Compound
BROKEN = Compound("broken", (), Span(0, 0))  # the entry is there, and has been reported


class Field(NamedTuple):
    """One line of front matter: its key, and its value as written."""

    name: str
    name_span: Span
    value: Value


def plain(value: Value) -> object:
    """`value` as text, lists and mappings, all scalars as written: what JSON output shows."""
    if isinstance(value, Scalar):
        return None if value.null else value.text
    items = [plain(item) for item in value.items]
    return items if value.kind == "list" else dict(zip(map(str, items[::2]), items[1::2], strict=True))


def quoted(text: str) -> str:
    """`text` as a double-quoted YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


def invalid(scalar: Scalar, expected: str, help_: str, fix: str = "") -> Finding:
    """The finding that `scalar` is not what was `expected`; `fix` is what may replace it."""
    edits = (Edit(scalar.span, fix),) if fix else ()
    return Finding(scalar.span, f"`{scalar.text[:80]}` is not {expected}", help_, edits)


def read_text(scalar: Scalar) -> str | Finding:
    """Text of at least one visible character."""
    text = " ".join(scalar.text.split())
    return text or Finding(scalar.span, "this text is empty", "write something between the quotes, or take the line out")


def one_of(*choices: str) -> Callable[[Scalar], str | Finding]:
    """A reader of one of `choices`, case forgiven."""

    def read(scalar: Scalar) -> str | Finding:
        if (text := scalar.text.strip().lower()) in choices:
            return text
        near = nearest(text, choices)
        return invalid(scalar, f"one of {', '.join(choices)}", f"write `{near}`" if near else "write one of these")

    return read


def read_date(scalar: Scalar) -> date | Finding:
    """A whole day."""
    text = scalar.text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            return date.fromisoformat(text)
    except ValueError:
        return invalid(scalar, "a day of the calendar", "write a day that exists, as YYYY-MM-DD")
    return invalid(scalar, "a date", _day(text) or "write the day as YYYY-MM-DD, such as 2026-01-31")


def _day(text: str) -> str:
    """What to write for a day written otherwise, where there is no doubt which one it is; else ''."""
    found = re.match(r"(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?:[T ]\d\d?:.*)?\Z", text)
    return f"write `{found[1]}-{found[2]:0>2}-{found[3]:0>2}`" if found else ""


def read_published(scalar: Scalar) -> str | Finding:
    """A year, a month or a day: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    text = scalar.text.strip()
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
        found = read_date(Scalar((text + "-01-01")[:10], scalar.span))
        return text if isinstance(found, date) else invalid(scalar, *_CALENDAR)
    return invalid(scalar, "a date", _day(text) or "write what is known of it: YYYY, YYYY-MM or YYYY-MM-DD")


_CALENDAR = ("a date of the calendar", "write a date that exists: YYYY, YYYY-MM or YYYY-MM-DD")


def read_url(scalar: Scalar) -> str | Finding:
    """An address on the web; whether its scheme is safe is a rule of its own."""
    text = scalar.text.strip()
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", text) and not re.search(r"[\s<>\"`\\]", text):
        return text
    if re.match(r"<\w+:[^\s<>]+>\Z", text):
        return invalid(scalar, "a bare address", f"write `{text[1:-1]}`", text[1:-1])
    if re.match(r"(?:www\.)?[\w-]+(\.[\w-]+)+(/\S*)?\Z", text):
        return invalid(scalar, "a whole address", f"write `https://{text}`", f"https://{text}")
    return invalid(scalar, "an address", "write it as https://…, without spaces")


def read_arxiv(scalar: Scalar) -> str | Finding:
    """An arXiv id, a version suffix kept. An unquoted number that lost a zero cannot be told, so quotes are asked for."""
    text = scalar.text.strip()
    found = identifiers.arxiv_id(text)
    if found is None:
        return invalid(scalar, "an arXiv id", 'write it as `"2401.10020"` (new) or `"hep-th/9901001"` (old)')
    bare = re.search(rf"{re.escape(found)}(?:v\d+)?", text, re.IGNORECASE)
    if bare and bare[0] != text:
        return invalid(scalar, "a bare arXiv id", f"write `{quoted(bare[0])}`", quoted(bare[0]))
    return text


def read_doi(scalar: Scalar) -> str | Finding:
    """A DOI without its resolver."""
    found = identifiers.doi(scalar.text)
    if found is None:
        return invalid(scalar, "a DOI", "write it as `10.1162/neco.1991.3.1.79`")
    text = scalar.text.strip()
    bare = text[-len(found) :]
    return text if text == bare else invalid(scalar, "a bare DOI", f"write `{bare}`", quoted(bare))


def read_rating(scalar: Scalar) -> int | Finding:
    """A whole number from 1 to 5."""
    text = scalar.text.strip()
    return int(text) if text in "12345" and len(text) == 1 else invalid(scalar, "a rating", "write a number from 1 to 5")


def read_flag(scalar: Scalar) -> bool | Finding:
    """True or false, in YAML's many spellings."""
    text = scalar.text.strip().lower()
    if text in {"true", "yes", "on", "false", "no", "off"}:
        return text in {"true", "yes", "on"}
    return invalid(scalar, "true or false", "write `true` or `false`")


def read_summary(scalar: Scalar) -> str | Finding:
    """One sentence of at most 200 characters."""
    text = read_text(scalar)
    if isinstance(text, str) and len(text) > SUMMARY_LIMIT:
        message = f"the summary has {len(text)} characters, of which {SUMMARY_LIMIT} are shown"
        return Finding(scalar.span, message, "say it in one shorter sentence; the rest belongs into the text")
    return text


class FieldType(NamedTuple):
    """How a field is read: `read` turns one scalar into a value or says what is wrong with it."""

    read: Callable[[Scalar], object]
    doc: str
    many: bool = False
    needed: str = ""  # what to write where the field is required
    on_topics: bool = True  # whether a topic note must have it too


FIELDS: Mapping[str, FieldType] = {
    "title": FieldType(read_text, "The work's title.", needed='title: "…"'),
    "kind": FieldType(one_of(*KINDS), f"One of {', '.join(KINDS)}.", needed="kind: paper"),
    "authors": FieldType(read_text, "Who made it; et al. may stand last.", many=True, needed="authors: [First Author]", on_topics=False),
    "published": FieldType(read_published, "When the work appeared: YYYY, YYYY-MM or YYYY-MM-DD."),
    "date": FieldType(read_date, "The day it was logged: YYYY-MM-DD.", needed="date: YYYY-MM-DD"),
    "url": FieldType(read_url, "Where it can be read."),
    "arxiv": FieldType(read_arxiv, "The arXiv id, in quotes; a version suffix says which version was read."),
    "doi": FieldType(read_doi, "The DOI, without its resolver."),
    "venue": FieldType(read_text, "Where it was published."),
    "code": FieldType(read_url, "Where its code is."),
    "tags": FieldType(read_text, "Tags of notes/tags.yml.", many=True, needed="tags: [moe]"),
    "status": FieldType(one_of(*STATUSES), f"One of {', '.join(STATUSES)}; read if left out."),
    "rating": FieldType(read_rating, "From 1 to 5."),
    "summary": FieldType(read_summary, "One sentence in your own words, at most 200 characters.", needed='summary: "…"'),
    "aliases": FieldType(read_text, "Other names that a wikilink may use.", many=True),
    **{name: FieldType(read_text, "Names of notes.", many=True) for name in RELATIONS},
    "redirect_from": FieldType(read_text, "Former names of the note.", many=True),
    "draft": FieldType(read_flag, "If true, checked but not published."),
}
