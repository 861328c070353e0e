"""What the claims of a log measured, as tables: one for each metric on each data set."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from readinglog.model.claim import Result
from readinglog.model.slugs import fold
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.sort_keys import oldest_first


class ResultRow(NamedTuple):
    """A result, and the claim that gives it."""

    source: NoteClaim
    result: Result


class ResultTable(NamedTuple):
    """The results by one metric on one data set, oldest work first, and the unit of most."""

    metric: str
    data: str
    unit: str
    rows: tuple[ResultRow, ...]


class Results:
    """The results of published claims."""

    def __init__(self, claims: Iterable[NoteClaim]) -> None:
        self._rows = [
            ResultRow(claim, result) for claim in claims if (result := claim.claim.result)
        ]

    @cached_property
    def tables(self) -> tuple[ResultTable, ...]:
        """All tables, in the order of their data and metric."""
        groups: dict[tuple[str, str], list[ResultRow]] = defaultdict(list)
        for row in self._rows:
            groups[fold(row.result.data), fold(row.result.metric)].append(row)
        return tuple(_make_table(groups[key]) for key in sorted(groups))

    @cached_property
    def table_by_row(self) -> dict[ResultRow, ResultTable]:
        """The table that each result is in."""
        return {row: table for table in self.tables for row in table.rows}

    @cached_property
    def metrics(self) -> Counter[str]:
        """The names of metrics, with how many results each has."""
        return _count_names(row.result.metric for row in self._rows)

    @cached_property
    def data(self) -> Counter[str]:
        """The names of data sets, with how many results each has."""
        return _count_names(row.result.data for row in self._rows)


def _make_table(rows: Sequence[ResultRow]) -> ResultTable:
    ordered = sorted(rows, key=lambda row: oldest_first(row.source.note))
    metric, data, unit = (
        Counter(names).most_common(1)[0][0]
        for names in (
            [row.result.metric for row in ordered],
            [row.result.data for row in ordered],
            [row.result.unit for row in ordered],
        )
    )
    return ResultTable(metric, data, unit, tuple(ordered))


def _count_names(names: Iterable[str]) -> Counter[str]:
    """Return how often each name is there, in the spelling that is most common."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in names:
        spellings[fold(name)][name] += 1
    return Counter({found.most_common(1)[0][0]: found.total() for found in spellings.values()})
