"""The blocks of a body, read line by line by CommonMark's rules.

One reading for all: the checker takes headings, code and what may hold links from the tree of
blocks, and the Markdown extension makes the page of the same tree.

Dialect: GFM (tables below a line of text too), with footnotes, definitions (`: `), callouts
(`> [!note]`), and the blocks of Material, whose content is indented by four (`!!! note`,
`??? note`, `=== "Tab"`). A comment or a formula that begins a line goes on to its end. An element
of HTML ends at a blank line, or with the line that closes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum, auto
from functools import cache

from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, SAFE_TAGS, VOID_TAGS
from readinglog.model.text import Span
from readinglog.parsing.block_tree import REGION_KINDS, Block, Row
from readinglog.parsing.line_cursor import LineCursor
from readinglog.parsing.regions import (
    TAG_LIMIT,
    TAG_PATTERN,
    find_display_end,
    find_element_end,
    find_inline_regions,
    find_mark,
    is_opening,
)

NESTING_LIMIT = 120  # containers in each other; Python-Markdown recurses into each
_CODE_INDENT = 4

_ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?=[ \t]|\Z)")
_HASHES = re.compile(r"#{1,6}(?=[ \t]|\Z)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_FENCE = re.compile(r"(?P<mark>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)\Z", re.DOTALL)
_FOOTNOTE = re.compile(r"\[\^(?P<id>[^\[\]]+)\]:")
_CALLOUT = re.compile(
    r"\[!(?P<name>[A-Za-z][\w-]*)(?:\|[^\[\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>.*)\Z", re.DOTALL
)
_ADMONITION = re.compile(
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<words>[A-Za-z](?>(?:[\w-]|[ \t]+(?=[\w-]))*))"
    r"[ \t]*+(?:\"(?P<title>[^\"]*)\"[ \t]*)?\Z"
)
_TAB_MARK = re.compile(r"===[!+]{0,2}[ \t]+(?:\"[^\"]+\"|'[^']+')[ \t]*\Z")
_DEFINITION = re.compile(r":(?=[ \t]+[^ \t])")
_PLUGIN_MARK = re.compile(r"/{3,}(?:[ \t]|\Z)")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?>(?:\|[ \t]*:?-+:?[ \t]*)*)(?:\|[ \t]*)?\Z")
_REFERENCE = re.compile(r"\[(?!\^)[^\[\]]+\]:")
_DISPLAY_MARK = re.compile(r"\$\$|\\\[|\\begin\{")
_CLOSERS = {"$$": "$$", "\\[": "\\]", "\\begin{": "\\end{"}
_CELL = re.compile(r"(?:(?<=\|)|\A)(?>(?:[^|\\]|\\.|\\\Z)*)(?=\||\Z)")
_TAG_NAME = re.compile(r"</?([A-Za-z][\w-]*+)")
_PARENT = {"item": "list", "definition": "definitions"}
_ONLY = frozenset(_PARENT.values())  # containers of nothing else
_FOLDS = {"!!!": "", "???": "-", "???+": "+"}  # as callouts are marked that can be folded
_FENCE_MARK = re.compile(r"`+|~+")
_MARKDOWN = re.compile(r"\bmarkdown\b")
_LOCKED = frozenset({"paragraph", "comment"})  # what goes on to where a mark in it is closed
# The containers that a paragraph in them keeps open by a line without their marks.
_LAZY = frozenset({"quote", "list", "item", "footnote", "definitions", "definition"})


class _Start(Enum):
    """What a mark at the start of a line's text begins."""

    NOTHING = auto()
    LEAF = auto()
    CONTAINER = auto()


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


@cache
def _make_tag_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?=[\s/>]|\Z)", re.IGNORECASE)


def split_cells(line: str) -> list[str]:
    """Return the cells of a row of a table; a bar behind a backslash ends none."""
    cells = [found[0].strip() for found in _CELL.finditer(line.strip())]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells


