"""A result that cannot be read, or that is not in the unit of the others in its table.

Results by the same metric on the same data are shown in one table.

Bad:

    - It beats the dense model. [result:: C4 perplexity 9.50] [at:: Table 2] ^beats-dense

Good:

    - It beats the dense model. [result:: perplexity on C4 = 9.50] [at:: Table 2] ^beats-dense
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.claim import parse_result
from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.messages import MESSAGES, QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.notebook.claims import NoteClaim
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.results import ResultRow

SEVERITY = Severity.WARNING
_INVALID = MESSAGES["invalid-result"]


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    for claim in note.claims:
        for field in claim.fields:
            if field.name != "result" or not field.value:
                continue
            try:
                result = parse_result(field.value)
            except ValueError as error:
                yield _INVALID.make_diagnostic(field.value_span, error=error)
                continue
            row = ResultRow(NoteClaim(note, claim), result)
            if found := _compare_unit(row, notebook):
                yield Diagnostic(field.value_span, found.message, found.help, related=found.related)


def _compare_unit(row: ResultRow, notebook: Notebook) -> Diagnostic | None:
    """Return what is wrong with the unit of a result, or None."""
    table = notebook.results.table_by_row.get(row)
    if table is None or row.result.unit == table.unit:
        return None
    other = next(each for each in table.rows if each.result.unit == table.unit)
    named = f"{table.metric[:QUOTED_LENGTH]} on {table.data[:QUOTED_LENGTH]}"
    own, unit = _name_unit(row.result.unit), _name_unit(table.unit)
    message = f"this result is in {own}, while others of {named} are in {unit}"
    help_ = "write all in one unit, or name the metric otherwise"
    related = RelatedLocation(other.source.note.source, other.source.claim.span, "another")
    return Diagnostic(row.source.claim.span, message, help_, related=(related,))


def _name_unit(unit: str) -> str:
    return f"`{unit[:QUOTED_LENGTH]}`" if unit else "no unit"
