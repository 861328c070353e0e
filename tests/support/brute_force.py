"""What a query finds, worked out the long way: every rule of docs/guide/search.md as it is written, every
note read for every term.

It shares nothing with `readinglog.search`, which it is there to check. It may be slow; it should be
plain.
"""

from __future__ import annotations

import calendar
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

import Stemmer

from readinglog.model.fields import STATUSES
from readinglog.model.identifiers import make_work_key, parse_arxiv_id, parse_doi
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import newest_first
from readinglog.parsing.prose import strip_markdown

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "search.md"
_BLOCKS = re.findall(r"```\w*\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
[_PLURALS] = [block for block in _BLOCKS if block.startswith("analyses")]
[_COMMON] = [block for block in _BLOCKS if block.split()[0] == "a"]
PLURALS = dict(pair.split() for pair in _PLURALS.split(","))
COMMON = frozenset(_COMMON.split())
[_BRITISH] = [block for block in _BLOCKS if block.startswith("artefact")]
BRITISH = dict(pair.split() for pair in _BRITISH.split(","))
[_ADDRESS] = [block for block in _BLOCKS if block.startswith("abs article")]
ADDRESS_WORDS = frozenset(_ADDRESS.split())
[_KINDS] = [block for block in _BLOCKS if block.strip().startswith("paper: ")]
KIND_WORDS: dict[str, str] = {}  # the kinds of which each word says that a note is
for _line in _KINDS.strip().splitlines():
    _kinds, _, _words = _line.strip().partition(": ")
    for _word in _words.split():
        _all = " ".join(kind for kind in KINDS if KINDS[kind].is_work)
        KIND_WORDS[_word] = (
            KIND_WORDS.get(_word, "") + " " + (_all if _kinds == "any work" else _kinds)
        )
ALWAYS_S = ("c", "g", "v", "w", "pr", "prom", "expert")

# By zone: the weight of a word, the usual number of words, and the damping of longer texts.
ZONES = {
    "title": (6, 8, 0.5),
    "names": (5, 8, 0.3),
    "summary": (3, 22, 0.5),
    "about": (2, 20, 0.3),
    "heading": (1.5, 20, 0.5),
    "claim": (0.5, 60, 0.5),
    "body": (1, 350, 0.7),
}
SENTENCE = 6  # bare words make a question
LONGEST = 1000
DEEPEST = 20
CLOSEST = 10
QUESTION = frozenset("who whose what which when where why how".split())
FIELDS = frozenset(
    "tag author venue title claim kind status year date rating has is links linked-from sort".split()
)
IDENTIFIERS = ("isbn", "openreview", "hf", "github")
RELATIONS = ("builds_on", "disputes", "supersedes", "replicates")
ORDERS = ("relevance", "published", "date", "rating")


class UnreadableError(Exception):
    """The query cannot be read."""


class Term(NamedTuple):
    """Words to look for, perhaps in quotes, perhaps in titles or claims only."""

    text: str
    quoted: bool = False
    field: str = ""

    @property
    def words(self) -> list[str]:
        return query_words(self.text)

    @property
    def bare(self) -> bool:
        """Whether neither quotes nor a field stand around it."""
        return not self.quoted and not self.field

    @property
    def common(self) -> bool:
        """Whether this is a bare common word, or an initial."""
        initial = self.text.endswith(".") and len("".join(self.words)) == 1
        return self.bare and (initial or set(self.words) <= COMMON)


class Field(NamedTuple):
    name: str
    value: str


class Not(NamedTuple):
    node: Node


class All(NamedTuple):
    nodes: list[Node]


class Some(NamedTuple):
    nodes: list[Node]


Node = Term | Field | Not | All | Some


# What is asked for
# ---------------------------------------------------------------------------------------------------


class Found(NamedTuple):
    """The notes that a query finds, in order, and the query as it was answered."""

    notes: list[Note]
    node: Node


def brute_force(notebook: Notebook, query: str) -> list[str] | None:
    """The names of the notes that `query` finds, in order; None if it cannot be read."""
    found = _find(notebook, query)
    return None if found is None else [note.name for note in found.notes]


def facets(notebook: Notebook, query: str) -> dict[str, dict[str, int]] | None:
    """How many of the notes that `query` finds have each tag, kind, year, author and status; None
    if it cannot be read.
    """
    found = _find(notebook, query)
    if found is None:
        return None
    notes = found.notes
    return {
        "tag": dict(Counter(key for note in notes for key in _tag_keys(notebook, note))),
        "kind": dict(Counter(note.kind for note in notes)),
        "year": dict(Counter(note.published[:4] for note in notes if note.published)),
        "author": dict(Counter(name for note in notes for name in set(note.authors))),
        "status": dict(Counter(note.status for note in notes)),
    }


def closest(notebook: Notebook, query: str) -> list[str]:
    """The names of the notes that are listed where a query finds nothing."""
    found = _find(notebook, query)
    assert found
    clauses = found.node.nodes if isinstance(found.node, All) else [found.node]
    terms = [node for node in clauses if isinstance(node, Term)]
    terms = [term for term in terms if not term.common] or terms
    others = All([node for node in clauses if not isinstance(node, Term)])
    allowed = [note for note in notebook.published if holds(notebook, others, note)]
    for wanted in (terms, [Term(word) for word in _words_within(terms)]):
        scores = {
            note: score(notebook, wanted, note)
            for note in allowed
            if any(counts(notebook, term, note) for term in wanted)
        }
        if scores:
            break
    return [note.name for note in sorted(scores, key=lambda note: -scores[note])[:CLOSEST]]


def _words_within(terms: list[Term]) -> list[str]:
    """The words in terms of which no note has any, without those that say where an address is."""
    found: list[str] = []
    for term in terms:
        text = re.sub(r"(?i)^[a-z][a-z0-9+.-]*://[^/]*", "", term.text)
        if text != term.text or not any(_keys_in(term.text)):
            found += [*words(text), *parts(text)]
    kept = [word for word in found if word.isalpha() and len(word) > 2]
    return [word for word in dict.fromkeys(kept) if word not in COMMON | ADDRESS_WORDS]


@lru_cache(maxsize=1 << 12)
def _find(notebook: Notebook, query: str) -> Found | None:
    named = named_by(notebook, query)
    try:
        node, order = read(query)
    except UnreadableError:
        return Found(named, All([])) if named else None
    named = named or named_by_words(notebook, node)
    if not named:
        node = corrected(notebook, node)
        named = named_by_words(notebook, node)
    named = [note for note in named if holds(notebook, _beside_words(node), note)]
    found = set(named).union(matches(notebook, node))
    terms = list(positive(without_common(node)))
    scores = {note: score(notebook, terms, note) for note in found}
    keys: dict[str, Callable[[Note], object]] = {
        "relevance": lambda note: (
            named.index(note) if note in named else len(named),
            -scores[note],
        ),
        "published": lambda note: tuple(
            -ord(c) for c in (note.published and note.published.ljust(10, "~")) or " "
        ),
        "rating": lambda note: -int(str(note.values.get("rating", 0))),
        "date": lambda _: 0,
    }
    ordered = sorted(sorted(found, key=newest_first), key=keys[order or "relevance"])
    return Found(ordered, node)


def _beside_words(node: Node) -> Node:
    """What a query asks for beside its bare words and phrases."""
    clauses = node.nodes if isinstance(node, All) else [node]
    return All([one for one in clauses if not isinstance(one, Term) or one.field])


# Reading a query
# -----------------------------------------------------------------------------------------------------

Token = str | Term | Field  # a str is one of ( ) - AND OR NOT


@lru_cache(maxsize=1 << 12)
def read(query: str) -> tuple[Node, str]:
    """What must hold of a note, and the order that is asked for, or ''."""
    if "%" in query and "://" not in query and len(query.split()) == 1 and query.strip() == query:
        try:
            return _read(decoded(query))
        except UnreadableError:
            pass
    return _read(query)


def decoded(text: str) -> str:
    """`text` without `%20` and the like, if all of it can be decoded."""
    pieces = text.split("%")[1:]
    if not all(re.match("[0-9A-Fa-f]{2}", piece) for piece in pieces):
        return text
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeError:
        return text


def _read(query: str) -> tuple[Node, str]:
    if len(query) > LONGEST:
        raise UnreadableError
    every = list(tokens_of(re.sub("[“”„‟«»]", '"', query)))
    tokens = [token for token in every if not _means_nothing(token)]
    if not every:
        return All([]), ""
    if not tokens:
        raise UnreadableError
    node = _either(tokens, 0)
    if tokens:  # a `)` too many
        raise UnreadableError
    for token in every:
        if isinstance(token, Term) and not _means_nothing(token) and not token.words:
            raise UnreadableError
    return _without_sort(node)


def _means_nothing(token: Token) -> bool:
    """Whether this is a bare term of marks alone."""
    return isinstance(token, Term) and token.bare and not token.words


def tokens_of(query: str) -> Iterator[Token]:
    """The query piece by piece, without dashes."""
    at = 0
    while at < len(query):
        after = query[at + 1 : at + 2]
        if query[at].isspace():
            at += 1
        elif query[at] in "()":
            yield query[at]
            at += 1
        elif query[at] == "-":
            run = re.compile(r'[^\s()"]+').match(query, at + 1)
            is_before_mark = run and not query_words(run[0])
            if after and after != "-" and not after.isspace() and not is_before_mark:
                yield "-"
            at += 1
        elif query[at] == '"':
            text, at = _quoted(query, at)
            yield Term(text, quoted=True)
        else:
            found = re.compile(r'[^\s()"]+').match(query, at)
            assert found
            at = found.end()
            name = re.match(r"([A-Za-z][A-Za-z-]*):(?!//)", found[0])
            if found[0] in ("AND", "OR", "NOT"):
                yield found[0]
            elif not name:
                yield Term(found[0])
            elif name.end() == len(found[0]) and query[at : at + 1] == '"':
                text, at = _quoted(query, at)
                known = name[1].lower() in FIELDS
                phrase = Term(f"{name[1].lower()} {text}", quoted=True)
                yield _field(name[1].lower(), text, quoted=True) if known else phrase
            elif name[1].lower() in FIELDS:
                yield _field(name[1].lower(), found[0][name.end() :], quoted=False)
            else:
                yield Term(found[0])


def _quoted(query: str, at: int) -> tuple[str, int]:
    """The text of the quotes that open at `at`, and where to go on."""
    end = query.find('"', at + 1)
    if end < 0:
        raise UnreadableError
    return query[at + 1 : end].strip(), end + 1


def _field(name: str, value: str, *, quoted: bool) -> Token:
    if not value:
        raise UnreadableError
    if name in {"title", "claim"}:
        return Term(value, quoted, name)
    choices = {
        "kind": KINDS,
        "status": STATUSES,
        "has": ("code", "doi", "arxiv", *IDENTIFIERS, "math", "claim", "result", *RELATIONS),
        "is": (*STATUSES, "disputed", "orphan", "marked"),
        "sort": ORDERS,
    }
    if name in choices:
        value = value.lower()
        if value not in choices[name]:
            raise UnreadableError
    elif name in RANGES:
        bounds(value, RANGES[name])
    elif name in {"author", "venue"} and not query_words(value):
        raise UnreadableError
    return Field(name, value)


def _either(tokens: list[Token], depth: int) -> Node:
    """`a b OR c d`: at least one of the lists holds."""
    nodes = [_list(tokens, depth)]
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        nodes.append(_list(tokens, depth))
    return nodes[0] if len(nodes) == 1 else Some(nodes)


def _list(tokens: list[Token], depth: int) -> Node:
    """`a b AND c`: terms side by side, all of which hold."""
    nodes = [_one(tokens, depth)]
    while tokens and tokens[0] not in ("OR", ")"):
        if tokens[0] == "AND":
            tokens.pop(0)
            if all(isinstance(node, Field) and node.name == "sort" for node in nodes):
                raise UnreadableError
        nodes.append(_one(tokens, depth))
    return nodes[0] if len(nodes) == 1 else All(nodes)


def _one(tokens: list[Token], depth: int) -> Node:
    """A term, a field or a group, perhaps behind a NOT or a minus."""
    negated = bool(tokens) and tokens[0] in ("NOT", "-")
    if negated:
        tokens.pop(0)
    if not tokens or tokens[0] in (")", "AND", "OR", "NOT", "-"):
        raise UnreadableError
    first = tokens.pop(0)
    node: Node
    if first == "(":
        if depth == DEEPEST:
            raise UnreadableError
        node = _either(tokens, depth + 1)
        if not tokens or tokens.pop(0) != ")":
            raise UnreadableError
    else:
        assert not isinstance(first, str)
        node = first
    if isinstance(node, Field) and node.name == "sort" and (negated or depth):
        raise UnreadableError
    return Not(node) if negated else node


def _without_sort(node: Node) -> tuple[Node, str]:
    """The query without its `sort:`, of which one may stand beside the other terms; and what it
    says.
    """
    if isinstance(node, Some):
        parts = [_without_sort(one) for one in node.nodes]
        if any(one == All([]) for one, _ in parts):
            raise UnreadableError
        result: Node = Some([one for one, _ in parts])
        orders = [order for _, order in parts if order]
    else:
        clauses = node.nodes if isinstance(node, All) else [node]
        sorts = [one for one in clauses if isinstance(one, Field) and one.name == "sort"]
        kept = [one for one in clauses if one not in sorts]
        result = kept[0] if len(kept) == 1 else All(kept)
        orders = [one.value for one in sorts]
    if len(orders) > 1:
        raise UnreadableError
    return result, "".join(orders)


def without_common(node: Node) -> Node:
    """The query without the common words that stand beside other terms."""
    if isinstance(node, Not):
        return Not(without_common(node.node))
    if isinstance(node, Some):
        return Some([without_common(member) for member in node.nodes])
    if not isinstance(node, All):
        return node
    telling = [one for one in node.nodes if not (isinstance(one, Term) and one.common)]
    return All([without_common(member) for member in telling or node.nodes])


# What holds of a note
# ------------------------------------------------------------------------------------------------


def matches(notebook: Notebook, node: Node) -> list[Note]:
    """The notes for which a whole query holds; of its bare words, most are enough."""
    clauses = node.nodes if isinstance(node, All) else [node]
    plain = without_common(node)
    telling = plain.nodes if isinstance(plain, All) else [plain]
    optional = [one for one in telling if isinstance(one, Term) and one.bare]
    if len(optional) < 2:
        return [note for note in notebook.published if holds(notebook, plain, note)]
    bare = [one for one in clauses if isinstance(one, Term) and one.bare]
    asks = bare[0] is clauses[0] and bare[0].text.lower() in QUESTION
    others = All([one for one in telling if one not in optional])
    had = {
        note: [term for term in optional if counts(notebook, term, note)]
        for note in notebook.published
        if holds(notebook, others, note)
    }
    known = [
        term
        for term in optional
        if any(counts(notebook, term, note) for note in notebook.published)
    ]
    whole = sum(rarity(notebook, term) for term in known)
    found: list[Note] = []
    for share in [0.3] if asks or len(bare) >= SENTENCE else [0.6, 0.3]:
        found = found or [
            note
            for note, terms in had.items()
            if terms and sum(rarity(notebook, term) for term in terms) >= share * whole
        ]
    return found


def holds(notebook: Notebook, node: Node, note: Note) -> bool:
    """Whether `note` is what `node` asks for."""
    if isinstance(node, All):
        return all(holds(notebook, member, note) for member in node.nodes)
    if isinstance(node, Some):
        return any(holds(notebook, member, note) for member in node.nodes)
    if isinstance(node, Not):
        return not holds(notebook, node.node, note)
    if isinstance(node, Term):
        return counts(notebook, node, note) > 0
    return _field_holds(notebook, node, note)


def _field_holds(notebook: Notebook, field: Field, note: Note) -> bool:
    name, value = field
    if name == "tag":
        tag = notebook.vocabulary.find(value)
        return tag is not None and tag.key in _tag_keys(notebook, note)
    if name == "author":
        return any(is_called(author, value) for author in note.authors)
    if name == "venue":
        return is_called(note.venue, value)
    if name in RANGES:
        low, high = bounds(value, RANGES[name])
        number = _number(name, note)
        return number is not None and low <= number <= high
    if name == "kind":
        return note.kind == value
    if name == "links":
        return any(other in _meant(notebook, value) for other in _linked_from(notebook, note))
    if name == "linked-from":
        return any(note in _linked_from(notebook, other) for other in _meant(notebook, value))
    return _has_or_is(notebook, value, note)


def is_called(name: str, value: str) -> bool:
    """Whether `name` has each word of `value`, or an initial of it, and one of them whole."""
    wanted = [word for word in query_words(value) if word not in ("et", "al")]
    return bool(wanted) and _fits(wanted, words(name), whole=False)


def _fits(wanted: list[str], among: list[str], *, whole: bool) -> bool:
    """Whether each of the words `wanted` has a word of its own in `among`."""
    if not wanted:
        return whole
    first, *rest = wanted
    for at, word in enumerate(among):
        initial = 1 in (len(word), len(first)) and word[0] == first[0]
        others = among[:at] + among[at + 1 :]
        if (first == word or initial) and _fits(rest, others, whole=whole or first == word):
            return True
    return False


def _has_or_is(notebook: Notebook, value: str, note: Note) -> bool:
    """What `has:`, `is:` and `status:` ask for: no two of them have a value in common that means
    two things.
    """
    if value == "code" or value in RELATIONS:
        return bool(note.values.get(value))
    if value == "doi":
        return bool(note.doi)
    if value == "arxiv":
        return bool(note.arxiv)
    if value == "math":
        return any(region.kind in {"math", "display"} for region in note.regions)
    if value == "claim":
        return bool(note.claims)
    if value == "result":
        return any(claim.result for claim in note.claims)
    if value == "disputed":
        return any(note is disputed for disputed in _disputed(notebook))
    if value == "orphan":
        return not link_count(notebook, note) and not _linked_from(notebook, note)
    return note.status == value


def _tag_keys(notebook: Notebook, note: Note) -> set[str]:
    """The keys of the note's tags and of all that stand above them."""
    return {
        step.key
        for tag in notebook.tags.get_tags(note)
        for step in notebook.vocabulary.get_path(tag)
    }


@lru_cache(maxsize=1 << 12)
def _disputed(notebook: Notebook) -> list[Note]:
    """The notes that others dispute, or that have claims which others dispute."""
    by_work = [
        relation.resolution.target
        for note in notebook.published
        for relation in notebook.links.list_relations(note)
        if relation.field == "disputes" and relation.resolution.target is not note
    ]
    by_claim = [
        relation.note
        for note in notebook.published
        for relation in notebook.claims.list_relations(note)
        if relation.field == "disputes" and relation.source.claim is not relation.claim
    ]
    return [note for note in (*by_work, *by_claim) if note in notebook.published]


def _meant(notebook: Notebook, text: str) -> list[Note]:
    """The published notes of that file name or, where there is none, of that title or alias."""
    key = fold(text)
    by_name = [note for note in notebook.published if fold(note.name) == key]
    return by_name or [
        note
        for note in notebook.published
        if key in map(fold, (note.title, *note.texts("aliases")))
    ]


@lru_cache(maxsize=1 << 14)
def _linked_from(notebook: Notebook, note: Note) -> list[Note]:
    """The published notes that `note` leads to, by text or relation; itself left out."""
    links = [resolution for _, resolution in notebook.links.list_links(note)]
    links += [relation.resolution for relation in notebook.links.list_relations(note)]
    return [
        found.target
        for found in links
        if found.target and found.target is not note and found.target in notebook.published
    ]


@lru_cache(maxsize=1 << 14)
def link_count(notebook: Notebook, note: Note) -> int:
    """How many notes link to `note`."""
    return sum(note in _linked_from(notebook, other) for other in notebook.published)


# Ranges
# --------------------------------------------------------------------------------------------------------------


def bounds(value: str, first_and_last: Callable[[str], tuple[int, int]]) -> tuple[float, float]:
    """The least and the greatest number that `value` takes in."""
    if found := re.fullmatch(r"(>=|<=|>|<)(.*)", value):
        first, last = first_and_last(found[2])
        ranges = {
            ">=": (first, math.inf),
            ">": (last + 1, math.inf),
            "<=": (-math.inf, last),
            "<": (-math.inf, first - 1),
        }
        return ranges[found[1]]
    if found := re.fullmatch(r"(.*?)\.\.(.*)", value):
        if not found[1] and not found[2]:
            raise UnreadableError
        low = first_and_last(found[1])[0] if found[1] else -math.inf
        high = first_and_last(found[2])[1] if found[2] else math.inf
        if low > high:
            raise UnreadableError
        return low, high
    return first_and_last(value)


def _year(text: str) -> tuple[int, int]:
    if not re.fullmatch("[0-9]{4}", text):
        raise UnreadableError
    return int(text), int(text)


def _rating(text: str) -> tuple[int, int]:
    if not re.fullmatch("[1-5]", text):
        raise UnreadableError
    return int(text), int(text)


def _days(text: str) -> tuple[int, int]:
    """The first and the last day of a year, a month or a day."""
    found = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", text)
    if not found:
        raise UnreadableError
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        last = date(first.year, month or 12, day or calendar.monthrange(first.year, month or 12)[1])
    except ValueError:
        raise UnreadableError from None
    return first.toordinal(), last.toordinal()


RANGES = {"year": _year, "date": _days, "rating": _rating}


def _number(name: str, note: Note) -> int | None:
    if name == "year":
        return int(note.published[:4]) if note.published else None
    if name == "date":
        return note.date.toordinal() if note.date else None
    return int(str(note.values["rating"])) if "rating" in note.values else None


# What is named
# ----------------------------------------------------------------------------------------------------


def named_by(notebook: Notebook, query: str) -> list[Note]:
    """The notes that the whole query names, the likeliest first."""
    if re.search(r"(^|[\s(])-(?!$|[-\s])", query):
        return []
    for key in _keys_of(query):
        if found := _known_by(notebook, key):
            return found
    return []


def _keys_of(query: str) -> Iterator[tuple[str, str]]:
    """What a query may be, in the order of docs/guide/search.md: a page, a work, a repository or a place
    in one, or words.
    """
    bare = re.sub(r"""^[\s<(\["'“]+|[\s>)\]"'”.,;]+$""", "", query)
    bare = re.sub(r"(doi|arxiv):\s+", "", bare, flags=re.IGNORECASE)
    if page := re.search(r"(?i)(?:^|/)notes/([^/?#\s]+)/?([?#]\S*)?$", bare):
        yield "page", decoded(page[1])
    path = re.sub(r"(:\d+)*([?#]\S*)?$", "", bare)
    folder, _, file = path.rpartition("/")
    is_near = folder in ("", ".", "..") or "notes" in folder.lower().split("/")
    if is_near and file.lower().endswith(".md") and not re.search(r"[\s?#]", path):
        yield "page", decoded(file[:-3])
    whole = re.sub(r"(doi|arxiv):\s+", "", query.strip(), flags=re.IGNORECASE)
    for text in (whole, decoded(whole), bare, decoded(bare)):
        if not re.search(r"\s", text):
            yield from _address_keys(text)
    for text in dict.fromkeys((query, decoded(query))):
        yield from _keys_in(text)
        yield from _names_in(text)


def _address_keys(text: str) -> Iterator[tuple[str, str]]:
    if not re.search("[.:/]", text):
        return
    yield "work", make_work_key(text)
    yield "work", make_work_key(f"//{text}")
    if place := repository(text):
        yield "place", place[0]
        if not place[1]:
            yield "place", place[0] + "/…"


def _keys_in(text: str) -> Iterator[tuple[str, str]]:
    """The identifiers and addresses in a text, each after a space, a bracket, `/`, `=` or its
    name.
    """
    before = r"""(?:(?<=[\s/=\[(<"])|^|(?<=arxiv[:\s])|(?<=arxiv:\s)|(?<=doi[:\s])|(?<=doi:\s))"""
    for found in re.finditer(rf"(?i){before}[a-z.-]*/?[\d.]{{4,}}\d(?:v\d+)?", text):
        number = re.sub(r"v\d+$", "", found[0].lower())
        rest = re.sub(r"(?i)^\.pdf", "", text[found.end() :])
        if not re.match(r"[\w-]|\.[a-zA-Z0-9]", rest) and parse_arxiv_id(number) == number:
            yield "work", f"arxiv:{number}"
    for found in re.finditer(rf"(?i){before}10\.\d{{4,9}}/\S+", text):
        name = re.split('[?#&"<>]', found[0])[0]
        if parse_doi(name):
            yield "work", make_work_key(name)
        name = re.sub(r"(?i)[.,;:)\]}]+$", "", name)
        name = re.sub(r"(?i)(v\d+)?(\.full(-text)?)?(\.(pdf|html?|epub))?$", "", name, count=1)
        while "/" in name:
            yield "work", make_work_key(name)
            name = name[: name.rindex("/")]
    for found in re.finditer(r"""(?i)(?:[a-z][a-z0-9+.-]*://|git@)[^\s<>\[\]"]+""", text):
        yield from _address_keys(re.sub(r"""[\s>)\]"'”.,;]+$""", "", found[0]))


def _names_in(text: str) -> Iterator[tuple[str, str]]:
    """The names that a text may be: of a citation or a wikilink, itself, or a part of the title of
    a tab.
    """
    for pattern in (
        r"(?i)\\[a-z]*cite[a-z]*\*?(?:\[[^\]]*\])*\{([^{},\s]+)\}$",
        r"(?is)\[?@(?:[a-z]+\{)?([^\s{},;\]]+)(?:[,;}\]].*)?$",
        r"!?\[\[([^\]|#]+)(?:[|#][^\]]*)?\]\]$",
    ):
        if found := re.match(pattern, text.strip()):
            yield "page", found[1]
            yield "words", "".join(words(found[1]))
    yield "words", "".join(words(text))
    title = re.sub(r"^\(\d+\)\s+", "", text.strip())
    title = re.sub(r"(?i)\.(pdf|html?|txt|bib|epub)$", "", title)
    yield "words", "".join(words(title))
    marks = list(re.finditer(r"\s+[-–—|·•»]\s+", title))
    pieces = [title[: mark.start()] for mark in marks][::-1] + [title[m.end() :] for m in marks]
    for piece in pieces:
        if len(words(piece)) > 1:
            yield "words", "".join(words(piece))
        if place := repository(piece.split(": ")[0]) if piece.count("/") else None:
            yield "place", place[0]


def repository(text: str) -> tuple[str, bool] | None:
    """The host, owner and name of a repository, and whether the address goes on within it."""
    if re.match(r"(?i)(github:)?[a-z0-9][\w.-]*/[a-z0-9_.-]+$", text, re.ASCII):
        text = "github.com/" + text.lower().removeprefix("github:")
    text = re.sub(r"^(git\+)?([a-z]+://)?([^\s/@:]+@)?(www\.)?", "", text.lower(), count=1)
    found = re.match(r"((?:[a-z0-9-]+\.)+[a-z]+)(?::\d+(?=/))?[:/]+([^?#\s]+)", text)
    if not found:
        return None
    path = re.split(
        r"(?:/-)?/(?=(?:tree|blob|raw|edit|blame|commits?|issues|pulls?|releases|tags|branches|wiki"
        r"|actions|discussions|merge_requests)(?:/|$))",
        found[2],
        maxsplit=1,
    )
    within = len(path) > 1 and len(path[1].split("/", 2)) > 2 and bool(path[1].split("/", 2)[2])
    root = path[0] if len(path) > 1 else re.sub(r"(\.git)?/*$", "", path[0], count=1)
    host, steps = found[1], root.split("/")
    if host in ("github.com", "raw.githubusercontent.com") and len(steps) > 1 and all(steps[:2]):
        return f"github.com/{steps[0]}/{steps[1]}", within or len(steps) > 2
    return f"{host}/{root}", within


def _known_by(notebook: Notebook, key: tuple[str, str]) -> list[Note]:
    """The notes of a page, a work, a repository or a name, the likeliest first."""
    kind, value = key
    if kind == "page":
        return [note for note in notebook.published if note.name == value]
    if kind == "words":
        return _called(notebook, value)
    places: dict[Note, int] = {}
    for note in notebook.published:
        for place, known in _work_keys(notebook, note):
            if known == key:
                places[note] = min(place, places.get(note, place))
    return _sorted_by_place(notebook, places)


def _sorted_by_place(notebook: Notebook, places: dict[Note, int]) -> list[Note]:
    newest = notebook.published.index
    return sorted(
        places, key=lambda note: (places[note], -link_count(notebook, note), newest(note))
    )


@lru_cache(maxsize=1 << 14)
def _work_keys(notebook: Notebook, note: Note) -> list[tuple[int, tuple[str, str]]]:
    """What identifies the work of a note: identifiers, its address, and that of its code; then
    their repositories, and the host of its address.
    """
    keys = [f"arxiv:{note.arxiv}"] * bool(note.arxiv) + [f"doi:{note.doi}"] * bool(note.doi)
    found: list[tuple[int, tuple[str, str]]] = []
    named = [f"{name}:{note.values[name]}" for name in IDENTIFIERS if name in note.values]
    for url in (note.values.get("url"), note.values.get("code"), *named):
        if isinstance(url, str) and url:
            keys += [make_work_key(url), make_work_key(url, note.title)]
            if place := repository(url):
                found.append((5, ("place", place[0] + ("/…" if place[1] else ""))))
    host = _host(note)
    if host and sum(_host(other) == host for other in notebook.published) <= 10:
        found.append((6, ("work", host)))
    return [*((4, ("work", key)) for key in keys), *found]


def _host(note: Note) -> str:
    url = str(note.values.get("url") or "")
    found = re.match(r"(?i)[a-z]+://([^/?#]+)", url)
    return make_work_key(f"//{found[1]}") if found else ""


def named_by_words(notebook: Notebook, node: Node) -> list[Note]:
    """The notes that the bare words of a query name, or a part of them if the others say of what
    kind or year they are, or who wrote them.
    """
    text = _bare_text(node)
    if found := named_by(notebook, text):
        return found
    every = words(text)
    clauses = node.nodes if isinstance(node, All) else [node]
    if not 2 <= len(every) <= 8 or any(isinstance(one, Term) and one.quoted for one in clauses):
        return []
    ways = [_named_beside(notebook, every), _cited(notebook, every)]
    return next(filter(None, reversed(ways) if _has_et_al(every) else ways), [])


def _has_et_al(every: list[str]) -> bool:
    return " et al " in f" {' '.join(every)} "


def _cited(notebook: Notebook, every: list[str]) -> list[Note]:
    """The works by the authors, and of the year, that the words are."""
    years = {word for word in every if re.fullmatch("[0-9]{4}", word)}
    people = [word for word in every if word not in COMMON and word not in years and len(word) > 1]
    if not people or len(years) > 1 or not (years or _has_et_al(every)):
        return []
    found = [
        note
        for note in notebook.published
        if set(people) <= _author_words(note) and years <= {note.published[:4]}
    ]
    return sorted(
        found,
        key=lambda note: (
            set(words(note.authors[0])).isdisjoint(people),
            -link_count(notebook, note),
        ),
    )


def _named_beside(notebook: Notebook, every: list[str]) -> list[Note]:
    """The notes that a part of the words name, if the others say more of them."""
    sizes = range(len(every) - 1, 0, -1)
    for size in sizes:
        for start in range(len(every) - size + 1):
            name, others = every[start : start + size], every[:start] + every[start + size :]
            if not set(name) <= COMMON and all(_says(notebook, word) for word in others):
                telling = [word for word in others if word not in COMMON]
                if not telling:
                    continue
                found = _called(notebook, "".join(name))
                if any(word not in KIND_WORDS for word in telling):
                    titled = [
                        note for note in notebook.published if _in_titles(notebook, name, note)
                    ]
                    titled.sort(key=lambda note: -link_count(notebook, note))
                    found += [note for note in titled if note not in found]
                found = [note for note in found if all(_said(note, word) for word in telling)]
                if found:
                    return found
    return []


def _says(notebook: Notebook, word: str) -> bool:
    """Whether a word can stand beside a name."""
    is_year = bool(re.fullmatch("[0-9]{4}", word))
    is_author = any(word in _author_words(note) for note in notebook.published)
    return word in COMMON or word in KIND_WORDS or is_year or is_author


def _said(note: Note, word: str) -> bool:
    """Whether a word says of what kind or year a note is, or who wrote it."""
    kinds = KIND_WORDS.get(word, "").split()
    return word in (note.published[:4], *_author_words(note)) or note.kind in kinds


@lru_cache(maxsize=1 << 14)
def _author_words(note: Note) -> frozenset[str]:
    return frozenset(word for author in note.authors for word in words(author))


def _in_titles(notebook: Notebook, wanted: list[str], note: Note) -> bool:
    """Whether titles and names of a note have a form of each word."""
    return all(counts(notebook, Term(word, field="title"), note) for word in wanted)


def _called(notebook: Notebook, query: str) -> list[Note]:
    """The notes that are called by these words, in the order of docs/guide/search.md."""
    if not query:
        return []
    places: dict[Note, int] = {}

    def add(note: Note, place: int, *names: str) -> None:
        if query in ("".join(words(name)) for name in names):
            places[note] = min(place, places.get(note, place))

    for note in notebook.published:
        add(note, 1, note.title)
        add(note, 2, *note.texts("aliases"))
        add(note, 3, note.name)
        add(note, 7, note.title.partition(": ")[0])
        add(note, 8, _citation(note))
    for tag in notebook.vocabulary.tags.values():
        names = (tag.key, tag.name, *(alias.text for alias in tag.aliases))
        hubs = [
            note
            for note in notebook.published
            if note.is_hub and [step.key for step in notebook.tags.get_tags(note)][:1] == [tag.key]
        ]
        works = [
            note
            for note in notebook.published
            if tag.key in _tag_keys(notebook, note) and not note.is_hub
        ]
        works.sort(key=lambda note: -link_count(notebook, note))
        for hub in hubs[:1]:
            add(hub, 0, *names)
        for work in works[:1]:
            if link_count(notebook, work):
                add(work, 9, *names)
    return _sorted_by_place(notebook, places)


def _citation(note: Note) -> str:
    """How bibliographies cite a work: `vaswani2017attention`."""
    author = words(note.authors[0])[-1:] if note.authors else []
    title = [word for word in words(note.title) if word not in COMMON][:1]
    year = [note.published[:4]] if note.published else []
    return "".join(author + year + title) if author and title and year else ""


# What was mistyped
# ----------------------------------------------------------------------------------------------------


def corrected(notebook: Notebook, node: Node) -> Node:
    """The query with its mistyped words corrected one after the other, but not those behind a
    minus.
    """
    terms = list(positive(node))
    before, unknown = node, False
    for term in terms:
        if term.quoted or not can_be_corrected(term.text):
            continue
        for other in (*corrections(notebook, term.text), *_far_corrections(notebook, term.text)):
            meant = _replace(node, term, other)
            if named_by_words(notebook, meant):
                node = meant
                break
        else:
            if other := best_correction(notebook, term, terms):
                node = _replace(node, term, other)
            else:
                unknown = unknown or not (_is_had(notebook, term) or set(term.words) <= COMMON)
    clauses = before.nodes if isinstance(before, All) else [before]
    is_list = all(isinstance(one, Term) and not one.quoted for one in clauses)
    had = any(_is_had(notebook, term) and not set(term.words) <= COMMON for term in terms)
    return before if is_list and unknown and not had else node


def _is_had(notebook: Notebook, term: Term) -> bool:
    return any(counts(notebook, term, note) for note in notebook.published)


def can_be_corrected(text: str) -> bool:
    """Whether a term is a word or a compound, perhaps with punctuation around it."""
    marks = ".,;:!?…()[]'\"‘’"
    runs = re.split("[-'’‐]", text.strip(marks))
    return all(run and all(letter.isalnum() for letter in run) for run in runs)


def _bare_text(node: Node) -> str:
    """The words and phrases that stand beside the other terms of a query."""
    clauses = node.nodes if isinstance(node, All) else [node]
    return " ".join(one.text for one in clauses if isinstance(one, Term) and not one.field)


def _replace(node: Node, old: Term, text: str) -> Node:
    """The query with another word in the place of a term."""
    if node is old:
        return old._replace(text=text)
    if isinstance(node, All | Some):
        return type(node)([_replace(member, old, text) for member in node.nodes])
    return node


def best_correction(notebook: Notebook, term: Term, terms: list[Term]) -> str:
    """The correction whose best note answers best to it and to the other terms, or ''."""
    others = [other for other in terms if not set(words(other.text)) <= COMMON]

    def best(text: str) -> float:
        meant = term._replace(text=text)
        return max(
            (
                weight(notebook, meant, note)
                + sum(weight(notebook, other, note) for other in others)
                for note in notebook.published
                if counts(notebook, meant, note)
            ),
            default=0,
        )

    candidates = corrections(notebook, term.text)
    if not any(counts(notebook, other, note) for other in others for note in notebook.published):
        return next(iter(candidates), "")
    return max(candidates, key=best, default="")


def corrections(notebook: Notebook, text: str) -> tuple[str, ...]:
    """The likeliest corrections of a word, none where it needs none; else words that begin so."""
    found = query_words(text)
    if len(found) > 1:
        meant = [next(iter(corrections(notebook, word)), word) for word in found]
        return ("-".join(meant),) if meant != found else ()
    if not _is_unknown(notebook, text):
        return ()
    [word] = found
    begun = Counter[str]()
    expanded = Counter[str]()
    start = word[: (len(word) + 1) // 2]
    for note in notebook.published:
        for form in read_note(notebook, note).forms:
            if form.startswith(word) and stem(form).startswith(word):
                begun[form] += 1
            if form.startswith(start) and stem(form).startswith(start):
                expanded[form] += _abbreviates(word, form)
    if begun and len(word) > 2:
        return _commonest(begun)
    near = _nearest(notebook, word)
    least = min((mistakes for mistakes, _ in near), default=9)
    if least <= (2 if len(word) >= 8 else 1):
        return tuple(form for mistakes, form in near if mistakes == least)
    return _commonest(+expanded) if len(word) > 5 else ()


def _abbreviates(word: str, form: str) -> bool:
    """Whether `form` has the letters of `word` in this order."""
    for letter in form:
        word = word[1:] if word[:1] == letter else word
    return not word


def _commonest(number: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(number, key=lambda form: (-number[form], form))[:4])


def _far_corrections(notebook: Notebook, text: str) -> tuple[str, ...]:
    """The corrections of a word that are less likely, for names."""
    if not _is_unknown(notebook, text):
        return ()
    return tuple(form for _, form in _nearest(notebook, query_words(text)[0]))


def _is_unknown(notebook: Notebook, text: str) -> bool:
    if len(query_words(text)) != 1:
        return False
    [word] = query_words(text)
    is_had = any(
        stem(form) == stem(word)
        for note in notebook.published
        for form in read_note(notebook, note).forms
    )
    return not (is_had or word.isdigit() or word in COMMON)


@lru_cache(maxsize=1 << 14)
def _nearest(notebook: Notebook, word: str) -> list[tuple[int, str]]:
    """The four words that are most like a word, each with the number of mistakes."""
    if len(word) < 4:
        return []
    known = [read_note(notebook, note) for note in notebook.published]
    half = max(2, (len(word) - 1) // 2)
    begin = Counter(form for note in known for form in note.forms)
    end = Counter(form for note in known for form in {w for ws, _ in note.texts for w in ws})
    found = [(form, n) for form, n in begin.items() if stem(form).startswith(word[:half])]
    found += [(form, n) for form, n in end.items() if form.endswith(word[-half:])]
    number = Counter[str]()
    for form, one in found:
        number[form] = max(number[form], one)
    near = sorted(
        (mistakes, form[0] != word[0], -number[form], form)
        for form in number
        if re.findall("[0-9]", word) == re.findall("[0-9]", form)
        and (mistakes := distance(word, form))
        <= (2 if len(word) >= (5 if form[0] == word[0] else 8) else 1)
    )
    return [(mistakes, form) for mistakes, *_, form in near[:4]]


@lru_cache(maxsize=1 << 18)
def distance(one: str, other: str) -> int:
    """How many letters are missing, too many, wrong or exchanged."""
    if abs(len(one) - len(other)) > 2:
        return 3
    if not one or not other:
        return len(one) + len(other)
    if one[0] == other[0]:
        return distance(one[1:], other[1:])
    least = min(distance(one[1:], other), distance(one, other[1:]), distance(one[1:], other[1:]))
    if one[:2] == other[1::-1] and len(one) > 1 and len(other) > 1:
        least = min(least, distance(one[2:], other[2:]))
    return least + 1


# What comes first
# ----------------------------------------------------------------------------------------------------


def positive(node: Node) -> Iterator[Term]:
    """The terms that have weight: those behind no minus."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, All | Some):
        for member in node.nodes:
            yield from positive(member)


def score(notebook: Notebook, terms: list[Term], note: Note) -> float:
    """How well `note` answers to terms; 0 where it has none."""
    had = [term for term in terms if counts(notebook, term, note)]
    if not had:
        return 0
    total = sum(weight(notebook, term, note) for term in had)
    total += 0.3 * math.log(1 + link_count(notebook, note))
    return math.floor(total * 10_000 + 0.5) / 10_000


def weight(notebook: Notebook, term: Term, note: Note) -> float:
    """What a term adds to the score of a note."""
    count = counts(notebook, term, note)
    return rarity(notebook, term) * count / (count + 6)


@lru_cache(maxsize=1 << 14)
def rarity(notebook: Notebook, term: Term) -> float:
    """The logarithm of how few notes the term finds."""
    finds = sum(counts(notebook, term, note) > 0 for note in notebook.published)
    return math.log(1 + (len(notebook.published) - finds + 0.5) / (finds + 0.5))


@lru_cache(maxsize=1 << 17)
def counts(notebook: Notebook, term: Term, note: Note) -> float:
    """What `term` counts in `note`; 0 where it has none."""
    read_, wanted = read_note(notebook, note), term.words
    if term.field == "claim":
        read_ = read_claims(notebook, note)
    count = 0.0
    if not term.quoted or _is_unspaced(wanted[0]):
        word = "".join(wanted)
        forms = [
            form
            for form in sorted(read_.forms)
            if (form.startswith(word) if _is_unspaced(word) else stem(form) == stem(word))
        ]
        if term.field != "title" or any(form in read_.titled for form in forms):
            count = sum(read_.forms[form] * (1 if form == word else 0.8) for form in forms)
    if (term.quoted or len(wanted) > 1) and any(
        side_by_side(wanted, among)
        for among, titled in read_.texts
        if titled or term.field != "title"
    ):
        count = max(count, min(read_.forms[word] for word in wanted))
    return count


def side_by_side(wanted: list[str], among: list[str]) -> bool:
    """Whether the words `wanted` stand in `among`, one after the other."""
    return any(among[at : at + len(wanted)] == wanted for at in range(len(among)))


class ReadNote(NamedTuple):
    """The words of a note: what each form counts, the forms in titles, and each text in order with
    whether it is a title.
    """

    forms: dict[str, int]
    titled: frozenset[str]
    texts: list[tuple[list[str], bool]]


@lru_cache(maxsize=1 << 14)
def read_note(notebook: Notebook, note: Note) -> ReadNote:
    """The words of a note, and what they count."""
    sums: Counter[str] = Counter()
    titled: set[str] = set()
    in_order = []
    for zone, (weight, usual, damping) in ZONES.items():
        found = texts(notebook, note)[zone]
        length = sum(len(words(text)) for text in found) / usual
        for text in found:
            every = [*words(text), *parts(text), *joined(text)]
            for word in every:
                sums[word] += weight / (1 - damping + damping * length)
            titled |= set(every) if zone in ("title", "names") else set()
            if zone not in ("heading", "claim"):  # they stand in the body, too
                in_order.append((words(text), zone in ("title", "names")))
    forms = {word: max(1, math.floor(4 * total + 0.5)) for word, total in sums.items()}
    return ReadNote(forms, frozenset(titled), in_order)


@lru_cache(maxsize=1 << 14)
def read_claims(notebook: Notebook, note: Note) -> ReadNote:
    """The words of the claims of a note, and what they count there."""
    found = texts(notebook, note)["claim"]
    length = sum(len(words(text)) for text in found) / 60
    sums = Counter(word for text in found for word in [*words(text), *parts(text), *joined(text)])
    forms = {
        word: max(1, math.floor(4 * count / (0.5 + 0.5 * length) + 0.5))
        for word, count in sums.items()
    }
    return ReadNote(forms, frozenset(), [(words(text), False) for text in found])


# Words
# ---------------------------------------------------------------------------------------------------------------

SPELLINGS = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ı": "i",
    "ŋ": "ng",
    "ɲ": "ny",
    **dict(zip("ħŧĸƒɓɗɖɠɣƙʋƴəǝɛɔɨʉɑ", "htkfbddggkvyeeeoiua", strict=True)),
    **dict.fromkeys("ʹʺʻʼʽʾʿ", ""),
}
GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρςστυφχψω",
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
        "sigma sigma tau upsilon phi chi psi omega".split(),
        strict=True,
    )
)
# Thai and Lao, Burmese, Khmer, Japanese, Chinese.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0x20000, 0x3FFFF),
)


@lru_cache(maxsize=1 << 14)
def plain(text: str) -> str:
    """`text` without accents, with numbers in one form; capitals stay, since parts begin at them."""
    letters = ""
    for letter in unicodedata.normalize("NFKD", text):
        spelled = SPELLINGS.get(letter.lower(), letter)
        if letter in "Σς":
            spelled = "σ"
        elif spelled != letter and letter != letter.lower():
            spelled = spelled.capitalize()
        if unicodedata.category(letter)[0] != "M":
            letters += spelled
    letters = re.sub("(?<=[0-9]) ?× ?(?=[0-9])", "x", letters)
    return re.sub("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", letters)


def runs(text: str) -> Iterator[str]:
    """The runs of letters and digits in a plain text, and names such as C++ and C#."""
    at = 0
    while at < len(text):
        end = at
        while end < len(text) and text[end].isalnum():
            end += 1
        run = text[at:end]
        named = run.isascii() and run.isalpha()
        if named and re.match(r"\+\+(?![+\w])", text[end : end + 3]):
            end += 2
        elif named and len(run) < 3 and re.match(r"#(?![#\w])", text[end : end + 2]):
            end += 1
        if run:
            yield text[at:end]
        at = max(end, at + 1)


@lru_cache(maxsize=1 << 15)
def words(text: str) -> list[str]:
    """The words of `text` in order."""
    found: list[str] = []
    for run in runs(plain(text).lower()):
        for piece in _by_script(run):
            if _is_unspaced(piece[0]):
                found += [one + other for one, other in pairwise(piece)]
                found.append(piece[-1])
            else:
                found.append(GREEK.get(piece, piece))
    return found


def query_words(text: str) -> list[str]:
    """The words of a query, which may end in half of a pair."""
    found = words(text)
    ends_a_run = len(found) > 1 and _is_unspaced(found[-1]) and found[-2][1:] == found[-1]
    return found[:-1] if ends_a_run else found


def _by_script(run: str) -> list[str]:
    """The pieces of a run that are of a script with or without spaces."""
    pieces: list[str] = []
    for letter in run:
        if pieces and _is_unspaced(letter) == _is_unspaced(pieces[-1][-1]):
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _is_unspaced(word: str) -> bool:
    """Whether this is one letter of a script without spaces."""
    return len(word) == 1 and any(low <= ord(word) <= high for low, high in UNSPACED)


@lru_cache(maxsize=1 << 14)
def joined(text: str) -> list[str]:
    """`post-training` in one: `posttraining`."""
    letters = r"[^\W_]"
    chains = re.findall(rf"(?<!{letters}){letters}+(?:[-._/'’‐]{letters}+)+", plain(text))
    return ["".join(words(chain)) for chain in chains if len(chain) <= 40]


@lru_cache(maxsize=1 << 14)
def parts(text: str) -> list[str]:
    """The parts of two or more characters of each word that has parts: `FP8` has `fp`, `CuTe` has
    `cu` and `te`.
    """
    found: list[str] = []
    for word in runs(plain(text)):
        cuts = [0, *(at for at in range(1, len(word)) if _begins_part(word, at)), len(word)]
        found += [word[start:end].lower() for start, end in pairwise(cuts) if len(cuts) > 2]
    return [part for part in found if len(part) > 1]


def _begins_part(word: str, at: int) -> bool:
    before, here, after = word[at - 1], word[at], word[at + 1 : at + 2]
    if not (before + here).isascii():
        return False
    if before.isalpha() and here.isalpha():
        last_capital = before.isupper() and after.isascii() and after.islower()
        return here.isupper() and (before.islower() or last_capital)
    return (before + here).isalnum() and before.isalpha() != here.isalpha()


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """What the forms of a word have in common."""
    word = PLURALS.get(word, word)
    for british, american in BRITISH.items():
        if word.startswith(british):
            word = american + word[len(british) :]
    for end in "ation ations e ed er es ers ing able".split():
        root = word.removesuffix("is" + end)
        is_long = len(root) > 3 and re.fullmatch("[a-z]{4}", root[-4:])
        if root != word and is_long and not root.endswith(ALWAYS_S):
            word = f"{root}iz{end}"
    return str(Stemmer.Stemmer("english").stemWord(word))


# What a reader of a note sees
# ----------------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def texts(notebook: Notebook, note: Note) -> dict[str, list[str]]:
    """The texts that stand in each place of `note`; no phrase runs from one into the next."""
    headings = [heading for heading in note.headings if heading != note.title_heading]
    ends = [note.body.start, *(heading.block.end for heading in note.headings)]
    starts = [*(heading.block.start for heading in note.headings), note.body.end]
    tags = [
        name
        for tag in notebook.tags.get_tags(note)
        for name in (tag.name, *(alias.text for alias in tag.aliases))
    ]
    under = [seen(notebook, note, *heading.span) for heading in headings]
    return {
        "title": [note.title],
        "names": [*note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [
            *note.authors,
            note.venue,
            note.kind,
            note.published[:4],
            note.arxiv,
            note.doi,
            *tags,
        ],
        "heading": under,
        "claim": [
            text
            for claim in note.claims
            for text in (
                seen(notebook, note, *claim.span, is_claim=True),
                *(
                    seen(notebook, note, *field.value_span)
                    for field in [one for one in claim.fields if one.name == "result"][:1]
                ),
            )
        ],
        "body": [
            *under,
            *(seen(notebook, note, start, end) for start, end in zip(ends, starts, strict=True)),
        ],
    }


def seen(notebook: Notebook, note: Note, start: int, end: int, *, is_claim: bool = False) -> str:
    """What a reader sees of a part of the note: no marks, formulas, comments, images or addresses,
    nor the fields of a claim where it is one.
    """
    text, done = "", start
    kept: list[str] = []
    every = [*replaced(notebook, note)]
    if is_claim:
        every += [(*field.span, " ") for claim in note.claims for field in claim.fields]
    for first, last, new in sorted(every, key=lambda one: (one[0], -one[1])):
        if done <= first and last <= end:
            text += note.text[done:first] + chr(
                0xE000 + len(kept)
            )  # stands for it while marks are taken out
            kept.append(new)
            done = last
    text += note.text[done:end]
    text = re.sub(
        r"!\[([^\]]*)\]\([^)]*\)", r"\1", text
    )  # images of other sites are shown as links
    text = re.sub(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:.*$", " ", text)  # addresses of references
    text = strip_markdown(text)
    for at, new in enumerate(kept):
        text = text.replace(chr(0xE000 + at), new)
    return text


def replaced(notebook: Notebook, note: Note) -> Iterator[tuple[int, int, str]]:
    """From where to where something else is seen than what is written, and what that is."""
    for region in note.regions:
        text = note.text[region.start : region.end]
        if region.kind == "fence" and re.match(r"(?i)[{]?[.]?query(?![\w+#.-])", region.detail):
            yield region.start, region.end, " "
        elif region.kind == "fence":
            yield region.start, region.end, "\n".join(text.split("\n")[1:-1])
        elif region.kind in {"code", "span"}:
            yield region.start, region.end, text.strip("`")
        elif region.kind in {"math", "display"}:
            yield region.start, region.end, "\ufffc"  # shown, but not searched
        elif region.kind != "html":
            yield region.start, region.end, " "
    yield from replaced_in_claims(note)
    for link in note.links:
        if link.is_embed:
            yield *link.span, " "
        elif link.kind == "wikilink" and not link.label:
            yield *link.span, notebook.links.get_label(link, note)


def replaced_in_claims(note: Note) -> Iterator[tuple[int, int, str]]:
    """What is seen of the fields of claims and the names of blocks, likewise."""
    for claim in note.claims:
        for field in claim.fields:
            name = "" if field.name in ("at", "result") else f"{field.name} "
            if field.name == "checked":
                yield *field.span, " "
            else:
                yield field.span.start, field.value_span.start, f" ({name}"
                yield field.value_span.end, field.span.end, ")"
    for mark in (*note.blocks.values(), *note.repeated_blocks):
        yield *mark, ""
