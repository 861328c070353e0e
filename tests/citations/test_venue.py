"""Venues with the place of a work: written so that they can be read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.citations.venue import VenuePlace, format_venue, split_venue


@pytest.mark.parametrize(
    ("venue", "name", "place"),
    [
        ("Neural Computation 3(1):79-87", "Neural Computation", ("3", "1", "79-87")),
        ("Nature 529:484-489", "Nature", ("529", "", "484-489")),
        ("Nature 529(7)", "Nature", ("529", "7", "")),
        ("ICML, vol. 97, pp. 1-9", "ICML", ("97", "", "1-9")),
        ("The Book, p. 4", "The Book", ("", "", "4")),
        ("Sand Lab, no. TR-12", "Sand Lab", ("", "TR-12", "")),
        ("ICLR 2017", "ICLR 2017", ("", "", "")),
        ("Phys. Rev. 12, 1987–1999", "Phys. Rev. 12, 1987–1999", ("", "", "")),
        ("Sand: the magazine", "Sand: the magazine", ("", "", "")),
        ("", "", ("", "", "")),
    ],
)
def test_the_place_in_a_venue_is_found(venue: str, name: str, place: tuple[str, ...]) -> None:
    assert split_venue(venue) == (name, VenuePlace(*place))


_NUMBERS = st.sampled_from(("", "3", "12", "2020", "4b"))
_PAGES = st.sampled_from(("", "7", "79--87", "e12", "1-9, 20", "S1–S5"))


@given(
    st.sampled_from(("Nature", "Proc. of the 36th Conference", "A, B and C", "Sand 12")),
    st.builds(VenuePlace, _NUMBERS, _NUMBERS, _PAGES),
    st.booleans(),
)
def test_what_is_written_is_read(name: str, place: VenuePlace, is_journal: bool) -> None:
    found, again = split_venue(format_venue(name, place, is_journal=is_journal))
    assert (found, again.volume, again.number) == (name, place.volume, place.number)
    assert again.pages == place.pages.replace("--", "-").replace("–", "-").replace(", ", ",")
