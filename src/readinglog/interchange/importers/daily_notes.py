"""The day that a note is named after: daily notes, weekly and monthly ones, and dated names."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from readinglog.citations.cleaning import format_date

_DATED = re.compile(r"(\d{4})([-_.]?)(\d{2})\2(\d{2})(?:\d{4}|\d{6})?(?!\d)(.*)", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})([-_.])(\d{1,2})\2(\d{4})")
_WEEK = re.compile(r"(\d{4})-?[Ww](\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:[-\s][^\W\d_]+)?")
_WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag "
    "freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes "
    "miércoles jueves viernes sábado domingo mon tue wed thu fri sat sun mo di mi do fr sa so "
    "lun mar mer jeu ven sam dim".split()
)
_FOLDERS = re.compile(r"(?:\A|[^a-z])(?:daily|dailies|diary|journals?)(?:[^a-z]|\Z)", re.IGNORECASE)


class NoteDay(NamedTuple):
    """The date in the name of a note, '' without one, and whether it `is_all` of the name."""

    date: str = ""
    is_all: bool = False


def read_day(stem: str, folder: str) -> NoteDay:
    """Return the day that a note in `folder` is named after: of a week or a month, the first."""
    if found := _DATED.fullmatch(stem):
        day = _make_day(found[1], found[3], found[4])
        rest = found[5].strip(" -_.,()").lower()
        is_all = not rest or rest in _WEEKDAYS or bool(_FOLDERS.search(folder))
        return NoteDay(day, is_all) if day else NoteDay()
    if found := _DAY_FIRST.fullmatch(stem):
        candidates = (
            _make_day(found[4], *pair) for pair in ((found[3], found[1]), found.group(1, 3))
        )
        days = {day for day in candidates if day}
        return NoteDay(days.pop() if len(days) == 1 else "", is_all=True)
    if found := _WEEK.fullmatch(stem):
        try:
            monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        except ValueError:
            return NoteDay()
        return NoteDay(monday.isoformat(), is_all=True)
    if found := _MONTH.fullmatch(stem):
        day = _make_day(found[1], found[2], "1")
        return NoteDay(day, is_all=bool(day))
    return NoteDay()


def _make_day(year: str, month: str, day: str) -> str:
    """Return a date, or '' where the calendar does not have it."""
    written = format_date(int(year), int(month), int(day))
    return written if len(written) == len("YYYY-MM-DD") else ""
