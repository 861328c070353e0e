"""The state of a reading of blocks, which those that begin blocks change."""

from __future__ import annotations

import re
from enum import Enum, auto

from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block, Row
from readinglog.parsing.line_cursor import LineCursor
from readinglog.parsing.regions import find_display_end

NESTING_LIMIT = 120  # containers in each other; Python-Markdown recurses into each
CODE_INDENT = 4
DISPLAY_MARK_PATTERN = re.compile(r"\$\$|\\\[|\\begin\{")
_CLOSERS = {"$$": "$$", "\\[": "\\]", "\\begin{": "\\end{"}
_PARENT = {"item": "list", "definition": "definitions"}
_ONLY = frozenset(_PARENT.values())  # containers of nothing else


class Start(Enum):
    """What a mark at the start of a line's text begins."""

    NOTHING = auto()
    LEAF = auto()
    CONTAINER = auto()


class BlockBuilder:
    """Builds the tree of blocks while a body is read line by line.

    `open` are the containers that are open, the document first, and `leaf` the leaf in the last of
    them that may go on. Up to the offset `locked` lines go on with it, whatever they hold. After a
    blank line, `is_spaced` is true, and `blank_depth` the place of the innermost quote that the
    line was in.
    """

    def __init__(self, text: str, body: Span) -> None:
        self.text = text
        self.body = body
        self.cursor = LineCursor(text)
        self.document = Block("document", body.start)
        self.open = [self.document]
        self.leaf: Block | None = None
        self.locked = 0
        self.is_spaced = False
        self.blank_depth = self.quote_depth = 0
        self._has_backslash = text.find("\\", body.start, body.end) >= 0
        self.next_display = self._find_display(body.start)
        self.never_closed: set[str] = set()  # marks that nothing closes from here on

    def add(self, kind: str, depth: int, start: int | None = None) -> Block:
        """Add a block to the container at `depth`; those within that end."""
        del self.open[depth:]
        self.leaf = None
        if self.open[-1].kind in _ONLY and self.open[-1].kind != _PARENT.get(kind):
            del self.open[-1]
        is_spaced = self.is_spaced and self.blank_depth < len(self.open)
        block = Block(kind, self.cursor.first if start is None else start, is_spaced=is_spaced)
        block.end = self.cursor.end
        self.open[-1].children.append(block)
        return block

    def enter(self, kind: str, depth: int, start: int | None = None) -> Block:
        """Add a container, and open it."""
        block = self.add(kind, depth, start)
        self.open.append(block)
        return block

    def extend(self, leaf: Block, row: Row) -> None:
        """Add a line to a leaf."""
        leaf.rows.append(row)
        leaf.end = row.end

    def continues_paragraph(self, depth: int) -> bool:
        """Return whether the line goes on with a paragraph of the container that it is in."""
        is_paragraph = self.leaf is not None and self.leaf.kind == "paragraph"
        return is_paragraph and depth == len(self.open)

    def note_blank_line(self) -> None:
        """Have what comes next stand apart, unless that is outside of the quote of this line."""
        self.is_spaced, self.blank_depth = True, self.quote_depth

    def step_into_quote(self) -> None:
        """Go behind the mark of a quote, and a space after it."""
        self.cursor.skip_mark(1)
        if self.cursor.indent:
            self.cursor.skip_columns(1)

    def lock_display(self, start: int, end: int) -> None:
        """Keep the lines of a displayed formula that begins here from being read as blocks."""
        done, ticks = start, 0
        for found in DISPLAY_MARK_PATTERN.finditer(self.text, start, end):
            mark = found[0]
            ticks += self.text.count("`", done, found.start())
            done = found.start()
            if found.start() < self.locked or mark in self.never_closed:
                continue
            if ticks % 2:
                continue  # in code
            if self.text.find(_CLOSERS[mark], found.end(), self.body.end) < 0:
                self.never_closed.add(mark)
            else:
                found_end = find_display_end(self.text, found.start(), self.body.end)
                self.locked = max(self.locked, found_end or 0)
        self.next_display = self._find_display(end)

    def _find_display(self, start: int) -> int:
        """Return where the next mark of a displayed formula is, or the end of the body."""
        end = self.body.end
        if self._has_backslash:
            found = DISPLAY_MARK_PATTERN.search(self.text, start, end)
            return found.start() if found else end
        at = self.text.find("$$", start, end)  # which is quicker
        return at if at >= 0 else end
