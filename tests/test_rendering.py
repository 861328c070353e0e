"""What is checked is what is rendered: the scanner held to Python-Markdown, and the extension's own doings.

Random documents are put together from fragments. In them `@` stands for a wikilink that is one wherever code, math and
comments do not take it in, and `¤` for one that never is; each gets a target of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from readinglog.note import Note
from readinglog.pages.body import body
from readinglog.pages.page import Place
from worlds import notebook

# Fragments -------------------------------------------------------------------------------------------------------

PLAIN = (
    *("word", "two words,", "é", "x@y", "(@)", "@", "@", "@", "@,@", "*@*", "**bold @ here**", "_@_", "~~@~~", "==@=="),
    *("@|label", "@|a `b` c", "@|*em*", "@|a [b] c", "!@", "\\¤", "\\\\@", "\\`@", "`@`", "`` ` @ ``", "`a` @ `b`", "$x$ @", "$[@$"),
    *("costs $5,", "$$a @$$", "\\(@\\)", "\\[@\\]", "<!-- @ -->", "%%@%%", "100% @", "a < b @", "<b>@</b>", "<think>@</think>", "<br>"),
    *("[a ¤ b](https://example.org)", "[a](https://example.org)", "[a][ref]", "¤(aside)", "¤[ref]", "<https://example.org>", "&amp;"),
)
ODD = (
    *("`@", "$@", "\\(@", "<!-- @", "%% @", "[", "]", "[[", "*", "_", "|", "#", "# @", "~", ":", "1. @", "- @", "> @", "[^1]", "[^2]"),
    *("{.class}", "<script>¤</script>", "<span title='@'>"),
)


def sentences(*fragments: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(fragments), min_size=1, max_size=5).map(" ".join)


def joined(blocks: list[list[str]], gaps: list[bool]) -> list[str]:
    """Blocks one below the other, with a blank line between where `gaps` says so."""
    gap = itertools.cycle(gaps)
    return [line for block in blocks for line in (*block, *([""] if next(gap) else []))]


def items(mark: str, blocks: list[list[str]], gaps: list[bool]) -> list[str]:
    """A list: what follows an item's first line is indented by four."""
    indented = ([mark + block[0], *(f"    {line}" if line else "" for line in block[1:])] for block in blocks)
    return joined(list(indented), gaps)


