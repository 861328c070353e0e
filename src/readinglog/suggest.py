"""Did you mean: the nearest of the names there are."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from readinglog.naming import fold

_ENOUGH = 0.6
_MANY = 2_000


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that looks most like `word`, or None where none does."""
    folded = fold(word)
    by_fold = {fold(name): name for name in known}
    near = by_fold
    if len(by_fold) > _MANY:  # comparing with all of a large log is slow; a slip seldom changes the first letters
        near = {key: name for key, name in by_fold.items() if key[:2] == folded[:2]}
    containing = [key for key in near if len(folded) > 3 and (folded in key or key in folded and len(key) > 3)]
    close = get_close_matches(folded, near, n=1, cutoff=_ENOUGH)
    best = close or sorted(containing, key=lambda key: -SequenceMatcher(None, folded, key).ratio())
    return by_fold[best[0]] if best else None
