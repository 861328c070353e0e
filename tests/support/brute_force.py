"""What a query finds, worked out the long way: every rule of docs/search.md as it is written, every
note read for every term.

It shares nothing with `readinglog.query`, which it is there to check. It may be slow; it should be
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
from typing import NamedTuple

import snowballstemmer

from readinglog.model.fields import STATUSES
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.model.slugs import fold
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.sort_keys import newest_first
from readinglog.parsing.prose import strip_markdown

PLACES = {"title": 4, "summary": 3, "about": 2, "heading": 2, "body": 1}
SENTENCE = 6  # bare words make a question
LONGEST = 1000
QUESTION = frozenset("who whose what which when where why how".split())
COMMON = QUESTION | frozenset(
    "a an and are as at be been but by can could did do does for from had has have i if in into is it its may no not of on one or our "
    "should so some such than that the their them then there these they this to use used using was we were while whom will with would "
    "you your".split()
)
FIELDS = frozenset(
    "tag author venue title kind status year date rating has is links linked-from sort".split()
)
ORDERS = ("relevance", "published", "date", "rating")


class UnreadableError(Exception):
    """The query cannot be read."""


class Term(NamedTuple):
    """Words to look for: one bare word, several joined by marks, or a phrase in quotes; perhaps in
    the title only.
    """

    words: tuple[str, ...]
    quoted: bool = False
    in_title: bool = False

    @property
    def bare(self) -> bool:
        """Whether neither quotes nor a field stand around it."""
        return not self.quoted and not self.in_title

    @property
    def common(self) -> bool:
        """Whether this is a bare common word."""
        return self.bare and len(self.words) == 1 and self.words[0] in COMMON


class Field(NamedTuple):
    name: str
    value: str


class Not(NamedTuple):
    node: Node


class All(NamedTuple):
    nodes: list[Node]


class Some(NamedTuple):
    nodes: list[Node]


class Half(NamedTuple):
    nodes: list[Node]


Node = Term | Field | Not | All | Some | Half


# What is asked for
# -----------------------------------------------------------------------------


def brute_force(notebook: Notebook, query: str) -> list[str] | None:
    """The names of the notes that `query` finds, in order; None if it cannot be read."""
    found = _found(notebook, query)
    return None if found is None else [note.name for note in found]


def facets(notebook: Notebook, query: str) -> dict[str, dict[str, int]] | None:
    """How many of the notes that `query` finds have each tag, kind, year, author and status; None
    if it cannot be read.
    """
    found = _found(notebook, query)
    if found is None:
        return None
    return {
        "tag": dict(Counter(key for note in found for key in _tag_keys(notebook, note))),
        "kind": dict(Counter(note.kind for note in found)),
        "year": dict(Counter(note.published[:4] for note in found if note.published)),
        "author": dict(Counter(name for note in found for name in set(note.authors))),
        "status": dict(Counter(note.status for note in found)),
    }


def _found(notebook: Notebook, query: str) -> list[Note] | None:
    try:
        node, order = read(query)
        held = [note for note in notebook.published if holds(notebook, node, note)]
    except UnreadableError:
        return None
    terms = [(term, rarity(notebook, term)) for term in positive(node)]
    keys: dict[str, Callable[[Note], object]] = {
        "relevance": lambda note: -score(notebook, terms, note),
        "published": lambda note: tuple(
            -ord(c) for c in (note.published and note.published.ljust(10, "~")) or " "
        ),
        "rating": lambda note: -int(str(note.values.get("rating", 0))),
        "date": lambda _: 0,
    }
    order = order or "relevance"
    return sorted(
        sorted(held, key=newest_first),
        key=keys["date" if order == "relevance" and not terms else order],
    )


# Reading a query
# -----------------------------------------------------------------------------

Token = str | Term | Field  # a str is one of ( ) - AND OR NOT


def read(query: str) -> tuple[Node, str]:
    """What must hold of a note, and the order that is asked for, or ''."""
    if len(query) > LONGEST:
        raise UnreadableError
    tokens = list(tokens_of(re.sub("[“”]", '"', query)))
    if not tokens:
        return All([]), ""
    node = _either(tokens)
    if tokens:  # a `)` too many
        raise UnreadableError
    node, order = _without_sort(node)
    if isinstance(node, All):
        first = node.nodes[0] if node.nodes else None
        bare = [member for member in node.nodes if isinstance(member, Term) and member.bare]
        asks = (
            isinstance(first, Term)
            and first.bare
            and first.words[0] in QUESTION
            and len(first.words) == 1
        )
        telling: list[Node] = [member for member in bare if not member.common]
        if telling and (asks or len(bare) >= SENTENCE):
            node = All([*(member for member in node.nodes if member not in telling), Half(telling)])
    return without_common(node), order


def tokens_of(query: str) -> Iterator[Token]:
    """The query piece by piece."""
    at = 0
    while at < len(query):
        if query[at].isspace():
            at += 1
        elif query[at] in "()":
            yield query[at]
            at += 1
        elif query[at] == "-":
            if query[at + 1 : at + 2] in ("", "-", ")") or query[at + 1].isspace():
                raise UnreadableError
            yield "-"
            at += 1
        elif query[at] == '"':
            text, at = _quoted(query, at)
            yield term(text, quoted=True)
        else:
            found = re.compile(r'[^\s()"]+').match(query, at)
            assert found
            at = found.end()
            name = re.match(r"((?:[^\W\d_]|-)+):(?!//)", found[0])
            if found[0] in ("AND", "OR", "NOT"):
                yield found[0]
            elif not name:
                yield term(found[0])
            elif name.end() == len(found[0]) and query[at : at + 1] == '"':
                text, at = _quoted(query, at)
                yield _field(name[1].lower(), text, quoted=True)
            else:
                yield _field(name[1].lower(), found[0][name.end() :], quoted=False)


def _quoted(query: str, at: int) -> tuple[str, int]:
    """The text of the quotes that open at `at`, and where to go on."""
    end = query.find('"', at + 1)
    if end < 0:
        raise UnreadableError
    return query[at + 1 : end], end + 1


def term(text: str, *, quoted: bool = False, in_title: bool = False) -> Term:
    """The words of `text` as something to look for."""
    if not words(text):
        raise UnreadableError
    return Term(tuple(words(text)), quoted, in_title)


def _field(name: str, value: str, *, quoted: bool) -> Token:
    if name not in FIELDS or not value.strip():
        raise UnreadableError
    if name == "title":
        return term(value, quoted=quoted, in_title=True)
    choices = {
        "kind": KINDS,
        "status": STATUSES,
        "has": ("code", "doi", "arxiv", "math"),
        "is": (*STATUSES, "orphan"),
        "sort": ORDERS,
    }
    if name in choices:
        value = value.lower()
        if value not in choices[name]:
            raise UnreadableError
    elif name in RANGES:
        bounds(value, RANGES[name])
    elif name in {"author", "venue"} and not words(value):
        raise UnreadableError
    return Field(name, value)


def _either(tokens: list[Token]) -> Node:
    """`a b OR c d`: at least one of the lists holds."""
    nodes = [_list(tokens)]
    while tokens and tokens[0] == "OR":
        tokens.pop(0)
        nodes.append(_list(tokens))
    return nodes[0] if len(nodes) == 1 else Some(nodes)


def _list(tokens: list[Token]) -> Node:
    """`a b AND c`: terms side by side, all of which hold."""
    nodes = [_one(tokens)]
    while tokens and tokens[0] not in ("OR", ")"):
        if tokens[0] == "AND":
            tokens.pop(0)
        nodes.append(_one(tokens))
    return All(nodes)


def _one(tokens: list[Token]) -> Node:
    """A term, a field or a group, perhaps behind a NOT or a minus."""
    negated = bool(tokens) and tokens[0] in ("NOT", "-")
    if negated:
        tokens.pop(0)
    if not tokens or tokens[0] in (")", "AND", "OR", "NOT", "-"):
        raise UnreadableError
    first = tokens.pop(0)
    node: Node
    if first == "(":
        node = _either(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise UnreadableError
    else:
        assert not isinstance(first, str)
        node = first
    return Not(node) if negated else node


def _without_sort(node: Node) -> tuple[Node, str]:
    """The query without its `sort:`, of which one may stand outside of parentheses; and what it
    says.
    """
    lists = [
        member
        for member in (node.nodes if isinstance(node, Some) else [node])
        if isinstance(member, All)
    ]
    members = [member for one in lists for member in one.nodes]
    sorts = [each for each in members if isinstance(each, Field) and each.name == "sort"]
    if len(sorts) > 1:
        raise UnreadableError
    order = sorts[0].value if sorts else ""
    kept = [All([member for member in one.nodes if member not in sorts]) for one in lists]
    if len(kept) > 1 and not all(one.nodes for one in kept):
        raise UnreadableError
    node = Some(list(kept)) if len(kept) > 1 else kept[0]
    if any(isinstance(member, Field) and member.name == "sort" for member in _within(node)):
        raise UnreadableError
    return node, order


def _within(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Not):
        yield from _within(node.node)
    elif isinstance(node, All | Some | Half):
        for member in node.nodes:
            yield from _within(member)


def without_common(node: Node) -> Node:
    """The query without the common words that stand beside an uncommon word or a phrase."""
    if isinstance(node, Not):
        return Not(without_common(node.node))
    if isinstance(node, Some):
        return Some([without_common(member) for member in node.nodes])
    if not isinstance(node, All):
        return node
    telling = any(
        isinstance(m, Half) or (isinstance(m, Term) and not m.in_title and not m.common)
        for m in node.nodes
    )
    return All(
        [
            without_common(m)
            for m in node.nodes
            if not (telling and isinstance(m, Term) and m.common)
        ]
    )


# What holds of a note
# -----------------------------------------------------------------------------


def holds(notebook: Notebook, node: Node, note: Note) -> bool:
    """Whether `note` is what `node` asks for."""
    if isinstance(node, All):
        return all(holds(notebook, member, note) for member in node.nodes)
    if isinstance(node, Some):
        return any(holds(notebook, member, note) for member in node.nodes)
    if isinstance(node, Half):
        return 2 * sum(holds(notebook, member, note) for member in node.nodes) >= len(node.nodes)
    if isinstance(node, Not):
        return not holds(notebook, node.node, note)
    if isinstance(node, Term):
        return best_place(notebook, node, note) > 0
    return _field_holds(notebook, node, note)


def _field_holds(notebook: Notebook, field: Field, note: Note) -> bool:
    name, value = field
    if name == "tag":
        tag = notebook.vocabulary.find(value)
        return tag is not None and tag.key in _tag_keys(notebook, note)
    if name == "author":
        return any(side_by_side(words(value), words(author)) for author in note.authors)
    if name == "venue":
        return side_by_side(words(value), words(str(note.values.get("venue", ""))))
    if name in RANGES:
        low, high = bounds(value, RANGES[name])
        number = _number(name, note)
        return number is not None and low <= number <= high
    if name == "kind":
        return note.kind == value
    if name == "links":
        return any(fold(value) in _called(other) for other in _linked_from(notebook, note))
    if name == "linked-from":
        return any(
            note in _linked_from(notebook, other)
            for other in notebook.published
            if fold(value) in _called(other)
        )
    return _has_or_is(notebook, value, note)


def _has_or_is(notebook: Notebook, value: str, note: Note) -> bool:
    """What `has:`, `is:` and `status:` ask for: no two of them have a value in common that means
    two things.
    """
    if value == "code":
        return bool(note.values.get("code"))
    if value == "doi":
        return bool(note.doi)
    if value == "arxiv":
        return bool(note.arxiv)
    if value == "math":
        return any(region.kind in {"math", "display"} for region in note.regions)
    if value == "orphan":
        linked = any(note in _linked_from(notebook, other) for other in notebook.published)
        return not linked and not _linked_from(notebook, note)
    return note.status == value


def _tag_keys(notebook: Notebook, note: Note) -> set[str]:
    """The keys of the note's tags and of all that stand above them."""
    return {
        step.key
        for tag in notebook.tags.get_tags(note)
        for step in notebook.vocabulary.get_path(tag)
    }


