"""Tables as CSV that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence


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
    is_number = value[1:2].isdigit()
    return f"'{value}" if value[:1] in tuple("=@+-\t\r") and not is_number else value
