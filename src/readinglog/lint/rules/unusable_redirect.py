"""A former name or address in `redirect_from` that does not lead to the note.

A former name is the name that the note's file had, or its path in the notes folder; the addresses
that the page had by it then lead to the page. A former address is that of the page on another site,
without the host: `/2024/05/gates/`. It cannot be one that pages of this site have, nor the name of
a folder or a file that a site cannot have. Pages beside the notes have no former names. The rule
`duplicate-name` reports a former name that other notes have or had.

Bad:

    redirect_from: [https://example.org/blog/flash-attention]

Good:

    redirect_from: [flash-attention-1, /blog/flash-attention]
"""

from __future__ import annotations

from collections.abc import Iterator

from readinglog.model.diagnostic import Diagnostic, Severity
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.model.note import Note
from readinglog.model.slugs import clean_former_name, is_former_name, parse_former_address
from readinglog.notebook.notebook import Notebook

SEVERITY = Severity.WARNING
_FIELD = "redirect_from"
_NAME_HELP = (
    "write the name that the file of this note had, such as `old-name`, or the address of its page "
    "on another site, such as `/2024/05/gates/`"
)


def check(note: Note, notebook: Notebook) -> Iterator[Diagnostic]:
    names = [
        item for item in note.get_scalars(_FIELD) if not parse_former_address(item.text.strip())
    ]
    if note.is_page:
        for item in names:
            message = f"`{item.text[:QUOTED_LENGTH]}` has no effect on a page (`kind: page`)"
            help_ = "write an address that the page had on another site, or remove it"
            yield Diagnostic(item.span, message, help_)
        return
    for item in names:
        name = clean_former_name(item.text)
        if not is_former_name(name):
            message = f"`{item.text[:QUOTED_LENGTH]}` cannot be the name of a note"
            yield Diagnostic(item.span, message, _NAME_HELP)
        elif notebook.publication.is_attachment(name):
            message = f"`{name}` is an attachment, so that its address cannot lead to the note"
            yield Diagnostic(item.span, message, "remove it, or rename the attachment")
