"""What is checked is what is rendered: the scanner held to Python-Markdown, and the extension's own
doings.

Random documents are put together from fragments. In them `@` stands for a wikilink that is one
wherever code, math and comments do not take it in, and `¤` for one that never is; each gets a
target of its own.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from readinglog.model.note import Note
from readinglog.parsing.math import to_text
from readinglog.site.page import PageBase
from readinglog.site.views.note_text import make_body
from support.worlds import note, notebook

# Fragments
# -----------------------------------------------------------------------------

PLAIN = (
    *(
        "word",
        "two words,",
        "é",
        "x@y",
        "(@)",
        "@",
        "@",
        "@",
        "@,@",
        "*@*",
        "**bold @ here**",
        "_@_",
        "~~@~~",
        "==@==",
    ),
    *(
        "@|label",
        "@|a `b` c",
        "@|*em*",
        "@|a [b] c",
        "!@",
        "\\¤",
        "\\\\@",
        "\\`@",
        "`@`",
        "`` ` @ ``",
        "`a` @ `b`",
        "$x$ @",
        "$[@$",
    ),
    *(
        "costs $5,",
        "$$a @$$",
        "\\(@\\)",
        "\\[@\\]",
        "<!-- @ -->",
        "%%@%%",
        "100% @",
        "a < b @",
        "<b>@</b>",
        "<think>@</think>",
        "<br>",
    ),
    *(
        "[a ¤ b](https://example.org)",
        "[a](https://example.org)",
        "[a][ref]",
        "¤(aside)",
        "¤[ref]",
        "<https://example.org>",
        "&amp;",
    ),
)
ODD = (
    *(
        "`@",
        "$@",
        "\\(@",
        "<!-- @",
        "%% @",
        "[",
        "]",
        "[[",
        "*",
        "_",
        "|",
        "#",
        "# @",
        "~",
        ":",
        "1. @",
        "- @",
        "> @",
        "[^1]",
        "[^2]",
    ),
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
    indented = (
        [mark + block[0], *(f"    {line}" if line else "" for line in block[1:])]
        for block in blocks
    )
    return joined(list(indented), gaps)


def documents(
    inline: st.SearchStrategy[str],
    gaps: st.SearchStrategy[list[bool]],
    more: Sequence[st.SearchStrategy[list[str]]] = (),
    ends: Sequence[st.SearchStrategy[list[str]]] = (),
) -> st.SearchStrategy[str]:
    """Documents of paragraphs, headings, lists, quotes, code, tables, math and HTML; `ends` stand
    in no other block.
    """
    code = st.lists(
        st.sampled_from(("@", "x = 1", "", "# @", "``", "$ @", "> @", "- @", "    @", "<b>")),
        min_size=1,
        max_size=4,
    )
    cells = st.tuples(
        *(
            st.sampled_from(("@", "a", "`a|b`", "$|x|$", "`@`", "*@*", "", "a \\| b", "@\\|label"))
            for _ in range(2)
        )
    )
    rows = st.lists(cells, min_size=1, max_size=2)
    leaf = st.one_of(
        st.lists(inline, min_size=1, max_size=3),
        st.builds(
            lambda level, text, closed: [f"{'#' * level} {text}{' #' * closed}"],
            st.integers(1, 6),
            inline,
            st.booleans(),
        ),
        st.builds(
            lambda mark, length, info, text: [mark * length + info, *text, mark * length],
            st.sampled_from("`~"),
            st.integers(3, 5),
            st.sampled_from(("", "python", " js title")),
            code,
        ),
        code.map(lambda text: [f"    {line}" if line else "" for line in ("x", *text)]),
        st.builds(
            lambda head, lines: (
                [f"| {' | '.join(row)} |" for row in (head, ("---", "---"), *lines)] + [""]
            ),
            cells,
            rows,
        ),
        st.sampled_from(
            (
                ["$$", "x @ + y", "$$"],
                ["$$", "x @", "", "+ y @", "$$"],
                ["\\[", "x @", "\\]"],
                ["\\begin{align}", "x @", "\\end{align}"],
                ["```math", "x @", "```"],
                ["$`x @`$, 信号$@$上 and between $1K and 2K$ @"],
                ["---"],
                ["<!--", "@", "", "@", "-->"],
            )
        ),
        *more,
    )

    def nested(inner: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
        item = st.builds(
            lambda text, blocks, between: joined([[text], *blocks], between),
            inline,
            st.lists(inner, max_size=2),
            gaps,
        )
        marks = st.sampled_from(("- ", "* ", "1. ", "-   "))
        return st.builds(items, marks, st.lists(item, min_size=1, max_size=3), gaps)

    block = st.recursive(leaf, nested, max_leaves=5)
    quote = st.builds(joined, st.lists(block, min_size=1, max_size=3), gaps).map(
        lambda lines: [f"> {line}".rstrip() for line in lines]
    )
    blocks = st.lists(st.one_of(block, block, quote, *ends), min_size=1, max_size=5)
    return st.builds(joined, blocks, gaps).map("\n".join).map(numbered)


def numbered(text: str) -> str:
    """`text` with a target of its own in each wikilink, and an id of its own for each footnote."""
    number = itertools.count(1)
    text = re.sub(
        r"([@¤])((?:\\?\|(?:a `b` c|\*em\*|a \[b\] c|label))?)",
        lambda f: f"[[{'tn'[f[1] == '¤']}{next(number)}{f[2]}]]",
        text,
    )
    return re.sub(r"\[\^\?\]", lambda _: f"[^{next(number)}]", text)


UNDERLINED_HEADINGS = st.builds(
    lambda text, mark, length: [text, mark * length],
    sentences(*PLAIN),
    st.sampled_from("=-"),
    st.integers(1, 5),
)
TIDY = documents(sentences(*PLAIN), st.just([True]), (), [UNDERLINED_HEADINGS])
WILD = documents(
    sentences(*PLAIN, *ODD),
    st.lists(st.sampled_from((True, True, False)), min_size=1, max_size=4),
    [
        st.builds(
            lambda text, mark: [text, mark * 4], sentences(*PLAIN, *ODD), st.sampled_from("=-")
        ),
        st.sampled_from(
            (
                ["~~~", "@"],
                ["```", "@"],
                ["$$", "@"],
                ["***"],
                [""],
                ["%%", "@", "%%"],
                ["<p>¤</p>"],
            )
        ),
        st.sampled_from(
            (["<div>", "¤", "</div>"], ["<details>", "<summary>¤</summary>", "", "¤", "</details>"])
        ),
    ],
    [
        st.sampled_from(
            (
                ["[^?]: Foot @.", ""],
                ["[^?]:", "    Foot @.", "", "    More @.", ""],
                ["Term @", ":   Definition @", ""],
            )
        ),
        st.sampled_from(
            (["[ref]: https://example.org/a"], ["<div markdown>", "", "@", "", "</div>"])
        ),
    ],
)


COMMON = documents(
    sentences(
        *(
            "word",
            "two words,",
            "@",
            "@",
            "*@*",
            "**bold @ here**",
            "`@`",
            "`` ` @ ``",
            "`a` @ `b`",
            "\\¤",
            "\\\\@",
            "a < b @",
        ),
        *(
            "[a](https://example.org)",
            "<b>@</b>",
            "<!-- @ -->",
            "@|label",
            "(@)",
            "[a][ref]",
            "&amp;",
        ),
    ),
    st.just([True]),
)


# Rendering
# -----------------------------------------------------------------------------


class Page(HTMLParser):
    """What a rendered page holds: the wikilinks it shows as links, those it shows as text, and the
    ids of its headings.
    """

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
    return Markdown(extensions=["readinglog.parsing.markdown_extension"]).convert(markdown)


def rendered(text: str) -> tuple[Note, str]:
    """The note whose body is `text`, and the HTML that its page shows."""
    world = notebook({"a.md": f"---\ntitle: The title\n---\n{text}"})
    parsed = world.by_path["a.md"]
    return parsed, render(make_body(parsed, world, PageBase("notes/a/")))


def targets(parsed: Note) -> list[str]:
    return sorted(link.target for link in parsed.links if re.fullmatch(r"t\d+", link.target))


class _Wikilink(InlineProcessor):  # with names that Python-Markdown gives
    def handleMatch(  # noqa: N802
        self, m: re.Match[str], _: str
    ) -> tuple[Element, int, int]:
        element = Element("a", {"href": f"wanted/#{m[1]}"})
        element.text = m[1]
        return element, m.start(), m.end()


class Wikilinks(Extension):
    """The plainest of wikilinks, as an extension of Python-Markdown that knows nothing of this
    package.
    """

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.inlinePatterns.register(_Wikilink(r"\[\[(t\d+)[^\]]*\]\]", md), "wikilinks", 175)


class Nothing(Extension):
    """Looks in lines for what is in none, so that all other marks are looked for as well."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.inlinePatterns.register(InlineProcessor(r"(?!)", md), "nothing", 90)


