"""The log: every note, newest first, day by day, a page a month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.dates import format_month, shorten_month
from readinglog.site.messages import translate
from readinglog.site.page import Output, Page, Site
from readinglog.site.views.pagination import PER_PAGE, PageLinks, paginate
from readinglog.site.views.rows import WorkRow, make_work_rows

_UNDATED = "undated"


class _Month(NamedTuple):
    """The notes of a month; `key` is `2026-11`, or `undated`."""

    key: str
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class LogDay:
    """The notes of a day, or those without a date."""

    date: date | None
    notes: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month with the first page of its notes, and how many there are."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class YearLinks:
    """A year with the page of its newest month, how many notes it has, and its months that have
    some, by their short names.
    """

    name: str
    address: str
    count: int
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, slots=True)
class LogView:
    """A page of the log: notes of one month, None in an empty log, with links to the others.

    `rest` is the address of those of its notes that the page has no room for, or ''. `year` is the
    one of `years` that the month is in.
    """

    title: str
    month: MonthLink | None
    days: tuple[LogDay, ...]
    page_links: PageLinks | None
    rest: str
    newer: MonthLink | None
    older: MonthLink | None
    years: tuple[YearLinks, ...]
    year: YearLinks | None


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    months = [
        _Month(key, list(notes)) for key, notes in groupby(notebook.published, key=_get_month)
    ]
    links = [_make_month_link(month) for month in months]
    years = _link_years(months)
    for number, (month, link) in enumerate(zip(months, links, strict=True)):
        newer = links[number - 1] if number else None
        older = links[number + 1] if number + 1 < len(links) else None
        for address, notes, page_links in paginate(link.address, month.notes):
            around = (page_links, newer, older, years)
            make = partial(_make_month, link, notes, notebook, *around)
            about = translate("Notes added in {month}.", month=link.name)
            yield Page(
                address,
                link.name,
                "log.html",
                make,
                description=about,
                feed="feed.xml",
                wide=True,
            )
    make_front = partial(_make_front, months, links, years, notebook)
    yield Page(
        "log/",
        translate("Log"),
        "log.html",
        make_front,
        description=translate("All notes by the day they were added, the newest first."),
        feed="feed.xml",
        wide=True,
    )


def _make_month(
    link: MonthLink,
    notes: Sequence[Note],
    notebook: Notebook,
    page_links: PageLinks | None,
    newer: MonthLink | None,
    older: MonthLink | None,
    years: tuple[YearLinks, ...],
) -> LogView:
    """Return a page of a month."""
    days = _group_by_day(notes, notebook)
    year = _find_year(link, years)
    return LogView(link.name, link, days, page_links, "", newer, older, years, year)


def _make_front(
    months: Sequence[_Month],
    links: Sequence[MonthLink],
    years: tuple[YearLinks, ...],
    notebook: Notebook,
) -> LogView:
    """Return the page that the log begins with: the first notes of the newest month."""
    notes = months[0].notes if months else []
    return LogView(
        title=translate("Log"),
        month=links[0] if links else None,
        days=_group_by_day(notes[:PER_PAGE], notebook),
        page_links=None,
        rest=f"{links[0].address}page/2/" if len(notes) > PER_PAGE else "",
        newer=None,
        older=links[1] if len(links) > 1 else None,
        years=years,
        year=_find_year(links[0], years) if links else None,
    )


def _get_month(note: Note) -> str:
    return note.date.isoformat()[:7] if note.date else _UNDATED


def _name_month(key: str) -> str:
    """Return `November 2026` for `2026-11`."""
    year, _, number = key.partition("-")
    return format_month(int(year), int(number)) if number else translate(key.capitalize())


def _make_month_link(month: _Month) -> MonthLink:
    return MonthLink(_name_month(month.key), f"log/{month.key}/", len(month.notes))


def _group_by_day(notes: Sequence[Note], notebook: Notebook) -> tuple[LogDay, ...]:
    return tuple(
        LogDay(day, tuple(_make_rows(list(group), notebook)))
        for day, group in groupby(notes, key=lambda note: note.date)
    )


def _make_rows(notes: Sequence[Note], notebook: Notebook) -> Iterator[WorkRow]:
    """Yield notes as rows that say who wrote them."""
    for note, row in zip(notes, make_work_rows(notes, notebook), strict=True):
        names = ", ".join(note.texts("by"))
        yield replace(row, writers=translate("note by {}").replace("{}", names) if names else "")


def _link_years(months: Sequence[_Month]) -> tuple[YearLinks, ...]:
    """Return all years with their months, the newest first."""
    by_year = groupby(months, key=lambda month: month.key.partition("-")[0])
    return tuple(_link_year(year, tuple(map(_link_short, group))) for year, group in by_year)


def _link_year(key: str, months: tuple[MonthLink, ...]) -> YearLinks:
    count = sum(month.count for month in months)
    return YearLinks(translate(key.capitalize()), months[0].address, count, months)


def _link_short(month: _Month) -> MonthLink:
    """Return a month by its short name."""
    link = _make_month_link(month)
    number = month.key.partition("-")[2]
    return replace(link, name=shorten_month(int(number))) if number else link


def _find_year(month: MonthLink, years: Sequence[YearLinks]) -> YearLinks:
    """Return the year that a month is in."""
    return next(year for year in years if month.address in (link.address for link in year.months))
