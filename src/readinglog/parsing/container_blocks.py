"""Blocks that hold others: quotes, lists, footnotes, callouts, tabs, definitions."""

from __future__ import annotations

import re

from readinglog.parsing.block_builder import (
    CODE_INDENT,
    DISPLAY_MARK_PATTERN,
    NESTING_LIMIT,
    BlockBuilder,
    Start,
)
from readinglog.parsing.block_tree import Block, Row

_ITEM = re.compile(r"(?:[-*+]|(?P<number>\d{1,9})[.)])(?=[ \t]|\Z)")
_FOOTNOTE = re.compile(r"\[\^(?P<id>[^\[\]]+)\]:")
_CALLOUT = re.compile(
    r"\[!(?P<name>[A-Za-z][\w-]*)(?:\|[^\[\]]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>.*)\Z", re.DOTALL
)
_ADMONITION = re.compile(
    r"(?P<mark>!!!(?![ \t]*\")|\?\?\?\+?)[ \t]*+"  # what is folded needs no kind
    r"(?:(?P<words>[A-Za-z](?>(?:[\w-]|[ \t]+(?=[\w-]))*))|(?=\"))"
    r"[ \t]*+(?:\"(?P<title>.*)\"[ \t]*)?\Z"  # a title may have quotes in it
)
_TAB_MARK = re.compile(r"===[!+]{0,2}[ \t]+(?:\".+\"|'[^']+')[ \t]*\Z")
_DEFINITION = re.compile(r":(?=[ \t]+[^ \t])")
_FOLDS = {"!!!": "", "???": "-", "???+": "+"}  # as callouts are marked that can be folded


def start_quote(builder: BlockBuilder, depth: int) -> Start:
    if len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    builder.enter("quote", depth)
    builder.step_into_quote()
    return Start.CONTAINER


def start_item(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _ITEM.match(builder.text, cursor.first, cursor.end)
    if found is None or len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    is_empty = not builder.text[found.end() : cursor.end].strip(" \t")
    if builder.continues_paragraph(depth) and (is_empty or found["number"] not in (None, "1")):
        return Start.NOTHING
    start, indent = cursor.first, cursor.indent + len(found[0])
    cursor.skip_mark(len(found[0]))
    spaces = 1 if cursor.is_blank or cursor.indent > CODE_INDENT else cursor.indent
    cursor.skip_columns(spaces)
    mark = found[0][-1]
    del builder.open[depth:]
    if builder.open[-1].kind != "list" or builder.open[-1].detail != mark:
        if builder.open[-1].kind == "list":
            del builder.open[-1]
        added = builder.enter("list", len(builder.open), start)
        added.detail, added.level = mark, int(found["number"] or 0)
    builder.enter("item", len(builder.open), start).width = indent + spaces
    return Start.CONTAINER


def _start_indented(builder: BlockBuilder, kind: str, depth: int, start: int, mark: int) -> Block:
    """Open a container whose content is indented by four, behind a mark of that length."""
    block = builder.enter(kind, depth, start)
    block.width = CODE_INDENT
    builder.cursor.skip_mark(mark)
    builder.cursor.skip_columns(builder.cursor.indent)
    return block


def start_footnote(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _FOOTNOTE.match(builder.text, cursor.first, cursor.end)
    if found is None or len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    _start_indented(builder, "footnote", depth, cursor.first, len(found[0])).detail = found["id"]
    return Start.CONTAINER


def start_callout(builder: BlockBuilder, depth: int) -> Start:
    """Take in the first line of a quote that makes a callout of it."""
    cursor, quote = builder.cursor, builder.open[-1]
    if quote.kind != "quote" or quote.children or depth != len(builder.open):
        return Start.NOTHING
    found = _CALLOUT.match(builder.text, cursor.first, cursor.end)
    if found is None:
        return Start.NOTHING
    quote.detail = f"{found['fold']}{found['name'].lower()}"
    _add_title(builder, found, depth)
    return Start.LEAF


def _add_title(builder: BlockBuilder, found: re.Match[str], depth: int) -> None:
    title = builder.add("title", depth)
    title.rows.append(Row(*found.span("title")))


def start_admonition(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _ADMONITION.match(builder.text, cursor.first, cursor.end)
    if found is None or len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    block = builder.enter("admonition", depth)
    block.width = CODE_INDENT
    block.detail = f"{_FOLDS[found['mark']]}{found['words'] or 'note'}"
    if found["title"] is not None:
        _add_title(builder, found, len(builder.open))
    return Start.LEAF


def start_tab(builder: BlockBuilder, depth: int) -> Start:
    cursor = builder.cursor
    found = _TAB_MARK.match(builder.text, cursor.first, cursor.end)
    if found is None or len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    block = builder.enter("tab", depth)
    block.width = CODE_INDENT
    block.detail = found[0].strip()
    return Start.LEAF


def start_definition(builder: BlockBuilder, depth: int) -> Start:
    """Start a definition of the paragraph above, each line of which is a term."""
    cursor = builder.cursor
    found = _DEFINITION.match(builder.text, cursor.first, cursor.end)
    if found is None or len(builder.open) > NESTING_LIMIT:
        return Start.NOTHING
    parent = builder.open[depth - 1]
    if parent.kind != "definitions":
        above = parent.children[-1] if parent.children else None
        if above is None or above.kind != "paragraph" or above.detail:
            return Start.NOTHING
        if DISPLAY_MARK_PATTERN.match(builder.text, above.rows[0].start):
            return Start.NOTHING  # a formula is no term
        _make_terms(builder, parent, above, depth)
        depth = len(builder.open)
    _start_indented(builder, "definition", depth, cursor.first, 1)
    return Start.CONTAINER


def _make_terms(builder: BlockBuilder, parent: Block, above: Block, depth: int) -> None:
    """Make terms of the lines of the paragraph above, and open the list they are in."""
    del parent.children[-1]
    before = parent.children[-1] if parent.children else None
    if before and before.kind == "definitions":
        builder.open[depth:] = [before]
        builder.leaf = None
    else:
        before = builder.enter("definitions", depth, above.start)
        before.is_spaced = above.is_spaced
    for row in above.rows:
        term = Block("term", row.start, is_spaced=above.is_spaced)
        term.rows, term.end = [row], row.end
        before.children.append(term)
