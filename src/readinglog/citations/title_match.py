"""The work that a title means, among those that a service found for it."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.citations.facts import LookupFailure
from readinglog.citations.work import Work
from readinglog.model.fuzzy_index import SAME_TITLE, FuzzyIndex
from readinglog.model.note import shorten_title
from readinglog.model.slugs import make_title_key

_TELLING = 2  # words of a title up to its colon that are enough to know it by


def match_title(asked: str, works: Sequence[Work]) -> Work | LookupFailure:
    """The one of `works` whose title is that asked for, but for marks, slips and what follows its colon."""
    by_key = {make_title_key(work.title): work for work in reversed(works) if work.title}
    key = make_title_key(asked)
    if found := by_key.get(key) or by_key.get(
        FuzzyIndex(by_key).find_nearest(key, SAME_TITLE) or ""
    ):
        return found
    if len(key.split("-")) >= _TELLING:
        for work in works:
            if make_title_key(shorten_title(work.title)) == key:
                return work
    first = next((work for work in works if work.title and (work.arxiv or work.doi)), None)
    if first is None:
        return LookupFailure("knows no such title")
    named = first.arxiv or first.doi
    return LookupFailure(
        f"has `{first.title}` ({named}) at best: if that is meant, name it by `{named}`"
    )
