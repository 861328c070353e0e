"""Topics over time: works by the year in which they appeared, as bars of one part a topic."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from readinglog.model.note import Note
from readinglog.model.text import pluralize
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.search.query import Filter
from readinglog.site.charts.plots import Series, figure, key, legend, stacked, table
from readinglog.site.page import PageBase, html
from readinglog.site.views.components import search_address, tag_link

_YEARS = 12  # that have a bar of their own
_OLDER, _OTHER = "older", "other topics"
Column = tuple[str, range]  # a bar's label and its years


def topics_over_time(notebook: Notebook, here: PageBase) -> Markup:
    """Bars of works by the year in which they appeared, of one part a topic, in the order of the vocabulary."""
    works = [note for note in notebook.published if not note.is_hub]
    known = [
        note for note in works if note.published and not notebook.publication.is_in_future(note)
    ]
    found = Counter(
        (int(note.published[:4]), hue) for note in known for hue in _hues(note, notebook)
    )
    if not found:
        return html("<p>No work has both a topic and a year.</p>\n")
    years = [year for year, _ in found]
    newest = max(years)
    columns = _columns(min(years), min(year for year in years if year > newest - _YEARS), newest)
    series: list[Series] = []
    keys: list[Markup] = []
    for hue, tag in _coloured(notebook):
        counts = [sum(found[year, hue] for year in span) for _, span in columns]
        if any(counts):
            name = tag.name if tag else _OTHER
            series.append(Series(name, _letter(name, [one.letter for one in series]), hue, counts))
            link = (
                tag_link(tag, notebook, here)
                if tag
                else html('<a href="{}">{}</a>', here.to("tags/"), name)
            )
            keys.append(key("hue", hue, series[-1].letter, link))
    left = len(works) - sum(bool(_hues(note, notebook)) for note in known)
    words = (
        "A work counts once in each of its topics.",
        f"Those from {columns[0][1][0]} to {columns[0][1][-1]} share the bar “{_OLDER}”."
        if columns[0][0] == _OLDER
        else "",
        f"{pluralize(left, 'work')} without a year or a topic left out." if left else "",
    )
    plot = stacked([label for label, _ in columns], series, _says(columns, series))
    return figure(
        plot, legend("From the foot of a bar up", keys), words, _by_year(columns, series, here)
    )


def _hues(note: Note, notebook: Notebook) -> set[int]:
    """The colours of a note's topics; 0 stands for all those that have none of their own."""
    return {notebook.vocabulary.hue(tag) for tag in notebook.tags.of(note)}


def _coloured(notebook: Notebook) -> list[tuple[int, Tag | None]]:
    roots = notebook.vocabulary.children(None)
    return [
        *((notebook.vocabulary.hue(tag), tag) for tag in roots if notebook.vocabulary.hue(tag)),
        (0, None),
    ]


def _columns(oldest: int, first: int, newest: int) -> list[Column]:
    """The bars: a year each from `first` on, and one for all years before."""
    years = [(f"{year:04}", range(year, year + 1)) for year in range(first, newest + 1)]
    return [(_OLDER, range(oldest, first)), *years] if oldest < first else years


def _letter(name: str, taken: Sequence[str]) -> str:
    """The letter that marks a topic where colour does not: the first of its name that no other has."""
    return next(
        (letter for letter in name.upper() if letter.isalnum() and letter not in taken), "?"
    )


def _says(columns: Sequence[Column], series: Sequence[Series]) -> str:
    """The point of the plot in words."""
    totals = [sum(numbers) for numbers in zip(*(one.counts for one in series), strict=True)]
    most = totals.index(max(totals))
    span = f"{columns[0][1][0]} to {columns[-1][1][0]}"
    parts = ", ".join(f"{one.name} {sum(one.counts):,}" for one in series)
    return f"Works by year of appearance, {span}, most of them {columns[most][0]} ({totals[most]:,}). {parts}."


def _by_year(columns: Sequence[Column], series: Sequence[Series], here: PageBase) -> Markup:
    rows: list[Sequence[object]] = []
    for at, (label, span) in enumerate(columns):
        numbers = [one.counts[at] for one in series]
        query = Filter("year", label if label != _OLDER else f"..{span[-1]:04}")
        link = html('<a href="{}">{}</a>', search_address(query, here), label)
        rows.append((link, *(f"{number:,}" for number in (*numbers, sum(numbers)))))
    return table(
        "Works by topic and year", ("Appeared", *(one.name for one in series), "In all"), rows
    )
