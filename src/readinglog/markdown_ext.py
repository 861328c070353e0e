"""The Markdown extension that renders notes inside either engine.

Code, math, comments and raw HTML are taken out by the scanner that checked them, before Python-Markdown sees the text;
what it makes of the rest, with all that was taken out put back, is sanitised as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import punctuation
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocExtension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import HTML_PLACEHOLDER_RE
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.util import ClassNotFound

from readinglog.html_policy import ATTRIBUTES, BLOCK_TAGS, MATH_TAGS, SAFE_TAGS
from readinglog.identifiers import SAFE_SCHEMES
from readinglog.naming import anchor
from readinglog.parse.headings import UNDERLINED
from readinglog.parse.math import KINDS, MathTrouble, latex, mathml
from readinglog.parse.regions import regions
from readinglog.text import Span

if TYPE_CHECKING:
    from markdown.blockparser import State
    from pygments.lexer import Lexer

    from readinglog.note import Region

_EXTENSIONS = ("tables", "footnotes", "attr_list", "def_list", "sane_lists", "pymdownx.tilde", "pymdownx.tasklist")
_BLOCKS = frozenset({"fence", "code"})
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\Z")
_QUOTED = re.compile(r"(?:[ ]{0,3}>)+")
_ITEM_MARK = re.compile(r"[ ]*(?P<mark>[-*+]|\d{1,9}\.)[ ]+\S(?!(?:[ ]*[-*])+[ ]*$)")
_STYLES = frozenset({"text-align", "justify-items", "padding-left", "padding-right", "padding-top", "padding-bottom", "math-style"})
_MATH_ATTRIBUTES = frozenset(
    "display mathvariant stretchy symmetric form fence separator lspace rspace minsize maxsize accent accentunder movablelimits "
    "linethickness columnspan rowspan width height depth voffset displaystyle scriptlevel columnalign rowspacing style intent arg".split()
)
_ITEM = r"""(?:[#.][^\s{}=]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
_LIST = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*[ ]*)\}}"


class _Header(HashHeaderProcessor):
    """`# Heading` with a space, as everywhere else: `#moe` at the start of a line is a word."""

    RE = re.compile(r"(?:^|\n)[ ]{0,3}(?P<level>#{1,6})(?=[ \n]|$)(?P<header>[^\n]*?)(?:[ ]+#+)?[ ]*(?:\n|$)")


class _Underlined(BlockProcessor):
    """A heading that is underlined, by the scanner's own rule, and not within a list item."""

    def test(self, parent: Element, block: str) -> bool:
        found = UNDERLINED.match(block)
        return found is not None and found["level"] is not None and not self._is_formula(found["text"]) and not _in_list(self.parser.state)

    def run(self, parent: Element, blocks: list[str]) -> None:
        title, underline, *rest = blocks.pop(0).split("\n")
        SubElement(parent, "h1" if underline.strip()[0] == "=" else "h2").text = title.strip()
        if rest:
            blocks.insert(0, "\n".join(rest))

    def _is_formula(self, title: str) -> bool:
        found = HTML_PLACEHOLDER_RE.fullmatch(title.strip())
        return found is not None and str(self.parser.md.htmlStash.rawHtmlBlocks[int(found[1])]).startswith("<math display")


def _in_list(state: State) -> bool:
    return not {"list", "looselist", "detabbed"}.isdisjoint(state)


class _AttributeLists(AttrListTreeprocessor):
    """`{#id .class key=value}`, and nothing else in braces: a set, or a template's `{% %}`, is text."""

    HEADER_RE = re.compile(rf"[ ]+{_LIST}[ ]*$")  # type: ignore[misc]  # the stubs say Final; a subclass is the only way in
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]


