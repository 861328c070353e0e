"""The Markdown extension that renders notes inside either engine.

Code, math, comments and raw HTML are taken out by the scanner that checks them, before
Python-Markdown sees the text; what it makes of the rest, with all of that put back, is sanitised
as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import punctuation
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown import Extension, Markdown
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.extensions.toc import TocExtension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from readinglog.model.html_policy import BLOCK_TAGS
from readinglog.model.identifiers import is_external
from readinglog.model.slugs import make_anchor
from readinglog.model.text import Span
from readinglog.parsing.formulas import find_formulas
from readinglog.parsing.headings import UNDERLINED_HEADING_PATTERN
from readinglog.parsing.latex.macros import read_macros
from readinglog.parsing.region_html import render_region
from readinglog.parsing.regions import find_regions
from readinglog.parsing.sanitizer import sanitize

if TYPE_CHECKING:
    from markdown.blockparser import State

    from readinglog.model.note import Region
    from readinglog.parsing.formulas import Formula
    from readinglog.parsing.latex.macros import Macros

_EXTENSIONS = (
    "tables",
    "footnotes",
    "attr_list",
    "def_list",
    "sane_lists",
    "pymdownx.tilde",
    "pymdownx.tasklist",
)
_BLOCKS = frozenset({"fence", "code"})
_LEAD = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*\Z")
_QUOTED = re.compile(r"(?:[ ]{0,3}>)+")
_ITEM_MARK = re.compile(r"[ ]*(?P<mark>[-*+]|\d{1,9}\.)[ ]+\S(?!(?:[ ]*[-*])+[ ]*$)")
_BOX = re.compile(r"<input\b([^>]*)>")
_ITEM = r"""(?:[#.][^\s{}=]+|[\w-]+=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"'=]+))"""
_LIST = rf"\{{:?[ ]*({_ITEM}(?:[ ]+{_ITEM})*[ ]*)\}}"

_WORDS = (
    r"[^\n ]*+(?>(?:[ ]++(?!#*+[ ]*+(?:\n|$))[^\n ]++)*)"  # up to the marks that close a heading
)


class _HashHeading(HashHeaderProcessor):
    """`# Heading` with a space, as everywhere else: `#moe` at the start of a line is a word."""

    RE = re.compile(
        rf"(?:^|\n)[ ]{{0,3}}(?P<level>#{{1,6}})(?=[ \n]|$)(?P<header>{_WORDS})"
        r"(?:[ ]+#+)?[ ]*(?:\n|$)"
    )


class _UnderlinedHeading(BlockProcessor):
    """A heading that is underlined, by the scanner's own rule, and not within a list item."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown's signature
        found = UNDERLINED_HEADING_PATTERN.match(block)
        if found is None or found["level"] is None or _is_in_list(self.parser.state):
            return False
        return not self._is_formula(found["text"])

    def run(self, parent: Element, blocks: list[str]) -> None:
        title, underline, *rest = blocks.pop(0).split("\n")
        SubElement(parent, "h1" if underline.strip()[0] == "=" else "h2").text = title.strip()
        if rest:
            blocks.insert(0, "\n".join(rest))

    def _is_formula(self, title: str) -> bool:
        found = HTML_PLACEHOLDER_RE.fullmatch(title.strip())
        if found is None:
            return False
        stashed = self.parser.md.htmlStash.rawHtmlBlocks[int(found[1])]
        return str(stashed).startswith("<math display")


def _is_in_list(state: State[str]) -> bool:
    return not {"list", "looselist", "detabbed"}.isdisjoint(state)


class _AttributeLists(AttrListTreeprocessor):
    """`{#id .class key=value}` and nothing else: a set, or a template's `{% %}`, is text."""

    # The stubs say Final; a subclass is the only way in.
    HEADER_RE = re.compile(rf"(?<![ ])[ ]++{_LIST}[ ]*$")  # type: ignore[misc]
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]


class _StashRegions(Preprocessor):
    """Puts every region aside as finished HTML and leaves a mark in its place."""

    def __init__(self, md: Markdown, macros: Macros) -> None:
        super().__init__(md)
        self.macros = macros

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts: list[str] = []
        done = 0
        regions = find_regions(text, Span(0, len(text)))
        formulas = {
            formula.region: formula for formula in find_formulas(text, regions, self.macros)
        }
        for region in regions:
            parts += (text[done : region.start], self._stash(region, text, formulas.get(region)))
            done = region.end
        return "".join((*parts, text[done:])).split("\n")

    def _stash(self, region: Region, text: str, formula: Formula | None) -> str:
        """Return what stays in the place of `region`."""
        html = render_region(region, text, formula)
        if not html:  # the line that a comment starts on stays apart from the one that it ends on
            ends_in_line = text[region.end : region.end + 1] not in ("", "\n")
            return "\n" if ends_in_line and "\n" in text[region.start : region.end] else ""
        mark: str = self.md.htmlStash.store(str(html))
        line = text[text.rfind("\n", 0, region.start) + 1 : region.start]
        is_block = region.kind in _BLOCKS or region.detail in BLOCK_TAGS
        if not is_block or not _LEAD.match(line):
            return mark
        # A block of its own, within the quote or list item that it is in.
        quote = line[: line.rfind(">") + 1]
        return f"{mark}\n{quote}" if line.strip(" \t>") else f"\n{line}{mark}\n{quote}"


class _SeparateLists(Preprocessor):
    """A list may follow a paragraph without a blank line between, as in every other Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        apart: list[str] = []
        # The first line since a blank one, without its quote marks, and how many those are.
        first, level = "", 0
        for line in lines:
            quoted = _QUOTED.match(line)
            quote = quoted[0] if quoted else ""
            inside = line[len(quote) :].removeprefix(" ") if quote else line
            if quote.count(">") != level or not inside.strip() or not first:
                if first and quote.count(">") < level and _ITEM_MARK.match(inside):
                    apart.append(quote)
                first, level = inside.rstrip(), quote.count(">")
            elif (item := _ITEM_MARK.match(inside)) and _begins_list(item, inside, first):
                apart.append(quote)
                first = inside
            apart.append(line)
        return apart


def _begins_list(item: re.Match[str], line: str, first: str) -> bool:
    """Return whether an item starts a list of its own; `2024. was` goes on with a sentence."""
    mark = item["mark"]
    before = _ITEM_MARK.match(first)
    if before is None:
        return mark in ("-", "*", "+", "1.") or _measure_indent(first) > _measure_indent(line)
    if _measure_indent(line) != _measure_indent(first):
        return False
    return before["mark"][-1:] != mark[-1:] and "." in before["mark"] + mark


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _RemoteImages(Treeprocessor):
    """An image of another host becomes a link to it: the page itself loads nothing from there."""

    def run(self, root: Element) -> None:
        linked = {image for link in root.iter("a") for image in link.iter("img")}
        for image in list(root.iter("img")):
            address, title = image.get("src", ""), image.get("title")
            if not is_external(address):
                continue
            image.text = image.get("alt") or address
            image.attrib = {"title": title} if title else {}
            if image in linked:  # no link can be in another
                image.tag = "span"
            else:
                image.tag = "a"
                image.attrib["href"] = address


class _Figures(Treeprocessor):
    """An image that stands alone and has a title becomes a figure with that caption."""

    def run(self, root: Element) -> None:
        for paragraph in list(root.iter("p")):
            if len(paragraph) != 1 or (paragraph.text or "").strip():
                continue
            image = paragraph[0]
            if image.tag != "img" or (image.tail or "").strip():
                continue
            if caption := image.attrib.pop("title", ""):
                paragraph.tag, image.tail = "figure", None
                SubElement(paragraph, "figcaption").text = caption


class _Sanitise(Postprocessor):
    """Leaves of the finished HTML what a note may use.

    Then tables are given room to scroll, and boxes of tasks a name.
    """

    def run(self, text: str) -> str:
        clean = (
            sanitize(text)
            .replace("<table>", '<div class="rl-scroll"><table class="rl-grid">')
            .replace("</table>", "</table></div>")
        )
        return _BOX.sub(_name_box, clean)


def _name_box(box: re.Match[str]) -> str:
    name = "done" if "checked" in box[1] else "to do"
    return f'<input aria-label="{name}"{box[1]}>'


class ReadinglogExtension(Extension):
    """All that the text of a note needs, in one extension.

    `macros` are those of the log, as `read_macros` reads them.
    """

    def __init__(self, macros: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self._macros = read_macros(macros or {})

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.registerExtensions(list(_EXTENSIONS), {"pymdownx.tilde": {"subscript": False}})
        md.registerExtensions(
            [
                TocExtension(
                    slugify=lambda text, _: make_anchor(text),
                    permalink="¶",
                    permalink_title="Link to this heading",
                )
            ],
            {},
        )
        for registry, names in (
            (md.preprocessors, ("html_block", "fenced_code_block")),
            (md.inlinePatterns, ("html", "backtick")),
            (md.parser.blockprocessors, ("code", "hashheader", "setextheader")),
        ):
            for name in names:
                if name in registry:
                    registry.deregister(name)
        md.parser.blockprocessors.register(_HashHeading(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_UnderlinedHeading(md.parser), "setextheader", 60)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(_RemoteImages(md), "remote_images", 7.5)
        # After the attributes, which may be behind the image.
        md.treeprocessors.register(_Figures(md), "figures", 7)
        # Right after white space is normalised.
        md.preprocessors.register(_StashRegions(md, self._macros), "readinglog", 29)
        md.preprocessors.register(_SeparateLists(md), "lists_apart", 28)
        md.postprocessors.register(_Sanitise(md), "sanitise", 0)
        # As everywhere else: `\$` is a dollar.
        md.ESCAPED_CHARS += [mark for mark in punctuation if mark not in md.ESCAPED_CHARS]


def makeExtension(  # noqa: N802 - Python-Markdown's name
    macros: Mapping[str, str] | None = None, **_: object
) -> ReadinglogExtension:
    """Return the extension: Python-Markdown calls this to load it by its module's name."""
    return ReadinglogExtension(macros)
