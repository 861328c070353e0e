"""The Markdown extension that renders notes inside either engine.

Code, math, comments and raw HTML are taken out by the scanner that checked them, before Python-Markdown sees the text;
what it makes of the rest, with all that was taken out put back, is sanitised as a whole.
"""

from __future__ import annotations

import re
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
from readinglog.parsing.headings import UNDERLINED
from readinglog.parsing.region_html import render_region
from readinglog.parsing.regions import find_regions
from readinglog.parsing.sanitizer import sanitize

if TYPE_CHECKING:
    from markdown.blockparser import State

    from readinglog.model.note import Region

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

_WORDS = r"[^\n ]*+(?:[ ]++(?!#*+[ ]*+(?:\n|$))[^\n ]++)*+"  # up to the marks that close a heading


class _Header(HashHeaderProcessor):
    """`# Heading` with a space, as everywhere else: `#moe` at the start of a line is a word."""

    RE = re.compile(
        rf"(?:^|\n)[ ]{{0,3}}(?P<level>#{{1,6}})(?=[ \n]|$)(?P<header>{_WORDS})(?:[ ]+#+)?[ ]*(?:\n|$)"
    )


class _Underlined(BlockProcessor):
    """A heading that is underlined, by the scanner's own rule, and not within a list item."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown's signature
        found = UNDERLINED.match(block)
        return (
            found is not None
            and found["level"] is not None
            and not self._is_formula(found["text"])
            and not _in_list(self.parser.state)
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        title, underline, *rest = blocks.pop(0).split("\n")
        SubElement(parent, "h1" if underline.strip()[0] == "=" else "h2").text = title.strip()
        if rest:
            blocks.insert(0, "\n".join(rest))

    def _is_formula(self, title: str) -> bool:
        found = HTML_PLACEHOLDER_RE.fullmatch(title.strip())
        return found is not None and str(
            self.parser.md.htmlStash.rawHtmlBlocks[int(found[1])]
        ).startswith("<math display")


def _in_list(state: State[str]) -> bool:
    return not {"list", "looselist", "detabbed"}.isdisjoint(state)


class _AttributeLists(AttrListTreeprocessor):
    """`{#id .class key=value}`, and nothing else in braces: a set, or a template's `{% %}`, is text."""

    HEADER_RE = re.compile(rf"(?<![ ])[ ]++{_LIST}[ ]*$")  # type: ignore[misc]  # the stubs say Final; a subclass is the only way in
    BLOCK_RE = re.compile(rf"\n[ ]*{_LIST}[ ]*$")  # type: ignore[misc]
    INLINE_RE = re.compile(rf"^{_LIST}")  # type: ignore[misc]


