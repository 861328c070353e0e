"""The search language as data: fields, values, operators, limits, words, weights and messages.

The parser and the engine read it here, and the page gets the same data by way of
`catalogue.describe_language`.
"""

from __future__ import annotations

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
from readinglog.model.kinds import NOTE_KINDS
from readinglog.model.slugs import TRANSLITERATION

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


def get_search_fields() -> dict[str, SearchField]:
    """Return the fields of a query by name, in the order in which messages list them.

    Those that ask for a field of front matter are made of its record.
    """
    words: dict[str, SearchField] = {}
    choices: dict[str, SearchField] = {}
    ranges: dict[str, SearchField] = {}
    for field in FIELDS.values():
        match field.search:
            case SearchWords(name, example, noun):
                words[name] = Name(name, example, is_words=True, noun=noun)
            case SearchChoice(name):
                choices[name] = Choice(field.type.options)
            case SearchRange(name, pattern, example):
                ranges[name] = Range(pattern, example)
    return {
        "tag": Name("tag", "tag:moe"),
        **words,
        IN_TITLE: Name("title", "title:attention", is_words=True),
        IN_CLAIMS: Name("claim", "claim:loss", is_words=True),
        **choices,
        "has": Choice(list_has_values()),
        "is": Choice((*STATUSES, DISPUTED, "orphan", MARKED)),
        **ranges,
        "links": Name("note", "links:ddpm"),
        "linked-from": Name("note", "linked-from:ddpm"),
        "sort": Choice(SORTS),
    }


def list_has_values() -> tuple[str, ...]:
    """Return what `has:` may ask for: fields, the last of them first, mathematics, claims and
    their results, relations.
    """
    names = [field.name for field in FIELDS.values() if field.has and not field.relation]
    return (*reversed(names), HAS_MATH, *HAS_CLAIMS, *list_relations())


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
    with would you your al et versus vs
    """.split()
)
QUESTION_WORDS = frozenset("who whose what which when where why how".split())
SENTENCE_LENGTH = 6  # from this many bare words on, a query is a sentence and not a list of terms

# What stands beside the name of a work without being a part of it, and the kinds of work it says.
_WORKS = tuple(name for name, kind in NOTE_KINDS.items() if not kind.is_hub)
KIND_WORDS = {
    **{name: (name,) for name in NOTE_KINDS},
    "article": ("paper", "post"),
    "preprint": ("paper",),
    "report": ("paper", "post"),
    "blog": ("post",),
    "blogpost": ("post",),
    "essay": ("post",),
    "lecture": ("talk",),
    "keynote": ("talk",),
    "slides": ("talk",),
    "video": ("talk",),
    "interview": ("podcast",),
    "tweet": ("thread",),
    "tweets": ("thread",),
    "textbook": ("book",),
    "repo": ("code",),
    "repository": ("code",),
    "documentation": ("docs",),
    "original": _WORKS,
    "introduced": _WORKS,
    "invented": _WORKS,
    "proposed": _WORKS,
    "wrote": _WORKS,
}
LONGEST_DESCRIPTION = 8  # words of a query that may be a name with such words, authors or a year

# How letters are spelled out that Unicode does not take apart.
_LATIN = {letter: text for letter, text in TRANSLITERATION.items() if letter < "\u0370"}
LETTER_SPELLINGS = _LATIN | {
    capital: text.title()
    for letter, text in _LATIN.items()
    if len(capital := letter.upper()) == 1 and not capital.isascii()
}
LETTER_SPELLINGS |= {"ẞ": "Ss", "Σ": "σ", "ς": "σ"}  # a final sigma is a sigma
# A Greek letter that stands alone is found by its name, and the other way round.
LETTER_NAMES = {letter: name for letter, name in TRANSLITERATION.items() if letter > "\u0370"}
# Letters of scripts that put no spaces between words, written for a character class of a pattern:
# Thai and Lao, Burmese, Khmer, Japanese and Chinese.
UNSPACED_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
)
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
VALUE_SYNONYMS = {
    "kind": {
        **{word: kinds[0] for word, kinds in KIND_WORDS.items() if kinds != _WORKS},
        "software": "code",
        "hub": "topic",
        "tag": "topic",
    },
    "status": _STATUS_SYNONYMS,
    "is": {**_STATUS_SYNONYMS, "unlinked": "orphan", "contested": DISPUTED},
    "has": {
        "repo": "code",
        "repository": "code",
        "github": "code",
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
