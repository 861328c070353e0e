"""The formulas of a text, each with what it takes from those before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.formula_marks import get_mark_lengths
from readinglog.parsing.latex import names
from readinglog.parsing.latex.macros import DEFINITIONS, Macro, find_commands, select_macros
from readinglog.parsing.math import ALONE, Context, find_effect, to_mathml, to_text, to_xml

KINDS = frozenset({"math", "display"})
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ ]?)+", re.MULTILINE)
_NUMBERED = re.compile(
    r"\\(?:tag|label|ref|eqref)(?![A-Za-z])|\\begin\s*\{(?:"
    + "|".join(sorted(names.WITH_ROWS | {"equation"}))
    + r")\}"
)
_MACRO_LIMIT = 500  # of a note


class Formula(NamedTuple):
    """A formula: its region, its LaTeX, where that begins in the text, and what it depends on."""

    region: Region
    source: str
    start: int
    context: Context = ALONE

    @property
    def is_display(self) -> bool:
        return self.region.kind == "display"

    def render(self) -> str:
        """Return the MathML; raise InvalidContentError where there is none."""
        return to_mathml(self.source, display=self.is_display, context=self.context)

    def to_text(self) -> str:
        """Return the formula as a line of text."""
        return to_text(self.source, self.context)

    def to_xml(self) -> str:
        """Return MathML of the formula in a line, as XML; '' where there is none."""
        return to_xml(self.source, self.context)


def find_formulas(
    text: str, regions: Iterable[Region], macros: Mapping[str, Macro]
) -> list[Formula]:
    """Return the formulas among the regions of a text, in order.

    `macros` are those of the log; a formula may define others for those after it.
    """
    formulas = [
        Formula(region, *extract_latex(region, text)) for region in regions if region.kind in KINDS
    ]
    if not macros and not any(map(_depends_on_others, formulas)):
        return formulas
    known = dict(macros)
    number = 0
    tags: dict[str, str] = {}
    references: list[frozenset[str]] = []
    for at, formula in enumerate(formulas):
        used = select_macros(formula.source, known)
        depends = bool(used) or _depends_on_others(formula)
        references.append(frozenset())
        if not depends:
            continue
        context = Context(used, number if _may_have_numbers(formula, used) else 0)
        formulas[at] = formula._replace(context=context)
        effect = find_effect(formula.source, display=formula.is_display, context=context)
        if context.number or effect.number:
            number = max(number, effect.number)
        for macro in effect.defined[: max(_MACRO_LIMIT - len(known), 0)]:
            known[macro.name] = macro
        for label, tag in effect.labels:
            tags.setdefault(label, tag)
        references[-1] = effect.references
    return [
        formula._replace(
            context=formula.context._replace(
                tags=tuple((label, tags[label]) for label in sorted(wanted) if label in tags)
            )
        )
        if wanted
        else formula
        for formula, wanted in zip(formulas, references, strict=True)
    ]


def _depends_on_others(formula: Formula) -> bool:
    if "\\" not in formula.source:
        return False
    if _NUMBERED.search(formula.source):
        return True
    return not find_commands(formula.source).isdisjoint(DEFINITIONS)


def _may_have_numbers(formula: Formula, used: Iterable[Macro]) -> bool:
    sources = (formula.source, *(macro.body for macro in used))
    return any(_NUMBERED.search(source) for source in sources)


def find_math_errors(formulas: Iterable[Formula]) -> Iterator[Diagnostic]:
    """Yield why formulas cannot be rendered."""
    for formula in formulas:
        try:
            formula.render()
        except InvalidContentError as error:
            found = error.diagnostic
            start = formula.start
            span = Span(start + found.span.start, start + found.span.end)
            yield replace(found, span=span)


def extract_latex(region: Region, text: str) -> tuple[str, int]:
    """Return the LaTeX in a region of math, and the offset in `text` where it starts."""
    before, after = get_mark_lengths(text, region)
    start = region.start + before
    inside = text[start : region.end - after]
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), inside), start
