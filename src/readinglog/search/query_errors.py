"""What can be wrong with a query: the words for it, kept here for the command and for the page alike."""

from __future__ import annotations

from typing import NamedTuple

from readinglog.model.text import Span

# Message and help; `{0}` is the author's text, the rest is what the place knows besides.
MESSAGES = {
    "unclosed-quote": ("this quote is never closed", 'close it with `"`'),
    "unclosed-group": ("this parenthesis is never closed", "close it with `)`"),
    "stray-close": ("this parenthesis closes nothing", "leave it out, or open one before it"),
    "empty-group": (
        "these parentheses hold nothing",
        "leave them out, or write terms between them",
    ),
    "too-deep": ("parentheses stand more than {1} deep", "say it with fewer"),
    "too-long": ("the query is longer than {1} characters", "shorten it"),
    "lone-or": ("`{0}` needs a term on each side", "write one, or leave it out"),
    "lone-not": ("`{0}` needs a term right behind it", "write one, or leave it out"),
    "no-value": ("`{0}` has no value", "write one right behind the colon, as in `{1}`"),
    "no-word": ("`{0}` has no letter and no digit to look for", "leave it out"),
    "unknown-field": (
        "no field is named `{0}`",
        "fields are {1}; to look for it as words, put it in quotes",
    ),
    "unknown-choice": ("`{1}` is never `{0}`", "it is one of {2}"),
    "no-range": (
        "`{0}` is nothing that `{1}` can be",
        "write `{2}`, or a range: `{2}..`, `..{2}`, `>={2}`",
    ),
    "backward-range": ("the range `{0}` runs backwards", "write `{1}`"),
    "two-sorts": ("`sort:` stands twice", "leave one of them out"),
    "inner-sort": (
        "`sort:` orders the whole result",
        "write it outside of parentheses, without a minus",
    ),
}


class QuerySyntaxError(NamedTuple):
    """Why a query cannot be read: where, what to do, and the query mended, or '' where there is no safe way."""

    name: str
    span: Span
    texts: tuple[str, ...] = ()
    suggestion: str = ""
    near: str = ""

    @property
    def message(self) -> str:
        """What is wrong."""
        return MESSAGES[self.name][0].format(*self.texts)

    @property
    def help(self) -> str:
        """What to write instead."""
        words = MESSAGES[self.name][1].format(*self.texts)
        return f"did you mean `{self.near}`? {words}" if self.near else words