class _Captions(Treeprocessor):
    def run(self, root: Element) -> None:
        SubElement(SubElement(root, "div"), "p").text = "A *caption*"
        self.md.treeprocessors["inline"].run(root[-1])


class Captions(Extension):
    """Writes Markdown of its own below the text, after that has been read."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.treeprocessors.register(_Captions(md), "captions", 12)


class _Mail(InlineProcessor):
    def handleMatch(  # noqa: N802
        self, m: re.Match[str], _: str
    ) -> tuple[Element, int, int]:
        element = Element("a", {"href": f"mailto:{m[0]}"})
        element.text = AtomicString(m[0])
        return element, m.start(), m.end()


class Mail(Extension):
    """Finds bare addresses of mail in place of those in angle brackets."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.inlinePatterns.register(_Mail(r"\w+@[\w.]+", md), "automail", 110)


# Properties
# -----------------------------------------------------------------------------

held = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])


@given(WILD)
@held
def test_what_is_found_as_a_link_is_what_is_rendered_as_one(text: str) -> None:
    parsed, html = rendered(text)
    page = Page(html)
    assert sorted(page.links) == targets(parsed)
    assert not page.texts, "shown as text outside of code and math"


@given(WILD)
@held
def test_marks_that_are_not_looked_for_are_not_there(text: str) -> None:
    own = "readinglog.parsing.markdown_extension"
    assert render(text) == Markdown(extensions=[own, Nothing()]).convert(text)


