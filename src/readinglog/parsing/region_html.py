"""Regions as HTML: code highlighted, math as MathML, allowed HTML as it is, the rest as text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from readinglog.model.diagnostic import InvalidContentError
from readinglog.parsing.code_blocks import get_language
from readinglog.parsing.formulas import Formula

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from readinglog.model.note import Region

_QUOTE_MARKS = re.compile(r"(?:[ ]{0,3}>)+")


def render_region(region: Region, text: str, formula: Formula | None = None) -> Markup:
    """Return the HTML of one region; a comment has none, nor has a formula that only defines."""
    if formula:
        return _render_formula(formula, text)
    source = text[region.start : region.end]
    match region.kind:
        case "comment":
            return Markup()
        case "fence" | "code":
            return _render_code_block(region, text)
        case "span":
            return _render_code_span(region, text)
        case "unsafe":
            return escape(source)
        case _:
            return Markup(source)  # noqa: S704 - allowed HTML, sanitised with the rest


def _render_formula(formula: Formula, text: str) -> Markup:
    try:
        mathml = formula.render()
    except InvalidContentError:
        source = text[formula.region.start : formula.region.end]
        return Markup('<code class="rl-math-error">{}</code>').format(source)
    return Markup(mathml)  # noqa: S704 - MathML of math-core, sanitised with the rest


def _render_code_span(region: Region, text: str) -> Markup:
    source = text[region.start : region.end]
    marks = len(source) - len(source.lstrip("`"))
    first, *rest = source[marks:-marks].split("\n")
    if _QUOTE_MARKS.match(text, text.rfind("\n", 0, region.start) + 1, region.start):
        rest = [_QUOTE_MARKS.sub("", row, 1).lstrip(" ") for row in rest]
    code = " ".join([first, *rest])
    if code.strip() and code.startswith(" ") and code.endswith(" "):
        code = code[1:-1]
    return Markup("<code>{}</code>").format(code)


def _render_code_block(region: Region, text: str) -> Markup:
    rows = list(_unindent_rows(region, text))
    if region.kind == "fence":
        rows = _drop_fence(rows)
    lexer = _find_lexer(get_language(region))
    return Markup(highlight("\n".join(rows), lexer, _formatter()))  # noqa: S704 - Pygments escapes


def _drop_fence(rows: list[str]) -> list[str]:
    """Return the rows between the marks of a fence; one that is never closed ends with its text."""
    last = rows[-1].strip()
    if len(rows) > 1 and len(set(last)) == 1 and last.startswith(rows[0][:3]):
        return rows[1:-1]
    rows = rows[1:]
    while rows and not rows[-1].strip():
        rows.pop()
    return rows


def _unindent_rows(region: Region, text: str) -> Iterator[str]:
    """Yield the lines of a block of code without the quote marks and the indent before them."""
    lead = text[text.rfind("\n", 0, region.start) + 1 : region.start]
    quotes = re.compile(rf"(?:[ ]{{0,3}}>[ ]?){{0,{lead.count('>')}}}")
    own = 4 if region.kind == "code" else 0
    lead_width = len(lead) - lead.rfind(">") - 1
    if ">" in lead:
        lead_width -= 1
    first, *rest = text[region.start : region.end].split("\n")
    yield first[own:]
    for row in rest:
        quote = quotes.match(row)
        inside = row[quote.end() :] if quote else row
        indent = len(inside) - len(inside.lstrip(" "))
        yield inside[min(indent, lead_width + own) :]


@cache
def _find_lexer(name: str) -> Lexer:
    if name:
        with suppress(ClassNotFound):
            return get_lexer_by_name(name, stripnl=False)
    return TextLexer(stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(cssclass="highlight", wrapcode=True)
