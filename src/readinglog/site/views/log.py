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
from readinglog.site.dates import format_month
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
class ArchiveYear:
    """The months of a year that have notes, under their names without the year."""

    name: str
    months: tuple[MonthLink, ...]


@dataclass(frozen=True, slots=True)
class LogView:
    """A page of the log: notes of one month, None in an empty log, with links to the others.

    `rest` is the address of those of its notes that the page has no room for, or ''.
    """

    title: str
    month: MonthLink | None
    days: tuple[LogDay, ...]
    page_links: PageLinks | None
    rest: str
    newer: MonthLink | None
    older: MonthLink | None
    archive: tuple[ArchiveYear, ...]


def make_outputs(notebook: Notebook, _: Site) -> Iterator[Output]:
    months = [
        _Month(key, list(notes)) for key, notes in groupby(notebook.published, key=_get_month)
    ]
    links = [_make_month_link(month) for month in months]
    archive = _make_archive(months)
    for number, (month, link) in enumerate(zip(months, links, strict=True)):
        newer = links[number - 1] if number else None
        older = links[number + 1] if number + 1 < len(links) else None
        for address, notes, page_links in paginate(link.address, month.notes):
            around = (page_links, newer, older, archive)
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
    make_front = partial(_make_front, months, links, archive, notebook)
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
    archive: tuple[ArchiveYear, ...],
) -> LogView:
    """Return a page of a month."""
    days = _group_by_day(notes, notebook)
    return LogView(link.name, link, days, page_links, "", newer, older, archive)


def _make_front(
    months: Sequence[_Month],
    links: Sequence[MonthLink],
    archive: tuple[ArchiveYear, ...],
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
        archive=archive,
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


def _make_archive(months: Sequence[_Month]) -> tuple[ArchiveYear, ...]:
    """Return all months by year."""
    return tuple(
        ArchiveYear(translate(year.capitalize()), tuple(map(_make_archive_link, group)))
        for year, group in groupby(months, key=lambda month: month.key.partition("-")[0])
    )


def _make_archive_link(month: _Month) -> MonthLink:
    """Return a month under its name without the year."""
    return replace(_make_month_link(month), name=_name_month(month.key).partition(" ")[0])
