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
from readinglog.parsing.block_tree import Block
from readinglog.parsing.formulas import Formula
from readinglog.parsing.markdown_words import DIAGRAM, Words
from readinglog.parsing.regions import get_language

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from readinglog.model.note import Region

# Languages of diagrams, which are drawn nowhere here, by the names that fences have.
DIAGRAMS = {
    "mermaid": "Mermaid",
    "plantuml": "PlantUML",
    "dot": "Graphviz",
    "graphviz": "Graphviz",
    "tikz": "TikZ",
}
_CAPTIONED = Markup("<figure>{}<figcaption>{}</figcaption></figure>")
_TITLE = re.compile(r"""(?<!\S)title=(?:"([^"]*)"|'([^']*)')""")  # of code, as in Material
_PLAIN_CODE = re.compile(r'<span class="[nw]">([^<]*)</span>')  # names and white space: as the rest
_QUOTE_MARKS = re.compile(r"(?:[ ]{0,3}>)+")


def render_region(region: Region, text: str, formula: Formula | None = None) -> Markup:
    """Return the HTML of one region; a comment has none, nor has a formula that only defines."""
    if formula:
        return _render_formula(formula, text)
    source = text[region.start : region.end]
    match region.kind:
        case "comment":
            return Markup()
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


def render_code_block(block: Block, text: str, words: Words) -> Markup:
    """Return the HTML of a fence, or of indented code."""
    rows = list(_list_rows(block, text))
    is_closed = block.kind == "fence" and (not block.rows or block.end > block.rows[-1].end)
    while rows and not is_closed and not rows[-1].strip():
        rows.pop()
    language = get_language(block.detail)
    code = highlight("\n".join(rows), _find_lexer(language), _formatter())
    html = Markup(_PLAIN_CODE.sub(r"\1", code))  # noqa: S704 - Pygments escapes
    caption = " · ".join(filter(None, _list_captions(block.detail, words)))
    return _CAPTIONED.format(html, caption) if caption else html


def _list_captions(info: str, words: Words) -> Iterator[str]:
    """Yield what stands below a fence: its title, and whether it is the source of a diagram."""
    if title := _TITLE.search(info):
        yield title[1] or title[2] or ""
    if name := DIAGRAMS.get(get_language(info).lower()):
        yield words.get(DIAGRAM, DIAGRAM).format(name)


def _list_rows(block: Block, text: str) -> Iterator[str]:
    """Yield the lines of a block of code.

    In a list, code may be indented by more than its item asks for, by up to `level` columns.
    """
    rows = [" " * row.pad + text[row.start : row.end] for row in block.rows]
    if block.kind == "fence" or not block.level:
        yield from rows
        return
    widths = [len(row) - len(row.lstrip(" ")) for row in rows if row.strip()]
    spare = min((*widths, block.level))
    for row in rows:
        yield row[spare:]


def render_html_block(block: Block, text: str) -> Markup:
    """Return a block of HTML, which is sanitised with the rest."""
    rows = (" " * row.pad + text[row.start : row.end] for row in block.rows)
    return Markup("\n".join(rows))  # noqa: S704 - sanitised with the rest


@cache
def _find_lexer(name: str) -> Lexer:
    if name:
        with suppress(ClassNotFound):
            return get_lexer_by_name(name, stripnl=False)
    return TextLexer(stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(cssclass="highlight", wrapcode=True)
