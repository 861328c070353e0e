"""A block or a field that both you and the source of an import have changed since the last import.

`readinglog import` brings in what the source has changed, and never writes over your words: where
both have changed the same, yours stay, and the text of the source is shown, once. Edit the note by
hand if the source is right, and commit it with the file in `.readinglog/imports`: the next import
takes both as known.

Bad: last imported as `year = 2020`, then corrected in the library and in the note:

    published: 2021          (the source has `2022`)

Good, after a look into the work:

    published: 2022
"""

from __future__ import annotations

from readinglog.interchange.merging.block_merge import BlockConflict
from readinglog.interchange.merging.field_merge import FieldConflict
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.text import Span

RULE = "import-conflict"
SEVERITY = Severity.WARNING
_TOLD_LENGTH = 2_000  # characters of a text in a message


def report_block(note: Note, conflict: BlockConflict) -> Diagnostic:
    """Return what is told of a block that the source and the log have both changed."""
    mine, theirs = _quote(note.text[slice(*conflict.span)]), _quote(conflict.text)
    if not conflict.text:
        message = f"the source has removed this, and you have changed it; yours is kept: {mine}"
        return _make_conflict(note, conflict.span, message, "remove it if you agree")
    if conflict.span.start == conflict.span.end:
        message = "the source has changed a text that you have removed; it stays out"
        return _make_conflict(note, conflict.span, message, f"the source has {theirs}")
    message = f"you and the source have changed this; yours is kept: {mine}"
    return _make_conflict(note, conflict.span, message, f"the source has {theirs}")


def report_field(note: Note, conflict: FieldConflict) -> Diagnostic:
    """Return what is told of a field that the source and the log have both changed."""
    value = conflict.value or ""
    theirs = _quote(value if isinstance(value, str) else ", ".join(value))
    if conflict.name in note.fields:
        mine = f"yours is kept: {_quote(note.text[slice(*conflict.span)])}"
    else:
        mine = "it stays out, as you have removed it"
    message = f"you and the source have changed the field `{conflict.name}`; {mine}"
    help_ = f"the source has {theirs}" if conflict.value else "the source has it no longer"
    return _make_conflict(note, conflict.span, message, help_)


def _quote(text: str) -> str:
    return f"`{' '.join(text.split())[:_TOLD_LENGTH]}`"


def _make_conflict(note: Note, span: Span, message: str, help_: str) -> Diagnostic:
    return Diagnostic(span, message, help_, rule=RULE, severity=SEVERITY, source=note.source)