class _TakeOut(Preprocessor):
    """Puts every region aside as finished HTML and leaves a mark in its place."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts: list[str] = []
        done = 0
        for region in regions(text, Span(0, len(text))):
            parts += (text[done : region.start], self._mark(region, text))
            done = region.end
        return "".join((*parts, text[done:])).split("\n")

    def _mark(self, region: Region, text: str) -> str:
        made = rendered(region, text)
        if not made:  # the line that a comment starts on stays apart from the one that it ends on
            apart = "\n" in text[region.start : region.end] and text[region.end : region.end + 1] not in ("", "\n")
            return "\n" if apart else ""
        mark: str = self.md.htmlStash.store(str(made))
        line = text[text.rfind("\n", 0, region.start) + 1 : region.start]
        if not _LEAD.match(line) or (region.kind not in _BLOCKS and region.detail not in BLOCK_TAGS):
            return mark
        quote = line[: line.rfind(">") + 1]  # a block of its own, within the quote or list item that it stands in
        return f"{mark}\n{quote}" if line.strip(" \t>") else f"\n{line}{mark}\n{quote}"


class _SetListsApart(Preprocessor):
    """A list may follow a paragraph without a blank line between, as in every other Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        apart: list[str] = []
        first, level = "", 0  # the first line since a blank one, without its quote marks, and how many those are
        for line in lines:
            quoted = _QUOTED.match(line)
            quote = quoted[0] if quoted else ""
            inside = line[len(quote) :].removeprefix(" ") if quote else line
            if quote.count(">") != level or not inside.strip() or not first:
                apart += [quote] if first and quote.count(">") < level and _ITEM_MARK.match(inside) else []
                first, level = inside.rstrip(), quote.count(">")
            elif (item := _ITEM_MARK.match(inside)) and self._begins_list(item, inside, first):
                apart.append(quote)
                first = inside
            apart.append(line)
        return apart


    def _begins_list(self, item: re.Match[str], line: str, first: str) -> bool:
        """Whether an item starts a list of its own; `2024. was` goes on with a sentence."""
        if before := _ITEM_MARK.match(first):
            return _width(line) == _width(first) and before["mark"][-1:] != item["mark"][-1:] and "." in before["mark"] + item["mark"]
        return item["mark"] in ("-", "*", "+", "1.") or _width(first) > _width(line)


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def rendered(region: Region, text: str) -> Markup:
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
            inside = " ".join([rows[0], *(_QUOTED.sub("", row, 1).lstrip(" ") if quoted else row for row in rows[1:])])
            return Markup("<code>{}</code>").format(inside[1:-1] if inside[:1] == inside[-1:] == " " and inside.strip() else inside)
        case "unsafe":
            return escape(source)
        case kind if kind in KINDS:
            inside, _ = latex(region, text)
            made = mathml(inside, display=kind == "display")
            if isinstance(made, MathTrouble):
                return Markup('<code class="rl-math-error">{}</code>').format(source)
            return Markup(made)  # noqa: S704 - MathML of math-core, sanitised with the rest
        case _:
            return Markup(source)  # noqa: S704 - allowed HTML, sanitised with the rest


def _code_block(region: Region, text: str) -> Markup:
    rows = list(_rows(region, text))
    if region.kind == "fence":
        closed = len(rows) > 1 and len(set(rows[-1].strip())) == 1 and rows[-1].strip().startswith(rows[0][:3])
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
        yield inside[min(indent, len(lead) - lead.rfind(">") - 1 - (1 if ">" in lead else 0) + own) :]


@cache
def _lexer(name: str) -> Lexer:
    try:
        return get_lexer_by_name(name, stripnl=False) if name else TextLexer(stripnl=False)
    except ClassNotFound:
        return TextLexer(stripnl=False)


@cache
def _formatter() -> HtmlFormatter[str]:
    return HtmlFormatter(cssclass="highlight", wrapcode=True)


class _Sanitise(Postprocessor):
    """Leaves of the finished HTML what a note may use."""

    def run(self, text: str) -> str:
        return sanitised(text)


def sanitised(html: str) -> str:
    """`html` with everything gone that is not on the list of what is allowed."""
    return _cleaner().clean(html)


@cache
def _cleaner() -> nh3.Cleaner:
    attributes = {name: set(allowed) for name, allowed in ATTRIBUTES.items()}
    attributes["*"] -= {"markdown"}
    attributes |= {tag: set(_MATH_ATTRIBUTES) for tag in MATH_TAGS}
    attributes |= {"input": {"checked", "disabled"}}  # task lists; a note's own `<input>` is text by now
    for cell in ("td", "th"):
        attributes[cell] |= {"style"}
    return nh3.Cleaner(
        tags=set(SAFE_TAGS | MATH_TAGS | {"input"}),
        attributes=attributes,
        attribute_filter=_harmless,
        tag_attribute_values={"input": {"type": {"checkbox"}}},
        filter_style_properties=set(_STYLES),
        url_schemes=set(SAFE_SCHEMES),
        link_rel=None,
    )


def _harmless(_: str, name: str, value: str) -> str | None:
    """A note takes neither the classes with which the theme lays things over a page, nor the ids of its switches."""
    if name == "class":
        return " ".join(word for word in value.split() if not word.startswith("md-")) or None
    if name == "id":
        return None if value.startswith("__") else value
    return value


class ReadinglogExtension(Extension):
    """All that the text of a note needs, in one extension."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.registerExtensions(list(_EXTENSIONS), {"pymdownx.tilde": {"subscript": False}})
        md.registerExtensions(
            [TocExtension(slugify=lambda text, _: anchor(text), permalink="¶", permalink_title="Link to this heading")], {}
        )
        for registry, names in (
            (md.preprocessors, ("html_block", "fenced_code_block")),
            (md.inlinePatterns, ("html", "backtick")),
            (md.parser.blockprocessors, ("code", "hashheader", "setextheader")),
        ):
            for name in names:
                if name in registry:
                    registry.deregister(name)
        md.parser.blockprocessors.register(_Header(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_Underlined(md.parser), "setextheader", 60)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.preprocessors.register(_TakeOut(md), "readinglog", 29)  # right after white space is normalised
        md.preprocessors.register(_SetListsApart(md), "lists_apart", 28)
        md.postprocessors.register(_Sanitise(md), "sanitise", 0)
        md.ESCAPED_CHARS += [mark for mark in punctuation if mark not in md.ESCAPED_CHARS]  # as everywhere else: `\$` is a dollar


def makeExtension(**_: object) -> ReadinglogExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls to load the extension by its name."""
    return ReadinglogExtension()
