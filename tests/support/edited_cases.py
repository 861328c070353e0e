"""The cases of rules, and what an edit of any of their files makes of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from readinglog.lint.rules import RULES
from readinglog.model.text import Source
from support.case_pages import read_cases

CASES = list(read_cases("rules"))
_OFTEN = 2  # cases of a rule that are edited each time; all are by the slow tests
_of_rules = {rule: [case for case in CASES if case.page.stem == rule] for rule in RULES}
# For tests that take the `cases` of one rule.
some_or_all_cases = pytest.mark.parametrize(
    "cases",
    [
        *(pytest.param(cases[:_OFTEN], id=rule) for rule, cases in _of_rules.items()),
        *(
            pytest.param(cases, id=f"{rule}, all", marks=pytest.mark.slow)
            for rule, cases in _of_rules.items()
            if len(cases) > _OFTEN
        ),
    ],
)
Files = Mapping[str, str | bytes | Source]


def list_edits(files: Files) -> Iterator[Files]:
    """Yield the files after each of some edits of one of them."""
    for path, text in files.items():
        yield {other: kept for other, kept in files.items() if other != path}
        if isinstance(text, str) and path.endswith(".md"):
            yield {**files, path: f"{text}\nMore words.\n"}
            yield {**files, path: f"{text}\nSee [[a]] and [[Somewhere#Deep]].\n"}
            front, _, body = text.removeprefix("---\n").partition("---\n")
            yield {**files, path: f"---\n{front}---\n"}
            yield {**files, path: f"---\ntitle: Another\n---\n{body}"}
