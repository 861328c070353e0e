"""The messages that the check and the form on the site share, written once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from readinglog.model.diagnostic import Diagnostic, RelatedLocation, Severity
from readinglog.model.text import Edit, Span


class MessageTemplate(NamedTuple):
    """The message and help of one case of a rule, with `{name}` where a word is filled in.

    `help_with_suggestion` is the help where there is a `{near}`, a word that may be meant. A milder
    `severity` than the rule's is for a case that weighs less.
    """

    rule: str
    message: str
    help: str
    help_with_suggestion: str = ""
    severity: Severity = Severity.ERROR

    def make_diagnostic(
        self,
        span: Span,
        fix: tuple[Edit, ...] = (),
        related: tuple[RelatedLocation, ...] = (),
        **words: object,
    ) -> Diagnostic:
        """Return the diagnostic at `span`, with the words filled in."""
        help_ = self.help_with_suggestion if words.get("near") else self.help
        message = self.message.format(**words)
        help_ = help_.format(**words)
        return Diagnostic(span, message, help_, fix, related, self.rule, self.severity)


_DID_YOU_MEAN = "did you mean `{near}`?"
QUOTED_LENGTH = 80  # characters of an author's text that a message repeats
EARLIEST_PUBLICATION_YEAR = 1450  # the first printed books
EARLIEST_LOG_YEAR = 1990  # the first logs on the web

MESSAGES: Mapping[str, MessageTemplate] = {
    "missing-field": MessageTemplate(
        "missing-field", "the field `{name}` is missing", "write `{needed}`"
    ),
    "no-locator": MessageTemplate(
        "missing-field", "no field says where the work can be found", "write {fields}"
    ),
    "only-hubs": MessageTemplate(
        "unknown-field",
        "only a topic has the field `{name}`",
        "remove it, or write `kind: topic` if the note is about a tag",
    ),
    "empty-text": MessageTemplate(
        "invalid-value",
        "this text is empty",
        "write something between the quotes, or remove the line",
    ),
    "invalid": MessageTemplate(
        "invalid-value", "`{text}` is not {expected}", "{help}", "write `{near}`"
    ),
    "too-long": MessageTemplate(
        "invalid-value",
        "the summary has {count} characters; only {limit} are shown",
        "write one shorter sentence; move the rest to the text",
    ),
    "placeholder": MessageTemplate(
        "invalid-value", "this placeholder was not filled in: `{text}`", "replace it"
    ),
    "unknown-tag": MessageTemplate(
        "unknown-tag",
        "no tag is named `{text}`",
        "use a tag from notes/tags.yml, or add this one to it",
        _DID_YOU_MEAN,
    ),
    "unknown-person": MessageTemplate(
        "unknown-person",
        "`{text}` is not one of the people who write here",
        "use a name from `people` in the settings of the log, or add this one to it",
        _DID_YOU_MEAN,
    ),
    "tag-alias": MessageTemplate(
        "tag-alias", "`{text}` is another name for the tag `{tag}`", "write `{tag}`"
    ),
    "repeated-tag": MessageTemplate("redundant-tag", "the tag `{text}` is repeated", "remove it"),
    "implied-tag": MessageTemplate(
        "redundant-tag", "the tag `{text}` is implied by the tag `{below}`", "remove it"
    ),
    "unknown-claim-field": MessageTemplate(
        "invalid-claim",
        "claims have no field `{name}`",
        "claims have {fields}; to add one to the log, write `[claim_fields.NAME]` in "
        "`readinglog.toml`",
        _DID_YOU_MEAN,
    ),
    "repeated-claim-field": MessageTemplate(
        "invalid-claim",
        "this claim has two fields `{name}`",
        "put what both say into one, or remove one",
    ),
    "empty-claim-field": MessageTemplate(
        "invalid-claim",
        "the field `{name}` of this claim is empty",
        "write `[{name}:: {example}]`",
    ),
    "one-colon": MessageTemplate(
        "invalid-claim", "the field `{name}` of a claim has one colon", "write `[{name}:: …]`"
    ),
    "more-colons": MessageTemplate(
        "invalid-claim",
        "the field `{name}` of a claim has more than two colons",
        "write `[{name}:: …]`",
    ),
    "unclosed-claim-field": MessageTemplate(
        "invalid-claim",
        "the field `{name}` of a claim is not closed",
        "write `]` behind its value",
    ),
    "unbracketed-claim-field": MessageTemplate(
        "invalid-claim",
        "the field `{name}` of a claim is not in square brackets",
        "write `[{name}:: …]`",
    ),
    "claim-value": MessageTemplate(
        "invalid-claim",
        "the field `{name}` has `{text}`, which is not {expected}",
        "{help}",
        _DID_YOU_MEAN,
    ),
    "no-wikilink": MessageTemplate(
        "invalid-claim",
        "`{name}` has `{text}`, which is no wikilink",
        "write `[{name}:: {example}]`",
    ),
    "labelled-claim-link": MessageTemplate(
        "invalid-claim", "`{name}` has a link with a label", "write `[[{target}]]`"
    ),
    "claim-link-to-heading": MessageTemplate(
        "invalid-claim",
        "`{name}` links to a heading",
        "link to a claim, such as `[[note#^claim]]`, or a note",
    ),
    "claim-name": MessageTemplate(
        "invalid-claim",
        "`{text}` names no claim",
        "end the item with a space and `^{near}`; a name has letters, digits and `-`",
        "end the item with a space and `^{near}`; a name has letters, digits and `-`",
    ),
    "stray-claim-field": MessageTemplate(
        "invalid-claim",
        "the field `{name}` belongs to no claim",
        "a claim is an item of a list with the name of its block at its end, such as `^name`",
        severity=Severity.INFO,
    ),
    "repeated-block": MessageTemplate(
        "duplicate-block",
        "another block is named `^{name}`, and links lead to that",
        "give this one another name",
    ),
    "invalid-result": MessageTemplate(
        "invalid-result",
        "this result cannot be read: {error}",
        "write `METRIC on DATA = VALUE`, then `against VALUE` and `; SETTING` where there are some",
    ),
    "unplaced-result": MessageTemplate(
        "unplaced-claim",
        "this result has no place in the work, and was not checked",
        "add `[at:: …]` with the section, table, figure, page or minute",
    ),
    "duplicate-work": MessageTemplate(
        "duplicate-work",
        "the note `{other}` is already about this work",
        "add what is new to `{other}`, or check the id",
    ),
    "unsafe-scheme": MessageTemplate(
        "unsafe-url",
        "an address that starts with `{scheme}:` is not allowed",
        "write it with https:// or http://",
    ),
    "date-in-future": MessageTemplate(
        "implausible-date",
        "`{date}` is in the future",
        "write the day the note was logged",
    ),
    "date-too-early": MessageTemplate(
        "implausible-date",
        "`{date}` is too early for the day a note was logged",
        "write the day the note was logged; `published` is the work's own date",
    ),
    "published-after": MessageTemplate(
        "implausible-date",
        "`{date}` is after the day the note was logged, {logged}",
        "write when the work was published",
    ),
    "published-in-future": MessageTemplate(
        "implausible-date", "`{date}` is in the future", "write when the work was published"
    ),
    "published-too-early": MessageTemplate(
        "implausible-date",
        "`{date}` is before the first printed books",
        "write when the work was published",
    ),
    "unresolved-relation": MessageTemplate(
        "unresolved-relation",
        "`{field}` refers to `{text}`, but no note has that name",
        "correct the name, or add a note of that name",
        _DID_YOU_MEAN,
    ),
    "unresolved-link": MessageTemplate(
        "unresolved-link",
        "no note is named `{text}`",
        "correct the name, or add a note of that name",
        _DID_YOU_MEAN,
    ),
    "alias-is-name": MessageTemplate(
        "duplicate-alias", "the alias `{text}` is also a name of the note `{other}`", "remove it"
    ),
    "alias-shared": MessageTemplate(
        "duplicate-alias",
        "the alias `{text}` is also a name of the note `{other}`",
        "keep it in one of the two",
    ),
    "duplicate-name": MessageTemplate(
        "duplicate-name",
        "another note is also named `{other}`",
        "rename this file; else links to it and its address need its folder",
    ),
    "reserved-name": MessageTemplate(
        "reserved-name", "a note cannot be named `{name}`", "name the note after its subject"
    ),
    "bad-name": MessageTemplate(
        "bad-file-name",
        "the file name `{name}` is not lower-case words joined by `-`",
        "use words of letters and digits, joined by `-`",
        "name it `{near}.md`",
    ),
    "no-name": MessageTemplate(
        "bad-file-name",
        "the note has no name yet",
        "use words of letters and digits, joined by `-`",
    ),
    "no-text": MessageTemplate(
        "empty-note", "the note has no text", "write what the work says, or `status: to-read`"
    ),
}


def offer_choice(written: Sequence[str], count: int) -> str:
    """Return the help where a name means `count` notes, the first two of them as `written`."""
    shown = " or ".join(f"`{each}`" for each in written)
    return f"write {shown}" if count == len(written) else f"write {shown}, or another like these"