@pytest.mark.parametrize(
    ("extension", "shown"),
    [
        (Captions(), "<p>A <em>caption</em></p>"),
        (Mail(), '<p>Write to <a href="mailto:me@a.example">me@a.example</a> now.</p>'),
    ],
    ids=["captions", "mail"],
)
def test_what_other_extensions_look_for_is_found(extension: Extension, shown: str) -> None:
    own = "readinglog.parsing.markdown_extension"
    made = Markdown(extensions=[own, extension]).convert("Write to me@a.example now.")
    assert shown in made


@given(TIDY)
@held
def test_the_anchors_that_are_checked_are_the_ids_on_the_page(text: str) -> None:
    parsed, html = rendered(text)
    assert Page(html).anchors == [heading.anchor for heading in parsed.headings]


@given(COMMON)
@held
def test_a_renderer_without_this_package_finds_the_same_links(text: str) -> None:
    assume(
        not re.search(r"\$|^[ >]*(?:<!--$|\\\[$)|\\begin", text, re.MULTILINE)
    )  # which it cannot do: math, and comments in lists
    assume(not re.search(r"^>.*\n\n+>", text, re.MULTILINE))  # nor keep two quotes apart
    plain = Markdown(
        extensions=["tables", "footnotes", "sane_lists", "pymdownx.superfences", Wikilinks()]
    )
    assert sorted(Page(plain.convert(text)).links) == targets(note(f"---\ntitle: x\n---\n{text}"))


