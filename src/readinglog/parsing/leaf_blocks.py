"""Blocks of one or more lines that hold text: headings, tables, rules."""

from __future__ import annotations

import re

from readinglog.parsing.block_builder import DISPLAY_MARK_PATTERN, BlockBuilder, Start
from readinglog.parsing.block_tree import Block, Row
from readinglog.parsing.regions import find_display_end, find_inline_regions

_HASHES = re.compile(r"#{1,6}(?=[ \t]|\Z)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*\Z")
_RULE = re.compile(r"([-*_])[ \t]*(?:\1[ \t]*){2,}\Z")
_DELIMITERS = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?>(?:\|[ \t]*:?-+:?[ \t]*)*)(?:\|[ \t]*)?\Z")
_PLUGIN_MARK = re.compile(r"/{3,}(?:[ \t]|\Z)")
_REFERENCE = re.compile(r"\[(?!\^)[^\[\]]+\]:")
_CELL = re.compile(r"(?:(?<=\|)|\A)(?>(?:[^|\\]|\\.|\\\Z)*)(?=\||\Z)")


def split_cells(line: str) -> list[str]:
    """Return the cells of a row of a table; a bar behind a backslash ends none."""
    cells = [found[0].strip() for found in _CELL.finditer(line.strip())]
    if len(cells) > 1 and not cells[0]:
        del cells[0]
    if len(cells) > 1 and not cells[-1]:
        del cells[-1]
    return cells


def start_heading(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _HASHES.match(builder.text, cursor.first, cursor.end)
    if found is None:
        return Start.NOTHING
    leaf = builder.add("heading", depth)
    leaf.level = len(found[0])
    cursor.skip_mark(leaf.level)
    leaf.rows.append(Row(cursor.first, cursor.end))
    return Start.LEAF


def underline_heading(builder: BlockBuilder, depth: int) -> Start:
    """Make a heading of the paragraph above a line of `=` or `-`."""
    cursor, leaf = builder.cursor, builder.leaf
    if leaf is None or not builder.continues_paragraph(depth) or leaf.detail:
        return Start.NOTHING
    if not _UNDERLINE.match(builder.text, cursor.first, cursor.end):
        return Start.NOTHING
    if all(_REFERENCE.match(builder.text, row.start, row.end) for row in leaf.rows):
        return Start.NOTHING
    if _is_display(builder, leaf):
        return Start.NOTHING
    leaf.kind = "heading"
    leaf.level = 1 if builder.text[cursor.first] == "=" else 2
    leaf.end = cursor.end
    builder.leaf = None
    return Start.LEAF


def _is_display(builder: BlockBuilder, leaf: Block) -> bool:
    """Return whether a paragraph is a displayed formula and nothing else."""
    start, end = leaf.rows[0].start, leaf.rows[-1].end
    if not DISPLAY_MARK_PATTERN.match(builder.text, start, end):
        return False
    return not builder.text[find_display_end(builder.text, start, end) or start : end].strip()


def start_rule(builder: BlockBuilder, depth: int) -> Start:
    if not _RULE.match(builder.text, builder.cursor.first, builder.cursor.end):
        return Start.NOTHING
    builder.add("rule", depth)
    return Start.LEAF


def start_table(builder: BlockBuilder, depth: int) -> Start:
    """Make a table of the last line of a paragraph and the row of dashes below it."""
    cursor, leaf = builder.cursor, builder.leaf
    if leaf is None or not builder.continues_paragraph(depth):
        return Start.NOTHING
    delimiters, head = Row(cursor.first, cursor.end), leaf.rows[-1]
    if not _DELIMITERS.match(builder.text, *delimiters[:2]):
        return Start.NOTHING
    cells = _count_cells(builder, delimiters)
    if cells != _count_cells(builder, head) or (cells == 1 and builder.text[head.start] != "|"):
        return Start.NOTHING
    if len(leaf.rows) > 1:
        del leaf.rows[-1]
        leaf.end = leaf.rows[-1].end
        table = builder.add("table", depth, head.start)
    else:
        table = leaf
        table.kind = "table"
    table.rows = [head, delimiters]
    table.end = cursor.end
    builder.leaf = table
    return Start.LEAF


def _count_cells(builder: BlockBuilder, row: Row) -> int:
    """Return how many cells a row has; a bar in code or a formula is none of its own."""
    line = builder.text[row.start : row.end]
    if "`" in line or "$" in line:
        for region in find_inline_regions(builder.text, row.start, row.end):
            start, end = region.start - row.start, region.end - row.start
            line = line[:start] + " " * (end - start) + line[end:]
    return len(split_cells(line))


def start_plugin_block(builder: BlockBuilder, depth: int) -> Start:
    """Start a paragraph at the mark of a block of an extension that a user may have on."""
    cursor = builder.cursor
    if not _PLUGIN_MARK.match(builder.text, cursor.first, cursor.end):
        return Start.NOTHING
    leaf = builder.add("paragraph", depth)
    leaf.detail = "///"
    builder.extend(leaf, Row(cursor.first, cursor.end))
    builder.leaf = leaf
    return Start.LEAF
