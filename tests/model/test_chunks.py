"""What is made of a text is made once, as long as it is short and not too many others came since."""

from __future__ import annotations

import pytest

from readinglog.model import chunks
from readinglog.model.chunks import Chunks


@pytest.fixture
def made() -> list[str]:
    """The texts of which something was made, in order."""
    return []


@pytest.fixture
def upper(made: list[str]) -> Chunks[str]:
    def make(text: str) -> str:
        made.append(text)
        return text.upper()

    return Chunks(make)


def test_of_a_short_text_it_is_made_once(upper: Chunks[str], made: list[str]) -> None:
    assert [upper[text] for text in ("gate", "expert", "gate")] == ["GATE", "EXPERT", "GATE"]
    assert made == ["gate", "expert"]


def test_of_a_long_text_it_is_made_each_time(upper: Chunks[str], made: list[str]) -> None:
    long = "x" * 100
    assert [upper[long], upper[long]] == ["X" * 100] * 2
    assert made == [long, long]


def test_no_more_are_kept_than_there_may_be(
    upper: Chunks[str], made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "_MOST", 3)
    for text in "abcdabcd":
        assert upper[text] == text.upper()
        assert len(upper) <= 3
    assert set(made) == {*"abcd"}