@given(WILD)
@held
def test_masking_keeps_every_offset_and_line(text: str) -> None:
    parsed = note(text)
    assert len(parsed.masked) == len(text)
    assert [at for at, c in enumerate(parsed.masked) if c == "\n"] == [
        at for at, c in enumerate(text) if c == "\n"
    ]
    edges = [edge for region in parsed.regions for edge in (region.start, region.end)]
    assert edges == sorted(edges), "regions overlap"


@given(WILD)
@held
def test_a_page_takes_nothing_from_its_note_that_is_not_allowed(text: str) -> None:
    _, html = rendered(text)
    assert not re.search(r"<(?:script|style|iframe|form)\b", html)


# The extension
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src=//example.org/x.js></SCRIPT>",
        "<style>body { display: none }</style>",
        "<iframe src=https://example.org></iframe>",
        "<form action=https://example.org><input name=q><button>go</button></form>",
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<object data=x></object><embed src=x><link rel=stylesheet href=x><meta http-equiv=refresh content=0><base href=//x>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "text <textarea><script>alert(1)</script></textarea> text",
        "<details><summary>x</summary><script>alert(1)</script></details>",
        "<noscript><p title='</noscript><script>alert(1)</script>'></p></noscript>",
    ],
)
def test_html_that_loads_or_runs_something_does_not_reach_the_page(source: str) -> None:
    html = render(source)
    live = re.findall(
        r"<(script|style|iframe|form|input|button|svg|object|embed|link|meta|base|textarea|noscript)\b",
        html,
    )
    assert not live


@pytest.mark.parametrize(
    "source",
    [
        '<div onclick="alert(1)">x</div>',
        "<b onmouseover=alert(1)>x</b>",
        '<img src="x.png" onerror="alert(1)">',
        "[x](y){onclick=alert(1)}",
        "[x](y){: onclick='alert(1)' style='position:fixed' }",
        "# x {#y onclick=alert(1)}",
        "<p style='position:fixed;inset:0'>x</p>",
        "<a href='https://example.org' target=_blank onfocus=alert(1) autofocus>x</a>",
    ],
)
def test_attributes_that_act_are_dropped_and_the_text_stays(source: str) -> None:
    html = render(source)
    assert not re.search(r"<[^>]*\s(?:on\w+|style|autofocus)\s*=?", html)
    assert "x" in html


@pytest.mark.parametrize(
    "source",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](javascript&#58;alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:msgbox)",
        "[x](file:///etc/passwd)",
        "![x](data:image/svg+xml,%3Csvg%3E)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java&#115;cript:alert(1)">x</a>',
        "$\\href{javascript:alert(1)}{x}$",
    ],
)
def test_an_address_that_runs_or_hides_something_leads_nowhere(source: str) -> None:
    assert not re.search(
        r"(?:href|src)\s*=\s*[\"']?\s*(?:java|data|vbscript|file)", render(source), re.IGNORECASE
    )


def test_addresses_of_the_web_stay() -> None:
    html = render(
        "[a](https://example.org/?x=1&y=2) [b](http://example.org) [c](mailto:a@example.org) [d](../b/#c) <https://example.org>"
    )
    assert re.findall(r'href="([^"]*)"', html) == [
        *(
            "https://example.org/?x=1&amp;y=2",
            "http://example.org",
            "mailto:a@example.org",
            "../b/#c",
            "https://example.org",
        )
    ]


def test_classes_and_ids_of_the_theme_are_not_for_notes() -> None:
    html = render(
        '<div class="md-overlay mine" id="__drawer">x</div>\n\n[y](z){.md-button .mine #__search}\n'
    )
    assert "md-" not in html
    assert "__" not in html
    assert html.count('class="mine"') == 2


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        (
            "<think>hm</think> <answer>4</answer>",
            "&lt;think&gt;hm&lt;/think&gt; &lt;answer&gt;4&lt;/answer&gt;",
        ),
        ("a List<int> and <T>", "a List&lt;int&gt; and &lt;T&gt;"),
        ("1 < 2 and 3 > 2", "1 &lt; 2 and 3 &gt; 2"),
        ("a <script>x</script> b", "a &lt;script&gt;x&lt;/script&gt; b"),
        ("\\<b>x", "&lt;b&gt;x"),
        ("&lt;b&gt;", "&lt;b&gt;"),
        ("{{ title }} {% raw %} {{{x}}}", "{{ title }} {% raw %} {{{x}}}"),
    ],
)
def test_what_is_no_element_of_html_is_shown_as_it_is_written(source: str, shown: str) -> None:
    assert render(source) == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "source",
    ["H<sub>2</sub>O", "<kbd>Ctrl</kbd>", "a<br>b", "<mark>x</mark>", '<abbr title="y">x</abbr>'],
)
def test_allowed_elements_reach_the_page(source: str) -> None:
    assert render(source) == f"<p>{source}</p>"