def documents(
    inline: st.SearchStrategy[str],
    gaps: st.SearchStrategy[list[bool]],
    more: Sequence[st.SearchStrategy[list[str]]] = (),
    ends: Sequence[st.SearchStrategy[list[str]]] = (),
) -> st.SearchStrategy[str]:
    """Documents of paragraphs, headings, lists, quotes, code, tables, math and HTML; `ends` stand in no other block."""
    code = st.lists(st.sampled_from(("@", "x = 1", "", "# @", "``", "$ @", "> @", "- @", "    @", "<b>")), min_size=1, max_size=4)
    cells = st.tuples(*(st.sampled_from(("@", "a", "`a|b`", "$|x|$", "`@`", "*@*", "", "a \\| b", "@\\|label")) for _ in range(2)))
    rows = st.lists(cells, min_size=1, max_size=2)
    leaf = st.one_of(
        st.lists(inline, min_size=1, max_size=3),
        st.builds(lambda level, text, closed: [f"{'#' * level} {text}{' #' * closed}"], st.integers(1, 6), inline, st.booleans()),
        st.builds(lambda mark, length, info, text: [mark * length + info, *text, mark * length], st.sampled_from("`~"), st.integers(3, 5), st.sampled_from(("", "python", " js title")), code),
        code.map(lambda text: [f"    {line}" if line else "" for line in ("x", *text)]),
        st.builds(lambda head, lines: [f"| {' | '.join(row)} |" for row in (head, ("---", "---"), *lines)] + [""], cells, rows),
        st.sampled_from((["$$", "x @ + y", "$$"], ["\\[", "x @", "\\]"], ["---"], ["<!--", "@", "", "@", "-->"])),
        *more,
    )

    def nested(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
        item = st.builds(lambda text, blocks, between: joined([[text], *blocks], between), inline, st.lists(inner, max_size=2), gaps)
        marks = st.sampled_from(("- ", "* ", "1. ", "-   "))
        return st.builds(items, marks, st.lists(item, min_size=1, max_size=3), gaps)

    block = st.recursive(leaf, nested, max_leaves=5)
    quote = st.builds(joined, st.lists(block, min_size=1, max_size=3), gaps).map(lambda lines: [f"> {line}".rstrip() for line in lines])
    blocks = st.lists(st.one_of(block, block, quote, *ends), min_size=1, max_size=5)
    return st.builds(joined, blocks, gaps).map("\n".join).map(numbered)


def numbered(text: str) -> str:
    """`text` with a target of its own in each wikilink, and an id of its own for each footnote."""
    number = itertools.count(1)
    text = re.sub(r"([@¤])((?:\\?\|(?:a `b` c|\*em\*|a \[b\] c|label))?)", lambda f: f"[[{'tn'[f[1] == '¤']}{next(number)}{f[2]}]]", text)
    return re.sub(r"\[\^\?\]", lambda _: f"[^{next(number)}]", text)


UNDERLINED = st.builds(lambda text, mark, length: [text, mark * length], sentences(*PLAIN), st.sampled_from("=-"), st.integers(1, 5))
TIDY = documents(sentences(*PLAIN), st.just([True]), (), [UNDERLINED])
WILD = documents(
    sentences(*PLAIN, *ODD),
    st.lists(st.sampled_from((True, True, False)), min_size=1, max_size=4),
    [
        st.builds(lambda text, mark: [text, mark * 4], sentences(*PLAIN, *ODD), st.sampled_from("=-")),
        st.sampled_from((["~~~", "@"], ["```", "@"], ["$$", "@"], ["***"], [""], ["%%", "@", "%%"], ["<p>¤</p>"])),
        st.sampled_from((["<div>", "¤", "</div>"], ["<details>", "<summary>¤</summary>", "", "¤", "</details>"])),
    ],
    [
        st.sampled_from((["[^?]: Foot @.", ""], ["[^?]:", "    Foot @.", "", "    More @.", ""], ["Term @", ":   Definition @", ""])),
        st.sampled_from((["[ref]: https://example.org/a"], ["<div markdown>", "", "@", "", "</div>"])),
    ],
)


# Rendering -------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """What a rendered page holds: the wikilinks it shows as links, those it shows as text, and the ids of its headings."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.texts: list[str] = []
        self.anchors: list[str | None] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "a" and (found := re.search(r"wanted/#(t\d+)$", values.get("href") or "")):
            self.links.append(found[1])
        if re.fullmatch(r"h[1-6]", tag):
            self.anchors.append(values.get("id"))
        if tag not in ("br", "hr", "img", "input"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while tag in self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not {"code", "pre", "math"}.intersection(self._open):
            self.texts += re.findall(r"\[\[(t\d+)", data)


def render(markdown: str) -> str:
    return Markdown(extensions=["readinglog.markdown_ext"]).convert(markdown)


def rendered(text: str) -> tuple[Note, str]:
    """The note whose body is `text`, and the HTML that its page shows."""
    world = notebook({"a.md": f"---\ntitle: The title\n---\n{text}"})
    return world.at["a.md"], render(body(world.at["a.md"], world, Place("notes/a/")))


def targets(parsed: Note) -> list[str]:
    return sorted(link.target for link in parsed.links if re.fullmatch(r"t\d+", link.target))


@given(WILD)
@settings(deadline=None)
def test_what_is_found_as_a_link_is_what_is_rendered_as_one(text: str) -> None:
    parsed, html = rendered(text)
    page = Page(html)
    assert sorted(page.links) == targets(parsed)
    assert not page.texts, "shown as text outside of code and math"


@given(TIDY)
@settings(deadline=None)
def test_the_anchors_that_are_checked_are_the_ids_on_the_page(text: str) -> None:
    parsed, html = rendered(text)
    assert Page(html).anchors == [heading.anchor for heading in parsed.headings]
