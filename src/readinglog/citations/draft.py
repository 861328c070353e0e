"""Drafting a note: what is known of a work as front matter, and a body to fill in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain, count
from typing import NamedTuple

from readinglog.citations.tag_suggestions import suggest_tags
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.formats import to_yaml
from readinglog.model.note import Note, shorten_title
from readinglog.model.schema import FIELDS, WORK_FIELDS
from readinglog.model.slugs import KEBAB, RESERVED, fold, to_kebab
from readinglog.notebook.notebook import Notebook

# Patterns that browsers read too.
BARE = r"[0-9]{4}(?:-[0-9]{2}){0,2}|[1-5]"
CONTROLS = r"[\x00-\x1f\x7f-\x9f\ufeff\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]"
UNSHOWN = ("date", "published", "rating")  # fields whose values are no texts
NAME_LIMIT = 60  # characters
BODY = """\
## What it claims

<!-- In your own words: what should a reader remember? -->

## How it works

<!-- The idea; a formula as $…$ or a few lines of pseudocode where that carries it. -->

## What was measured

<!-- Against what, and by how much; no number that you cannot point to in the work. -->

## What to doubt

<!-- What it does not show, and how it relates to other notes: [[their-name]]. -->
"""


class Draft(NamedTuple):
    """The name of a note, and the text of its file."""

    name: str
    text: str


def format_note(fields: Mapping[str, str | Sequence[str]], body: str) -> str:
    """The text of a note with these fields, in the order of the schema; lists in brackets, texts in quotes where YAML needs them."""
    lines = [f"{name}: {_value(name, fields[name])}" for name in FIELDS if name in fields]
    return "\n".join(("---", *lines, "---", "", body.strip("\n"), ""))


def _value(name: str, value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(to_yaml(item) for item in value)}]"
    return value if name in UNSHOWN and re.fullmatch(BARE, value) else to_yaml(value)


def clean_line(text: str) -> str:
    """Return `text` on one line, without control characters."""
    return " ".join(re.sub(CONTROLS, " ", text).split())


def find_known_note(work: Work, notebook: Notebook) -> Note | None:
    """Return the note that is about `work` already.

    It has the arXiv id, the DOI or the address of the work, else its title or short title.
    """
    for text in (work.arxiv, work.doi, work.url):
        if text and (found := notebook.names.find_work(text, work.title)):
            return found[0]
    similar = notebook.names.find_similar_title(work.title) if work.title else None
    return similar if similar and not _has_other_id(work, similar) else None


def _has_other_id(work: Work, note: Note) -> bool:
    """Return whether a work has another id than that of `note`: two works may share a title."""
    ids = (
        (identifiers.parse_arxiv_id(work.arxiv), note.arxiv),
        (identifiers.parse_doi(work.doi), note.doi),
    )
    return any(one and other and one != other for one, other in ids)


def list_missing_fields(work: Work) -> list[str]:
    """The fields that a note needs and `work` does not tell, but for those that only a person can write."""
    needed = [name for name, known in FIELDS.items() if known.needed and name in Work._fields]
    told = work._asdict()
    where = [] if any(told[name] for name in WORK_FIELDS) else ["url"]
    return [name for name in needed if not told[name]] + where


def draft_note(work: Work, notebook: Notebook, name: str = "", tags: Sequence[str] = ()) -> Draft:
    """The note to begin with: all that is known of `work`, its tags or those that may suit it, a summary and a body to fill in."""
    fields: dict[str, str | Sequence[str]] = {}
    for field in FIELDS:
        told = getattr(work, field, "")
        if told or field in list_missing_fields(work):
            fields[field] = (
                clean_line(told) if isinstance(told, str) else [clean_line(one) for one in told]
            )
    fields["kind"] = work.kind or "paper"
    fields["date"] = notebook.today.isoformat() if notebook.today else ""
    chosen = [
        tag.key if (tag := notebook.vocabulary.find(typed)) else clean_line(typed) for typed in tags
    ]
    fields["tags"] = chosen or [
        tag.key for tag in suggest_tags(work.title, work.abstract, notebook)
    ]
    fields["summary"] = ""
    return Draft(name or find_free_name(work, notebook), format_note(fields, BODY))


def find_free_name(work: Work, notebook: Notebook) -> str:
    """Return a name for the note, made of the title, that no other note has or had."""
    taken = {
        *RESERVED,
        *notebook.names.by_name,
        *(fold(old) for note in notebook.notes for old in note.texts("redirect_from")),
    }
    fallback = f"{work.kind or 'note'}-{work.arxiv or work.published[:4]}"
    base = make_name(work.title) or to_kebab(fallback)
    numbered = (f"{base}-{number}" for number in count(2))
    return next(name for name in chain([base], numbered) if name not in taken)


def make_name(title: str) -> str:
    """Return a name made of a title up to its colon, or of all of it; "" where it has no letters.

    A name longer than `NAME_LIMIT` ends with the last word that fits.
    """
    line = clean_line(title)
    name = to_kebab(shorten_title(line))
    if not KEBAB.match(name):
        name = to_kebab(line)
    if len(name) > NAME_LIMIT:
        name = name[: NAME_LIMIT + 1].rpartition("-")[0] or name[:NAME_LIMIT]
    return name if KEBAB.match(name) and name != "note" else ""
