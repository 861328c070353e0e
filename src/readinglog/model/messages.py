"""What the check says of a note, and the form on the site of what is typed into it: the same words, written once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, RelatedLocation
from readinglog.model.text import Edit, Span


class MessageTemplate(NamedTuple):
    """A rule's message and help, in which `{name}` stands for a word of the case; `guess` is the help where there is a `{near}`."""

    rule: str
    message: str
    help: str
    guess: str = ""

    def diagnostic(
        self,
        span: Span,
        fix: tuple[Edit, ...] = (),
        related: tuple[RelatedLocation, ...] = (),
        **words: object,
    ) -> Diagnostic:
        """The finding at `span` with these words."""
        help_ = self.guess if words.get("near") else self.help
        return Diagnostic(span, self.message.format(**words), help_.format(**words), fix, related)


_MEANT = "did you mean `{near}`?"
QUOTED_LENGTH = 80  # characters of a text that a message repeats
FIRST_YEAR, FIRST_LOG = 1450, 1990  # of print, and of logs

MESSAGES: Mapping[str, MessageTemplate] = {
    "missing": MessageTemplate(
        "missing-field", "the field `{name}` is missing", "write `{needed}`"
    ),
    "nowhere": MessageTemplate(
        "missing-field", "no field says where the work is", "write one of `url`, `arxiv` and `doi`"
    ),
    "empty": MessageTemplate(
        "invalid-value",
        "this text is empty",
        "write something between the quotes, or take the line out",
    ),
    "not": MessageTemplate(
        "invalid-value", "`{text}` is not {expected}", "{help}", "write `{near}`"
    ),
    "long": MessageTemplate(
        "invalid-value",
        "the summary has {count} characters, of which {limit} are shown",
        "say it in one shorter sentence; the rest belongs into the text",
    ),
    "placeholder": MessageTemplate(
        "invalid-value", "a placeholder was left in: `{text}`", "write what belongs there"
    ),
    "unknown-tag": MessageTemplate(
        "unknown-tag",
        "no tag is named `{text}`",
        "write a tag of notes/tags.yml, or add it there",
        _MEANT,
    ),
    "tag-alias": MessageTemplate(
        "tag-alias", "`{text}` is another name of the tag `{tag}`", "write `{tag}`"
    ),
    "tag-again": MessageTemplate(
        "redundant-tag", "the tag `{text}` is here already", "take it out"
    ),
    "tag-above": MessageTemplate(
        "redundant-tag", "the tag `{text}` stands above `{below}`, which says it too", "take it out"
    ),
    "same-work": MessageTemplate(
        "duplicate-work",
        "the note `{other}` is about this work already",
        "write into `{other}` what is new, or check the id",
    ),
    "unsafe": MessageTemplate(
        "unsafe-url",
        "an address that starts with `{scheme}:` is not allowed",
        "write it with https:// or http://",
    ),
    "logged-ahead": MessageTemplate(
        "implausible-date",
        "`{date}` is in the future",
        "write the day on which the note was logged",
    ),
    "logged-long-ago": MessageTemplate(
        "implausible-date",
        "`{date}` is long before this log",
        "write when it was logged; `published` is the work's date",
    ),
    "published-after": MessageTemplate(
        "implausible-date",
        "`{date}` is after the day it was logged, {logged}",
        "write when the work appeared",
    ),
    "published-ahead": MessageTemplate(
        "implausible-date", "`{date}` is in the future", "write when the work appeared"
    ),
    "published-long-ago": MessageTemplate(
        "implausible-date", "`{date}` is before print", "write when the work appeared"
    ),
    "unresolved": MessageTemplate(
        "unresolved-relation",
        "`{field}` names `{text}`, and no note has that name",
        "write the name of a note of the log",
        _MEANT,
    ),
    "no-note": MessageTemplate(
        "unresolved-link",
        "no note is named `{text}`",
        "write the name of a note of the log",
        _MEANT,
    ),
    "alias-taken": MessageTemplate(
        "duplicate-alias", "the alias `{text}` also names the note `{other}`", "take it out"
    ),
    "alias-shared": MessageTemplate(
        "duplicate-alias",
        "the alias `{text}` also names the note `{other}`",
        "keep it in one of the two",
    ),
    "name-taken": MessageTemplate(
        "duplicate-name", "another note is named `{other}` too", "give this file another name"
    ),
    "name-reserved": MessageTemplate(
        "reserved-name", "a note cannot be named `{name}`", "call it by what it is about"
    ),
    "name-odd": MessageTemplate(
        "bad-file-name",
        "the file name `{name}` is not lower-case words joined by `-`",
        "call it by words of a to z and 0 to 9, joined by `-`",
        "call it `{near}.md`",
    ),
    "no-name": MessageTemplate(
        "bad-file-name",
        "the note has no name yet",
        "call it by words of a to z and 0 to 9, joined by `-`",
    ),
    "no-text": MessageTemplate(
        "empty-note", "the note has no text", "write what the work says, or `status: to-read`"
    ),
}