def test_markdown_within_details_is_rendered_behind_a_blank_line_or_where_it_is_asked_for() -> None:
    html = render(
        "<details markdown>\n<summary>More</summary>\n\nSome *text*.\n\n</details>\n\n<details>\n\nSome *text*.\n\n</details>"
    )
    assert html.count("<em>text</em>") == 2
    asked = render("<div markdown>\nSome *text*.\n</div>\n\n<div>\nSome *text*.\n</div>")
    assert asked.count("<em>text</em>") == 1


# Math


def test_a_formula_becomes_mathml() -> None:
    html = render("With $x^2$ and \\(y_i\\):\n\n$$\n\\frac{a}{b}\n$$\n\n\\[ c \\]\n")
    assert html.count("<math>") == 2
    assert html.count('<math display="block">') == 2
    assert "<mfrac><mi>a</mi><mi>b</mi></mfrac>" in html
    assert "$" not in html


def test_a_formula_that_cannot_be_set_is_shown_as_it_is_written() -> None:
    html = render("before $\\nope{x}$ after $y$")
    assert '<code class="rl-math-error">$\\nope{x}$</code>' in html
    assert "<math><mi>y</mi></math>" in html


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"q_\theta(y \mid x)", "q_θ(y∣x)"),
        (r"\frac{a+b}{c}", "(a+b)/c"),
        (r"x^2_{t-1}", "x_(t−1)^2"),
        (r"\sqrt{d} \log p", "√(d) log p"),
        (r"\hat{x}_0 < 1", "xˆ_0<1"),
        (r"\operatorname{softmax}(x)", "softmax(x)"),
        (r"D_{\text{KL}}(p \,\|\, q)", "D_(KL)(p ‖ q)"),
        (r"\nope{x}", r"\nope{x}"),
        ("a\x0bb", "a\x0bb"),
        ("\\sqrt{" * 5_000 + "x" + "}" * 5_000, "\\sqrt{" * 5_000 + "x" + "}" * 5_000),
    ],
    ids=lambda text: text[:20],
)
def test_where_only_text_can_stand_a_formula_is_a_line_of_it(latex: str, line: str) -> None:
    assert to_text(latex) == line


@pytest.mark.parametrize(
    "text",
    [
        "It costs $5, or $10.",
        "From $1.50 to $2.",
        "US$5 and US$6",
        "\\$x\\$",
        "a $ b $ c",
        "$20k a year; $30k",
    ],
)
def test_money_is_no_formula(text: str) -> None:
    assert render(text) == f"<p>{text.replace(chr(92), '')}</p>"


def test_a_formula_is_taken_as_it_is_written() -> None:
    html = render("$a_1 * b_2 * c < d$ and $\\{x \\mid y\\}$ and *$z$*")
    assert "<em><math>" in html
    assert html.count("<em>") == 1
    assert "rl-math-error" not in html


def test_a_formula_in_a_quote_has_no_quote_marks_in_it() -> None:
    html = render("> $$\n> a\n> + b\n> $$\n")
    assert "<mo>&gt;</mo>" not in html
    assert '<math display="block"><mi>a</mi><mo>+</mo><mi>b</mi></math>' in html


# Code


