"""LaTeX as MathML: what is set, what survives sanitising, and that nothing takes long."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.parsing.math import Context, find_effect, to_mathml, to_text, to_xml
from readinglog.parsing.sanitizer import sanitize


def words(latex: str, *, display: bool = True) -> str:
    """What the MathML of a formula shows, its elements apart."""
    mathml = to_mathml(latex, display=display)
    return " ".join(re.sub("<[^>]*>", " ", mathml).split())


def try_mathml(latex: str, *, display: bool) -> tuple[str, Diagnostic | None]:
    """The MathML of a formula, or '' and why there is none."""
    try:
        return to_mathml(latex, display=display), None
    except InvalidContentError as error:
        return "", error.diagnostic


def diagnose(latex: str, *, display: bool = True) -> Diagnostic:
    with pytest.raises(InvalidContentError) as caught:
        to_mathml(latex, display=display)
    return caught.value.diagnostic


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"\begin{split} a &= b \\ &= c \end{split}", "a = b = c"),
        (r"\begin{aligned}[t] a &= b \\[2pt] c \\* d \end{aligned}", "a = b c d"),
        (r"\begin{alignedat}{2} a &= b & c &= d \end{alignedat}", "a = b c = d"),
        (r"\begin{alignat}{2} a &= b & c &= d \end{alignat}", "a = b c = d (1)"),
        (r"\begin{flalign*} a &= b & \end{flalign*}", "a = b"),
        (r"\begin{eqnarray} a &=& b \\ &<& c \nonumber \end{eqnarray}", "a = b (1) &lt; c"),
        (r"\begin{smallmatrix} a & b \\ c & d \end{smallmatrix}", "a b c d"),
        (r"\begin{pmatrix*}[r] a & b \end{pmatrix*}", "( a b )"),
        (r"\begin{array}{r@{}l} a & = b \end{array}", "a = b"),
        (r"\begin{array}[t]{@{}*{2}{c}|p{2cm}@{}} a & b & c \end{array}", "a b c"),
        (r"\begin{tabular}{cc} a & b \end{tabular}", "a b"),
        (r"\left< a \middle| b \right>", "⟨ a | b ⟩"),
        (r"\Big< a \Big>", "⟨ a ⟩"),
        (r"\mathop{\sum \sum}\limits_{i}^n x", "∑ ∑ n i x"),
        (r"\mathop{\rm arg\,max}\limits_x", "arg max x"),
        (r"\mathop{\mathrm{argmin}}_x", "argmin x"),
        (r"\operatorname{\mathbf{E}}[x]", "𝐄 [ x ]"),
        (r"\sum_{\substack{i \\ j}} x", "∑ i j x"),
        (r"\text{if $k$ and \(l\)}", "if k and l"),
        (r"\text{a_b & c^d #1}", "a_b &amp; cˆd #1"),
        (r"\text{\textbf{very} \alpha}", "very α"),
        (r"\mbox{for $x \in X$}", "for x ∈ X"),
        (r"\pmb{a} \smash[b]{c} \mathclap{d} \rlap{e}", "𝒂 c d e"),
        (r"a \dotsb b \smallsetminus c d", "a ⋯ b ∖ c d"),
        (r"\AA \thicksim \mathds{1}", "Å ∼ 𝟙"),
        (r"a \\ b \\", "a b"),
        (r"\rule{0pt}{2ex} x \vspace{1em} y \hspace*{1em} z", "x y z"),
        (r"a=b \tag{7}", "a = b (7)"),
        (r"a=b \tag*{$*$}", "a = b *"),
        (r"\begin{align*} a \\ b \tag{x} \end{align*}", "a b (x)"),
        (r"\begin{align*} a \\ b \end{align*} \tag{2}", "a b (2)"),
        (
            r"\begin{equation} \begin{aligned} a \\ b \label{i} \end{aligned} \end{equation}",
            "a b (1)",
        ),
        (r"\begin{multline} a \label{m} \\ b \end{multline}", "a b (1)"),
        (r"\begin{gather} a \\ b \notag \\ \end{gather}", "a (1) b"),
        (r"\let\a=\alpha \a", "α"),
        (r"\def\a#1{#1'} \a x", "x ′"),
        (r"\DeclarePairedDelimiter{\norm}{\lVert}{\rVert} \norm{x}", "‖ x ‖"),
        (r"\providecommand{\x}{y} \x % a comment", "y"),
        (r"\def\arraystretch{1.5} x", "x"),
    ],
    ids=lambda text: text[:40],
)
def test_what_authors_write_is_set(latex: str, shown: str) -> None:
    assert words(latex) == shown


@pytest.mark.parametrize(
    ("latex", "kept"),
    [
        (r"\cancel{x}", 'notation="updiagonalstrike"'),
        (r"\boxed{x}", 'notation="box"'),
        (r"\color{red} x", 'style="color:red"'),
        (r"\textcolor{#f00}{x}", 'style="color:#f00"'),
        (r"\textcolor[HTML]{00AA00}{x}", 'style="color:#00aa00"'),
        (r"\textcolor[RGB]{1,2,3}{x}", 'style="color:#010203"'),
        (r"\color[gray]{0.5} x", 'style="color:#808080"'),
        (r"\textcolor{BrickRed}{x}", 'style="color:#C43119"'),
        (r"\colorbox{yellow}{x}", 'style="background-color:yellow"'),
        (r"\fcolorbox{red}{yellow}{x}", 'style="background-color:yellow"'),
        (r"\begin{array}{c|c} a & b \end{array}", "border-right:0.05em solid currentcolor"),
        (r"\begin{array}{c} a \\ \hline b \end{array}", "border-top:0.05em solid currentcolor"),
        (r"a \! b", 'style="margin-left:-0.1666'),
        (r"a \tag{1}", "width:50%"),
        (r"a \label{x}", 'id="rl:x"'),
    ],
)
def test_what_is_set_survives_sanitising(latex: str, kept: str) -> None:
    assert kept in sanitize(to_mathml(latex, display=True)).replace(": ", ":")


def test_colours_of_one_formula_are_not_confused() -> None:
    colours = [f"#0000{number:02x}" for number in range(17)]
    latex = "".join(f"\\textcolor{{{colour}}}{{x}}" for colour in colours)
    found = re.findall(r"color:([^;\"]*)", to_mathml(latex, display=True))
    assert found == colours


@pytest.mark.parametrize(
    ("latex", "at", "reason"),
    [
        (r"a + \nope b", r"\nope", r"unknown command `\nope`"),
        (r"\text{若 $\nope$}", r"\nope", r"unknown command `\nope`"),
        (r"\sum_{\substack{a \\ \nope}}", r"\nope", r"unknown command `\nope`"),
        (r"\begin{foo} a \end{foo}", r"\begin", "unknown environment `foo`"),
        (r"\newcommand{\x}{\nope} a + \x", r"\x", r"unknown command `\nope`"),
        (r"\newcommand{\x}", r"\newcommand", r"`\newcommand` is not followed by what it takes"),
        (r"\newcommand{x}{y}", r"\newcommand", r"`\newcommand` is not followed by what it takes"),
        (r"\def\x#2{y}", r"\def", r"`\def` is not followed by what it takes"),
        (
            r"\newcommand{\x}[12]{y}",
            r"\newcommand",
            r"`\newcommand` is not followed by what it takes",
        ),
        (r"\newcommand{\x}[1]{#1} \x", r"\x", r"`\x` is not followed by what it takes"),
        (r"\def\x{\x\x} a \x", r"\x", r"the macro `\x` expands too often"),
        (r"\textcolor{nosuch!50}{a}", r"\textcolor", "there is no colour `nosuch!50`"),
        (r"\textcolor[RGB]{1,2}{a}", r"\textcolor", "there is no colour `1,2`"),
        (r"\eqref{a}", r"\eqref", "no equation of this note has the label `a`"),
        (r"a \tag", r"\tag", r"`\tag` has no argument"),
        (r"\rule{1em}{1pt}", r"\rule", r"`\rule` draws no line here"),
    ],
)
def test_what_cannot_be_set_is_told_where_it_is(latex: str, at: str, reason: str) -> None:
    found = diagnose(latex)
    assert found.message == f"this formula cannot be rendered: {reason}"
    assert latex[found.span.start : found.span.end] == at
    assert found.span.start == latex.rindex(at)
    assert found.help


def test_a_tag_is_for_displayed_formulas() -> None:
    assert "has a tag" in diagnose(r"a \tag{1}", display=False).message
    assert words(r"a \label{x}", display=False) == "a"


@pytest.mark.parametrize(
    "latex",
    [
        "{" * 10_000,
        "{" * 9_000 + "}" * 9_000,
        r"\left(" * 2_000 + r"\right)" * 2_000,
        r"\begin{matrix}" * 1_400,
        r"\displaystyle" * 1_500,
        r"\color{red}" * 1_500,
        r"\sqrt" * 3_900,
        "x" + "_{x" * 5_000 + "}" * 5_000,
        "{x\\over" * 2_000,
        r"\text{" * 3_000 + "}" * 3_000,
        r"\textcolor{red}{" * 1_200 + "}" * 1_200,
        r"\substack{" * 2_000,
        r"\mathop" * 2_800,
        r"\not" * 4_900,
        r"\tag" * 4_900,
        r"\newcommand" * 1_800,
        r"\def\a{\b\b}\def\b{\c\c}\def\c{\d\d}\def\d{\a\a}\a",
        r"\def\a#1{#1#1#1#1}" + r"\a{" * 3_000 + "x" + "}" * 3_000,
        "".join(f"\\def\\a{chr(97 + n % 26)}{{x}}" for n in range(1_800)),
        r"\begin{align}" + r"\\" * 9_900 + r"\end{align}",
        r"\begin{align}" + "&" * 19_900 + r"\end{align}",
        r"\begin{array}{*{99}{*{99}{*{99}{c}}}} x \end{array}",
        r"\begin{array}{" + "@{" * 5_000 + "}",
        "%" * 19_000,
        "\\" * 19_999,
        "$" * 19_999,
        "[" * 19_999,
        "{[}" * 6_000,
        r"\lfloor " * 2_000,
        "[0, 1) " * 2_000,
        r"\\[" * 6_000,
        r"\operatorname{" * 1_400,
        "x" * 30_000,
    ],
    ids=lambda text: text[:24],
)
def test_no_latex_takes_long(latex: str) -> None:
    start = time.process_time()
    for display in (False, True):
        sanitize(try_mathml(latex, display=display)[0])
        to_xml(latex)
        to_text(latex)
        find_effect(latex, display=display, context=Context())
    assert time.process_time() - start < 10, "it takes a fraction of a second"


PIECES = st.sampled_from(
    r"\begin{align} \end{align} \begin{array} {c|@{}l} \end{array} { } [ ] & \\ $ ^ _ x 1 \text \tag "
    r"\label \eqref \color {red} \textcolor {#f00} \mathop \limits \def \newcommand \x #1 \let \left "
    r"\right ( < | \substack \operatorname * \frac \rule {1em} % \( \) \begin{equation} 中 ' \sqrt "
    r"\end{equation} \begin{smallmatrix} \end{smallmatrix} \smash \pmb \mbox \big \notag \hline".split()
)


@given(st.lists(PIECES, max_size=30).map("".join), st.booleans())
def test_latex_of_any_kind_is_set_or_told(latex: str, display: bool) -> None:
    mathml, found = try_mathml(latex, display=display)
    assert not re.search("RLTAG|[\ue000\ue001]", mathml)
    if found:
        assert 0 <= found.span.start <= found.span.end <= len(latex) + 1
        assert found.help


def test_the_engine_is_loaded_by_the_first_formula() -> None:
    code = "import sys, readinglog.parsing.note, readinglog.lint.rules; print('math_core' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
