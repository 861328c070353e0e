"""Names with what is known of a work beside them, such as `the transformer paper`."""

from __future__ import annotations

from collections.abc import Sequence

from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import COMMON_WORDS, KIND_WORDS, LONGEST_DESCRIPTION

_YEAR_LENGTH = len("2024")


def find_described(words: Sequence[str], index: SearchIndex) -> Sequence[int]:
    """Return the notes that some of the words name, if all others say of what kind they are, of
    which year, or by whom; the likeliest first. Common words say nothing, but not all are such.

    The others stand before the name and behind it. As few of them as possible are no part of it.
    Where another word says more than the kind, words of a title are as good as a name.
    """
    if not 1 < len(words) <= LONGEST_DESCRIPTION:
        return ()
    for start, end in _list_spans(words, index):
        others = [word for word in (*words[:start], *words[end:]) if word not in COMMON_WORDS]
        if not others:
            continue
        named = index.find_named("".join(words[start:end]))
        if not COMMON_WORDS.union(KIND_WORDS).issuperset(others):
            named = [*named, *_list_titled(words[start:end], index)]
        if found := [note for note in named if _is_described(note, others, index)]:
            return list(dict.fromkeys(found))
    return ()


def _list_spans(words: Sequence[str], index: SearchIndex) -> list[tuple[int, int]]:
    """Return the parts of a query that may be a name, the longest first: all words that can stand
    beside none are in each.
    """
    length = len(words)
    telling = [at for at, word in enumerate(words) if not _is_beside(word, index)]
    first, last = (telling[0], telling[-1]) if telling else (length - 1, 0)
    spans = [
        (start, end)
        for start in range(first + 1)
        for end in range(max(last, start) + 1, length + 1)
        if end - start < length and not COMMON_WORDS.issuperset(words[start:end])
    ]
    return sorted(spans, key=lambda span: (span[0] - span[1], span[0]))


def _list_titled(words: Sequence[str], index: SearchIndex) -> list[int]:
    """Return the notes whose titles or names have forms of all words, most linked first."""
    found = set(index.notes)
    for word in words:
        postings = index.find_forms(word).values()
        found &= {note for notes in postings for note, value in notes.items() if value % 2}
    return sorted(found, key=lambda note: (-index.link_counts[note], -note))


def _is_beside(word: str, index: SearchIndex) -> bool:
    """Whether a word may stand beside a name: a common word, or one that `_is_described` knows."""
    is_known = word in COMMON_WORDS or word in KIND_WORDS or word in index.author_words
    return is_known or _is_year(word)


def _is_described(note: int, words: Sequence[str], index: SearchIndex) -> bool:
    """Whether each word says of what kind or year a note is, or who wrote it."""
    year, kind = index.get_values("year")[note], index.get_values("kind")[note]
    return all(
        word == year or kind in KIND_WORDS.get(word, ()) or note in index.author_words.get(word, ())
        for word in words
    )


def _is_year(word: str) -> bool:
    return len(word) == _YEAR_LENGTH and word.isascii() and word.isdigit()
