"""Formulas: LaTeX as MathML and as a line of text, and what is wrong with it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.note import Region
from readinglog.model.text import Span

_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ ]?)+", re.MULTILINE)
_LATEX_ERROR = re.compile(r"(\d+): (.*)\Z", re.DOTALL)  # offset and reason, from math-core
_COMMAND = re.compile(r"\\[A-Za-z]+")
_DOUBLE_QUOTED = re.compile(r'"([^"`]+)"')
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[a-zA-Z]+;")  # of HTML, which XML does not know
_LONGEST = 1_000  # letters of a formula in a line
_UNSEEN = dict.fromkeys(
    map(ord, "\u2061\u2062\u2063\ufe00\ufe01")
)  # application, multiplication, variants of a letter
_LOOSE = re.compile(r"(?<=\()\s+|(?<!\s)\s++(?=[()_^])")
KINDS = frozenset({"math", "display"})


def extract_latex(region: Region, text: str) -> tuple[str, int]:
    """Return the LaTeX in a region of math, and the offset in `text` where it starts."""
    mark = 1 if region.kind == "math" and text[region.start] == "$" else 2
    inside = text[region.start + mark : region.end - mark]
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), inside), region.start + mark


@cache
def to_mathml(source: str, *, display: bool) -> str:
    """Return MathML Core for LaTeX.

    Raise InvalidContentError where it cannot be rendered; its span counts from the start of
    `source` and may reach one character behind it.
    """
    try:
        return _converter().convert_with_local_state(source.strip(), displaystyle=display)
    except LatexError as error:
        raise InvalidContentError(_explain_latex_error(source, str(error))) from error


def _explain_latex_error(source: str, error: str) -> Diagnostic:
    found = _LATEX_ERROR.match(error)
    offset = int(found[1]) if found else 0
    indent = len(source) - len(source.lstrip())
    start = min(offset + indent, len(source))
    command = _COMMAND.match(source, start)
    reason = (found[2] if found else error).strip().removesuffix(".")
    reason = _DOUBLE_QUOTED.sub(r"`\1`", reason[:1].lower() + reason[1:])
    return Diagnostic(
        Span(start, command.end() if command else start + 1),
        f"this formula cannot be rendered: {reason}",
        r"fix the LaTeX; for a plain dollar sign write `\$`",
    )


def find_math_error(region: Region, text: str) -> Diagnostic | None:
    """Return why the formula in a region of `text` cannot be rendered, or None where it can."""
    source, start = extract_latex(region, text)
    try:
        to_mathml(source, display=region.kind == "display")
    except InvalidContentError as error:
        found = error.diagnostic
        span = Span(start + found.span.start, start + found.span.end)
        return replace(found, span=span)
    return None


def to_xml(source: str) -> str:
    """Return MathML for LaTeX in a line of text, as XML without HTML's entities.

    It is '' where the LaTeX cannot be rendered, or holds what XML cannot.
    """
    tree = _parse_mathml(source)
    return "" if tree is None else ET.tostring(tree, encoding="unicode")


def to_text(source: str) -> str:
    """Return LaTeX as a line of text, such as `q_θ(y)` or `a/b`.

    What cannot be rendered, or is too long for a sentence, is returned as it is.
    """
    if len(source) > _LONGEST:
        return source
    tree = _parse_mathml(source)
    if tree is None:
        return source
    return _LOOSE.sub("", " ".join(_to_line(tree).translate(_UNSEEN).split()))


def _parse_mathml(source: str) -> ET.Element | None:
    try:
        mathml = to_mathml(source, display=False)
        return ET.fromstring(_ENTITY.sub(lambda found: html.unescape(found[0]), mathml))  # noqa: S314 - math-core made it
    except (InvalidContentError, ET.ParseError):  # XML cannot hold a control character
        return None


def _to_line(element: ET.Element) -> str:
    parts = [_to_line(child) for child in element]
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
