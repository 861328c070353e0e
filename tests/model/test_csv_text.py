"""Tables as CSV hold nothing that a spreadsheet would run."""

from __future__ import annotations

import pytest

from readinglog.model.csv_text import format_csv


@pytest.mark.parametrize(
    "value", ["=1+1", "=cmd()", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2*A1", "\t=1", "-x"]
)
def test_what_would_be_run_is_marked_as_text(value: str) -> None:
    assert format_csv(["a"], [[value]]).partition("\n")[2].lstrip('"').startswith("'")


@pytest.mark.parametrize("value", ["-1.5", "+4.2 points", "-1.5e-3", "50 %", "a = b", "-3 %", ""])
def test_numbers_and_words_stay_as_they_are(value: str) -> None:
    assert format_csv(["a"], [[value, "x"]]) == f"a\n{value},x\n"
