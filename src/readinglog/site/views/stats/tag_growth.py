"""Which tags grow: the share of each root tag among the works of each year, as small bars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Filter
from readinglog.site.charts.plots import SmallBars, lay_out_small_bars
from readinglog.site.messages import translate
from readinglog.site.views.rows import TagLink, make_tag_link

_YEARS = 12  # that have a bar of their own
_LATELY = 2  # years that are held against those before
_TAGS = 12  # with most works
_OLDER = "older"


class _Column(NamedTuple):
    """A bar's label and its years."""

    label: str
    years: range


@dataclass(frozen=True, slots=True)
class TagGrowth:
    """A tag with its share in each year, and in percent in the newest years and in those before."""

    tag: TagLink
    plot: SmallBars
    lately: int
    before: int


@dataclass(frozen=True, slots=True)
class YearRow:
    """A bar's label, the query that finds its works, the works of each tag, and how many there are
    in all.
    """

    label: str
    query: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TagsOverTime:
    """The tags, those first that grew most, and the same as numbers.

    `since` is the first of the newest years, '' where there are no years before. The years
    `older_from` to `older_to` share the first bar, or both are 0. `left_out` is the number of works
    that have no year or no tag, `more` that of tags that are not shown.
    """

    tags: tuple[TagGrowth, ...]
    years: tuple[YearRow, ...]
    first: str
    last: str
    since: str
    older_from: int
    older_to: int
    left_out: int
    more: int


def count_tags_over_time(notebook: Notebook) -> TagsOverTime | None:
    """Return works by year and root tag; a work counts once in each of its root tags.

    Returns None where those with a year and a tag are not of two years: then nothing grows.
    """
    works = [note for note in notebook.published if not note.is_hub]
    counted = {note: roots for note in works if (roots := _find_roots(note, notebook))}
    years = {int(note.published[:4]) for note in counted}
    if len(years) < 2:
        return None
    columns = _make_columns(years)
    placed = {note: _find_column(note, columns) for note in counted}
    totals = _count(placed.values(), columns)
    counts = {
        tag: _count((at for note, at in placed.items() if tag in counted[note]), columns)
        for tag in notebook.vocabulary.list_children(None)
    }
    used = sorted((tag for tag in counts if any(counts[tag])), key=lambda tag: -sum(counts[tag]))
    shown = used[:_TAGS]
    highest = max(
        number / total
        for tag in shown
        for number, total in zip(counts[tag], totals, strict=True)
        if total
    )
    labels = [translate(column.label) for column in columns]
    tags = [_make_growth(tag, counts[tag], totals, labels, highest, notebook) for tag in shown]
    tags.sort(key=lambda growth: growth.before - growth.lately)
    order = {growth.tag.key: at for at, growth in enumerate(tags)}
    shown.sort(key=lambda tag: order[tag.key])
    has_older = columns[0].label == _OLDER
    return TagsOverTime(
        tags=tuple(tags),
        years=_make_rows(columns, [counts[tag] for tag in shown], totals),
        first=f"{columns[0].years[0]:04}",
        last=labels[-1],
        since=labels[-_LATELY] if len(columns) > _LATELY else "",
        older_from=columns[0].years[0] if has_older else 0,
        older_to=columns[0].years[-1] if has_older else 0,
        left_out=len(works) - len(counted),
        more=len(used) - len(shown),
    )


def _find_roots(note: Note, notebook: Notebook) -> set[Tag]:
    """Return the root tags of a work that counts: it has a year, and not one to come."""
    if not note.published or notebook.publication.is_in_future(note):
        return set()
    return {notebook.vocabulary.get_path(tag)[0] for tag in notebook.tags.get_tags(note)}


def _make_columns(years: set[int]) -> list[_Column]:
    """Return the bars: one a year for the newest years, and one for all years before."""
    oldest, newest = min(years), max(years)
    first = min(year for year in years if year > newest - _YEARS)
    columns = [_Column(f"{year:04}", range(year, year + 1)) for year in range(first, newest + 1)]
    return [_Column(_OLDER, range(oldest, first)), *columns] if oldest < first else columns


def _find_column(note: Note, columns: Sequence[_Column]) -> int:
    year = int(note.published[:4])
    return next(at for at, column in enumerate(columns) if year in column.years)


def _count(places: Iterable[int], columns: Sequence[_Column]) -> tuple[int, ...]:
    """Return how many works each column has."""
    found = Counter(places)
    return tuple(found[at] for at in range(len(columns)))


def _make_growth(
    tag: Tag,
    counts: Sequence[int],
    totals: Sequence[int],
    labels: Sequence[str],
    highest: float,
    notebook: Notebook,
) -> TagGrowth:
    """Return a tag with its bars; the `highest` share of any tag is as high as the plot."""
    shares = [
        number / total if total else 0.0 for number, total in zip(counts, totals, strict=True)
    ]
    titles = [
        translate("{year}: {share}%, {number} of {total}", **values)
        for values in (
            {"year": label, "share": round(100 * share), "number": number, "total": total}
            for label, share, number, total in zip(labels, shares, counts, totals, strict=True)
        )
    ]
    lately = _find_percent(counts[-_LATELY:], totals[-_LATELY:])
    before = _find_percent(counts[:-_LATELY], totals[:-_LATELY])
    description = translate(
        "Share of {tag} in the works of each year, {first} to {last}",
        tag=tag.name,
        first=labels[0],
        last=labels[-1],
    )
    plot = lay_out_small_bars([share / highest for share in shares], titles, description)
    return TagGrowth(make_tag_link(tag, notebook), plot, lately, before)


def _find_percent(counts: Sequence[int], totals: Sequence[int]) -> int:
    return round(100 * sum(counts) / (sum(totals) or 1))


def _make_rows(
    columns: Sequence[_Column], counts: Sequence[Sequence[int]], totals: Sequence[int]
) -> tuple[YearRow, ...]:
    rows = []
    for at, (label, years) in enumerate(columns):
        query = Filter("year", label if label != _OLDER else f"..{years[-1]:04}")
        numbers = tuple(of_tag[at] for of_tag in counts)
        rows.append(YearRow(translate(label), str(query), numbers, totals[at]))
    return tuple(rows)
