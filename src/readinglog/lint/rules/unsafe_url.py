"""An address that does more than lead somewhere.

`javascript:` runs, `data:` hides, `file:` points at the reader's own disk. Links are http, https or mailto.

Bad:

    [click](javascript:alert(1))

Good:

    [the talk](https://example.org/talk)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.identifiers import SAFE_SCHEMES, get_scheme
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Span
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.ERROR
_FIELDS = ("url", "code")
_WEB = ("http", "https")


def check(note: Note, _: Notebook) -> Iterator[Diagnostic]:
    for name in _FIELDS:
        url = note.values.get(name)
        if isinstance(url, str) and get_scheme(url) not in _WEB:
            yield _report_scheme(url, note.fields[name].value.span)
    for address in note.addresses:
        if get_scheme(address.url) not in SAFE_SCHEMES and not address.url.startswith("//"):
            yield _report_scheme(address.url, address.span)


def _report_scheme(url: str, span: Span) -> Diagnostic:
    return MESSAGES["unsafe"].diagnostic(span, scheme=get_scheme(url))
