"""The blocks of a body, read line by line by CommonMark's rules.

One reading for all: the checker takes headings, code and what may hold links from the tree of
blocks, and the Markdown extension makes the page of the same tree.

Dialect: GFM (tables below a line of text too), with footnotes, definitions (`: `), callouts
(`> [!note]`), and the blocks of Material, whose content is indented by four (`!!! note`,
`??? note`, `=== "Tab"`). A comment or a formula that begins a line goes on to its end. An element
of HTML ends at a blank line, or with the line that closes it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from readinglog.model.text import Span
from readinglog.parsing.block_builder import CODE_INDENT, BlockBuilder, Start
from readinglog.parsing.block_tree import REGION_KINDS, Block, Row
from readinglog.parsing.container_blocks import (
    start_admonition,
    start_callout,
    start_definition,
    start_footnote,
    start_item,
    start_quote,
    start_tab,
)
from readinglog.parsing.leaf_blocks import (
    start_heading,
    start_plugin_block,
    start_rule,
    start_table,
    underline_heading,
)
from readinglog.parsing.regions import find_inline_regions, find_mark
from readinglog.parsing.verbatim_blocks import (
    continue_verbatim,
    start_code,
    start_comment,
    start_fence,
    start_html,
)

_LOCKED = frozenset({"paragraph", "comment"})  # what goes on to where a mark in it is closed
# The containers that a paragraph in them keeps open by a line without their marks.
_LAZY = frozenset({"quote", "list", "item", "footnote", "definitions", "definition"})
# What may begin a block, by the first character of a line's text.
_STARTS: Mapping[str, tuple[Callable[[BlockBuilder, int], Start], ...]] = {
    ">": (start_quote,),
    "#": (start_heading,),
    "`": (start_fence,),
    "~": (start_fence,),
    "<": (start_html,),
    "-": (underline_heading, start_table, start_rule, start_item),
    "=": (underline_heading, start_tab),
    "|": (start_table,),
    ":": (start_table, start_definition),
    "*": (start_rule, start_item),
    "_": (start_rule,),
    "+": (start_item,),
    "[": (start_footnote, start_callout),
    "!": (start_admonition,),
    "?": (start_admonition,),
    "%": (start_comment,),
    "/": (start_plugin_block,),
    **dict.fromkeys("0123456789", (start_item,)),
}


def parse_blocks(text: str, body: Span) -> Block:
    """Return the document that `text` is within `body`, with the regions of each leaf."""
    document = _Parser(text, body).parse()
    mark = find_mark(text, body.start, body.end)
    for block in document.walk():
        if block.rows and block.kind not in REGION_KINDS:
            start, end = block.rows[0].start, block.rows[-1].end
            if mark < start:
                mark = find_mark(text, start, body.end)
            if mark < end:
                _find_regions(block, text)
    return document


def _find_regions(leaf: Block, text: str) -> None:
    """Find the regions within a leaf; those of a table reach over no line of it."""
    if leaf.kind == "table":
        for row in leaf.rows:
            leaf.regions += find_inline_regions(text, row.start, row.end)
    else:
        leaf.regions += find_inline_regions(text, leaf.rows[0].start, leaf.rows[-1].end)


class _Parser(BlockBuilder):
    """Reads a body line by line."""

    def parse(self) -> Block:
        text, start, end = self.text, *self.body
        while start < end:
            line_break = text.find("\n", start, end)
            stop = line_break if line_break >= 0 else end
            line_end = stop - (stop > start and text[stop - 1] == "\r")
            self._read_line(start, line_end)
            start = stop + 1
        return self.document

    def _read_line(self, start: int, end: int) -> None:
        leaf = self.leaf
        if leaf and start < self.locked and leaf.kind in _LOCKED:
            self.extend(leaf, Row(start, end))
            if leaf.kind == "comment" and end >= self.locked:
                self.leaf = None
            return
        if self._skip_plain_line(start, end):
            return
        cursor = self.cursor
        cursor.start(start, end)
        depth = self._match_containers()
        if leaf and leaf.kind in REGION_KINDS:
            if depth == len(self.open) and continue_verbatim(self, leaf):
                return
            self.leaf = None
        if not cursor.is_blank:
            self._read_blocks(depth)
            return
        del self.open[depth:]
        self.leaf = None
        self.note_blank_line()

    def _skip_plain_line(self, start: int, end: int) -> bool:
        """Take in a line outside of containers that is empty or begins with a letter: most do."""
        leaf = self.leaf
        if len(self.open) > 1 or (leaf and (leaf.kind in REGION_KINDS or leaf.detail)):
            return False
        if start == end:
            self.leaf = None
            self.is_spaced, self.blank_depth = True, 0
            return True
        if not self.text[start].isalpha():
            return False
        if leaf is None:
            leaf = self.leaf = self.add("paragraph", 1, start)
        leaf.rows.append(Row(start, end))
        leaf.end = end
        self.is_spaced = False
        if self.next_display < end:
            self.lock_display(start, end)
        return True

    def _match_containers(self) -> int:
        """Step over the marks of the containers that the line goes on with; return how many."""
        depth = 1
        self.quote_depth = 0
        cursor = self.cursor
        for block in self.open[1:]:
            if block.width:
                if cursor.is_blank:
                    if block.kind == "item" and not block.children:
                        break
                elif cursor.indent >= block.width:
                    cursor.skip_columns(block.width)
                else:
                    break
            elif block.kind == "quote":
                if not self._is_quote_mark():
                    break
                self.step_into_quote()
                self.quote_depth = depth
            depth += 1
        return depth

    def _is_quote_mark(self) -> bool:
        cursor = self.cursor
        is_mark = not cursor.is_blank and self.text[cursor.first] == ">"
        return is_mark and cursor.indent < CODE_INDENT

    def _read_blocks(self, depth: int) -> None:
        """Read the blocks that the rest of the line starts, and its text."""
        cursor = self.cursor
        is_new = False  # whether the line has started a container
        while not cursor.is_blank:
            if cursor.indent >= CODE_INDENT:
                if self.leaf and self.leaf.kind == "paragraph":
                    break
                start_code(self, depth)
                self.is_spaced = False
                return
            match self._start_block(depth):
                case Start.NOTHING:
                    break
                case Start.LEAF:
                    self.is_spaced = False
                    return
                case Start.CONTAINER:
                    depth, is_new = len(self.open), True
        if not cursor.is_blank:
            self._read_text(cursor.first, cursor.end, depth, is_new=is_new)
        self.is_spaced = False

    def _start_block(self, depth: int) -> Start:
        """Start the block whose mark is at the cursor, in the container at `depth`."""
        for start in _STARTS.get(self.text[self.cursor.first], ()):
            if (begun := start(self, depth)) is not Start.NOTHING:
                return begun
        return Start.NOTHING

    def _read_text(self, start: int, end: int, depth: int, *, is_new: bool) -> None:
        """Take in text that starts no block: it may go on with a paragraph or a table."""
        leaf, row = self.leaf, Row(start, end)
        goes_on = leaf is not None and not is_new and self._goes_on(leaf, depth)
        if not leaf or not goes_on:
            leaf = self.add("paragraph", depth, start)
            self.leaf = leaf
        elif leaf.detail:  # the options of a plugin's block are indented
            row = Row(self.cursor.at, end)
        self.extend(leaf, row)
        self.is_spaced = False
        if self.next_display < end:
            self.lock_display(start, end)

    def _goes_on(self, leaf: Block, depth: int) -> bool:
        """Return whether text in the container at `depth` may go on with `leaf`."""
        if depth == len(self.open):
            return True
        is_lazy = all(block.kind in _LAZY for block in self.open[depth:])
        return leaf.kind == "paragraph" and is_lazy