def test_code_is_highlighted_by_its_language() -> None:
    html = render(
        "```python\ndef f(): pass\n```\n\n~~~ c title=x\nint x;\n~~~\n\n```nonsense\n<b>\n```\n\n    plain\n"
    )
    assert '<span class="k">def</span>' in html
    assert '<span class="kt">int</span>' in html
    assert "&lt;b&gt;" in html
    assert html.count('<div class="highlight">') == 4


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("````\n```\nx\n```\n````", "```\nx\n```"),
        ("- a\n\n    ```\n    x\n      y\n    ```", "x\n  y"),
        ("> ```\n> x\n>\n> y\n> ```", "x\n\ny"),
        ("> - a\n>\n>     ~~~\n>     x\n>     ~~~", "x"),
        ("a\n```\nx\n```\nb", "x"),
        ("```\nx\n```\n---", "x"),
        ("    x\n\n      y", "x\n\n  y"),
        ("- a\n\n        x", "x"),
        ("```\nx", "x"),
        ("```\n\n\nx\n```", "\n\nx"),
    ],
)
def test_a_block_of_code_shows_just_its_lines(source: str, shown: str) -> None:
    found = re.search(r"<code>(.*?)\n</code></pre>", render(source), re.DOTALL)
    assert found is not None
    assert found[1] == shown


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("`a`", "a"),
        ("`` a`b ``", "a`b"),
        ("` a `", "a"),
        ("`a\nb`", "a b"),
        ("> `a\n> b`", "a b"),
        ("`<b>&amp;`", "&lt;b&gt;&amp;amp;"),
        ("`\\`", "\\"),
        ("`*a* $b$ [[c]]`", "*a* $b$ [[c]]"),
    ],
)
def test_a_code_span_shows_what_is_in_it(source: str, shown: str) -> None:
    assert re.findall(r"<code>(.*?)</code>", render(source)) == [shown]


@pytest.mark.parametrize(
    "text",
    [
        "``a'' b\n- c ``d'' e",
        "| a ` b | c |\n|---|---|\n| d | e ` f |",
        "# a ` b\nc ` d",
        "a ` b\n\nc ` d",
    ],
)
def test_a_stray_backtick_does_not_reach_into_the_next_block(text: str) -> None:
    assert "<code>" not in render(text)


# Headings, lists, tables, footnotes


def test_a_hash_and_a_word_is_no_heading() -> None:
    assert render("#moe is a word\n\n#1 too\n") == "<p>#moe is a word</p>\n<p>#1 too</p>"


def test_a_heading_has_an_anchor_of_its_own_script() -> None:
    anchors = Page(
        rendered("## 混合专家\n\n## Ответ\n\n## हिन्दी\n\n## ABC\n\n## abc\n\n## ???\n")[1]
    ).anchors
    assert anchors == ["混合专家", "ответ", "हिन्दी", "abc", "abc_1", "_1"]


def test_a_list_of_the_headings_stands_where_the_text_asks_for_it() -> None:
    assert '<a href="#setup">Setup</a></li>' in render("[TOC]\n\n## Setup\n")
    assert "toc" not in render("## Setup\n")


def test_a_heading_may_begin_as_ids_of_the_theme_do() -> None:
    parsed, html = rendered("## __init\n\n## x {#__drawer}\n")
    assert [heading.anchor for heading in parsed.headings] == ["__init", "__drawer"]
    assert Page(html).anchors == ["__init", None]


def test_a_heading_may_name_its_own_anchor() -> None:
    parsed, html = rendered("## Results and more {#results}\n\n## Results\n")
    assert (
        Page(html).anchors
        == ["results", "results_1"]
        == [heading.anchor for heading in parsed.headings]
    )


@pytest.mark.parametrize(
    "text",
    [
        "```\nx\n```\n---\n\nTitle\n=====\n",
        "$$\nx\n$$\n---\n\nTitle\n=====\n",
        "<!-- x -->\n---\n\nTitle\n=====\n",
        "- a\n---\n\n# Title\n",
        "> a\n---\n\n# Title\n",
        "* * *\n---\nTitle\n=====\n",
        "[^1]: Foot.\n---\n\n# Title\n",
    ],
)
def test_a_rule_below_a_block_makes_no_heading_of_it(text: str) -> None:
    parsed, html = rendered(f"Text.[^1]\n\n{text}")
    assert [heading.anchor for heading in parsed.headings] == ["title"] == Page(html).anchors
    assert "<hr>" in html


