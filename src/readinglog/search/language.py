"""The search language as data: fields, values, operators, limits, words, weights and messages.

The parser and the engine read it here, and the page gets the same data by way of
`catalogue.describe_language`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, NamedTuple

from readinglog.model.field import (
    Field,
    SearchChoice,
    SearchRange,
    SearchWords,
)
from readinglog.model.fields import STATUSES
from readinglog.model.schema import BUILT_IN, Schema
from readinglog.model.slugs import LATIN_SPELLINGS

# Fields ---------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """A field with a few values."""

    values: tuple[str, ...]


class Range(NamedTuple):
    """A field with ordered values, which match the pattern `form` and are compared as text."""

    form: str
    example: str


class Name(NamedTuple):
    """A field whose value is a name of what `of` says; `is_words` where some words of it do.

    Messages call it by `noun`, where there is one.
    """

    of: str
    example: str
    is_words: bool = False
    noun: str = ""


SearchField = Choice | Range | Name

OWN_CHOICES = ("has", "is", "sort")  # which ask for no one field of front matter
TEXT_FIELDS = ("title", "claim")  # behind which words are found as elsewhere, but only there
IN_TITLE, IN_CLAIMS = TEXT_FIELDS
HAS_MATH = "math"
HAS_CLAIMS = ("claim", "result")
DISPUTED = "disputed"
MARKED = "marked"  # what the browser of a reader remembers as read
SORTS = ("relevance", "published", "date", "rating")


@dataclass(frozen=True, eq=False)
class SearchLanguage:
    """What the query language has of one log: fields, and words that stand for values."""

    fields: Mapping[str, SearchField]  # in the order in which messages list them
    kind_words: Mapping[str, tuple[str, ...]]  # of which kinds a word says that a note is
    value_synonyms: Mapping[str, Mapping[str, str]]
    hub_kinds: tuple[str, ...]
    relations: tuple[str, ...]

    @cached_property
    def has_values(self) -> tuple[str, ...]:
        """What `has:` may ask for."""
        has = self.fields["has"]
        return has.values if isinstance(has, Choice) else ()

    @cached_property
    def word_fields(self) -> tuple[str, ...]:
        """The fields that find words of a field of front matter."""
        return tuple(name for name, field in self.fields.items() if _is_of_words(field))


def _is_of_words(field: SearchField) -> bool:
    return isinstance(field, Name) and field.is_words and field.of not in TEXT_FIELDS


def make_language(
    schema: Schema, examples: Mapping[str, str] = MappingProxyType({})
) -> SearchLanguage:
    """Return the query language for a schema; `examples` has terms with names of the log, by field.

    Fields that ask for a field of front matter are made of its record.
    """
    words: dict[str, SearchField] = {}
    choices: dict[str, SearchField] = {}
    ranges: dict[str, SearchField] = {}
    for field in schema.fields.values():
        match field.search:
            case SearchWords(name, example, noun):
                words[name] = Name(name, examples.get(name, example), is_words=True, noun=noun)
            case SearchChoice(name):
                choices[name] = Choice(field.type.options)
            case SearchRange(name, pattern, example):
                ranges[name] = Range(pattern, example)
    note = examples.get("links", "links:a-note").partition(":")[2]
    fields = {
        "tag": Name("tag", examples.get("tag", "tag:a-tag")),
        **words,
        IN_TITLE: Name("title", examples.get("title", "title:word"), is_words=True),
        IN_CLAIMS: Name("claim", "claim:word", is_words=True),
        **choices,
        "has": Choice(_list_has_values(schema)),
        "is": Choice((*STATUSES, DISPUTED, "orphan", MARKED)),
        **ranges,
        "links": Name("note", f"links:{note}"),
        "linked-from": Name("note", f"linked-from:{note}"),
        "sort": Choice(SORTS),
    }
    kind_words = _make_kind_words(schema)
    hubs = tuple(name for name, kind in schema.kinds.items() if kind.is_hub)
    synonyms = _make_value_synonyms(kind_words)
    return SearchLanguage(fields, kind_words, synonyms, hubs, schema.relations)


def read_language(data: Mapping[str, Any]) -> SearchLanguage:
    """Return the language that `catalogue.describe_language` has described."""
    fields = {name: _read_field(kind) for name, kind in data["fields"].items()}
    kind_words = {word: tuple(kinds) for word, kinds in data["kind_words"].items()}
    hubs, relations = tuple(data["hub_kinds"]), tuple(data["relations"])
    return SearchLanguage(fields, kind_words, data["value_synonyms"], hubs, relations)


def _read_field(data: Mapping[str, Any]) -> SearchField:
    match data["type"]:
        case "choice":
            return Choice(tuple(data["values"]))
        case "range":
            return Range(data["pattern"], data["example"])
        case of:
            return Name(of, data["example"], data["is_words"], data.get("noun", ""))


def _list_has_values(schema: Schema) -> tuple[str, ...]:
    """Return what `has:` may ask for: fields, the last of them first, mathematics, claims and
    their results, relations, fields of claims that the log adds.
    """
    names = [field.name for field in schema.fields.values() if field.has and not field.relation]
    known = (*reversed(names), HAS_MATH, *HAS_CLAIMS, *schema.relations)
    return tuple(dict.fromkeys((*known, *schema.own_claim_fields)))


def get_searched_field(name: str, schema: Schema) -> Field:
    """Return the field of front matter for which the query field `name` asks."""
    fields = schema.fields.values()
    return next(field for field in fields if field.search and field.search.name == name)


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
    with would you your al et versus vs
    """.split()
)
ET_AL = ("et", "al")  # which stand for the other authors of a work
QUESTION_WORDS = frozenset("who whose what which when where why how".split())
SENTENCE_LENGTH = 6  # from this many bare words on, a query is a sentence and not a list of terms

