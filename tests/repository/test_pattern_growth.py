"""Every pattern of the package and of the site's scripts takes time in proportion to its input.

Each is analysed for what it may be slow at: the parts that it repeats, in front of what does not
match. The inputs grow until a pattern has taken many times as long as one that is linear.
"""

from __future__ import annotations

import re

import pytest

from support.pattern_growth import find_slow_input
from support.written_patterns import Pattern, list_python_patterns, list_script_patterns

PATTERNS = list_python_patterns() | list_script_patterns()


@pytest.mark.parametrize("file", PATTERNS)
def test_patterns_are_linear(file: str) -> None:
    slow = {each.text: found for each in PATTERNS[file] if (found := find_slow_input(each))}
    assert slow == {}


@pytest.mark.parametrize(
    "text",
    [
        r"\s+$",
        r"(?:a*)*b",
        r"(?:a|a)*!",
        r"^(?:\s*>\s*)*x",
        r"<k(?:\s*[\w:]+(?:\s*=\s*\S*)?)*>",
        r"<k[^>]*>",
        r"(?:<!-- -->|\s)*?---",
        r"x*y*x*$",
    ],
)
def test_a_slow_pattern_is_found(text: str) -> None:
    assert find_slow_input(Pattern("", text, 0, frozenset({"search"})))


@pytest.mark.parametrize("text", [r"(?<!\s)\s+$", r"\w+(?>(?:-\w+)*)", r"^#{1,6}(?=[ \t]|$)"])
def test_a_linear_pattern_is_not(text: str) -> None:
    assert find_slow_input(Pattern("", text, re.MULTILINE, frozenset({"search"}))) == ""


def test_all_kinds_of_patterns_are_among_them() -> None:
    assert {
        "model/attachments.py",
        "model/field_types.py",
        "search/name_keys.py",
    } <= PATTERNS.keys()
    texts = {pattern.text for patterns in PATTERNS.values() for pattern in patterns}
    assert r"[-\s]+" in texts, "written within a call"
    assert "[0-9]{4}-[0-9]{2}-[0-9]{2}" in texts, "of a type of field"
    names = {path.rpartition("/")[2] for path in PATTERNS}
    assert {"grammar.js", "links.js", "slugs.js"} <= names
