"""Regions as finished HTML: code highlighted, formulas as MathML, allowed HTML as it is, the rest as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from readinglog.parsing.math import KINDS, MathTrouble, extract_latex, to_mathml

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from readinglog.model.note import Region

_QUOTED = re.compile(r"(?:[ ]{0,3}>)+")


def render_region(region: Region, text: str) -> Markup:
    """The HTML of one region; a comment has none."""
    source = text[region.start : region.end]
    match region.kind:
        case "comment":
            return Markup()
        case "fence" | "code":
            return _code_block(region, text)
        case "span":
            marks = len(source) - len(source.lstrip("`"))
            quoted = _QUOTED.match(text, text.rfind("\n", 0, region.start) + 1, region.start)
            rows = source[marks:-marks].split("\n")
            inside = " ".join(
                [
                    rows[0],
                    *(_QUOTED.sub("", row, 1).lstrip(" ") if quoted else row for row in rows[1:]),
                ]
            )
            return Markup("<code>{}</code>").format(
                inside[1:-1] if inside[:1] == inside[-1:] == " " and inside.strip() else inside
            )
        case "unsafe":
            return escape(source)
        case kind if kind in KINDS:
            inside, _ = extract_latex(region, text)
            made = to_mathml(inside, display=kind == "display")
            if isinstance(made, MathTrouble):
                return Markup('<code class="rl-math-error">{}</code>').format(source)
            return Markup(made)  # noqa: S704 - MathML of math-core, sanitised with the rest
        case _:
            return Markup(source)  # noqa: S704 - allowed HTML, sanitised with the rest


def _code_block(region: Region, text: str) -> Markup:
    rows = list(_rows(region, text))
    if region.kind == "fence":
        closed = (
            len(rows) > 1
            and len(set(rows[-1].strip())) == 1
            and rows[-1].strip().startswith(rows[0][:3])
        )
        rows = rows[1 : -1 if closed else None]
        while not closed and rows and not rows[-1].strip():
            rows.pop()
    language = re.match(r"\{?\.?([\w+#.-]*)", region.detail)
    return Markup(highlight("\n".join(rows), _lexer(language[1] if language else ""), _formatter()))  # noqa: S704 - Pygments escapes


def _rows(region: Region, text: str) -> Iterator[str]:
    """The lines of a block of code without the quote marks and the indent that they stand behind."""
    lead = text[text.rfind("\n", 0, region.start) + 1 : region.start]
    quotes = re.compile(rf"(?:[ ]{{0,3}}>[ ]?){{0,{lead.count('>')}}}")
    own = 4 if region.kind == "code" else 0
    first, *rest = text[region.start : region.end].split("\n")
    yield first[own:]
    for row in rest:
        quote = quotes.match(row)
        inside = row[quote.end() :] if quote else row
        indent = len(inside) - len(inside.lstrip(" "))
        yield inside[
            min(indent, len(lead) - lead.rfind(">") - 1 - (1 if ">" in lead else 0) + own) :
        ]


@cache
def _lexer(name: str) -> Lexer:
    try:
        return get_lexer_by_name(name, stripnl=False) if name else TextLexer(stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(cssclass="highlight", wrapcode=True)
