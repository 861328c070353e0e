"""Formulas: LaTeX to MathML by math-core, and where it is wrong."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from math_core import LatexError, LatexToMathML

from readinglog.note import Region

_QUOTED = re.compile(r"^[ \t]*(?:>[ ]?)+", re.MULTILINE)
_FAULT = re.compile(r"(\d+): (.*)\Z", re.DOTALL)
KINDS = frozenset({"math", "display"})


class MathTrouble(NamedTuple):
    """Why a formula cannot be set, and at which offset of it."""

    message: str
    offset: int


def latex(region: Region, text: str) -> tuple[str, int]:
    """The LaTeX in a region of math, and the offset in `text` where it starts."""
    mark = 1 if region.kind == "math" and text[region.start] == "$" else 2
    inside = text[region.start + mark : region.end - mark]
    return _QUOTED.sub(lambda found: " " * len(found[0]), inside), region.start + mark


@cache
def mathml(source: str, *, display: bool) -> str | MathTrouble:
    """MathML Core for LaTeX."""
    try:
        return _converter().convert_with_local_state(source.strip(), displaystyle=display)
    except LatexError as error:
        found = _FAULT.match(str(error))
        offset = int(found[1]) if found else 0
        lead = len(source) - len(source.lstrip())
        return MathTrouble((found[2] if found else str(error)).strip().removesuffix("."), min(offset + lead, len(source)))


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)
