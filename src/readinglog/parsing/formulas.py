"""The formulas of a text, each with what it takes from those before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, InvalidContentError
from readinglog.model.note import Region
from readinglog.model.text import Span
from readinglog.parsing.formula_marks import find_formula, get_mark_lengths
from readinglog.parsing.latex import names
from readinglog.parsing.latex.macros import DEFINITIONS, Macro, Macros, find_commands, select_macros
from readinglog.parsing.math import ALONE, Context, find_effect, to_mathml, to_text, to_xml

KINDS = frozenset({"math", "display"})
_QUOTE_MARKS = re.compile(r"^[ \t]*(?:>[ ]?)+", re.MULTILINE)
_NUMBERED = re.compile(
    r"\\(?:tag|label|ref|eqref)(?![A-Za-z])|\\begin\s*\{(?:"
    + "|".join(sorted(names.WITH_ROWS | {"equation"}))
    + r")\}"
)
_MACRO_LIMIT = 500  # of a note
_ANCHOR = re.compile(r' id="[^"]*"|</?a(?: [^<>]*)?>')
_LINE_MARK = re.compile(r"\\[(\\$]?|\$")


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

    def render_in_line(self) -> str:
        """Return the MathML in a line of text, without anchors and links; '' where there is none.

        An anchor is on the page of the note alone.
        """
        try:
            mathml = to_mathml(self.source, display=False, context=self.context)
        except InvalidContentError:
            return ""
        return _ANCHOR.sub("", mathml)

    def to_text(self) -> str:
        """Return the formula as a line of text."""
        return to_text(self.source, self.context)

    def to_xml(self) -> str:
        """Return MathML of the formula in a line, as XML; '' where there is none."""
        return to_xml(self.source, self.context)


def find_formulas(text: str, regions: Iterable[Region], macros: Macros) -> list[Formula]:
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


def find_formulas_in_line(text: str, macros: Macros) -> list[Formula]:
    r"""Return the formulas in a line of text that is no Markdown, such as a title, in order.

    They are between dollar signs or `\(` and `\)`; `macros` are those of the log.
    """
    formulas: list[Formula] = []
    at = 0
    while found := _LINE_MARK.search(text, at):
        region = None
        if found[0] in ("$", "\\("):
            region = find_formula(text, found.start(), len(text))
        if region:
            region = region._replace(kind="math")
            source, start = extract_latex(region, text)
            context = Context(select_macros(source, macros))
            formulas.append(Formula(region, source, start, context))
        at = region.end if region else found.end()
    return formulas


def replace_formulas(
    text: str,
    macros: Macros,
    show: Callable[[Formula], str],
    show_text: Callable[[str], str] = str,
) -> str:
    """Return a line of text with what `show` and `show_text` make of its formulas and the rest."""
    if "$" not in text and "\\(" not in text:
        return show_text(text)
    parts: list[str] = []
    done = 0
    for formula in find_formulas_in_line(text, macros):
        parts += (show_text(text[done : formula.region.start]), show(formula))
        done = formula.region.end
    return "".join((*parts, show_text(text[done:])))


def write_plain(text: str, macros: Macros) -> str:
    """Return a line of text with its formulas as words."""
    return replace_formulas(text, macros, Formula.to_text)


def map_formulas(macros: Macros, *texts: str) -> dict[str, str]:
    """Return MathML, as XML, by the formulas in lines of text as they are written there."""
    found: dict[str, str] = {}
    for text in texts:
        for formula in find_formulas_in_line(text, macros):
            if xml := formula.to_xml():
                found[text[formula.region.start : formula.region.end]] = xml
    return found


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


def find_repeated_labels(formulas: Iterable[Formula]) -> Iterator[Diagnostic]:
    """Yield the labels that an earlier equation has, to which references lead."""
    known: set[str] = set()
    for formula in formulas:
        if "\\label" not in formula.source:
            continue
        effect = find_effect(formula.source, display=formula.is_display, context=formula.context)
        for label, _ in effect.labels:
            if label in known:
                yield _report_label(formula, label)
            known.add(label)


def _report_label(formula: Formula, label: str) -> Diagnostic:
    written = re.compile(r"\\label\s*\{\s*" + re.escape(label) + r"\s*\}")
    places = [found.span() for found in written.finditer(formula.source)]
    span = places[-1] if places else (0, len(formula.source))
    message = f"another equation of this note has the label `{label}`, to which references lead"
    place = Span(formula.start + span[0], formula.start + span[1])
    return Diagnostic(place, message, "write another label")


def extract_latex(region: Region, text: str) -> tuple[str, int]:
    """Return the LaTeX in a region of math, and the offset in `text` where it starts."""
    before, after = get_mark_lengths(text, region)
    start = region.start + before
    inside = text[start : region.end - after]
    return _QUOTE_MARKS.sub(lambda found: " " * len(found[0]), inside), start
