r"""A formula that cannot be set.

Formulas are LaTeX, turned into MathML when the site is built, so that a page needs no script to show them.

Bad:

    $\frac{a}{b$

Good:

    $\frac{a}{b}$

A dollar sign that is money needs a backslash where it could be read as a formula: `\$5`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.math import KINDS, MathTrouble, extract_latex, to_mathml

SEVERITY = Severity.ERROR
_COMMAND = re.compile(r"\\[A-Za-z]+")
_QUOTED = re.compile(r'"([^"`]+)"')


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    for region in note.regions:
        if region.kind in KINDS:
            source, start = extract_latex(region, note.text)
            trouble = to_mathml(source, display=region.kind == "display")
            if isinstance(trouble, MathTrouble):
                at = start + trouble.offset
                fault = _COMMAND.match(note.text, at, region.end)
                end = fault.end() if fault else min(at + 1, region.end)
                said = _QUOTED.sub(r"`\1`", trouble.message)
                message = f"this formula cannot be set: {said[:1].lower()}{said[1:]}"
                yield Diagnostic(
                    Span(at, end), message, "mend the LaTeX; for a plain dollar sign write `\\$`"
                )
