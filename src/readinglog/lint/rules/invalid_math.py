r"""A formula that cannot be rendered.

Formulas are LaTeX. They become MathML when the site is built, so that pages show them without a
script.

Bad:

    $\frac{a}{b$

Good:

    $\frac{a}{b}$

Write a dollar amount with a backslash where it could be taken for a formula: `\$5`.
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.formulas import find_formulas, find_math_errors

SEVERITY = Severity.ERROR


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    yield from find_math_errors(find_formulas(note.text, note.regions, notebook.macros))
