"""The work that a title means, among those that a service found for it."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.citations.facts import Unread
from readinglog.naming import anchor
from readinglog.suggest import Names
from readinglog.work import Work

_SAME = 0.92  # how alike two spellings of one title are
_TELLING = 2  # words of a title up to its colon that are enough to know it by


def titled(asked: str, works: Sequence[Work]) -> Work | Unread:
    """The one of `works` whose title is that asked for, but for marks, slips and what follows its colon."""
    by_key = {anchor(work.title): work for work in reversed(works) if work.title}
    key = anchor(asked)
    if found := by_key.get(key) or by_key.get(Names(by_key).nearest(key, _SAME) or ""):
        return found
    if len(key.split("-")) >= _TELLING:
        for work in works:
            if anchor(work.title.partition(": ")[0]) == key:
                return work
    first = next((work for work in works if work.title and (work.arxiv or work.doi)), None)
    if first is None:
        return Unread("knows no such title")
    named = first.arxiv or first.doi
    return Unread(f"has `{first.title}` ({named}) at best: if that is meant, name it by `{named}`")
