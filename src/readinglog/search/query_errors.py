"""What can be wrong with a query."""

from __future__ import annotations

import re
from collections.abc import Sequence

from readinglog.model.errors import ReadinglogError
from readinglog.model.text import Edit, Span, apply_edits
from readinglog.search.language import MESSAGES

_NEGATION = re.compile(r"(?:(?<!\S)|(?<=\())(?:-|NOT\s+)\Z")


class QuerySyntaxError(ReadinglogError):
    """A query that cannot be parsed.

    `span` counts characters of `query`, `help` says what to write instead, and `suggestion` is the
    corrected query, or '' where there is no safe correction.
    """

    def __init__(
        self,
        query: str,
        name: str,
        span: Span,
        values: Sequence[str] = (),
        suggestion: str = "",
        near: str = "",
    ) -> None:
        message, help_ = (template.format(*values) for template in MESSAGES[name])
        super().__init__(message, f"did you mean `{near}`? {help_}" if near else help_)
        self.query = query
        self.name = name
        self.span = span
        self.suggestion = suggestion

    @property
    def help(self) -> str:
        """What to write instead."""
        return self.hint


def replace_in_query(query: str, span: Span, text: str) -> str:
    """Return `query` with `text` in place of `span`, without doubled and outer spaces.

    Where nothing takes its place, what negates it goes, too.
    """
    negation = None if text else _NEGATION.search(query, 0, span.start)
    start = negation.start() if negation else span.start
    replaced = re.sub(r" {2,}", " ", apply_edits(query, [Edit(Span(start, span.end), text)]))
    return replaced.removeprefix(" ").removesuffix(" ")
