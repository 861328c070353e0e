"""Summaries of texts that have none: plain text without marks, cut where it is too long."""

from __future__ import annotations

import re

from readinglog.model.field_types import SUMMARY_LIMIT
from readinglog.model.text import Span
from readinglog.parsing.block_tree import Block
from readinglog.parsing.blocks import parse_blocks
from readinglog.parsing.prose import strip_markdown

_PARAGRAPHS = frozenset({"paragraph", "list", "quote", "admonition"})
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[^a-z\s])|(?<=[。！？])")
_SHORTEST = 20  # characters of a sentence that says something
_HEAD_LENGTH = 4_000  # characters of a text in which its summary is looked for
# What stands in a text and says nothing: images and embeds that it begins with; fill-ins of
# templates, inline fields, heads of callouts, boxes of tasks and the names of blocks.
_FIRST_IMAGES = re.compile(
    r"\A(?:[\s>]*+!(?:\[\[[^\[\]]*\]\]|\[[^\[\]]*\]\([^()]*\)))+",
)
_NOT_PROSE = re.compile(
    r"\{\{[^{}]*\}\}|<%[^<>]*%>"
    r"|[\[(][A-Za-z][\w -]{0,40}::[^\[\]()]*[\])]|^[ \t>]*\[![^\[\]]*\][^\n]*"
    r"|(?<!\S)\[[ xX/-]\](?!\S)|(?<!\S)\^[\w-]+[ \t]*$",
    re.MULTILINE,
)
_HASHTAG = re.compile(r"(?<!\S)#(?=[^\W\d_])")
_LINKS = re.compile(r"!?\[\[[^\[\]]*+\]\]|!?\[[^\[\]]*+\]\([^()]*+\)|<[^<>]*+>|(?<!\w)https?:\S++")
_LETTER = re.compile(r"[^\W\d_]")


def shorten(text: str, limit: int) -> str:
    """Return a text, or its beginning where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 2]
    return f"{cut.rpartition(' ')[0] or cut} …"


def make_summary(markdown: str) -> str:
    """Return Markdown as the plain text of a summary."""
    return shorten(_strip(markdown), SUMMARY_LIMIT)


def _strip(markdown: str) -> str:
    prose = _NOT_PROSE.sub(" ", _FIRST_IMAGES.sub("", markdown))
    return _HASHTAG.sub("", strip_markdown(prose))


def find_summary(body: str) -> str:
    """Return the first sentence of a text that says something, or ''.

    Links alone, such as those at the foot of many notes, only count where there is nothing else.
    """
    text = body[:_HEAD_LENGTH]
    blocks = parse_blocks(text, Span(0, len(text))).children
    ends = [*(block.start for block in blocks[1:]), len(text)]
    first = ""
    for block, end in zip(blocks, ends, strict=False):
        if block.kind not in _PARAGRAPHS:
            continue
        written = text[block.start : _find_end(block, end)]
        plain = _strip(written)
        sentence = next((each for each in _SENTENCE_END.split(plain) if len(each) >= _SHORTEST), "")
        if sentence and _LETTER.search(_LINKS.sub(" ", written)):
            return shorten(sentence.strip(), SUMMARY_LIMIT)
        first = first or (plain if _LETTER.search(plain) else "")
    return shorten(first.strip(), SUMMARY_LIMIT)


def _find_end(block: Block, end: int) -> int:
    """Return where the part of a block ends of which a summary is made: of a list, its first item.

    `end` is where the next block begins.
    """
    items = block.children if block.kind == "list" else ()
    return items[1].start if len(items) > 1 else end
