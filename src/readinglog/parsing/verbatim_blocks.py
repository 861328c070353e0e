"""Blocks that are shown as they are written: code, comments and HTML."""

from __future__ import annotations

import re
from functools import cache

from readinglog.model.html_policy import BLOCK_TAGS, KNOWN_TAGS, SAFE_TAGS, VOID_TAGS
from readinglog.parsing.block_builder import CODE_INDENT, BlockBuilder, Start
from readinglog.parsing.block_tree import Block, Row
from readinglog.parsing.regions import TAG_LIMIT, TAG_PATTERN, find_element_end, is_opening

_FENCE = re.compile(r"(?P<mark>`{3,}(?=[^`]*\Z)|~{3,})(?P<info>.*)\Z", re.DOTALL)
_FENCE_MARK = re.compile(r"`+|~+")
_MARKDOWN = re.compile(r"\bmarkdown\b")


@cache
def _make_tag_pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}(?=[\s/>]|\Z)", re.IGNORECASE)


def continue_verbatim(builder: BlockBuilder, leaf: Block) -> bool:
    """Go on with a leaf by the line; return False where it is not part of it."""
    cursor = builder.cursor
    match leaf.kind:
        case "fence":
            _continue_fence(builder, leaf)
        case "code":
            return _continue_code(builder, leaf)
        case _:
            if cursor.is_blank and cursor.at >= builder.locked:
                return False
            _add_html_row(builder, leaf)
    return True


def _continue_fence(builder: BlockBuilder, leaf: Block) -> None:
    cursor = builder.cursor
    builder.is_spaced = False
    line = builder.text[cursor.first : cursor.end].rstrip(" \t")
    leaf.end = cursor.end
    mark = _FENCE_MARK.match(builder.text, leaf.start)
    is_closed = mark and line.startswith(mark[0]) and not line.strip(mark[0][0])
    if is_closed and cursor.indent < CODE_INDENT:
        builder.leaf = None
    else:
        cursor.skip_columns(min(leaf.level, cursor.indent))
        leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))


def _continue_code(builder: BlockBuilder, leaf: Block) -> bool:
    cursor = builder.cursor
    if not cursor.is_blank and cursor.indent < CODE_INDENT:
        return False
    cursor.skip_columns(CODE_INDENT)
    leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))
    if cursor.is_blank:
        builder.note_blank_line()
    else:
        leaf.end = cursor.end
        builder.is_spaced = False
    return True


def start_fence(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _FENCE.match(builder.text, cursor.first, cursor.end)
    if found is None:
        return Start.NOTHING
    level, leaf = cursor.indent, builder.add("fence", depth)
    leaf.level, leaf.detail = level, found["info"].strip()
    builder.leaf = leaf
    return Start.LEAF


def start_code(builder: BlockBuilder, depth: int) -> None:
    cursor = builder.cursor
    cursor.skip_columns(CODE_INDENT)
    leaf = builder.add("code", depth, cursor.at)
    leaf.rows.append(Row(cursor.at, cursor.end, cursor.pad))
    # Many indent what is in an item by four, whatever its mark: what this is more is no code.
    width = sum(block.width for block in builder.open)
    leaf.level = -width % CODE_INDENT
    builder.leaf = leaf


def start_html(builder: BlockBuilder, depth: int) -> Start:
    """Start a comment, or the block of an element; one that no note may use is text."""
    cursor, text = builder.cursor, builder.text
    if text.startswith("<!--", cursor.first):
        return start_comment(builder, depth)
    tag = TAG_PATTERN.match(text, cursor.first, min(builder.body.end, cursor.first + TAG_LIMIT))
    if tag is None or (name := tag[1].lower()) not in KNOWN_TAGS:
        return Start.NOTHING
    if name not in SAFE_TAGS:
        _lock_element(builder, tag)
        return Start.NOTHING
    if name not in BLOCK_TAGS:
        return Start.NOTHING
    leaf = builder.add("html", depth)
    leaf.detail = name
    if _MARKDOWN.search(tag[2]) and tag.end() <= cursor.end:
        builder.extend(leaf, Row(*tag.span()))
        cursor.skip_mark(tag.end() - tag.start())
        return Start.CONTAINER  # of a kind: what follows is read as blocks
    builder.leaf = leaf
    if name == "pre":
        _lock_element(builder, tag)
    builder.locked = max(builder.locked, tag.end())
    _add_html_row(builder, leaf)
    return Start.LEAF


def _lock_element(builder: BlockBuilder, tag: re.Match[str]) -> None:
    """Keep what an element holds from being read as blocks."""
    if is_opening(tag):
        end = find_element_end(builder.text, tag, builder.body.end, builder.never_closed)
        builder.locked = max(builder.locked, end or 0)


def _add_html_row(builder: BlockBuilder, leaf: Block) -> None:
    """Add the line to an element, which may end with it."""
    cursor = builder.cursor
    builder.is_spaced = False
    builder.extend(leaf, Row(cursor.at, cursor.end, cursor.pad))
    is_closed = _is_closed(builder, leaf)
    if cursor.end >= builder.locked and (is_closed or leaf.detail == "pre"):
        builder.leaf = None


def _is_closed(builder: BlockBuilder, leaf: Block) -> bool:
    """Return whether the element that a block of HTML begins with ends with its last line."""
    if leaf.detail in VOID_TAGS:
        return True  # `<hr>` and `<col>`
    row = leaf.rows[-1]
    for tag in _make_tag_pattern(leaf.detail).finditer(builder.text, row.start, row.end):
        leaf.level += -1 if tag[1] else 1
    return leaf.level <= 0 and builder.text[row.start : row.end].rstrip().endswith(">")


def start_comment(builder: BlockBuilder, depth: int) -> Start:
    """Start a comment, which goes on to its end; text behind that makes a paragraph of it."""
    text, start, line_end = builder.text, builder.cursor.first, builder.cursor.end
    mark, closer = ("<!--", "-->") if text[start] == "<" else ("%%", "%%")
    if not text.startswith(mark, start) or mark in builder.never_closed:
        return Start.NOTHING
    close = text.find(closer, start + len(mark), builder.body.end)
    if close < 0:
        builder.never_closed.add(mark)
        return Start.NOTHING
    end = close + len(closer)
    last_end = text.find("\n", end, builder.body.end)
    builder.locked = max(builder.locked, end)
    if text[end : last_end if last_end >= 0 else builder.body.end].strip():
        return Start.NOTHING
    leaf = builder.add("comment", depth)
    builder.extend(leaf, Row(start, min(end, line_end)))
    leaf.end = end
    builder.leaf = leaf if end > line_end else None
    return Start.LEAF
