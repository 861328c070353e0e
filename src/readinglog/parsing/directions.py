"""The direction of writing of each block of HTML, by its first letter.

`dir="auto"` would do for a paragraph. But a browser then skips what has a direction of its own, so
that a list or a quote whose items have theirs would not be mirrored. Here blocks have the direction
of the first letter in them, however deep, and only those say it that differ from what is around
them: a text from left to right stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_RTL_LETTERS = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL = re.compile(f"[{_RTL_LETTERS}]")
# A letter, and what holds letters and is none: a character that is written by its name.
_LETTER = re.compile(rf"&#?\w++;|(?P<letter>[^\W\d_]|[{_RTL_LETTERS}])")
_TAG = re.compile(
    r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*+)(?P<more>[^"<>]*+(?>(?:"[^"]*+"[^"<>]*+)*))>'
)
_DIR = re.compile(r'\sdir="(ltr|rtl)"')
_BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote td th tr thead tbody tfoot figure figcaption "
    "caption details summary div section".split()
)
_NOT_LETTERS = frozenset({"code", "pre", "math", "kbd", "samp"})  # read from left to right anywhere


@dataclass
class _Block:
    """An open block: its number in the text, and its direction once that is known."""

    at: int
    direction: str = ""


def mark_directions(html: str) -> str:
    """Return sanitised `html` with `dir` on each block that differs from what is around it."""
    if html.isascii() or not _RTL.search(html):
        return html
    tags = list(_TAG.finditer(html))
    directions = _find_directions(html, tags)
    parts: list[str] = []
    around, done = ["ltr"], 0
    for number, tag in enumerate(tags):
        if tag["name"] not in _BLOCKS:
            continue
        if tag["end"]:
            if len(around) > 1:
                around.pop()
            continue
        direction = directions.get(number) or around[-1]
        if direction != around[-1] and not _DIR.search(tag["more"]):
            end = tag.end() - 1
            parts += (html[done:end], f' dir="{direction}"')
            done = end
        around.append(direction)
    return "".join((*parts, html[done:]))


def _find_directions(html: str, tags: list[re.Match[str]]) -> dict[int, str]:
    """Return the direction of each block by the number of its tag."""
    found: dict[int, str] = {}
    stack: list[_Block] = []
    hidden = 0  # how many elements are open whose letters do not count
    unknown = 0  # how many open blocks have no direction yet
    for number, tag in enumerate(tags):
        name = tag["name"]
        if name in _NOT_LETTERS:
            hidden = max(0, hidden + (-1 if tag["end"] else 1))
        elif name in _BLOCKS and tag["end"]:
            if stack:
                unknown -= not stack.pop().direction
        elif name in _BLOCKS:
            own = _DIR.search(tag["more"])
            stack.append(_Block(number, own[1] if own else ""))
            unknown += not own
            if own:
                found[number] = own[1]
        if unknown and not hidden:
            end = tags[number + 1].start() if number + 1 < len(tags) else len(html)
            if direction := _find_direction(html, tag.end(), end):
                for block in stack:
                    block.direction = block.direction or direction
                    found.setdefault(block.at, direction)
                unknown = 0
    return found


def _find_direction(html: str, start: int, end: int) -> str:
    """Return the direction of the first letter of a text, or ''."""
    for found in _LETTER.finditer(html, start, end):
        if letter := found["letter"]:
            return "rtl" if _RTL.match(letter) else "ltr"
    return ""