class _Parser:
    """Reads a body line by line.

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
        self.next_display = self._find_display(body.start)
        self.never_closed: set[str] = set()  # marks that nothing closes from here on
        self.starts: dict[str, tuple[Callable[[int], _Start], ...]] = {
            ">": (self._start_quote,),
            "#": (self._start_heading,),
            "`": (self._start_fence,),
            "~": (self._start_fence,),
            "<": (self._start_html,),
            "-": (self._underline, self._start_table, self._start_rule, self._start_item),
            "=": (self._underline, self._start_tab),
            "|": (self._start_table,),
            ":": (self._start_table, self._start_definition),
            "*": (self._start_rule, self._start_item),
            "_": (self._start_rule,),
            "+": (self._start_item,),
            "[": (self._start_footnote, self._start_callout),
            "!": (self._start_admonition,),
            "?": (self._start_admonition,),
            "%": (self._start_comment,),
            "/": (self._start_plugin_block,),
            **dict.fromkeys("0123456789", (self._start_item,)),
        }

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
            self._extend(leaf, Row(start, end))
            if leaf.kind == "comment" and end >= self.locked:
                self.leaf = None
            return
        if self._skip_plain_line(start, end):
            return
        cursor = self.cursor
        cursor.start(start, end)
        depth = self._match_containers()
        if leaf and leaf.kind in REGION_KINDS:
            if depth == len(self.open) and self._continue_verbatim(leaf):
                return
            self.leaf = None
        if not cursor.is_blank:
            self._read_blocks(depth)
            return
        del self.open[depth:]
        self.leaf = None
        self._note_blank_line()

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
            leaf = self.leaf = self._add("paragraph", 1, start)
        leaf.rows.append(Row(start, end))
        leaf.end = end
        self.is_spaced = False
        if self.next_display < end:
            self._lock_display(start, end)
        return True

    def _note_blank_line(self) -> None:
        self.is_spaced, self.blank_depth = True, self.quote_depth

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
                self._step_into_quote()
                self.quote_depth = depth
            depth += 1
        return depth

    def _is_quote_mark(self) -> bool:
        cursor = self.cursor
        is_mark = not cursor.is_blank and self.text[cursor.first] == ">"
        return is_mark and cursor.indent < _CODE_INDENT

    def _step_into_quote(self) -> None:
        self.cursor.skip_mark(1)
        if self.cursor.indent:
            self.cursor.skip_columns(1)

    # Blocks that begin
    # -------------------------------------------------------------------------

    def _read_blocks(self, depth: int) -> None:
        """Read the blocks that the rest of the line starts, and its text."""
        cursor = self.cursor
        is_new = False  # whether the line has started a container
        while not cursor.is_blank:
            if cursor.indent >= _CODE_INDENT:
                if self.leaf and self.leaf.kind == "paragraph":
                    break
                self._start_code(depth)
                self.is_spaced = False
                return
            match self._start_block(depth):
                case _Start.NOTHING:
                    break
                case _Start.LEAF:
                    self.is_spaced = False
                    return
                case _Start.CONTAINER:
                    depth, is_new = len(self.open), True
        if not cursor.is_blank:
            self._read_text(cursor.first, cursor.end, depth, is_new=is_new)
        self.is_spaced = False

    def _start_block(self, depth: int) -> _Start:
        """Start the block whose mark is at the cursor, in the container at `depth`."""
        for start in self.starts.get(self.text[self.cursor.first], ()):
            if (begun := start(depth)) is not _Start.NOTHING:
                return begun
        return _Start.NOTHING

    def _read_text(self, start: int, end: int, depth: int, *, is_new: bool) -> None:
        """Take in text that starts no block: it may go on with a paragraph or a table."""
        leaf, row = self.leaf, Row(start, end)
        goes_on = leaf is not None and not is_new and self._goes_on(leaf, depth)
        if not leaf or not goes_on:
            leaf = self._add("paragraph", depth, start)
            self.leaf = leaf
        elif leaf.detail:  # the options of a plugin's block are indented
            row = Row(self.cursor.at, end)
        self._extend(leaf, row)
        self.is_spaced = False
        if self.next_display < end:
            self._lock_display(start, end)

    def _goes_on(self, leaf: Block, depth: int) -> bool:
        """Return whether text in the container at `depth` may go on with `leaf`."""
        if depth == len(self.open):
            return True
        is_lazy = all(block.kind in _LAZY for block in self.open[depth:])
        return leaf.kind == "paragraph" and is_lazy

    def _continues_paragraph(self, depth: int) -> bool:
        """Return whether the line goes on with a paragraph of the container that it is in."""
        is_paragraph = self.leaf is not None and self.leaf.kind == "paragraph"
        return is_paragraph and depth == len(self.open)

    def _add(self, kind: str, depth: int, start: int | None = None) -> Block:
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

    def _enter(self, kind: str, depth: int, start: int | None = None) -> Block:
        """Add a container, and open it."""
        block = self._add(kind, depth, start)
        self.open.append(block)
        return block

    def _extend(self, leaf: Block, row: Row) -> None:
        leaf.rows.append(row)
        leaf.end = row.end

    # Leaves that are shown as they are written
    # -------------------------------------------------------------------------

    def _continue_verbatim(self, leaf: Block) -> bool:
        """Go on with a leaf by the line; return False where it is not part of it."""
        cursor = self.cursor
        match leaf.kind:
            case "fence":
                self._continue_fence(leaf)
            case "code":
                return self._continue_code(leaf)
            case _:
                if cursor.is_blank and cursor.at >= self.locked:
                    return False
                self._add_html_row(leaf)
        return True

    def _continue_fence(self, leaf: Block) -> None:
        cursor = self.cursor
        self.is_spaced = False
        line = self.text[cursor.first : cursor.end].rstrip(" \t")
        leaf.end = cursor.end
        mark = _FENCE_MARK.match(self.text, leaf.start)
        is_closed = mark and line.startswith(mark[0]) and not line.strip(mark[0][0])
        if is_closed and cursor.indent < _CODE_INDENT:
            self.leaf = None
        else:
            cursor.skip_columns(min(leaf.level, cursor.indent))
            leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))

    def _continue_code(self, leaf: Block) -> bool:
        cursor = self.cursor
        if not cursor.is_blank and cursor.indent < _CODE_INDENT:
            return False
        cursor.skip_columns(_CODE_INDENT)
        leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))
        if cursor.is_blank:
            self._note_blank_line()
        else:
            leaf.end = cursor.end
            self.is_spaced = False
        return True

    def _start_fence(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _FENCE.match(self.text, cursor.first, cursor.end)
        if found is None:
            return _Start.NOTHING
        level, leaf = cursor.indent, self._add("fence", depth)
        leaf.level, leaf.detail = level, found["info"].strip()
        self.leaf = leaf
        return _Start.LEAF

    def _start_code(self, depth: int) -> None:
        cursor = self.cursor
        cursor.skip_columns(_CODE_INDENT)
        leaf = self._add("code", depth, cursor.at)
        leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))
        # Many indent what is in an item by four, whatever its mark: what this is more is no code.
        width = sum(block.width for block in self.open)
        leaf.level = -width % _CODE_INDENT
        self.leaf = leaf

    def _start_html(self, depth: int) -> _Start:
        """Start a comment, or the block of an element; one that no note may use is text."""
        cursor, text = self.cursor, self.text
        if text.startswith("<!--", cursor.first):
            return self._start_comment(depth)
        tag = TAG_PATTERN.match(text, cursor.first, min(self.body.end, cursor.first + TAG_LIMIT))
        if tag is None or (name := tag[1].lower()) not in KNOWN_TAGS:
            return _Start.NOTHING
        if name not in SAFE_TAGS:
            self._lock_element(tag)
            return _Start.NOTHING
        if name not in BLOCK_TAGS:
            return _Start.NOTHING
        leaf = self._add("html", depth)
        leaf.detail = name
        if _MARKDOWN.search(tag[2]) and tag.end() <= cursor.end:
            self._extend(leaf, Row(*tag.span()))
            cursor.skip_mark(tag.end() - tag.start())
            return _Start.CONTAINER  # of a kind: what follows is read as blocks
        self.leaf = leaf
        if name == "pre":
            self._lock_element(tag)
        self.locked = max(self.locked, tag.end())
        self._add_html_row(leaf)
        return _Start.LEAF

    def _lock_element(self, tag: re.Match[str]) -> None:
        """Keep what an element holds from being read as blocks."""
        if is_opening(tag):
            end = find_element_end(self.text, tag, self.body.end, self.never_closed)
            self.locked = max(self.locked, end or 0)

    def _add_html_row(self, leaf: Block) -> None:
        """Add the line to an element, which may end with it."""
        cursor = self.cursor
        self.is_spaced = False
        self._extend(leaf, Row(cursor.at, cursor.end, cursor.pad))
        is_closed = self._is_closed(leaf)
        if cursor.end >= self.locked and (is_closed or leaf.detail == "pre"):
            self.leaf = None

    def _is_closed(self, leaf: Block) -> bool:
        """Return whether the element that a block of HTML begins with ends with its last line."""
        if leaf.detail in VOID_TAGS:
            return True  # `<hr>` and `<col>`
        row = leaf.rows[-1]
        for tag in _make_tag_pattern(leaf.detail).finditer(self.text, row.start, row.end):
            leaf.level += -1 if tag[1] else 1
        return leaf.level <= 0 and self.text[row.start : row.end].rstrip().endswith(">")

    def _start_comment(self, depth: int) -> _Start:
        """Start a comment, which goes on to its end; text behind that makes a paragraph of it."""
        text, start, line_end = self.text, self.cursor.first, self.cursor.end
        mark, closer = ("<!--", "-->") if text[start] == "<" else ("%%", "%%")
        if not text.startswith(mark, start) or mark in self.never_closed:
            return _Start.NOTHING
        close = text.find(closer, start + len(mark), self.body.end)
        if close < 0:
            self.never_closed.add(mark)
            return _Start.NOTHING
        end = close + len(closer)
        last_end = text.find("\n", end, self.body.end)
        self.locked = max(self.locked, end)
        if text[end : last_end if last_end >= 0 else self.body.end].strip():
            return _Start.NOTHING
        leaf = self._add("comment", depth)
        self._extend(leaf, Row(start, min(end, line_end)))
        leaf.end = end
        self.leaf = leaf if end > line_end else None
        return _Start.LEAF

    # Other leaves
    # -------------------------------------------------------------------------

    def _start_heading(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _HASHES.match(self.text, cursor.first, cursor.end)
        if found is None:
            return _Start.NOTHING
        leaf = self._add("heading", depth)
        leaf.level = len(found[0])
        cursor.skip_mark(leaf.level)
        leaf.rows.append(Row(cursor.first, cursor.end))
        return _Start.LEAF

    def _underline(self, depth: int) -> _Start:
        """Make a heading of the paragraph above a line of `=` or `-`."""
        cursor, leaf = self.cursor, self.leaf
        if leaf is None or not self._continues_paragraph(depth) or leaf.detail:
            return _Start.NOTHING
        if not _UNDERLINE.match(self.text, cursor.first, cursor.end):
            return _Start.NOTHING
        if all(_REFERENCE.match(self.text, row.start, row.end) for row in leaf.rows):
            return _Start.NOTHING
        if self._is_display(leaf):
            return _Start.NOTHING
        leaf.kind = "heading"
        leaf.level = 1 if self.text[cursor.first] == "=" else 2
        leaf.end = cursor.end
        self.leaf = None
        return _Start.LEAF

    def _is_display(self, leaf: Block) -> bool:
        """Return whether a paragraph is a displayed formula and nothing else."""
        start, end = leaf.rows[0].start, leaf.rows[-1].end
        if not _DISPLAY_MARK.match(self.text, start, end):
            return False
        return not self.text[find_display_end(self.text, start, end) or start : end].strip()

    def _start_rule(self, depth: int) -> _Start:
        if not _RULE.match(self.text, self.cursor.first, self.cursor.end):
            return _Start.NOTHING
        self._add("rule", depth)
        return _Start.LEAF

    def _start_table(self, depth: int) -> _Start:
        """Make a table of the last line of a paragraph and the row of dashes below it."""
        cursor, leaf = self.cursor, self.leaf
        if leaf is None or not self._continues_paragraph(depth):
            return _Start.NOTHING
        delimiters, head = Row(cursor.first, cursor.end), leaf.rows[-1]
        if not _DELIMITERS.match(self.text, *delimiters[:2]):
            return _Start.NOTHING
        cells = self._count_cells(delimiters)
        if cells != self._count_cells(head) or (cells == 1 and self.text[head.start] != "|"):
            return _Start.NOTHING
        if len(leaf.rows) > 1:
            del leaf.rows[-1]
            leaf.end = leaf.rows[-1].end
            table = self._add("table", depth, head.start)
        else:
            table = leaf
            table.kind = "table"
        table.rows = [head, delimiters]
        table.end = cursor.end
        self.leaf = table
        return _Start.LEAF

    def _count_cells(self, row: Row) -> int:
        """Return how many cells a row has; a bar in code or a formula is none of its own."""
        line = self.text[row.start : row.end]
        if "`" in line or "$" in line:
            for region in find_inline_regions(self.text, row.start, row.end):
                start, end = region.start - row.start, region.end - row.start
                line = line[:start] + " " * (end - start) + line[end:]
        return len(split_cells(line))

    def _start_plugin_block(self, depth: int) -> _Start:
        """Start a paragraph at the mark of a block of an extension that a user may have on."""
        cursor = self.cursor
        if not _PLUGIN_MARK.match(self.text, cursor.first, cursor.end):
            return _Start.NOTHING
        leaf = self._add("paragraph", depth)
        leaf.detail = "///"
        self._extend(leaf, Row(cursor.first, cursor.end))
        self.leaf = leaf
        return _Start.LEAF

    def _find_display(self, start: int) -> int:
        """Return where the next mark of a displayed formula is, or the end of the body."""
        found = _DISPLAY_MARK.search(self.text, start, self.body.end)
        return found.start() if found else self.body.end

    def _lock_display(self, start: int, end: int) -> None:
        """Keep the lines of a displayed formula that begins here from being read as blocks."""
        done, ticks = start, 0
        for found in _DISPLAY_MARK.finditer(self.text, start, end):
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

    # Containers
    # -------------------------------------------------------------------------

    def _start_quote(self, depth: int) -> _Start:
        if len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        self._enter("quote", depth)
        self._step_into_quote()
        return _Start.CONTAINER

    def _start_item(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _ITEM.match(self.text, cursor.first, cursor.end)
        if found is None or len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        is_empty = not self.text[found.end() : cursor.end].strip(" \t")
        if self._continues_paragraph(depth) and (is_empty or found["number"] not in (None, "1")):
            return _Start.NOTHING
        start, indent = cursor.first, cursor.indent + len(found[0])
        cursor.skip_mark(len(found[0]))
        spaces = 1 if cursor.is_blank or cursor.indent > _CODE_INDENT else cursor.indent
        cursor.skip_columns(spaces)
        mark = found[0][-1]
        del self.open[depth:]
        if self.open[-1].kind != "list" or self.open[-1].detail != mark:
            if self.open[-1].kind == "list":
                del self.open[-1]
            added = self._enter("list", len(self.open), start)
            added.detail, added.level = mark, int(found["number"] or 0)
        self._enter("item", len(self.open), start).width = indent + spaces
        return _Start.CONTAINER

    def _start_indented(self, kind: str, depth: int, start: int, mark: int) -> Block:
        """Open a container whose content is indented by four, behind a mark of that length."""
        block = self._enter(kind, depth, start)
        block.width = _CODE_INDENT
        self.cursor.skip_mark(mark)
        self.cursor.skip_columns(self.cursor.indent)
        return block

    def _start_footnote(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _FOOTNOTE.match(self.text, cursor.first, cursor.end)
        if found is None or len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        self._start_indented("footnote", depth, cursor.first, len(found[0])).detail = found["id"]
        return _Start.CONTAINER

    def _start_callout(self, depth: int) -> _Start:
        """Take in the first line of a quote that makes a callout of it."""
        cursor, quote = self.cursor, self.open[-1]
        if quote.kind != "quote" or quote.children or depth != len(self.open):
            return _Start.NOTHING
        found = _CALLOUT.match(self.text, cursor.first, cursor.end)
        if found is None:
            return _Start.NOTHING
        quote.detail = f"{found['fold']}{found['name'].lower()}"
        self._add_title(found, depth)
        return _Start.LEAF

    def _add_title(self, found: re.Match[str], depth: int) -> None:
        title = self._add("title", depth)
        title.rows.append(Row(*found.span("title")))

    def _start_admonition(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _ADMONITION.match(self.text, cursor.first, cursor.end)
        if found is None or len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        block = self._enter("admonition", depth)
        block.width = _CODE_INDENT
        block.detail = f"{_FOLDS[found['mark']]}{found['words']}"
        if found["title"] is not None:
            self._add_title(found, len(self.open))
        return _Start.LEAF

    def _start_tab(self, depth: int) -> _Start:
        cursor = self.cursor
        found = _TAB_MARK.match(self.text, cursor.first, cursor.end)
        if found is None or len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        block = self._enter("tab", depth)
        block.width = _CODE_INDENT
        block.detail = found[0].strip()
        return _Start.LEAF

    def _start_definition(self, depth: int) -> _Start:
        """Start a definition of the paragraph above, each line of which is a term."""
        cursor = self.cursor
        found = _DEFINITION.match(self.text, cursor.first, cursor.end)
        if found is None or len(self.open) > NESTING_LIMIT:
            return _Start.NOTHING
        parent = self.open[depth - 1]
        if parent.kind != "definitions":
            above = parent.children[-1] if parent.children else None
            if above is None or above.kind != "paragraph" or above.detail:
                return _Start.NOTHING
            self._make_terms(parent, above, depth)
            depth = len(self.open)
        self._start_indented("definition", depth, cursor.first, 1)
        return _Start.CONTAINER

    def _make_terms(self, parent: Block, above: Block, depth: int) -> None:
        """Make terms of the lines of the paragraph above, and open the list they are in."""
        del parent.children[-1]
        before = parent.children[-1] if parent.children else None
        if before and before.kind == "definitions":
            self.open[depth:] = [before]
            self.leaf = None
        else:
            before = self._enter("definitions", depth, above.start)
            before.is_spaced = above.is_spaced
        for row in above.rows:
            term = Block("term", row.start, is_spaced=above.is_spaced)
            term.rows, term.end = [row], row.end
            before.children.append(term)
