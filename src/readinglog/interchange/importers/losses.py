"""What a source has and the log does not get, and remarks that sum it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from readinglog.model.field_types import FieldType
from readinglog.model.slugs import fold
from readinglog.model.text import shorten_line

_LISTED = 12  # things in a remark
_SHOWN = 40  # characters of a value in a remark


class Loss(NamedTuple):
    """Something that the source has and the log does not get, and why: "as …", or "since …"."""

    what: str
    reason: str


INVALID = "as the field cannot hold it"
NO_FIELD = "as notes have no such field"
REPEATED = "as another key has said it"
NO_ADDRESS = "as it is no web address"
PRIVATE = "as only the writer is to see them"


def make_invalid_loss(key: str, value: str, type_: FieldType) -> Loss:
    """Return the loss of the value of `key` that a field of a type cannot hold."""
    shown = shorten_line(value, _SHOWN)
    help_ = f"write one of {', '.join(type_.choices)}" if type_.choices else type_.help
    return Loss(f"`{key}: {shown}`", f"{INVALID} ({help_})" if help_ else INVALID)


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
