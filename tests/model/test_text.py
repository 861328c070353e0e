"""Places in a text, and edits to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.text import (
    Edit,
    Position,
    Source,
    Span,
    apply_edits,
    get_line_span,
    get_position,
)

TEXTS = st.text(alphabet="ab\n\r\u2028\u0085é😀", max_size=40)


@given(TEXTS, st.integers(0, 45))
def test_a_position_leads_back_to_its_offset(text: str, offset: int) -> None:
    line, column = get_position(text, offset)
    starts = [0, *(index + 1 for index, c in enumerate(text) if c == "\n")]
    assert starts[line - 1] + column - 1 == min(offset, len(text))


def test_columns_count_characters_and_only_a_line_feed_ends_a_line() -> None:
    text = "\u2028😀é\r\nשלום x"
    assert get_position(text, text.index("é")) == Position(1, 3)
    assert get_position(text, text.index("x")) == Position(2, 6)


@given(TEXTS, st.integers(0, 40))
def test_the_line_around_an_offset_holds_no_line_break(text: str, offset: int) -> None:
    start, end = get_line_span(text, min(offset, len(text)))
    assert "\n" not in text[start:end]
    assert start == 0 or text[start - 1] == "\n"
    assert text[end:].startswith(("\n", "\r\n")) or end == len(text) or text[end:] == "\r"


def test_a_carriage_return_is_no_part_of_its_line() -> None:
    assert get_line_span("one\r\ntwo", 1) == Span(0, 3)
    assert get_line_span("\r\n", 0) == Span(0, 0)


def test_edits_are_made_whatever_their_order() -> None:
    edits = [Edit(Span(5, 8), "2"), Edit(Span(0, 3), "1"), Edit(Span(3, 3), ";")]
    assert apply_edits("one, two", edits) == "1;, 2"
    assert apply_edits("one, two", reversed(edits)) == "1;, 2"


def test_the_same_edit_twice_is_made_once_and_of_two_that_overlap_the_first() -> None:
    assert apply_edits("moe", [Edit(Span(0, 0), "#"), Edit(Span(0, 0), "#")]) == "#moe"
    assert apply_edits("abcdef", [Edit(Span(0, 3), "X"), Edit(Span(2, 5), "Y")]) == "Xdef"


@given(
    TEXTS,
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 5), st.text("xy", max_size=2)), max_size=5
    ),
)
def test_what_no_edit_touches_stays(text: str, drawn: list[tuple[int, int, str]]) -> None:
    edits = [
        Edit(Span(min(at, len(text)), min(at + size, len(text))), new) for at, size, new in drawn
    ]
    untouched = [
        c for i, c in enumerate(text) if not any(start <= i < end for (start, end), _ in edits)
    ]
    rest = iter(apply_edits(text, edits))
    assert all(c in rest for c in untouched)  # in this order


def test_a_byte_order_mark_is_not_text() -> None:
    assert Source("a.md", "\ufeff---".encode()).text == "---"
    assert Source("a.md", "\ufeffé".encode("utf-8") + b"\xff").undecodable_offset == 1


def test_the_first_byte_that_cannot_be_decoded_is_found() -> None:
    assert Source("a.md", "aé\n".encode() + b"\xe9x").undecodable_offset == 3
    assert Source("a.md", "aé\n".encode()).undecodable_offset is None