class _TakeOut(Preprocessor):
    """Puts every region aside as finished HTML and leaves a mark in its place."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        parts: list[str] = []
        done = 0
        for region in find_regions(text, Span(0, len(text))):
            parts += (text[done : region.start], self._mark(region, text))
            done = region.end
        return "".join((*parts, text[done:])).split("\n")

    def _mark(self, region: Region, text: str) -> str:
        made = render_region(region, text)
        if not made:  # the line that a comment starts on stays apart from the one that it ends on
            apart = "\n" in text[region.start : region.end] and text[
                region.end : region.end + 1
            ] not in ("", "\n")
            return "\n" if apart else ""
        mark: str = self.md.htmlStash.store(str(made))
        line = text[text.rfind("\n", 0, region.start) + 1 : region.start]
        if not _LEAD.match(line) or (
            region.kind not in _BLOCKS and region.detail not in BLOCK_TAGS
        ):
            return mark
        quote = line[
            : line.rfind(">") + 1
        ]  # a block of its own, within the quote or list item that it stands in
        return f"{mark}\n{quote}" if line.strip(" \t>") else f"\n{line}{mark}\n{quote}"


class _SetListsApart(Preprocessor):
    """A list may follow a paragraph without a blank line between, as in every other Markdown."""

    def run(self, lines: list[str]) -> list[str]:
        apart: list[str] = []
        first, level = (
            "",
            0,
        )  # the first line since a blank one, without its quote marks, and how many those are
        for line in lines:
            quoted = _QUOTED.match(line)
            quote = quoted[0] if quoted else ""
            inside = line[len(quote) :].removeprefix(" ") if quote else line
            if quote.count(">") != level or not inside.strip() or not first:
                apart += (
                    [quote]
                    if first and quote.count(">") < level and _ITEM_MARK.match(inside)
                    else []
                )
                first, level = inside.rstrip(), quote.count(">")
            elif (item := _ITEM_MARK.match(inside)) and self._begins_list(item, inside, first):
                apart.append(quote)
                first = inside
            apart.append(line)
        return apart

    def _begins_list(self, item: re.Match[str], line: str, first: str) -> bool:
        """Whether an item starts a list of its own; `2024. was` goes on with a sentence."""
        if before := _ITEM_MARK.match(first):
            return (
                _width(line) == _width(first)
                and before["mark"][-1:] != item["mark"][-1:]
                and "." in before["mark"] + item["mark"]
            )
        return item["mark"] in ("-", "*", "+", "1.") or _width(first) > _width(line)


def _width(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


class _RemoteImages(Treeprocessor):
    """An image of another host becomes a link to it: the page itself asks no other host for anything."""

    def run(self, root: Element) -> None:
        within = {
            image for link in root.iter("a") for image in link.iter("img")
        }  # no link can stand in another
        for image in list(root.iter("img")):
            if is_external(address := image.get("src", "")):
                titled = {"title": title} if (title := image.get("title")) else {}
                image.text = image.get("alt") or address
                image.tag, image.attrib = (
                    ("span", titled) if image in within else ("a", {"href": address} | titled)
                )


class _Figures(Treeprocessor):
    """An image that stands alone and has a title becomes a figure with that caption."""

    def run(self, root: Element) -> None:
        for paragraph in list(root.iter("p")):
            if (
                len(paragraph) == 1
                and not (paragraph.text or "").strip()
                and not (paragraph[0].tail or "").strip()
            ):
                image = paragraph[0]
                if image.tag == "img" and (caption := image.attrib.pop("title", "")):
                    paragraph.tag, image.tail = "figure", None
                    SubElement(paragraph, "figcaption").text = caption


class _Sanitise(Postprocessor):
    """Leaves of the finished HTML what a note may use; then gives tables room to scroll, and boxes of tasks a name."""

    def run(self, text: str) -> str:
        clean = (
            sanitize(text)
            .replace("<table>", '<div class="rl-scroll"><table class="rl-grid">')
            .replace("</table>", "</table></div>")
        )
        return _BOX.sub(
            lambda box: (
                f'<input aria-label="{"done" if "checked" in box[1] else "to do"}"{box[1]}>'
            ),
            clean,
        )


class ReadinglogExtension(Extension):
    """All that the text of a note needs, in one extension."""

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
        md.parser.blockprocessors.register(_Header(md.parser), "hashheader", 70)
        md.parser.blockprocessors.register(_Underlined(md.parser), "setextheader", 60)
        md.treeprocessors.register(_AttributeLists(md), "attr_list", 8)
        md.treeprocessors.register(_RemoteImages(md), "remote_images", 7.5)
        md.treeprocessors.register(
            _Figures(md), "figures", 7
        )  # after the attributes, which may stand behind the image
        md.preprocessors.register(
            _TakeOut(md), "readinglog", 29
        )  # right after white space is normalised
        md.preprocessors.register(_SetListsApart(md), "lists_apart", 28)
        md.postprocessors.register(_Sanitise(md), "sanitise", 0)
        md.ESCAPED_CHARS += [
            mark for mark in punctuation if mark not in md.ESCAPED_CHARS
        ]  # as everywhere else: `\$` is a dollar


def makeExtension(**_: object) -> ReadinglogExtension:  # noqa: N802 - Python-Markdown's name
    """What Python-Markdown calls to load the extension by its name."""
    return ReadinglogExtension()
