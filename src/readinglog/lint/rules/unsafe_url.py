"""An address that is not a plain web or mail link.

`javascript:` runs code, `data:` hides content, and `file:` points to the reader's own disk. Use
`https:`, `http:` or `mailto:`.

Bad:

    [click](javascript:alert(1))

Good:

    [the talk](https://example.org/talk)
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.lint.rules.rule import LogFacts
from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.identifiers import SAFE_SCHEMES, get_scheme
from readinglog.model.messages import MESSAGES
from readinglog.model.note import Note
from readinglog.model.text import Span

SEVERITY = Severity.ERROR


def check_alone(note: Note, _: LogFacts) -> Iterator[Diagnostic]:
    for name, entry in note.fields.items():
        known = note.schema.fields.get(name)
        schemes = known.type.schemes if known else ()
        url = note.values.get(name)
        if schemes and isinstance(url, str) and get_scheme(url) not in schemes:
            yield _report_scheme(url, entry.value.span)
    for claim in note.claims:
        for field in claim.fields:
            record = note.schema.claim_fields.get(field.name)
            schemes = record.type.schemes if record else ()
            if schemes and (get_scheme(field.value) or schemes[0]) not in schemes:
                yield _report_scheme(field.value, field.value_span)
    for address in note.addresses:
        if get_scheme(address.url) not in SAFE_SCHEMES and not address.url.startswith("//"):
            yield _report_scheme(address.url, address.span)


def _report_scheme(url: str, span: Span) -> Diagnostic:
    return MESSAGES["unsafe-scheme"].make_diagnostic(span, scheme=get_scheme(url))
