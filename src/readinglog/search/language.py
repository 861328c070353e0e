"""The search language as data: fields, values, operators, limits, words, weights and messages.

The parser and the engine read it here, and the page gets the same data by way of
`catalogue.describe_language`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from readinglog.model.schema import KINDS, RELATIONS, STATUSES

# Fields ---------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """A field with a few values."""

    values: tuple[str, ...]


class Range(NamedTuple):
    """A field with ordered values, which match the pattern `form` and are compared as text."""

    form: str
    example: str


class Name(NamedTuple):
    """A field whose value is a name, or words of a name, of what `of` says."""

    of: str
    example: str


HAS = ("code", "doi", "arxiv", "math", *RELATIONS)  # predicates of `has:`
IS = (*STATUSES, "orphan")  # predicates of `is:`
SORTS = ("relevance", "published", "date", "rating")
FIELDS: dict[str, Choice | Range | Name] = {
    "tag": Name("tag", "tag:moe"),
    "author": Name("author", "author:shazeer"),
    "venue": Name("venue", "venue:iclr"),
    "title": Name("title", "title:attention"),
    "kind": Choice(KINDS),
    "status": Choice(STATUSES),
    "has": Choice(HAS),
    "is": Choice(IS),
    "year": Range(r"[0-9]{4}", "2024"),
    "date": Range(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?", "2024-05"),
    "rating": Range(r"[1-5]", "4"),
    "links": Name("note", "links:ddpm"),
    "linked-from": Name("note", "linked-from:ddpm"),
    "sort": Choice(SORTS),
}
FACETS = ("tag", "kind", "year", "author", "status")  # counted in every result

# Syntax ---------------------------------------------------------------------------------------

OPERATORS = ("OR", "AND", "NOT")
# Characters between terms, written for a character class of a pattern.
GAPS = "\t\n\v\f\r\x85 \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
QUOTES = "“”„‟«»"  # read as `"`
LONGEST_QUERY = 1_000  # characters
DEEPEST_NESTING = 20  # parentheses

# Words ----------------------------------------------------------------------------------------

COMMON_WORDS = frozenset(
    """
    a an and are as at be been but by can could did do does for from had has have how i if in into
    is it its may no not of on one or our should so some such than that the their them then there
    these they this to use used using was we were what when where which while who whose why will
    with would you your
    """.split()
)
QUESTION_WORDS = frozenset("who whose what which when where why how".split())
SENTENCE_LENGTH = 6  # from this many bare words on, a query is a sentence and not a list of terms

# Ranking --------------------------------------------------------------------------------------


class IndexZone(NamedTuple):
    """A zone of a note's head, its weight, and the number of words and terms that it holds."""

    name: str
    weight: float
    words: int
    terms: int


ZONES = (
    IndexZone("title", 4, 32, 48),
    IndexZone("summary", 3, 48, 64),
    IndexZone("about", 2, 64, 96),
    IndexZone("heading", 2, 64, 80),
)
BODY_WEIGHT = 1.0  # of a word of the body, in whatever form
FORM_WEIGHT = 0.75  # of another form of a word, relative to the word itself
# Positions of a note's index: those of the words of each zone, then those of the terms of each
# zone.
STARTS = tuple(
    accumulate((*(zone.words for zone in ZONES), *(zone.terms for zone in ZONES)), initial=1)
)
WEIGHTS = (
    *(zone.weight for zone in ZONES),
    *(FORM_WEIGHT * zone.weight for zone in ZONES),
    BODY_WEIGHT,
)
TITLE_WORDS_END = STARTS[1]
TITLE_TERMS = (STARTS[len(ZONES)], STARTS[len(ZONES) + 1])
# How exact words are spelled in the index. No term contains `ª` or `º`, which are marks.
HEAD_WORD = "{}ª"
BODY_WORD = "º{}ª"  # searched only for phrases, so it is kept apart from the words of the head

# Messages -------------------------------------------------------------------------------------

# Message and help by error name; `{0}` is the author's text, the others are what the parser adds.
MESSAGES = {
    "unclosed-quote": ("this quote is never closed", 'close it with `"`'),
    "unclosed-group": ("this parenthesis is never closed", "close it with `)`"),
    "stray-close": (
        "this parenthesis closes nothing",
        "remove it, or open a parenthesis before it",
    ),
    "empty-group": ("these parentheses are empty", "remove them, or write terms between them"),
    "too-deep": ("parentheses are nested more than {1} deep", "use fewer"),
    "too-long": ("the query is longer than {1} characters", "shorten it"),
    "lone-or": ("`{0}` needs a term on each side", "add one, or remove `{0}`"),
    "lone-not": ("`{0}` needs a term right after it", "add one, or remove `{0}`"),
    "no-value": ("`{0}` has no value", "write one right after the colon, as in `{1}`"),
    "no-word": ("`{0}` has no letter or digit to search for", "remove it"),
    "unknown-field": (
        "no field is named `{0}`",
        "the fields are {1}; to search for it as words, put it in quotes",
    ),
    "unknown-choice": ("`{0}` is not a value of `{1}`", "use one of {2}"),
    "no-range": (
        "`{0}` is not a value of `{1}`",
        "write `{2}`, or a range: `{2}..`, `..{2}`, `>={2}`",
    ),
    "backward-range": ("the range `{0}` runs backwards", "write `{1}`"),
    "two-sorts": ("`sort:` is used twice", "remove one of them"),
    "inner-sort": (
        "`sort:` orders the whole result",
        "write it outside parentheses, without a minus",
    ),
}
