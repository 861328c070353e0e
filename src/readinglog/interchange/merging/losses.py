"""What a source has and the log does not get, summed up for the person who imports it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from readinglog.interchange.importers.importer import Loss
from readinglog.model.slugs import fold

_LISTED = 12  # things in a remark


def sum_up_losses(losses: Iterable[Loss]) -> Iterator[str]:
    """Yield a remark for each reason, with what is lost for it and how often."""
    by_reason: dict[str, Counter[str]] = {}
    for loss in losses:
        by_reason.setdefault(loss.reason, Counter())[loss.what] += 1
    for reason, counts in by_reason.items():
        yield f"left out, {reason}: {format_counts(counts)}"


def format_counts(counts: Mapping[str, int]) -> str:
    """Return the most frequent names with how often they are, and how many more there are."""
    listed = sorted(counts.items(), key=lambda item: (-item[1], fold(item[0])))
    shown = ", ".join(f"{name} ({count:,})" for name, count in listed[:_LISTED])
    more = len(listed) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown
