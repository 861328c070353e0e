"""The search language as data: fields, values, operators, limits, words, weights and messages.

The parser and the engine read it here, and the page gets the same data by way of
`catalogue.describe_language`.
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from readinglog.model.fields import (
    FIELDS,
    STATUSES,
    Field,
    SearchChoice,
    SearchRange,
    SearchWords,
    list_relations,
)

# Fields ---------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """A field with a few values."""

    values: tuple[str, ...]


class Range(NamedTuple):
    """A field with ordered values, which match the pattern `form` and are compared as text."""

    form: str
    example: str


class Name(NamedTuple):
    """A field whose value is a name of what `of` says; `is_words` where some words of it do."""

    of: str
    example: str
    is_words: bool = False


SearchField = Choice | Range | Name

OWN_CHOICES = ("has", "is", "sort")  # which ask for no one field of front matter
HAS_MATH = "math"
SORTS = ("relevance", "published", "date", "rating")


def get_search_fields() -> dict[str, SearchField]:
    """Return the fields of a query by name, in the order in which messages list them.

    Those that ask for a field of front matter are made of its record.
    """
    words: dict[str, SearchField] = {}
    choices: dict[str, SearchField] = {}
    ranges: dict[str, SearchField] = {}
    for field in FIELDS.values():
        match field.search:
            case SearchWords(name, example):
                words[name] = Name(name, example, is_words=True)
            case SearchChoice(name):
                choices[name] = Choice(field.type.choices)
            case SearchRange(name, pattern, example):
                ranges[name] = Range(pattern, example)
    return {
        "tag": Name("tag", "tag:moe"),
        **words,
        "title": Name("title", "title:attention", is_words=True),
        **choices,
        "has": Choice(list_has_values()),
        "is": Choice((*STATUSES, "orphan")),
        **ranges,
        "links": Name("note", "links:ddpm"),
        "linked-from": Name("note", "linked-from:ddpm"),
        "sort": Choice(SORTS),
    }


def list_has_values() -> tuple[str, ...]:
    """Return what `has:` may ask for: fields, the last of them first, mathematics, relations."""
    names = [field.name for field in FIELDS.values() if field.has and not field.relation]
    return (*reversed(names), HAS_MATH, *list_relations())


def list_word_fields() -> tuple[str, ...]:
    """Return the query fields that find words of a field of front matter."""
    searches = (field.search for field in FIELDS.values())
    return tuple(search.name for search in searches if isinstance(search, SearchWords))


def get_searched_field(name: str) -> Field:
    """Return the field of front matter for which the query field `name` asks."""
    found = (field for field in FIELDS.values() if field.search and field.search.name == name)
    return next(found)


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
        "this closing parenthesis has no opening one",
        "remove it, or add `(` before it",
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
