"""Values of front matter as people write them: statuses, ratings, tags and names in one text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_STATUSES = {
    "to-read": "to-read toread unread todo to-do inbox backlog later want-to-read planned",
    "reading": "reading in-progress inprogress started current wip active",
    "read": "read done finished complete completed",
}
_STATUS_BY_WORD = {word: name for name, words in _STATUSES.items() for word in words.split()}
_SEVERAL = re.compile(r",?\s(?:and|&)\s|[,;]")
_LISTED = re.compile("[,;]")
_BEST = 5  # the highest rating
_RATING = re.compile(
    r"([0-9]{1,3}(?:\.[0-9]{1,2})?)(?: ?(?:/|of|out of) ?([1-9][0-9]{0,2}))?(?![0-9.])"
)


def read_status(text: str) -> str:
    """Return the status that a word means, '' where it means none."""
    return _STATUS_BY_WORD.get(re.sub(r"[\s_]+", "-", text.strip().lower()), "")


def read_rating(text: str) -> str:
    """Return a rating of 1 to 5, given as such, out of another number, or in stars; '' if none."""
    if stars := text.count("⭐") or text.count("★"):
        return str(stars) if stars <= _BEST else ""
    found = _RATING.match(text.strip())
    if not found:
        return ""
    value = float(found[1]) * _BEST / float(found[2] or _BEST)
    return str(int(value)) if value.is_integer() and 1 <= value <= _BEST else ""


def split_tags(texts: Sequence[str]) -> Iterator[str]:
    """Yield tags, which may stand in one text, with commas or all with a `#`."""
    for text in texts:
        if text.count("#") > 1 or (text.startswith("#") and " " in text):
            yield from (word.strip("#,") for word in text.split())
        else:
            yield from filter(None, map(str.strip, _LISTED.split(text)))


def split_authors(texts: Sequence[str]) -> Iterator[str]:
    """Yield names, of which one text may hold several: those of a list are one each."""
    for text in texts:
        parts = list(filter(None, map(str.strip, _SEVERAL.split(text))))
        is_several = len(texts) == 1 and all(" " in part for part in parts)
        yield from parts if is_several else [text]
