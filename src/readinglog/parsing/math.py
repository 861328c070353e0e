"""Formulas: LaTeX to MathML by math-core, and to a line of text; and where it is wrong."""

from __future__ import annotations

import html
import re
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from readinglog.model.note import Region

_QUOTED = re.compile(r"^[ \t]*(?:>[ ]?)+", re.MULTILINE)
_FAULT = re.compile(r"(\d+): (.*)\Z", re.DOTALL)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]+;")  # of HTML, which XML does not know
_LONGEST = 1_000  # letters of a formula in a line
_UNSEEN = dict.fromkeys(
    map(ord, "\u2061\u2062\u2063\ufe00\ufe01")
)  # application, multiplication, variants of a letter
_LOOSE = re.compile(r"(?<=\()\s+|(?<!\s)\s++(?=[()_^])")
KINDS = frozenset({"math", "display"})


class MathTrouble(NamedTuple):
    """Why a formula cannot be set, and at which offset of it."""

    message: str
    offset: int


def extract_latex(region: Region, text: str) -> tuple[str, int]:
    """The LaTeX in a region of math, and the offset in `text` where it starts."""
    mark = 1 if region.kind == "math" and text[region.start] == "$" else 2
    inside = text[region.start + mark : region.end - mark]
    return _QUOTED.sub(lambda found: " " * len(found[0]), inside), region.start + mark


@cache
def to_mathml(source: str, *, display: bool) -> str | MathTrouble:
    """MathML Core for LaTeX."""
    try:
        return _converter().convert_with_local_state(source.strip(), displaystyle=display)
    except LatexError as error:
        found = _FAULT.match(str(error))
        offset = int(found[1]) if found else 0
        lead = len(source) - len(source.lstrip())
        return MathTrouble(
            (found[2] if found else str(error)).strip().removesuffix("."),
            min(offset + lead, len(source)),
        )


def to_text(source: str) -> str:
    """LaTeX as a line of text, such as `q_θ(y)` or `a/b`; as it is where it cannot be set, or is too long for a sentence."""
    made = to_mathml(source, display=False) if len(source) <= _LONGEST else None
    if not isinstance(made, str):
        return source
    try:
        tree = ET.fromstring(_ENTITY.sub(lambda found: html.unescape(found[0]), made))  # noqa: S314 - math-core made it
    except ET.ParseError:  # a control character, which XML cannot hold
        return source
    return _LOOSE.sub("", " ".join(_line(tree).translate(_UNSEEN).split()))


def _line(element: ET.Element) -> str:
    parts = [_line(child) for child in element]
    match (
        element.tag.rpartition("}")[2],
        [part if len(part.strip()) == 1 else f"({part})" for part in parts],
    ):
        case "mfrac", [above, below]:
            return f"{above}/{below}"
        case "msub" | "munder", [base, below]:
            return f"{parts[0]}_{below}"
        case "mover", [base, above] if len(above) == 1:  # an accent
            return f"{base}{above}"
        case "msup" | "mover", [base, above]:
            return f"{parts[0]}^{above}"
        case "msubsup" | "munderover", [base, below, above]:
            return f"{parts[0]}_{below}^{above}"
        case "msqrt", _:
            return f"√({''.join(parts)})"
        case "mspace", _:
            return " "
        case "mi", _ if len(element.text or "") > 1:  # a name such as `log`
            return f"{element.text} "
        case "annotation", _:
            return ""
    return (element.text or "") + "".join(parts)


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)