@pytest.mark.parametrize("mark", ["-", "*", "+", "1."])
def test_a_list_may_follow_a_paragraph_without_a_blank_line(mark: str) -> None:
    html = render(f"Some:\n{mark} one\n{mark} two\n")
    assert "<p>Some:</p>" in html
    assert html.count("<li>") == 2


def test_an_item_may_follow_another_ones_second_paragraph() -> None:
    html = render("1. one\n\n    more\n2. two\n")
    assert html.count("<li>") == 2


@pytest.mark.parametrize("text", ["It was in\n2024. Then\nmore", "so x\n-y and *z*"])
def test_a_line_that_only_looks_like_an_item_stays_in_its_paragraph(text: str) -> None:
    assert "<li>" not in render(text)


def test_a_table_may_hold_bars_in_code_math_and_behind_a_backslash() -> None:
    html = render("| a | b |\n|---|--:|\n| `x|y` | $|z|$ |\n| p \\| q | r |\n")
    assert html.count("<td") == 4
    assert "<code>x|y</code>" in html
    assert "p | q" in html
    assert 'style="text-align:right"' in html.replace(": ", ":")


def test_a_wikilink_in_a_table_keeps_its_label() -> None:
    _, html = rendered("| a |\n|---|\n| [[b\\|the label]] |\n")
    assert re.search(r"<td><a [^>]*>the label</a></td>", html)


def test_footnotes_lead_there_and_back() -> None:
    html = render("Text.[^n]\n\n[^n]: Foot.\n\n    More of it.\n")
    assert '<a class="footnote-ref" href="#fn:n">' in html
    assert '<li id="fn:n">' in html
    assert 'class="footnote-backref" href="#fnref:n"' in html
    assert "<p>More of it." in html


def test_a_link_that_shows_a_sign_has_a_name_to_be_read_aloud() -> None:
    html = render("## How\n\nText.[^n]\n\n[^n]: Foot.\n")
    names = dict(re.findall(r'<a aria-label="([^"]*)" class="([^"]*)"', html))
    assert names == {
        "Link to this section": "headerlink",
        "Jump back to footnote 1 in the text": "footnote-backref",
    }


def test_task_lists_show_boxes_that_cannot_be_ticked() -> None:
    assert render("- [x] done\n- [ ] open\n").count("disabled") == 2


def test_a_backslash_makes_any_mark_a_character() -> None:
    marks = "!\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
    html = render(" ".join(f"\\{mark}" for mark in marks if mark not in "(["))
    assert "\\" not in html
    assert "<math" not in html


def test_comments_are_not_on_the_page() -> None:
    html = rendered(
        "a %%secret%% b <!-- secret --> c\n\n%%\nsecret\n\nsecret\n%%\n\n<!--\nsecret\n\nsecret -->\n"
    )[1]
    assert "secret" not in html
    assert "%%" not in html


def test_the_first_heading_is_left_out_where_it_repeats_the_title() -> None:
    assert "<h1" not in rendered("# The Title\n\nText.\n")[1]
    assert "<h1" in rendered("# Another\n\nText.\n")[1]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 8_000,
        "<a " * 20_000,
        "![" * 5_000,
        "[[a " * 4_000,
        "[[a\n" * 4_000,
        "(" * 10_000,
        "*" * 10_000,
        "*a_" * 5_000,
        "\n".join("    " * depth + "- a" for depth in range(300)),
        "\n".join("  " * depth + "- a" for depth in range(300)),
        "- " * 300 + "a",
        "> " * 300 + "a",
        ">" * 300 + "a",
        "\t" * 300 + "- a",
        "a" * 30_000,
        "a\n" * 600_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_text_that_a_renderer_cannot_handle_does_not_reach_it(text: str) -> None:
    world = notebook({"a.md": f"---\ntitle: x\n---\n{text}"})
    parsed = world.by_path["a.md"]
    assert [diagnostic.rule for diagnostic in parsed.diagnostics] == ["too-large"]
    assert make_body(parsed, world, PageBase("notes/a/")) == ""


