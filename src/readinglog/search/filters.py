"""Which notes pass a filter, such as `tag:moe` or `year:2024..`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from readinglog.model.errors import ReadinglogError
from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import DISPUTED, MARKED, Choice, Name, Range
from readinglog.search.query import Filter
from readinglog.search.ranges import Bounds, parse_range
from readinglog.search.words import split_words

ABOUT_MARKED = (
    f"`is:{MARKED}` asks what one browser has marked as read, which only it knows",
    "use it on the search page of the site",
)


class UnanswerableQueryError(ReadinglogError):
    """A query that only a browser can answer."""


def filter_notes(index: SearchIndex, item: Filter) -> frozenset[int]:
    """Return the notes whose field has the value.

    Raise UnanswerableQueryError for what only a browser knows.
    """
    field, value = item.field, item.value
    match index.language.fields[field]:
        case Name(is_words=True):
            column = index.get_names(field)
            wanted = {at for at, name in enumerate(column.names) if matches_name(name, value)}
            return _select(index, lambda note: not wanted.isdisjoint(column.notes[note]))
        case Range() as kind:
            low, high = parse_range(kind, value) or Bounds("", "")
            keys = index.get_values(field)
            return _select(index, lambda note: low <= (keys[note] or "~") < high)
        case Choice() if field not in ("has", "is"):
            values = index.get_values(field)
            return _select(index, lambda note: values[note] == value)
    return _filter_by_own(index, field, value)


def _filter_by_own(index: SearchIndex, field: str, value: str) -> frozenset[int]:
    """Return what the fields find that ask for no one field of front matter."""
    match field, value:
        case "tag", _:
            tag = index.find_tag(value)
            return _select(index, lambda note: tag in index.tagged[note])
        case "links", _:
            wanted = set(index.find_called(value))
            return _select(index, lambda note: not wanted.isdisjoint(index.targets[note]))
        case "linked-from", _:
            sources = index.find_called(value)
            return frozenset(target for note in sources for target in index.targets[note])
        case "has", _:
            return frozenset(index.find_having(value))
        case "is", "orphan":
            return frozenset(index.orphans)
        case "is", value if value == DISPUTED:
            return frozenset(index.disputed)
        case "is", value if value == MARKED:
            raise UnanswerableQueryError(*ABOUT_MARKED)
    values = index.get_values("status")
    return _select(index, lambda note: values[note] == value)


def _select(index: SearchIndex, test: Callable[[int], bool]) -> frozenset[int]:
    return frozenset(filter(test, index.notes))


def matches_name(name: str, value: str) -> bool:
    """Return whether `value` is a part of `name`, or the same person's name with initials.

    Each word of `value` has to be a word of `name`, in any order, or else an initial of one or with
    one; one word at least is whole. `et al.` says nothing.
    """
    words, initials = split_words(name), list[str]()
    count = len(words)
    for word in split_words(value, is_query=True):
        if word in words:
            words.remove(word)
        elif word not in ("et", "al"):
            initials.append(word)
    if len(words) == count:
        return False
    for word in initials:
        other = _find_initial(word, words)
        if not other:
            return False
        words.remove(other)
    return True


def _find_initial(word: str, words: Iterable[str]) -> str:
    """Return the first of `words` of which `word` is the initial, or the other way round, or ''."""
    for other in words:
        if 1 in (len(word), len(other)) and word[0] == other[0]:
            return other
    return ""
