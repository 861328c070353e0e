"""Choosing the work that a title means from the search results of a source."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.work import Work
from readinglog.model.fuzzy_index import SAME_TITLE_SIMILARITY, FuzzyIndex
from readinglog.model.note import shorten_title
from readinglog.model.slugs import make_title_key

_DISTINCTIVE_WORDS = 2  # of a title up to its colon that are enough to identify it


def match_title(title: str, works: Sequence[Work], source: str) -> Work:
    """Return the one of `works` with this title, but for punctuation, typos and a subtitle.

    Raises WorkLookupError, with the best match, if `source` has no such title.
    """
    by_key = {make_title_key(work.title): work for work in reversed(works) if work.title}
    key = make_title_key(title)
    nearest = key if key in by_key else FuzzyIndex(by_key).find_nearest(key, SAME_TITLE_SIMILARITY)
    if nearest:
        return by_key[nearest]
    if len(key.split("-")) >= _DISTINCTIVE_WORDS:
        for work in works:
            if make_title_key(shorten_title(work.title)) == key:
                return work
    message = f"{source} has no work with this title"
    best = next((work for work in works if work.title and (work.arxiv or work.doi)), None)
    if best is None:
        raise WorkLookupError(message)
    message = f"{message}; the best match is `{best.title}`"
    raise WorkLookupError(message, f"if you mean that, use `{best.arxiv or best.doi}`")
