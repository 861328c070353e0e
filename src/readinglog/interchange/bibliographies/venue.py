"""Where a work was published, as bibliographies have it."""

from __future__ import annotations

import re
from typing import NamedTuple

from readinglog.citations.venue import VenuePlace, split_venue
from readinglog.model.note import Note

_YEAR = r"(?<![\w–-])(?:1[5-9]|20)[0-9]{2}(?![\w–-])"
_SHORT_YEAR = r"['’][0-9]{2}(?![0-9])"
_ANY_YEAR = re.compile(
    rf"(?<![\s,;:])[\s,;:]*+(?:\((?P<a>{_YEAR})\)|(?P<b>{_YEAR})|(?P<c>{_SHORT_YEAR}))"
)
_CONFERENCE = re.compile(
    r"\b(?:proc\.|proceedings|conference|workshop|symposium|meeting"
    r"|advances in neural information processing)"
    r"|\A(?:the )?(?:aaai|aistats|acl|chi|colm|colt|coling|conll|corl|cvpr|eacl|eccv|emnlp|focs"
    r"|iccv|icassp|iclr|icml|icra|ijcai|interspeech|iros|isca|issta|kdd|mlsys|naacl|neurips|nips"
    r"|nsdi|osdi|pldi|popl|rss|sigir|siggraph|sigmod|soda|sosp|stoc|uai|usenix|vldb|wacv|wmt|www)"
    r"(?![a-z])",
    re.IGNORECASE,
)


class Venue(NamedTuple):
    """A venue, whether it is a conference, the year of a work that was published there, and the
    place of the work in it.
    """

    name: str
    is_conference: bool
    year: str
    place: VenuePlace = VenuePlace()


def describe_venue(note: Note) -> Venue:
    """Return the venue of the note's work.

    It is left whole, but for a year that is not the work's own: an entry has one year.
    """
    year = note.published[:4]
    venue, place = split_venue(note.venue)
    found = [_get_year(match) for match in _ANY_YEAR.finditer(venue)]
    if not any(place):  # as in `JMLR 23(120), 2022`
        name, place = split_venue(_ANY_YEAR.sub("", venue).strip(" ,;:"))
        venue = name if any(place) else venue
    if not year:
        years = [one for one in found if len(one) == 4]
        return Venue(venue, is_conference(venue), years[-1] if years else "", place)
    name = venue
    if any(not year.endswith(one) for one in found):
        kept = _ANY_YEAR.sub(lambda match: _keep(match, year), venue)
        name = kept.strip(" ,;:") or venue
    return Venue(name, is_conference(name), year, place)


def is_conference(venue: str) -> bool:
    """Return whether a venue is that of talks, which have proceedings, not issues."""
    return _CONFERENCE.search(venue) is not None


def _get_year(match: re.Match[str]) -> str:
    return match["a"] or match["b"] or match["c"][1:]


def _keep(match: re.Match[str], year: str) -> str:
    return match[0] if year.endswith(_get_year(match)) else ""