def _called(note: Note) -> set[str]:
    return {fold(text) for text in (note.name, note.title, *note.texts("aliases"))}


def _linked_from(notebook: Notebook, note: Note) -> list[Note]:
    """The published notes that `note` leads to, by text or relation; itself left out."""
    links = [resolution for _, resolution in notebook.links.list_links(note)]
    links += [relation.resolution for relation in notebook.links.list_relations(note)]
    return [
        found.target
        for found in links
        if found.target and found.target is not note and found.target in notebook.published
    ]


# Ranges
# -----------------------------------------------------------------------------


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


# What comes first
# -----------------------------------------------------------------------------


def positive(node: Node) -> Iterator[Term]:
    """The terms that have weight: those behind no minus."""
    if isinstance(node, Term):
        yield node
    elif isinstance(node, All | Some | Half):
        for member in node.nodes:
            yield from positive(member)


def score(notebook: Notebook, terms: list[tuple[Term, float]], note: Note) -> float:
    """How well `note` answers to terms of a known rarity: the weights of all that find it."""
    return round(sum(rarity * best_place(notebook, term, note) for term, rarity in terms), 4)


def rarity(notebook: Notebook, term: Term) -> float:
    """The logarithm of how few notes the term finds."""
    finds = sum(best_place(notebook, term, note) > 0 for note in notebook.published)
    return math.log(1 + (len(notebook.published) - finds + 0.5) / (finds + 0.5))


