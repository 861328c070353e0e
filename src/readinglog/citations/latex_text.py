"""LaTeX as plain text: a command that the decoder does not know stays as its name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from bibtexparser.library import Library
from bibtexparser.middlewares import LatexDecodingMiddleware
from bibtexparser.model import Entry, Field

from readinglog.citations.cleaning import TEXT_LIMIT, clean_text

_DECODER = LatexDecodingMiddleware(keep_math_mode=False)
_COMMAND = re.compile(r"\\([a-zA-Z]{2,40})(?![a-zA-Z])(?P<group>\s*\{(?!\}))?")
_PERCENT = re.compile(r"(?<!\\)%")
# Commands that only set type, and print nothing themselves.
_TYPESETTING = frozenset(
    "bf it rm sf tt sc sl em cal bfseries mdseries itshape slshape scshape upshape rmfamily "
    "sffamily ttfamily normalfont tiny small large left right big bigl bigr bigg middle "
    "displaystyle textstyle limits nolimits noindent protect relax xspace".split()
)


def latex_to_text(latex: str, limit: int = TEXT_LIMIT) -> str:
    """Return the words of `latex` on one line, with accents and formulas as characters."""
    text = _decode(_PERCENT.sub(r"\\%", _COMMAND.sub(_keep_known_command, latex)))
    if text is None:
        text = re.sub(r"[\\{}$]", "", latex)
    return clean_text(text, limit)


def _decode(latex: str) -> str | None:
    """Return what the decoder makes of `latex`, None where it fails."""
    field = Field("text", latex)
    result = _DECODER.transform_entry(Entry("misc", "key", [field]), Library())
    return str(field.value) if isinstance(result, Entry) else None


def _keep_known_command(command: re.Match[str]) -> str:
    """Return a command as it is if the decoder knows it.

    The decoder drops any other: its name is returned, or nothing if the words are in its braces.
    """
    if _is_known(command[1], bool(command["group"])):
        return command[0]
    return "{" if command["group"] else command[1]


@lru_cache(maxsize=1 << 10)
def _is_known(command: str, with_group: bool) -> bool:  # noqa: FBT001 - lru_cache needs it to be positional
    """Return whether the decoder turns `command` into text.

    With a group, that text must hold what is in the first braces.
    """
    if command in _TYPESETTING:
        return True
    if with_group:
        text = _decode(f"\\{command}{{x}}{{y}}")
        return text is not None and "x" in unicodedata.normalize("NFKD", text).lower()
    text = _decode(f"\\{command} ")
    return bool(text) and "%s" not in str(text) and text != f"\\{command} "
