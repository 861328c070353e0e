r"""A formula that cannot be rendered.

Formulas are LaTeX. They become MathML when the site is built, so that pages show them without a
script.

Bad:

    $\frac{a}{b$

Good:

    $\frac{a}{b}$

With a space beside a dollar sign, `$x_i $` is text, as in most programs.

Write a dollar amount with a backslash where it could be taken for a formula: `\$5`. A macro counts
from the formula with its `\newcommand` to the end of the note; `[math.macros]` in readinglog.toml
has those for every note, its title and its summary.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.model.yaml_values import Scalar
from readinglog.parsing.formula_marks import find_loose_pairs
from readinglog.parsing.formulas import (
    find_formulas,
    find_formulas_in_line,
    find_math_errors,
    find_repeated_labels,
)
from readinglog.parsing.latex.macros import Macros
from readinglog.parsing.latex.names import NUMBERED

SEVERITY = Severity.ERROR


_UNPAIRED = re.compile(
    r"^(?P<lead>[ \t>]*)(?:(?P<dollars>\$\$(?!\$))|\\begin\{(?P<name>"
    + "|".join(sorted(map(re.escape, NUMBERED)))
    + r")\})",
    re.MULTILINE,
)


def check_alone(note: Note, log: LogFacts) -> Iterator[Diagnostic]:
    formulas = find_formulas(note.text, note.regions, log.macros)
    yield from find_math_errors(formulas)
    yield from find_repeated_labels(formulas)
    for field in ("title", "summary"):
        for scalar in note.get_scalars(field):
            yield from _check_line(scalar, log.macros)
    yield from _find_unpaired_marks(note)
    for pair in find_loose_pairs(note.masked, note.body):
        yield _report_loose_pair(note, pair)


def _report_loose_pair(note: Note, pair: Span) -> Diagnostic:
    written = note.text[slice(*pair)]
    message = f"`{written}` is shown as text: a space is beside its dollar sign"
    help_ = f"write `${written[1:-1].strip()}$`, or `\\$` for a dollar sign"
    return Diagnostic(pair, message, help_)


def _check_line(scalar: Scalar, macros: Macros) -> Iterator[Diagnostic]:
    """Yield what is wrong with the formulas in a field; they know the macros of the log alone."""
    for found in find_math_errors(find_formulas_in_line(scalar.text, macros)):
        help_ = "write the formula as plain LaTeX, or in words"
        if "unknown command" in found.message:
            help_ = "correct it, or define it under `[math.macros]` in readinglog.toml"
        yield replace(found, span=scalar.span, help=help_)


def _find_unpaired_marks(note: Note) -> Iterator[Diagnostic]:
    """Yield the marks that begin a line as those of a formula do, and begin none."""
    if "$$" not in note.masked and "\\begin" not in note.masked:
        return
    for found in _UNPAIRED.finditer(note.masked, note.body.start, note.body.end):
        start = found.end("lead")
        shown = note.text[start : found.end()]
        if found["name"]:
            help_ = f"write `\\end{{{found['name']}}}` at the end of the formula"
        else:
            help_ = (
                "write `$$` at the end of the formula too, on a line of its own; "
                "for plain dollar signs write `\\$\\$`"
            )
        message = f"no formula begins here, as nothing closes `{shown}`"
        yield Diagnostic(Span(start, found.end()), message, help_)
