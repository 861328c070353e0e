"""The formulas of a note: where they begin and end, and what they take from each other."""

from __future__ import annotations

import re

import pytest
from markdown import Markdown

from readinglog.model.diagnostic import InvalidContentError
from readinglog.model.text import get_position
from readinglog.parsing.formulas import (
    Formula,
    find_formulas,
    find_formulas_in_line,
    map_formulas,
    replace_formulas,
    write_plain,
)
from readinglog.parsing.latex.macros import read_macros
from readinglog.parsing.markdown_extension import ReadinglogExtension
from support.case_pages import Case, read_cases, verify
from support.worlds import note


def formulas(text: str, macros: dict[str, str] | None = None) -> list[Formula]:
    parsed = note(text)
    return find_formulas(parsed.text, parsed.regions, read_macros(macros or {}))


@pytest.mark.parametrize("case", list(read_cases("formulas")), ids=lambda case: case.title)
def test_case(case: Case, update: bool) -> None:
    text = str(case.files["a.md"])

    def outcome(_: str) -> str:
        return "\n".join(describe(text, formula) for formula in formulas(text))

    verify(case, outcome, update=update)


def describe(text: str, formula: Formula) -> str:
    where = get_position(text, formula.region.start)
    source = " ".join(formula.source.split())
    try:
        shown = " ".join(re.sub("<[^>]*>", " ", formula.render()).split())
    except InvalidContentError as error:
        shown = error.diagnostic.message
    return f"{where.line}:{where.column} {formula.region.kind} {source} → {shown}"


def test_macros_of_the_log_count_in_every_note() -> None:
    macros = {"KL": r"D(#1 \| #2)", r"\T": r"\mathsf{T}"}
    first, second = formulas(r"$\KL{p}{q}$ $A^\T$", macros)
    assert first.to_text() == "D(p‖q)"
    assert second.to_text() == "A^𝖳"


def test_a_note_may_define_a_macro_of_the_log_otherwise() -> None:
    found = formulas(r"$\x$ $\renewcommand{\x}{b} \x$ $\x$", {"x": "a"})
    assert [formula.to_text() for formula in found] == ["a", "b", "b"]


@pytest.mark.parametrize(("name", "body"), [("a b", "x"), ("R", "{"), ("R", "}{"), ("1x", "x")])
def test_a_macro_that_cannot_be_read_is_named(name: str, body: str) -> None:
    with pytest.raises(ValueError, match=re.escape(name)):
        read_macros({name: body})


def test_a_formula_without_state_has_an_empty_context() -> None:
    plain, _ = formulas(r"$\frac{a}{b}$ $\newcommand{\x}{y}$")
    assert plain.context == () or not any(plain.context)


def test_numbers_and_references_are_links_on_the_page() -> None:
    html = Markdown(extensions=["readinglog.parsing.markdown_extension"]).convert(
        "$$a \\label{eq:one & only}$$\n\nBy $\\eqref{eq:one & only}$ and $\\eqref{nowhere}$.\n"
    )
    assert 'id="rl:eq:one &amp; only"' in html
    assert '<a href="#rl:eq:one &amp; only">(1)</a>' in html
    assert '<code class="rl-math-error">$\\eqref{nowhere}$</code>' in html


def test_a_formula_that_only_defines_macros_is_not_shown() -> None:
    markdown = Markdown(extensions=[ReadinglogExtension()])
    html = markdown.convert("$$\n\\newcommand{\\x}{y}\n$$\n\nText $\\x$.")
    assert html == "<p>Text <math><mi>y</mi></math>.</p>"


def test_the_extension_is_told_the_macros_of_the_log() -> None:
    name = "readinglog.parsing.markdown_extension"
    markdown = Markdown(extensions=[name], extension_configs={name: {"macros": {"x": "y"}}})
    assert markdown.convert("$\\x$") == "<math><mi>y</mi></math>"


def test_a_line_of_text_shows_its_formulas() -> None:
    line = r"Fast \(k\)-means in $O(n^2)$, for \$5, $6 and $7 or between $8K and 9K$"
    assert [formula.source for formula in find_formulas_in_line(line, {})] == ["k", "O(n^2)"]
    assert write_plain("On $x^2$ and $\\nope$", {}) == "On x^2 and \\nope"
    shown = replace_formulas("a < $b$ < c", {}, lambda formula: f"[{formula.source}]", str.upper)
    assert shown == "A < [b] < C"


def test_formulas_of_lines_are_given_by_what_is_written() -> None:
    assert map_formulas({}, "On $k$", "No \\(\\nope\\), but $$k$$") == {
        "$k$": "<math><mi>k</mi></math>",
        "$$k$$": "<math><mi>k</mi></math>",
    }


def test_a_formula_in_a_line_elsewhere_has_no_anchor_and_no_link() -> None:
    first, second = formulas("$$a \\label{one}$$\n\n$\\eqref{one}$")
    assert "id=" not in first.render_in_line()
    assert second.render_in_line() == "<math><mtext>(1)</mtext></math>"
    assert second.to_text() == "(1)"
