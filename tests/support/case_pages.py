"""Cases as Markdown: a heading says what is so, fenced blocks are the files, and what comes of
them.

A block's info string names a language and a path: `markdown a.md` is a file, `markdown a.md fixed`
what `--fix` makes of it, a block with an address of the site what stands there, and a block without
a path the expected outcome. `pytest --update` writes what comes out into the page.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from readinglog.model.text import Source
from support.paths import CASES

_BLOCK = re.compile(
    r"^(?P<mark>`{3,})(?P<language>\w+)(?: (?P<info>[^\n]*))?\n(?P<text>.*?)^(?P=mark)[ ]*$",
    re.MULTILINE | re.DOTALL,
)


class Case(NamedTuple):
    """One case: the page it stands on, its heading, its files by path, and the blocks that are
    outcomes.
    """

    page: Path
    title: str
    files: dict[str, str | bytes | Source]
    outcomes: dict[str, str]  # by info string; "" is the block without one


def read_cases(folder: str) -> Iterator[Case]:
    """Every case on the pages of a folder below `tests/cases`."""
    for page in sorted((CASES / folder).glob("*.md")):
        for section in _sections(page.read_text(encoding="utf-8")):
            title = section.partition("\n")[0].removeprefix("## ").strip()
            blocks = list(_BLOCK.finditer(section))
            files = {b["info"]: _file(b) for b in blocks if b["info"] and not _is_outcome(b)}
            outcomes = {b["info"] or "": b["text"] for b in blocks if _is_outcome(b)}
            yield Case(page, title, files, outcomes)


def verify(case: Case, outcome: Callable[[str], str], *, update: bool) -> None:
    """Hold each outcome block of `case` to what `outcome(info)` gives, or write that into the page."""
    for info, expected in case.outcomes.items():
        actual = outcome(info)
        actual = f"{actual.rstrip()}\n" if actual.strip() else ""
        if update and actual != expected:
            _rewrite(case, info, actual)
        elif not update:
            assert actual == expected, f"{case.page.name}: {case.title}"


def _sections(text: str) -> list[str]:
    """The sections of a page, headings within fences not counted."""
    masked = _BLOCK.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    starts = [found.start() for found in re.finditer(r"^## ", masked, re.MULTILINE)]
    return [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]


def _file(block: re.Match[str]) -> str | bytes | Source:
    r"""A text; in a `bytes` block a text with escapes such as `\xff`; in an `unreadable` block why
    it cannot be read.
    """
    match block["language"]:
        case "bytes":
            return bytes(ast.literal_eval(f"b{block['text']!r}".replace("\\\\", "\\")))
        case "unreadable":
            return Source(block["info"], unreadable=block["text"].strip())
        case _:
            return block["text"]


def _is_outcome(block: re.Match[str]) -> bool:
    return not block["info"] or block["info"].startswith("/") or block["info"].endswith(" fixed")


def _rewrite(case: Case, info: str, actual: str) -> None:
    text = case.page.read_text(encoding="utf-8")
    section = next(
        s for s in _sections(text) if s.partition("\n")[0].removeprefix("## ").strip() == case.title
    )
    block = next(
        b for b in _BLOCK.finditer(section) if _is_outcome(b) and (b["info"] or "") == info
    )
    changed = section[: block.start("text")] + actual + section[block.end("text") :]
    case.page.write_text(text.replace(section, changed), encoding="utf-8")