def best_place(notebook: Notebook, term: Term, note: Note) -> float:
    """The weight of the best place where `note` has `term`; 0 if it has none."""
    places = ["title"] if term.in_title else list(PLACES)
    return max(
        PLACES[place] * (likeness(term, text) if place != "body" else likeness(term, text) > 0)
        for place in places
        for text in ("", *texts(notebook, note)[place])
    )


def likeness(term: Term, text: str) -> float:
    """1 where `text` has the term itself, three quarters where it has only another form of it, 0
    where it has neither.
    """
    if term.quoted:
        return float(side_by_side(term.words, words(text)))
    if len(term.words) > 1:
        has_itself = side_by_side(term.words, words(text))
    else:
        has_itself = term.words[0] in words(text)
    if has_itself:
        return 1
    return 0.75 if stem("".join(term.words)) in map(stem, singles(text)) else 0


def side_by_side(wanted: list[str] | tuple[str, ...], among: list[str] | tuple[str, ...]) -> bool:
    """Whether the words `wanted` stand in `among`, one after the other."""
    return any(list(among[at : at + len(wanted)]) == list(wanted) for at in range(len(among)))


# Words
# -----------------------------------------------------------------------------

WORD = r"[^\W_]+"  # letters and digits


def without_marks(text: str) -> str:
    """`text` without accents and the like; capitals stay, since parts begin at them."""
    return "".join(
        c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M"
    )


