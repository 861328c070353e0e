"""Every pattern of the package and of the site's scripts takes time in proportion to its input.

Each is analysed for what it may be slow at: the parts that it repeats, in front of what does not
match. The inputs grow, the shortest first, until a pattern has taken a hundred times as long as one
that is linear, or the longest is read.
"""

from __future__ import annotations

import re

import pytest

from support.pattern_growth import (
    Pattern,
    find_slow_input,
    list_python_patterns,
    list_script_patterns,
)

PYTHON = list_python_patterns()
SCRIPTS = list_script_patterns()


@pytest.mark.parametrize("file", sorted({pattern.place.partition(":")[0] for pattern in PYTHON}))
def test_patterns_of_the_package_are_linear(file: str) -> None:
    patterns = [each for each in PYTHON if each.place.partition(":")[0] == file]
    found = {each.place: slow for each in patterns if (slow := find_slow_input(each))}
    assert found == {}


@pytest.mark.parametrize("file", sorted({pattern.place for pattern in SCRIPTS}))
def test_patterns_of_the_scripts_are_linear(file: str) -> None:
    patterns = [each for each in SCRIPTS if each.place == file]
    found = {each.text: slow for each in patterns if (slow := find_slow_input(each))}
    assert found == {}


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
    assert find_slow_input(Pattern("", text, re.MULTILINE, frozenset({"finditer"}))) == ""


def test_all_kinds_of_patterns_are_among_them() -> None:
    places = {pattern.place.partition(":")[0] for pattern in PYTHON}
    assert {"attachments.py", "field_types.py", "name_keys.py", "markdown_extension.py"} <= places
    texts = {pattern.text for pattern in PYTHON}
    assert r"[-\s]+" in texts, "written within a call"
    assert "[0-9]{4}-[0-9]{2}-[0-9]{2}" in texts, "of a type of field"
    assert {"grammar.js", "links.js", "slugs.js"} <= {pattern.place for pattern in SCRIPTS}
