"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence

_STARTS = ("=", "@", "+", "-", "\t", "\r")  # of what a spreadsheet may run
_SIGNED_NUMBER = re.compile(r"[+-]\d[\d.,]*+(?:[eE][+-]?\d++|[ ]?[%\w×°]*+)")


class _Lines(list[str]):
    """Lines as a file to write to."""

    write = list.append


def format_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table; a text that a spreadsheet would run as a formula begins with `'`."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_disarm(str(value)) for value in row])
    return "".join(lines)


def _disarm(value: str) -> str:
    """Return a cell that no spreadsheet runs: a text is marked as one, a signed number is none."""
    if value[:1] not in _STARTS or _SIGNED_NUMBER.fullmatch(value):
        return value
    return f"'{value}"
