"""Root tags over time: works by year of publication, as bars with a segment for each tag."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Filter
from readinglog.site.charts.plots import Series, StackedBars, lay_out_stacked_bars
from readinglog.site.messages import format_number, translate
from readinglog.site.views.rows import TagLink, make_tag_link

_YEARS = 12  # that have a bar of their own
_OLDER, _OTHER = "older", "other topics"


class _Column(NamedTuple):
    """A bar's label and its years."""

    label: str
    years: range


@dataclass(frozen=True, slots=True)
class YearRow:
    """A bar's label, the query that finds its works, the works of each tag, and their sum."""

    label: str
    query: str
    counts: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TagsOverTime:
    """The bars with their legend and their numbers.

    `legend` has each series with its tag, None for all root tags without a colour of their own.
    The years `older_from` to `older_to` share the first bar, or both are 0. `left_out` is the
    number of works that have no year or no tag.
    """

    plot: StackedBars
    legend: tuple[tuple[Series, TagLink | None], ...]
    years: tuple[YearRow, ...]
    older_from: int
    older_to: int
    left_out: int


def count_tags_over_time(notebook: Notebook) -> TagsOverTime | None:
    """Return works by year and root tag, the tags in the order of the vocabulary.

    A work counts once in each of its root tags. Returns None where no work has a year and a tag.
    """
    works = [note for note in notebook.published if not note.is_hub]
    dated = [
        note for note in works if note.published and not notebook.publication.is_in_future(note)
    ]
    counts: Counter[tuple[int, int]] = Counter()  # by year and colour
    for note in dated:
        counts.update((int(note.published[:4]), hue) for hue in _find_hues(note, notebook))
    if not counts:
        return None
    columns = _make_columns({year for year, _ in counts})
    legend: list[tuple[Series, TagLink | None]] = []
    for hue, tag in _list_coloured_tags(notebook):
        numbers = tuple(sum(counts[year, hue] for year in column.years) for column in columns)
        if any(numbers):
            name = tag.name if tag else translate(_OTHER)
            letter = _choose_letter(name, [one.letter for one, _ in legend])
            link = make_tag_link(tag, notebook) if tag else None
            legend.append((Series(name, letter, hue, numbers), link))
    series = [one for one, _ in legend]
    labels = [translate(column.label) for column in columns]
    first = columns[0]
    has_older = first.label == _OLDER
    return TagsOverTime(
        plot=lay_out_stacked_bars(labels, series, _describe(columns, series)),
        legend=tuple(legend),
        years=_make_rows(columns, series),
        older_from=first.years[0] if has_older else 0,
        older_to=first.years[-1] if has_older else 0,
        left_out=len(works) - sum(bool(_find_hues(note, notebook)) for note in dated),
    )


def _find_hues(note: Note, notebook: Notebook) -> set[int]:
    """Return the colours of a note's tags; 0 stands for all those that have none of their own."""
    return {notebook.vocabulary.get_hue(tag) for tag in notebook.tags.get_tags(note)}


def _list_coloured_tags(notebook: Notebook) -> list[tuple[int, Tag | None]]:
    """Return the root tags that have a colour, and last the others as one."""
    vocabulary = notebook.vocabulary
    coloured = [(vocabulary.get_hue(tag), tag) for tag in vocabulary.list_children(None)]
    return [*((hue, tag) for hue, tag in coloured if hue), (0, None)]


def _make_columns(years: set[int]) -> list[_Column]:
    """Return the bars: one a year for the newest years, and one for all years before."""
    oldest, newest = min(years), max(years)
    first = min(year for year in years if year > newest - _YEARS)
    columns = [_Column(f"{year:04}", range(year, year + 1)) for year in range(first, newest + 1)]
    return [_Column(_OLDER, range(oldest, first)), *columns] if oldest < first else columns


def _choose_letter(name: str, taken: Sequence[str]) -> str:
    """Return the letter that marks a tag where colour does not.

    That is the first of its name that no other tag has.
    """
    letters = (letter for letter in name.upper() if letter.isalnum() and letter not in taken)
    return next(letters, "?")


def _describe(columns: Sequence[_Column], series: Sequence[Series]) -> str:
    totals = [sum(counts) for counts in zip(*(one.counts for one in series), strict=True)]
    highest = totals.index(max(totals))
    parts = ", ".join(f"{one.name} {format_number(sum(one.counts))}" for one in series)
    return translate(
        "Works by year of appearance, {first} to {last}, most of them {year} ({works}). {parts}.",
        first=columns[0].years[0],
        last=columns[-1].years[0],
        year=translate(columns[highest].label),
        works=format_number(totals[highest]),
        parts=parts,
    )


def _make_rows(columns: Sequence[_Column], series: Sequence[Series]) -> tuple[YearRow, ...]:
    rows = []
    for number, (label, years) in enumerate(columns):
        counts = tuple(one.counts[number] for one in series)
        query = Filter("year", label if label != _OLDER else f"..{years[-1]:04}")
        rows.append(YearRow(translate(label), str(query), counts, sum(counts)))
    return tuple(rows)
