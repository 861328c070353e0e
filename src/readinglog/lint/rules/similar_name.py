"""Names of data sets or metrics that nearly agree: two tables are made where one is meant.

Bad, where other notes write `GSM8K`:

    [result:: accuracy on GSM-8K = 92.0 %]

Good:

    [result:: accuracy on GSM8K = 92.0 %]
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.INFO


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for claim in note.claims:
        field = next((field for field in claim.fields if field.name == "result"), None)
        result = claim.result
        if field is None or result is None:
            continue
        known = (
            ("metric", result.metric, notebook.results.metrics),
            ("data set", result.data, notebook.results.data),
        )
        for what, name, names in known:
            if near := _find_commoner(name, names):
                message = f"the {what} `{name[:QUOTED_LENGTH]}` has nearly the name of another"
                help_ = f"if it is the same, write `{near}`"
                yield Diagnostic(field.value_span, message, help_)


def _find_commoner(name: str, names: Counter[str]) -> str | None:
    """Return another name that is written nearly alike, and by more results, or None.

    Of two that are as common, the one that comes first in the alphabet counts.
    """
    key, own = _make_key(name), fold(name)
    alike = [other for other in names if fold(other) != own and _make_key(other) == key]
    count = next((names[other] for other in names if fold(other) == own), 0)
    best = min(alike, key=lambda other: (-names[other], other), default=None)
    if best is None or (-names[best], best) > (-count, name):
        return None
    return best


def _make_key(name: str) -> str:
    """Return a name without marks, spaces and the ending of a plural."""
    words = re.findall(r"\w+", fold(name))
    return "".join(word if len(word) < 4 else word.rstrip("s") for word in words)
