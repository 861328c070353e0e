"""A few seconds of the fuzz, always of the same texts: `make fuzz` reads others for longer."""

from __future__ import annotations

import random

import pytest

from support.fuzzing import TARGETS, find_failure, make_text

TEXTS = 40  # of each kind


@pytest.mark.parametrize("name", TARGETS)
def test_texts_at_random_are_read_in_time_and_without_an_error(name: str) -> None:
    chance = random.Random(f"smoke {name}")  # noqa: S311 - texts, not secrets
    target = TARGETS[name]
    texts = [make_text(target.pieces, chance)[:4_000] for _ in range(TEXTS)]
    assert [failure for text in texts if (failure := find_failure(target, text))] == []


def test_what_goes_wrong_is_found() -> None:
    target = TARGETS["query"]
    broken = type(target)(lambda text: 1 / (0 if "a" in text else 1), target.pieces)
    assert find_failure(broken, "cab") == "ZeroDivisionError: division by zero"
    assert find_failure(broken, "") == ""
