"""Regular expressions that every supported Python reads alike."""

from __future__ import annotations

import re

from support.paths import ROOT

POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\+")


def test_no_pattern_repeats_a_group_possessively() -> None:
    """Python before 3.11.5 matches `(…)*+` wrongly where the group itself backtracks; `(?>(…)*)` is
    the same and always right.
    """
    files = (ROOT / "src").rglob("*.py")
    assert [file.name for file in files if POSSESSIVE_GROUP.search(file.read_text("utf-8"))] == []
