"""The keys by which a note is known: its names, identifiers and addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from readinglog.model.identifiers import make_work_key
from readinglog.search.words import split_words

# What a whole query may be. Browsers read these patterns too.
PATTERNS = {
    "page": r"(?:^|/)notes/([^/?#\s]+)/?(?:[?#]\S*)?$",
    "outer_marks": r"^[\s<(\[\"'“]+|[\s>)\]\"'”.,;]+$",
    "prefix": r"(?:doi|arxiv):\s+",
}
_PAGE, _OUTER_MARKS = re.compile(PATTERNS["page"]), re.compile(PATTERNS["outer_marks"])
_PREFIX = re.compile(PATTERNS["prefix"], re.IGNORECASE)


def make_name_key(text: str) -> str:
    """Return the key of a title, alias or name: its words, however they are joined."""
    return "".join(split_words(text))


def make_page_key(name: str) -> str:
    """Return the key of the page of a note."""
    return f"/notes/{name}/"


def list_query_keys(text: str) -> Iterator[str]:
    """Yield the keys by which a whole query may name a note, the surest first."""
    bare = _PREFIX.sub("", _OUTER_MARKS.sub("", text))
    if page := _PAGE.search(bare):
        yield make_page_key(unquote(page[1]))
    whole = _PREFIX.sub("", text.strip())
    for address in dict.fromkeys((whole, unquote(whole), bare, unquote(bare))):
        if re.search(r"[.:/]", address) and not re.search(r"\s", address):
            keys = (make_work_key(address), make_work_key(f"//{address}"))
            yield from (key for key in keys if re.search(r"[.:/]", key))
    if key := make_name_key(text):
        yield key