# Images
# -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "framed"),
    [
        ("$$\na\n$$", 1),
        ("$$\na\n$$\n\nIn $x$ a line.\n\n$$\nb\n$$", 2),
        ("$x$ alone", 0),
        ('<math display="block"><mi>a</mi></math>', 0),
    ],
    ids="one two inline own".split(),
)
def test_each_formula_with_lines_of_its_own_can_scroll(text: str, framed: int) -> None:
    html = render(text)
    assert html.count('<span class="rl-scroll rl-formula"><math') == framed
    assert html.count("<span") == html.count("</span>")


def test_an_image_that_stands_alone_and_has_a_title_is_a_figure_with_a_caption() -> None:
    assert (
        '<figure><a href="loss.png"><img alt="x" src="loss.png" width="300"></a><figcaption>Loss &amp; time</figcaption></figure>'
        in render('![x](loss.png "Loss & time"){width=300}')
    )


@pytest.mark.parametrize(
    "text", ["![x](loss.png)", 'Here ![x](loss.png "t") is', '![x](a.png "t") ![y](b.png "u")']
)
def test_other_images_stay_in_their_paragraph(text: str) -> None:
    assert "<figure" not in render(text)


@pytest.mark.parametrize(
    "source", ["https://a.example/x.png", "//a.example/x.png", "http://a.example/x.png"]
)
def test_an_image_of_another_host_is_shown_as_a_link(source: str) -> None:
    made = render(f"![the loss]({source})")
    assert f'<a href="{source}">the loss</a>' in made
    assert "<img" not in made


@pytest.mark.parametrize(
    "source",
    ["https://a.example/x.png", "//a.example/x.png", r"\\a.example/x.png", "/\t/a.example/x.png"],
)
def test_a_raw_image_of_another_host_is_not_loaded(source: str) -> None:
    made = render(f'<img src="{source}" alt="the loss">')
    assert "src" not in made
    assert f'<a href="{source}">the loss</a>' in made or "a.example" not in made


def test_a_raw_image_of_another_host_within_a_link_is_words_alone() -> None:
    image = '<img src="https://a.example/x.png" alt="the loss">'
    made = render(f'<a href="https://b.example">{image}</a> and {image}')
    assert '<a href="https://b.example"><span>the loss</span></a>' in made
    assert '<a href="https://a.example/x.png">the loss</a>' in made


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("![a](x.png =300x200)", {"width": "300", "height": "200"}),
        ("![a](x.png =300x)", {"width": "300"}),
        ("![a](x.png =x200)", {"height": "200"}),
        ('![a](x.png =300 "title") text', {"width": "300", "title": "title"}),
        ("![a|300](x.png)", {"width": "300"}),
    ],
)
def test_a_size_may_be_behind_an_address(text: str, attributes: dict[str, str]) -> None:
    made = render(text)
    assert 'src="x.png"' in made
    assert all(f'{name}="{value}"' in made for name, value in attributes.items())


def test_words_in_parentheses_behind_brackets_stay_text() -> None:
    assert render("f[x](a and b) ![y](c or d)") == "<p>f[x](a and b) ![y](c or d)</p>"


def test_an_address_may_be_of_any_length() -> None:
    address = f"https://a.example/?q={'a%20' * 2000}f(x(y)){'b' * 2000}"
    assert render(f"See [it]({address}).") == f'<p>See <a href="{address}">it</a>.</p>'


@pytest.mark.parametrize("mark", [":", "!!!", "???", "???+"])
def test_a_heading_of_a_mark_alone_is_a_heading(mark: str) -> None:
    _, html = rendered(f"- Word\n\n    $$\n    x [[t1]]\n    $$\n\n    {mark}\n    ====\n")
    page = Page(html)
    assert len(page.anchors) == 1
    assert not page.texts
