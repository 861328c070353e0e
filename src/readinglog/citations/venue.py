"""A venue with the place of a work in it: `Neural Computation 3(1):79-87`, `ICML, pp. 1-20`."""

from __future__ import annotations

import re
from typing import NamedTuple

_VOLUME = r"[0-9][\w./-]{0,15}"
_PAGES = r"[A-Za-z]{0,2}[0-9][\w.,-]{0,30}"
_SHORT = re.compile(
    rf"(?P<name>\S.*\S) (?P<volume>{_VOLUME})"
    rf"(?:\((?P<number>[^()\s]{{1,15}})\)(?::(?P<pages>{_PAGES}))?|:(?P<only_pages>{_PAGES}))"
)
_LONG = re.compile(
    r"(?P<name>\S.*?)(?:, vol\. (?P<volume>[^\s,]{1,16}))?(?:, no\. (?P<number>[^\s,]{1,16}))?"
    rf"(?:, pp?\. (?P<pages>{_PAGES}))?"
)
_DASHES = re.compile(r" ?(?:[-–—]|&ndash;){1,3} ?")


class VenuePlace(NamedTuple):
    """Where in a venue a work is; '' where that is not known."""

    volume: str = ""
    number: str = ""
    pages: str = ""


def format_venue(name: str, place: VenuePlace, *, is_journal: bool) -> str:
    """Return a venue with the place of a work in it, in short where it is a journal."""
    pages = ",".join(map(str.strip, _DASHES.sub("-", place.pages).split(","))).strip(" .,")
    if is_journal and place.volume and (place.number or pages):
        number = f"({place.number})" if place.number else ""
        short = f"{name} {place.volume}{number}" + (f":{pages}" if pages else "")
        if _SHORT.fullmatch(short):
            return short
    parts = (
        name,
        f"vol. {place.volume}" if place.volume else "",
        f"no. {place.number}" if place.number else "",
        f"{'pp' if '-' in pages or ',' in pages else 'p'}. {pages}" if pages else "",
    )
    return ", ".join(filter(None, parts))


def split_venue(venue: str) -> tuple[str, VenuePlace]:
    """Return the name of a venue, and the place of a work in it."""
    found = _SHORT.fullmatch(venue)
    if found:
        pages = found["pages"] or found["only_pages"] or ""
        return found["name"], VenuePlace(found["volume"], found["number"] or "", pages)
    found = _LONG.fullmatch(venue)
    if found:
        parts = (found[part] or "" for part in ("volume", "number", "pages"))
        return found["name"], VenuePlace(*parts)
    return venue, VenuePlace()