# What stands beside the name of a work without being a part of it, and the kinds of work it says.
_WORK_WORDS = ("original", "introduced", "invented", "proposed", "wrote")  # any work


def _make_kind_words(schema: Schema) -> dict[str, tuple[str, ...]]:
    words: dict[str, tuple[str, ...]] = {}
    for name, kind in schema.note_kinds.items():
        for word in kind.other_names if kind.is_work else ():
            words[word] = (*words.get(word, ()), name)
    works = tuple(name for name, kind in schema.note_kinds.items() if kind.is_work)
    kinds = {name: (name,) for name in schema.note_kinds}
    return {**words, **kinds, **dict.fromkeys(_WORK_WORDS, works)}


LONGEST_DESCRIPTION = 8  # words of a query that may be a name with such words, authors or a year

# How letters are spelled out that Unicode does not take apart.
LETTER_SPELLINGS = LATIN_SPELLINGS | {
    capital: text.title()
    for letter, text in LATIN_SPELLINGS.items()
    if len(capital := letter.upper()) == 1 and capital != letter and not capital.isascii()
}
LETTER_SPELLINGS |= {"ẞ": "Ss", "Σ": "σ", "ς": "σ"}  # a final sigma is a sigma
# Letters of scripts that put no spaces between words, written for a character class of a pattern:
# Thai and Lao, Burmese, Khmer, Japanese and Chinese.
UNSPACED_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
LANGUAGE_MARK = "="  # between a form of a word and the language, not English, of notes that have it
IRREGULAR_PLURALS = {
    "analyses": "analysis",
    "appendices": "appendix",
    "automata": "automaton",
    "axes": "axis",
    "bases": "basis",
    "children": "child",
    "corpora": "corpus",
    "criteria": "criterion",
    "extrema": "extremum",
    "foci": "focus",
    "formulae": "formula",
    "helices": "helix",
    "hypotheses": "hypothesis",
    "indices": "index",
    "loci": "locus",
    "matrices": "matrix",
    "maxima": "maximum",
    "men": "man",
    "mice": "mouse",
    "minima": "minimum",
    "moduli": "modulus",
    "nuclei": "nucleus",
    "optima": "optimum",
    "parentheses": "parenthesis",
    "people": "person",
    "phenomena": "phenomenon",
    "quanta": "quantum",
    "radii": "radius",
    "schemata": "schema",
    "simplices": "simplex",
    "spectra": "spectrum",
    "stimuli": "stimulus",
    "strata": "stratum",
    "syntheses": "synthesis",
    "theses": "thesis",
    "vertices": "vertex",
    "vortices": "vortex",
    "women": "woman",
}
# British spellings that are stemmed like the American ones: how words begin, and how they end.
BRITISH_STARTS = {
    "artefact": "artifact",
    "behaviour": "behavior",
    "catalogue": "catalog",
    "centre": "center",
    "colour": "color",
    "defence": "defense",
    "dialogue": "dialog",
    "favour": "favor",
    "fibre": "fiber",
    "grey": "gray",
    "honour": "honor",
    "judgement": "judgment",
    "labell": "label",
    "labour": "labor",
    "licence": "license",
    "modell": "model",
    "neighbour": "neighbor",
    "rumour": "rumor",
    "sceptic": "skeptic",
    "signall": "signal",
    "travell": "travel",
}
# `normalise` is `normalize`, but others, such as `precise`, `enterprise` and `supervise`, have an S
# in every spelling.
BRITISH_END = (
    r"(?<=[a-z]{4})(?<![cgvw])(?<!pr)(?<!prom)(?<!expert)"
    r"is(?=(?:ations?|e[drs]?|ers|ing|able)$)"
)

