"""A character that is not seen and changes how text is shown.

Control characters move a terminal's cursor or colour its text. Marks for the direction of writing,
such as U+202E, reverse what follows them: `gpj.exe` then looks like `exe.jpg`. In front matter and
in file names both are reported, in the text control characters and U+202D and U+202E. The site
leaves them out, and sets the direction of each paragraph by its text, so that Arabic and Hebrew
need none.

Bad: `title: "Paper\u202e"`, or a file name that was copied with such a character.

Good: `title: "Paper"`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.note import Note
from readinglog.model.printable import CONTROL, HIDDEN, describe_character, has_control_bytes
from readinglog.model.text import Source, Span
from readinglog.model.yaml_values import Compound, Value
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_HELP = "remove it; the site sets the direction of each text by itself"
_HIDDEN_IN_NAME = re.compile(rf"{HIDDEN.pattern}|[\t\n\r]")


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    yield from _check_path(note.path)
    if _holds_control(note):
        yield from _check_lines(HIDDEN, note.text, 0, note.body.start)
        yield from _check_lines(CONTROL, note.text, note.body.start, len(note.text))
    if "\\" in note.text[: note.body.start]:
        for entry in note.fields.values():
            yield from _check_escapes(entry.value, note.text)


def check_files(notebook: Notebook) -> Iterator[Diagnostic]:
    """Yield which names of other files hold such characters."""
    for path in sorted(notebook.files):
        for diagnostic in _check_path(path):
            yield Diagnostic(
                diagnostic.span, diagnostic.message, diagnostic.help, source=Source(path)
            )


def _check_path(path: str) -> Iterator[Diagnostic]:
    if not path.isprintable() and (found := _HIDDEN_IN_NAME.search(path)):
        message = f"the file name holds an invisible character: {describe_character(found[0])}"
        yield Diagnostic(Span(0, 0), message, "rename the file")


def _holds_control(note: Note) -> bool:
    """Return whether the text may hold such a character; of most notes this is known at once."""
    data = note.source.data
    if data.isascii():
        return has_control_bytes(data)
    return HIDDEN.search(note.text) is not None


def _check_lines(hidden: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each line with such a character, at the first one there."""
    while found := hidden.search(text, start, end):
        yield _report(found[0], Span(*found.span()))
        line_end = text.find("\n", found.end(), end)
        start = line_end if line_end >= 0 else end


def _check_escapes(value: Value, text: str) -> Iterator[Diagnostic]:
    """Yield what is written as an escape, such as `x1b`, in a value between double quotes."""
    if isinstance(value, Compound):
        for item in value.items:
            yield from _check_escapes(item, text)
        return
    found = HIDDEN.search(value.text)
    if found and found[0] not in text[value.span.start : value.span.end]:
        yield _report(found[0], value.span)


def _report(character: str, span: Span) -> Diagnostic:
    message = f"this text holds an invisible character: {describe_character(character)}"
    return Diagnostic(span, message, _HELP)