@lru_cache(maxsize=1 << 14)
def words(text: str) -> list[str]:
    """The words of `text` in order."""
    return [word.lower() for word in re.findall(WORD, without_marks(text))]


@lru_cache(maxsize=1 << 14)
def singles(text: str) -> set[str]:
    """All that a single word may find in `text`."""
    return {*words(text), *parts(text), *joined(text)}


def joined(text: str) -> list[str]:
    """`post-training` in one: `posttraining`."""
    return [
        "".join(words(chain))
        for chain in re.findall(rf"{WORD}(?:[-._/'’]{WORD})+", without_marks(text))
    ]


def parts(text: str) -> list[str]:
    """The parts of two or more characters of each word that has parts: `FP8` has `fp`, `CuTe` has
    `cu` and `te`.
    """
    found: list[str] = []
    for word in re.findall(WORD, without_marks(text)):
        cuts = [0, *(at for at in range(1, len(word)) if _begins_part(word, at)), len(word)]
        found += [word[start:end].lower() for start, end in pairwise(cuts) if len(cuts) > 2]
    return [part for part in found if len(part) > 1]


def _begins_part(word: str, at: int) -> bool:
    before, here, after = word[at - 1], word[at], word[at + 1 : at + 2]
    if before.isalpha() != here.isalpha():
        return True
    return here.isupper() and (before.islower() or (before.isupper() and after.islower()))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """What the forms of a word have in common."""
    return str(snowballstemmer.stemmer("english").stemWord(word))


# What a reader of a note sees
# -----------------------------------------------------------------------------


@lru_cache(maxsize=1 << 14)
def texts(notebook: Notebook, note: Note) -> dict[str, list[str]]:
    """The texts that stand in each place of `note`; no phrase runs from one into the next."""
    headings = [heading for heading in note.headings if heading != note.title_heading]
    ends = [note.body.start, *(heading.block.end for heading in note.headings)]
    starts = [*(heading.block.start for heading in note.headings), note.body.end]
    tags = [
        name
        for tag in notebook.tags.get_tags(note)
        for name in (tag.key, tag.name, *(alias.text for alias in tag.aliases))
    ]
    return {
        "title": [note.title, *note.texts("aliases"), note.name],
        "summary": [note.summary],
        "about": [
            *note.authors,
            str(note.values.get("venue", "")),
            note.kind,
            note.published[:4],
            note.arxiv,
            note.doi,
            *tags,
        ],
        "heading": [seen(notebook, note, *heading.span) for heading in headings],
        "body": [seen(notebook, note, start, end) for start, end in zip(ends, starts, strict=True)],
    }


def seen(notebook: Notebook, note: Note, start: int, end: int) -> str:
    """What a reader sees of a part of the note: no marks, formulas, comments, images or addresses."""
    text, done = "", start
    kept: list[str] = []
    for first, last, new in sorted(replaced(notebook, note)):
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
        if region.kind == "fence":
            yield region.start, region.end, "\n".join(text.split("\n")[1:-1])
        elif region.kind in {"code", "span"}:
            yield region.start, region.end, text.strip("`")
        elif region.kind != "html":
            yield region.start, region.end, " "
    for link in note.links:
        if link.is_embed:
            yield *link.span, " "
        elif link.kind == "wikilink" and not link.label:
            yield *link.span, notebook.links.get_label(link, note)
