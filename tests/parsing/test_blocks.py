"""Blocks are read as CommonMark and GFM read them, and the page has the blocks that the checker sees.

Each case is a text and the HTML that a page has of it. Random texts are held to markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown_it import MarkdownIt

from readinglog.model.text import Span
from readinglog.parsing.block_builder import NESTING_LIMIT
from readinglog.parsing.block_tree import Block
from readinglog.parsing.blocks import parse_blocks
from support.case_pages import Case, read_cases, verify
from support.worlds import note

OURS = Markdown(extensions=["readinglog.parsing.markdown_extension"])
THEIRS = MarkdownIt("commonmark").enable("table")
_PERMALINK = re.compile(r'<a [^>]*class="headerlink"[^>]*>¶</a>')
_HIGHLIGHT = re.compile(r'<div class="highlight"><pre><span></span>(.*?)</pre></div>\n*', re.DOTALL)


def render(text: str) -> str:
    return OURS.reset().convert(text)


@pytest.mark.parametrize(
    "case", list(read_cases("blocks")), ids=lambda case: f"{case.page.stem}: {case.title}"
)
def test_case(case: Case, update: bool) -> None:
    def outcome(_: str) -> str:
        text = case.files["a.md"]
        assert isinstance(text, str)
        return _HIGHLIGHT.sub(r"<pre>\1</pre>\n", _PERMALINK.sub("", render(text)))

    verify(case, outcome, update=update)


# Held to another parser
# -----------------------------------------------------------------------------

KEPT = frozenset("ul ol li blockquote pre table th td h1 h2 h3 hr p br".split())
MARKS = ("> ", ">", "- ", "* ", "+ ", "-   ", "1. ", "3. ", "2) ", "10. ")
TEXTS = (
    "word",
    "two words",
    "more",
    "# a heading",
    "## another ##",
    "***",
    "- - -",
    "---",
    "===",
    "a bar | too",
    "broken\\",
    "broken  ",
    "2024. was a year",
    "-no item",
)
LEAVES = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: [text]),
    st.sampled_from(
        (
            ["```", "code", "", "    more", "```"],
            ["~~~ python", "- code", "~~~"],
            ["| a | b |", "|---|---|", "| c | d |"],
            ["word", "a | b", "--|--", "c | d"],
        )
    ),
)


def join_lines(blocks: list[list[str]]) -> list[str]:
    return [line for block in blocks for line in block]


def mark_block(mark: str, lines: list[str]) -> list[str]:
    """A block in an item or a quote."""
    if mark.startswith(">"):
        return [f"{mark}{line}" for line in lines]
    first, *rest = lines
    return [f"{mark}{first}", *(f"{' ' * len(mark)}{line}" if line else "" for line in rest)]


def indent_block(width: int, lines: list[str]) -> list[str]:
    return [f"{' ' * width}{line}" if line else "" for line in lines]


BLOCKS = st.builds(
    indent_block,
    st.integers(0, 3),
    st.recursive(
        LEAVES,
        lambda inner: st.builds(
            mark_block,
            st.sampled_from(MARKS),
            st.lists(inner, min_size=1, max_size=3).map(join_lines),
        ),
        max_leaves=6,
    ),
)
DOCUMENTS = st.lists(st.one_of(BLOCKS, BLOCKS, st.just([""])), min_size=1, max_size=6).map(
    lambda blocks: "\n".join(join_lines(blocks)) + "\n"
)


class Outline(HTMLParser):
    """The elements that blocks become, and the text in them without white space."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in KEPT:
            self.parts.append(f"<{tag} {dict(attrs).get('start', '')}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in KEPT - {"hr", "br"}:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.parts.append("".join(data.split()))


def outline(html: str) -> str:
    return "".join(Outline(_PERMALINK.sub("", html)).parts)


@given(DOCUMENTS)
def test_random_blocks_are_those_that_another_parser_finds(text: str) -> None:
    assert outline(render(text)) == outline(THEIRS.render(text))


# Extensions of a user
# -----------------------------------------------------------------------------

SWITCHED_ON = (
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "sane_lists",
    "tables",
)
BLOCKS_OF_ALL_KINDS = """
- one

    !!! note "Title"
        Text.

        1. deeper

            ```python
            x = 1
            ```

- [ ] to do

??? tip
    Text.

<div markdown>

| a | b |
|---|---|
| c | d |

</div>

Term
:   Definition.[^1]

[^1]: Foot.
"""


@pytest.mark.parametrize("is_first", [True, False])
def test_extensions_that_repeat_what_notes_have_change_nothing(*, is_first: bool) -> None:
    ours = ["readinglog.parsing.markdown_extension"]
    names = [*ours, *SWITCHED_ON] if is_first else [*SWITCHED_ON, *ours]
    assert Markdown(extensions=names).convert(BLOCKS_OF_ALL_KINDS) == render(BLOCKS_OF_ALL_KINDS)


def test_extensions_with_blocks_of_their_own_work_around_lists_and_within_them() -> None:
    text = (
        "/// details | More\n    open: true\n\nText:\n- one\n\n    /// note\n    Within.\n    ///\n\n///\n\n"
        "*[MoE]: mixture of experts\n\n- MoE ++ctrl+c++ H^2^\n"
    )
    extensions = [
        "abbr",
        "pymdownx.blocks.admonition",
        "pymdownx.blocks.details",
        "pymdownx.caret",
        "pymdownx.keys",
        "readinglog.parsing.markdown_extension",
    ]
    html = Markdown(extensions=extensions).convert(text)
    assert re.search(r"<details open=[^>]*>\s*<summary>More</summary>\s*<p>Text:</p>\s*<ul>", html)
    assert '<p class="admonition-title">Note</p>\n<p>Within.</p>' in html
    assert '<abbr title="mixture of experts">MoE</abbr>' in html
    assert "<kbd" in html
    assert "<sup>2</sup>" in html
    assert "///" not in html


# The tree
# -----------------------------------------------------------------------------


def leaves(block: Block) -> Iterator[Block]:
    return (each for each in block.walk() if each.rows)


@given(DOCUMENTS)
def test_leaves_are_in_order_and_apart(text: str) -> None:
    document = parse_blocks(text, Span(0, len(text)))
    rows = [row for leaf in leaves(document) for row in leaf.rows]
    assert all(0 <= row.start <= row.end <= len(text) for row in rows)
    assert rows == sorted(rows)


@given(DOCUMENTS)
def test_line_breaks_of_two_characters_make_no_other_blocks(text: str) -> None:
    windows = text.replace("\n", "\r\n")
    found = [parse_blocks(each, Span(0, len(each))) for each in (text, windows)]
    ours, same = ([(block.kind, len(block.rows)) for block in each.walk()] for each in found)
    assert ours == same
    assert render(windows) == render(text)


def test_containers_deeper_than_the_limit_are_text() -> None:
    document = parse_blocks("> " * 500 + "x", Span(0, 1_001))
    assert sum(block.kind == "quote" for block in document.walk()) == NESTING_LIMIT


@given(DOCUMENTS)
def test_the_headings_of_the_page_are_those_that_are_checked(text: str) -> None:
    parsed = note(f"---\ntitle: A\n---\n{text}")
    shown = re.findall(r'<h\d id="([^"]*)"', render(text))
    assert shown == [heading.anchor for heading in parsed.headings]
