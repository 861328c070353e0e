"""The result of a claim is read as its author wrote it, and its number and unit apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.claim import Result, parse_number, parse_result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("perplexity on C4 = 9.50", Result("perplexity", "C4", "9.50")),
        (
            "perplexity on C4 = 9.50 against 9.56; 1B, 100B tokens",
            Result("perplexity", "C4", "9.50", "9.56", "1B, 100B tokens"),
        ),
        ("pass@1 on AIME 2024 (n = 64)= 50 %", Result("pass@1", "AIME 2024 (n = 64)", "50 %")),
        ("time\n  on one  H100 = 12 ms;x;y", Result("time", "one H100", "12 ms", "", "x;y")),
    ],
)
def test_a_result_is_taken_apart(text: str, result: Result) -> None:
    assert parse_result(text) == result


@pytest.mark.parametrize(
    ("value", "number", "unit"),
    [
        ("9.50", 9.5, ""),
        ("50 %", 50, "%"),
        ("1,200 GB", 1200, "GB"),
        ("$3.5M", 3.5, "M"),
        ("~3.2×", 3.2, "×"),
        ("−1.5e-3", -0.0015, ""),
        ("35–40 GB", 35, "GB"),
        ("3 ± 0.5 points", 3, "points"),
        ("< 0.1", 0.1, ""),
        ("1,200,000.5", 1200000.5, ""),
        ("12.", 12, "."),
        ("2e", 2, "e"),
        ("7-", 7, "-"),
        ("5 to 7 %", 5, "%"),
    ],
)
def test_a_value_has_a_number_and_a_unit(value: str, number: float, unit: str) -> None:
    result = Result("m", "d", value)
    assert (result.number, result.unit) == (number, unit)


@pytest.mark.parametrize("value", ["", "low", "many 5", "on", "x9"])
def test_what_begins_with_no_number_is_no_value(value: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a number"):
        parse_number(value)


@given(st.text(max_size=60))
def test_any_text_is_a_result_or_refused(text: str) -> None:
    try:
        result = parse_result(text)
    except ValueError:
        return
    assert result.metric
    assert result.data
    assert isinstance(result.number, float)
