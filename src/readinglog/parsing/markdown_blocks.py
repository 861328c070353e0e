"""From the tree of blocks to Python-Markdown's tree of elements.

A preprocessor writes the document again so that no rule of Python-Markdown's own can read it
otherwise: each block stands apart, and each container, heading and rule is one line, a mark for
which a block processor builds the element. So a list is one block to the extensions of a user,
wherever it stands; and what stands in an item is parsed by all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest
from textwrap import indent
from typing import TYPE_CHECKING, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.footnotes import FootnoteTreeprocessor
from markdown.preprocessors import Preprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX
from markupsafe import Markup

from readinglog.model.html_policy import BLOCK_TAGS
from readinglog.model.note import mask_text
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block
from readinglog.parsing.blocks import parse_blocks
from readinglog.parsing.callouts import Callout, read_callout
from readinglog.parsing.definitions import Definition, find_definitions
from readinglog.parsing.footnotes import find_inline_footnotes
from readinglog.parsing.formulas import Formula, find_formulas
from readinglog.parsing.headings import find_heading_text
from readinglog.parsing.leaf_blocks import split_cells
from readinglog.parsing.links import unescape_address
from readinglog.parsing.markdown_attributes import PlainAttributes
from readinglog.parsing.markdown_words import CALLOUT, Words
from readinglog.parsing.region_html import render_code_block, render_html_block, render_region

if TYPE_CHECKING:
    from readinglog.model.note import Region
    from readinglog.parsing.latex.macros import Macros

# What Python-Markdown and the extensions of ours would find in other places than our parser.
_OTHER_BLOCKS = (
    "indent",
    "code",
    "table",
    "hashheader",
    "setextheader",
    "hr",
    "olist",
    "ulist",
    "quote",
    "defindent",
    "deflist",
    "admonition",
    "details",
    "markdown_block",
    "reference",
)
_OTHER_PREPROCESSORS = ("html_block", "fenced_code_block")
_MARK = re.compile(rf"{STX}rl:(\d+){ETX}")
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_ALIGNMENTS = {
    (False, False): "",
    (True, False): "left",
    (False, True): "right",
    (True, True): "center",
}
_FOOTNOTE_USE = re.compile(r"\[\^([^\[\]]+)\]")


@dataclass(frozen=True, slots=True)
class _Built:
    """An element to build: its own text, and the Markdown of its blocks, or other elements."""

    tag: str
    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    blocks: tuple[str, ...] = ()
    parts: tuple[_Built, ...] = ()
    is_tight: bool = False


def _read_alignment(delimiter: str) -> str:
    """Return how the row of dashes below its head has a column aligned, or ''."""
    return _ALIGNMENTS[delimiter.startswith(":"), delimiter.endswith(":")]


def _make_row(tag: str, line: str, styles: Sequence[str]) -> _Built:
    """Return a row of a table; one that has too few cells is filled up."""
    cells = split_cells(line)
    cells += [""] * (len(styles) - len(cells))
    aligned = zip_longest(cells, styles, fillvalue="")
    parts = (
        _Built(tag, cell, (("style", f"text-align: {style};"),) if style else ())
        for cell, style in aligned
    )
    return _Built("tr", parts=tuple(parts))


class _Separator(Preprocessor):
    """Writes a text again as blocks that stand apart."""

    def __init__(self, md: Markdown, macros: Macros, words: Words) -> None:
        super().__init__(md)
        self.built: list[_Built] = []
        self.macros = macros
        self.words = words
        self.plain_texts: dict[int, Callable[[], str]] = {}  # of what is taken out of lines

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        self.built.clear()
        self.plain_texts.clear()
        document = parse_blocks(text, Span(0, len(text)))
        regions = document.list_regions()
        formulas = find_formulas(text, regions, self.macros)
        writer = _Writer(text, formulas, self.md, self.built, self.words)
        masked = mask_text(text, Span(0, 0), regions)
        for paragraph, definition in find_definitions(text, masked, document):
            writer.take_out(paragraph, definition)
        written = "\n\n".join(writer.write_all(document.children))
        self.plain_texts |= writer.plain_texts
        writer.set_footnotes()
        return written.split("\n")


class _Writer:
    """Writes blocks as Markdown for Python-Markdown; what is built later goes to `built`."""

    def __init__(
        self,
        text: str,
        formulas: Sequence[Formula],
        md: Markdown,
        built: list[_Built],
        words: Words,
    ) -> None:
        self.text = text
        self.formulas = {formula.region: formula for formula in formulas}
        self.md = md
        self.built = built
        self.words = words
        self.plain_texts: dict[int, Callable[[], str]] = {}
        self.footnotes: dict[str, str] = {}
        self.footnote_uses: list[str] = []
        self.definition_rows: dict[Block, set[int]] = {}

    def take_out(self, paragraph: Block, definition: Definition) -> None:
        """Have references mean what a definition in a paragraph says, which is not shown."""
        address = unescape_address(self.text[slice(*definition.address)])
        title = unescape_address(self.text[slice(*definition.title)]) if definition.title else ""
        self.md.references.setdefault(definition.key, (address, title))
        self.definition_rows.setdefault(paragraph, set()).update(definition.rows)

    def write_all(self, blocks: Sequence[Block]) -> tuple[str, ...]:
        """Return the Markdown of blocks; some have none."""
        return tuple(filter(None, map(self._write, blocks)))

    def _write(self, block: Block) -> str:
        match block.kind:
            case "paragraph" if block in self.definition_rows:
                return "\n\n".join(map(self._write_text, self._split_at_definitions(block)))
            case "paragraph":
                return self._write_text(block)
            case "fence" if block.is_formula:
                return self._write_region(block.make_region(), block)
            case "fence" | "code":
                return self.md.htmlStash.store(render_code_block(block, self.text, self.words))
            case "html":
                return self.md.htmlStash.store(render_html_block(block, self.text))
            case "comment":
                return ""
            case "tab":
                inside = "\n\n".join(self.write_all(block.children))
                return f"{block.detail}\n{indent(inside, '    ')}"
            case "footnote":
                self.footnotes.setdefault(block.detail, "\n\n".join(self.write_all(block.children)))
                return ""
        self.built.append(self._make_element(block))
        return f"{STX}rl:{len(self.built) - 1}{ETX}"

    def _make_element(self, block: Block) -> _Built:
        match block.kind:
            case "heading":
                end = find_heading_text(block, self.text).end
                return _Built(f"h{block.level}", self._write_text(block, end))
            case "rule":
                return _Built("hr")
            case "table":
                return self._make_table(block)
            case "list":
                return self._make_list(block)
            case "definitions":
                return _Built("dl", parts=tuple(map(self._make_definition, block.children)))
        if callout := read_callout(block):
            return self._make_callout(block, callout)
        return _Built("blockquote", blocks=self.write_all(block.children))

    def _make_list(self, block: Block) -> _Built:
        is_tight = block.is_tight
        items = (
            _Built("li", blocks=self.write_all(item.children), is_tight=is_tight)
            for item in block.children
        )
        if block.detail in "-*+":
            return _Built("ul", parts=tuple(items))
        attributes = () if block.level == 1 else (("start", str(block.level)),)
        return _Built("ol", attributes=attributes, parts=tuple(items))

    def _make_table(self, block: Block) -> _Built:
        lines = self._write_text(block).split("\n")
        styles = tuple(map(_read_alignment, split_cells(lines[1])))
        head = _Built("thead", parts=(_make_row("th", lines[0], styles),))
        if len(lines) == 2:
            return _Built("table", parts=(head,))
        rows = tuple(_make_row("td", line, styles) for line in lines[2:])
        return _Built("table", parts=(head, _Built("tbody", parts=rows)))

    def _make_definition(self, block: Block) -> _Built:
        if block.kind == "term":
            return _Built("dt", self._write_text(block))
        is_tight = not any(each.is_spaced for each in (block, *block.children[1:]))
        return _Built("dd", blocks=self.write_all(block.children), is_tight=is_tight)

    def _make_callout(self, block: Block, callout: Callout) -> _Built:
        first = block.children[0] if block.children else None
        kind = CALLOUT.format(callout.title.lower())
        title, children = self.words.get(kind, callout.title), block.children
        if first and first.kind == "title":
            title, children = self._write_text(first) or title, children[1:]
        blocks = self.write_all(children)
        if callout.fold:
            is_open = (("open", "open"),) if callout.fold == "+" else ()
            attributes = (("class", callout.classes), *is_open)
            summary = _Built("summary", title)
            return _Built("details", attributes=attributes, parts=(summary,), blocks=blocks)
        shown = _Built("p", title, (("class", "admonition-title"),))
        classes = (("class", f"admonition {callout.classes}"),)
        return _Built("div", "", classes, blocks, (shown,) if title else ())

    def _split_at_definitions(self, paragraph: Block) -> Iterator[Block]:
        """Yield what is left of a paragraph without the lines of its definitions.

        The block of a plugin stays one, whose first and last line belong together.
        """
        hidden = self.definition_rows[paragraph]
        numbers = range(len(paragraph.rows))
        groups = groupby(numbers, hidden.__contains__)
        shown = [list(group) for is_hidden, group in groups if not is_hidden]
        if paragraph.detail:
            shown = [[number for number in numbers if number not in hidden]]
        for group in shown:
            part = Block("paragraph", paragraph.start)
            part.rows = [paragraph.rows[number] for number in group]
            part.regions = [
                region
                for region in paragraph.regions
                if any(row.start <= region.start < row.end for row in part.rows)
            ]
            yield part

    # Text
    # -------------------------------------------------------------------------

    def _write_text(self, leaf: Block, end: int | None = None) -> str:
        """Return the text of a leaf up to `end`, with marks in place of its regions."""
        parts: list[str] = []
        regions = iter(leaf.regions)
        region = next(regions, None)
        done = 0  # up to where regions have taken the text
        for row in leaf.rows:
            at, row_end = row.start, row.end if end is None else min(row.end, end)
            if done <= at:
                parts.append("\n")
            at = max(at, done)
            while region and region.start < row_end:
                parts += (self.text[at : region.start], self._write_region(region, leaf))
                at = done = region.end
                region = next(regions, None)
            parts.append(self.text[at:row_end])
        written = "".join(parts).strip("\n")
        if "^[" in written:
            written = self._move_footnotes(written)
        if "[^" in written:
            self.footnote_uses += _FOOTNOTE_USE.findall(written)
        return written

    def _write_region(self, region: Region, leaf: Block) -> str:
        formula = self.formulas.get(region)
        html = render_region(region, self.text, formula)
        if leaf.kind == "table" and region.kind == "span":
            html = Markup(html.replace(r"\|", "|"))  # noqa: S704 - a bar that is no cell's end
        if html:
            number = self.md.htmlStash.html_counter
            self.plain_texts[number] = formula.to_text if formula else html.striptags
            return self.md.htmlStash.store(html)
        # The line that a comment starts on stays apart from the one that it ends on.
        return "\n" if "\n" in self.text[region.start : region.end] else ""

    # Footnotes
    # -------------------------------------------------------------------------

    def _move_footnotes(self, written: str) -> str:
        """Move the footnotes that stand in the text to the others, and leave their marks."""
        parts: list[str] = []
        done = 0
        for start, end in find_inline_footnotes(written):
            name = f"inline-{len(self.footnotes) + 1}"
            self.footnotes[name] = written[start + 2 : end - 1]
            parts += (written[done:start], f"[^{name}]")
            done = end
        return "".join((*parts, written[done:]))

    def set_footnotes(self) -> None:
        """Have the footnotes shown, in the order in which the text first refers to them."""
        processor = cast("FootnoteTreeprocessor", self.md.treeprocessors["footnote"])
        used = [name for name in dict.fromkeys(self.footnote_uses) if name in self.footnotes]
        for name in dict.fromkeys((*used, *self.footnotes)):
            processor.footnotes.setFootnote(name, self.footnotes[name])


class _Builder(BlockProcessor):
    """Builds the elements that marks stand for."""

    def __init__(self, md: Markdown, built: list[_Built]) -> None:
        super().__init__(md.parser)
        self._built = built

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - Python-Markdown's signature
        return _MARK.match(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        if found := _MARK.match(block):
            self._build(self._built[int(found[1])], parent)
            if rest := block[found.end() :].lstrip("\n"):
                blocks.insert(0, rest)

    def _build(self, built: _Built, parent: Element) -> None:
        element = SubElement(parent, built.tag, dict(built.attributes))
        if built.text:
            element.text = built.text
        for part in built.parts:
            self._build(part, element)
        if built.blocks:
            self.parser.state.set("looselist")  # each paragraph is an element of its own
            self.parser.parseBlocks(element, list(built.blocks))
            self.parser.state.reset()
        if built.is_tight:
            self._unwrap_paragraphs(element)

    def _unwrap_paragraphs(self, item: Element) -> None:
        """Make text of the paragraphs in an item of a list without blank lines."""
        last: Element | None = None
        for child in list(item):
            if child.tag != "p" or child.attrib or len(child) or self._is_stashed_block(child):
                last = child
                continue
            item.remove(child)
            text = (child.text or "").rstrip(" ")  # no hard break is at the end of a block
            if last is None:
                item.text = "\n".join(filter(None, (item.text, text)))
            else:
                last.tail = "\n".join(filter(None, (last.tail, text)))

    def _is_stashed_block(self, paragraph: Element) -> bool:
        """Return whether a paragraph is the mark of a block of code or of HTML and nothing else."""
        found = HTML_PLACEHOLDER_RE.fullmatch((paragraph.text or "").strip())
        if found is None:
            return False
        tag = _TAG_NAME.match(str(self.parser.md.htmlStash.rawHtmlBlocks[int(found[1])]))
        return tag is not None and tag[1].lower() in BLOCK_TAGS


def register(md: Markdown, macros: Macros, words: Words) -> None:
    """Have Python-Markdown read blocks by our parser; `macros` are those of the log."""
    for registry, names in (
        (md.preprocessors, _OTHER_PREPROCESSORS),
        (md.parser.blockprocessors, _OTHER_BLOCKS),
    ):
        for name in names:
            if name in registry:
                registry.deregister(name)
    separator = _Separator(md, macros, words)
    # Right after white space is normalised.
    md.preprocessors.register(separator, "readinglog", 29)
    md.parser.blockprocessors.register(_Builder(md, separator.built), "readinglog", 200)
    # After titles of images have become captions, which show formulas.
    md.treeprocessors.register(PlainAttributes(md, separator.plain_texts), "plain_attributes", 6.5)
