"""Which regular expressions take more than linear time: the inputs that each is slowest at, and how
long those take.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from itertools import product
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from support.written_patterns import Pattern

_MANY = 16  # a pattern that repeats a part more often may take time by how often
_USUAL, _LONGEST = 1 << 11, 1 << 15  # characters of an input, and of one that seems slow
_PER_CHARACTER = 3e-6  # seconds of the processor; a linear pattern takes a hundredth to a tenth
_ALWAYS = 0.01  # seconds for any input: some repeat a part up to some hundred times
_NO_CHANCE = 4  # times what is allowed: another look, for a machine that was busy, would not help
_STARTS, _PUMPS = 6, 24  # tried at most
_ENDS = ("\0", "\n", "!x")
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


def list_attacks(pattern: Pattern) -> list[tuple[str, str, str]]:
    """Return the start, the repeated part and the end of the inputs that may be slow.

    For each part that may be repeated often, that part follows what stands before it in the pattern,
    and then comes what does not match; repeated are also neighbours together.
    """
    tree = parser.parse(pattern.text, pattern.flags)
    starts, pumps = {"", "x"}, set[str]()
    _collect(list(tree), "", starts, pumps)
    pumps.update(start for start in starts if start)
    alphabet = _Alphabet(list(tree), pattern.flags)
    return list(
        product(
            alphabet.choose(starts, _STARTS),
            alphabet.choose(pumps, _PUMPS),
            alphabet.choose(_ENDS, len(_ENDS)),
        )
    )


class _Alphabet:
    """Tells characters apart as far as a pattern does: texts that it reads alike are one attack."""

    def __init__(self, items: list[Any], flags: int) -> None:
        classes = sorted({r"\w", r"\s", r"\n", *_list_classes(items)})
        self._classes = [re.compile(each, flags & ~re.DOTALL) for each in classes]
        self._first: dict[tuple[bool, ...], str] = {}

    def choose(self, texts: Iterable[str], most: int) -> list[str]:
        """Return the shortest of some texts, but one of those that are alike."""
        short = sorted(texts, key=lambda text: (len(text), text))
        return list(dict.fromkeys("".join(map(self._replace, text)) for text in short))[:most]

    def _replace(self, character: str) -> str:
        """Return the first character that the pattern does not tell from this one."""
        kind = tuple(each.match(character) is not None for each in self._classes)
        return self._first.setdefault(kind, character)


def _list_classes(items: list[Any]) -> Iterator[str]:
    """Yield the classes of characters that a pattern tells apart."""
    for code, value in items:
        if code in (codes.LITERAL, codes.NOT_LITERAL):
            yield re.escape(chr(value))
        elif code is codes.ANY:
            yield "."
        elif code is codes.IN:
            yield _format_class(value)
        elif code is codes.GROUPREF:  # what is repeated must be the same
            yield from map(re.escape, _CANDIDATES)
        else:
            yield from _list_classes([each for part in _list_parts(code, value) for each in part])


def _list_parts(code: Any, value: Any) -> list[list[Any]]:  # noqa: ANN401
    """Return the sequences of parts within a part of a pattern."""
    if code in _REPEATS:
        return [list(value[2])]
    if code is codes.SUBPATTERN:
        return [list(value[3])]
    if code is codes.ATOMIC_GROUP:
        return [list(value)]
    if code is codes.BRANCH:
        return [list(branch) for branch in value[1]]
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    return []


def _collect(items: list[Any], before: str, starts: set[str], pumps: set[str]) -> str:
    """Add what stands before each repeated part, and examples of it; return an example of all."""
    for code, value in items:
        if code in _REPEATS:
            low, high, body = value
            examples = _list_examples(list(body))
            if high > _MANY:
                starts.add(before[-60:])
                pumps.update(example for example in examples if example)
                pumps.update(a + b for a, b in product(examples[:3], examples[:3]) if a != b)
            _collect(list(body), before, starts, pumps)
            before += examples[0] * max(1, min(low, 4))
        elif code is codes.SUBPATTERN:
            before = _collect(list(value[3]), before, starts, pumps)
        elif code is codes.ATOMIC_GROUP:
            before = _collect(list(value), before, starts, pumps)
        elif code is codes.BRANCH:
            examples = [_collect(list(each), before, starts, pumps) for each in value[1]]
            before = examples[0]
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            _collect(list(value[1]), before, starts, pumps)
        else:
            before += _list_examples([(code, value)])[0]
    return before


def _list_examples(items: list[Any]) -> list[str]:
    """Return a few texts that match a sequence of parts."""
    texts = [""]
    for code, value in items:
        texts = [a + b for a, b in product(texts, _list_examples_of(code, value))][:6]
    return texts


def _list_examples_of(code: Any, value: Any) -> list[str]:  # noqa: ANN401
    if code is codes.LITERAL:
        return [chr(value)]
    if code is codes.NOT_LITERAL:
        return ["a" if chr(value) != "a" else "b", " "]
    if code is codes.ANY:
        return ["a", " ", "<"]
    if code is codes.IN:
        return _list_members(value)
    if code in _REPEATS:
        texts = _list_examples(list(value[2]))
        return [text * max(1, value[0]) for text in texts[:3]] + ([""] if not value[0] else [])
    if code is codes.SUBPATTERN:
        return _list_examples(list(value[3]))
    if code is codes.ATOMIC_GROUP:
        return _list_examples(list(value))
    if code is codes.BRANCH:
        return [text for branch in value[1] for text in _list_examples(list(branch))[:2]][:6]
    return [""]


_CANDIDATES = "a A1_ -\n\t.>\"'`*[]()<=/\\:;,!#é中"


def _list_members(items: list[Any]) -> list[str]:
    """Return a few characters of a class, such as differ for other parts of the pattern."""
    as_class = re.compile(_format_class(items))
    found = [character for character in _CANDIDATES if as_class.match(character)]
    own = [chr(value) for code, value in items if code is codes.LITERAL]
    if not (items and items[0][0] is codes.NEGATE):
        found = own[:2] + found
    return list(dict.fromkeys(found))[:4] or own[:1] or ["a"]


def _format_class(items: list[Any]) -> str:
    parts = []
    for code, value in items:
        if code is codes.NEGATE:
            parts.append("^")
        elif code is codes.LITERAL:
            parts.append(re.escape(chr(value)))
        elif code is codes.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(_CATEGORIES[value])
    return f"[{''.join(parts)}]"


_CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def find_slow_input(pattern: Pattern) -> str:
    """Return what the pattern takes more than linear time for, or ''."""
    compiled = re.compile(pattern.text, pattern.flags)
    for start, pump, end in list_attacks(pattern):
        if _is_slow(compiled, pattern.methods, start, pump, end):
            return f"{start!r} + {pump!r} * n + {end!r}"
    return ""


def _is_slow(
    compiled: re.Pattern[str], methods: frozenset[str], start: str, pump: str, end: str
) -> bool:
    """Return whether an input takes too long, in some length."""
    counts = _list_counts(_USUAL // len(pump))
    before = 0.0  # seconds for a quarter of the length
    for count in (*counts, _LONGEST // len(pump)):
        text = f"{start}{pump * count}{end}"
        allowed = _get_bound(len(text))
        taken = _measure(compiled, methods, text)
        if taken > _NO_CHANCE * allowed:
            return True
        if taken > allowed and _measure(compiled, methods, text) > allowed:
            return True
        is_fast = taken < _get_bound(_LONGEST) * (_USUAL / _LONGEST) ** 2  # even if it is quadratic
        if count == counts[-1] and (is_fast or taken < 8 * before):
            return False
        before = taken
    return False


def _get_bound(length: int) -> float:
    """Return how many seconds a text may take."""
    return _ALWAYS + _PER_CHARACTER * length


def _list_counts(most: int) -> list[int]:
    """Return numbers up to `most`: first in small steps, as what takes exponential time would never
    end, then each the quarter of the next.
    """
    counts = [most]
    while counts[0] > 320:
        counts.insert(0, counts[0] // 4)
    return [*(count for count in (8, 12, 18, 27, 40, 80) if count < counts[0]), *counts]


def _measure(compiled: re.Pattern[str], methods: frozenset[str], text: str) -> float:
    begin = time.thread_time()
    if "match" in methods:
        compiled.match(text)
    if "fullmatch" in methods:
        compiled.fullmatch(text)
    if "search" in methods:
        compiled.sub("", text)  # finds all there are, with the least work beside it
    return time.thread_time() - begin