# Ranking --------------------------------------------------------------------------------------
# BM25F (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009): the occurrences of
# a word are weighted by the zone of the note that they are in, and damped where the zone is long.


class IndexZone(NamedTuple):
    """A zone of a note, the weight of a word in it, its usual length in words, and how much (from
    0 to 1) a greater length takes off the weight. `in_body` says that its texts are in the body,
    too.
    """

    name: str
    weight: float
    length: int
    damping: float
    in_body: bool = False


ZONES = (
    IndexZone("title", 6, 8, 0.5),
    IndexZone("names", 5, 8, 0.3),
    IndexZone("summary", 3, 22, 0.5),
    IndexZone("about", 2, 20, 0.3),
    IndexZone("heading", 1.5, 20, 0.5, in_body=True),
    IndexZone("claim", 0.5, 60, 0.5, in_body=True),
    IndexZone("body", 1, 350, 0.7),
)
CLAIM_ZONES = (IndexZone("claim", 1, 60, 0.5),)  # of the claims alone, for `claim:`
TITLE_ZONES = ("title", "names")
OCCURRENCE = 4  # what one occurrence in a body of usual length counts, in the index's whole numbers
SATURATION = 1.5  # BM25's k1, in occurrences
FORM_WEIGHT = 0.8  # of another form of a word, relative to the word itself
LINK_WEIGHT = 0.3  # of the logarithm of one plus how many notes link to a note
# What share of the rarity of a query's words a note has to have, and in a question, or where no
# note has as much.
ENOUGH_WORDS = 0.6
ENOUGH_OF_QUESTION = 0.3

# Suggestions ---------------------------------------------------------------------------------

# Words of addresses that say nothing of what is there.
ADDRESS_WORDS = frozenset(
    """
    abs article articles arxiv blob blog com doi edu git github html http https index main master
    net org papers pdf php post posts tree wiki www
    """.split()
)
# What is often written for a field or a value.
FIELD_SYNONYMS = {
    "type": "kind",
    "by": "author",
    "writer": "author",
    "topic": "tag",
    "journal": "venue",
    "conference": "venue",
    "published": "year",
    "added": "date",
    "logged": "date",
    "stars": "rating",
    "state": "status",
    "cites": "links",
    "cited-by": "linked-from",
    "order": "sort",
    "name": "title",
    "claims": "claim",
}
_STATUS_SYNONYMS = {"unread": "to-read", "todo": "to-read", "done": "read", "finished": "read"}
_KIND_SYNONYMS = {"software": "code", "hub": "topic", "tag": "topic"}
_VALUE_SYNONYMS = {
    "status": _STATUS_SYNONYMS,
    "is": {**_STATUS_SYNONYMS, "unlinked": "orphan", "contested": DISPUTED},
    "has": {
        "repo": "code",
        "repository": "code",
        "preprint": "arxiv",
        "formula": "math",
        "equation": "math",
        "latex": "math",
        "claims": "claim",
        "results": "result",
        "measurement": "result",
    },
    "sort": {
        "newest": "date",
        "latest": "date",
        "recent": "date",
        "added": "date",
        "logged": "date",
        "year": "published",
        "publication": "published",
        "stars": "rating",
        "rated": "rating",
        "best": "relevance",
        "score": "relevance",
    },
}


def _make_value_synonyms(
    kind_words: Mapping[str, tuple[str, ...]],
) -> dict[str, Mapping[str, str]]:
    one_kind = {word: kinds[0] for word, kinds in kind_words.items() if word not in _WORK_WORDS}
    return {"kind": {**_KIND_SYNONYMS, **one_kind}, **_VALUE_SYNONYMS}


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

BUILT_IN_LANGUAGE = make_language(BUILT_IN)
