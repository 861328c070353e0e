"""Names with what is known of a work beside them, such as `the transformer paper`, and works by
their authors, as texts cite them: `Shazeer et al. 2017`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from readinglog.search.index_reader import SearchIndex
from readinglog.search.language import COMMON_WORDS, ET_AL, LONGEST_DESCRIPTION

_YEAR_LENGTH = len("2024")


def find_described(words: Sequence[str], index: SearchIndex) -> Sequence[int]:
    """Return the notes that the words name with what is known of a work beside its name, or else
    those of the authors and the year that they are; the likeliest first.

    Where they hold `et al.`, authors are meant first.
    """
    if not 1 < len(words) <= LONGEST_DESCRIPTION:
        return ()
    if has_et_al(words):
        return _find_cited(words, index) or _find_beside(words, index)
    return _find_beside(words, index) or _find_cited(words, index)


def has_et_al(words: Sequence[str]) -> bool:
    """Whether `et al.` is among the words of a text."""
    return ET_AL in pairwise(words)


def _find_cited(words: Sequence[str], index: SearchIndex) -> Sequence[int]:
    """Return the works by authors with all of the words in their names, and of the year among
    them: those whose first author has one come first, then the most linked.

    Words without a year are authors where `et al.` is among them. Common words and initials say
    nothing.
    """
    years = {word for word in words if _is_year(word)}
    said = [word for word in words if word not in COMMON_WORDS and len(word) > 1]
    people = [index.find_authors(word) for word in said if word not in years]
    if not people or not all(people) or len(years) > 1 or not (years or has_et_al(words)):
        return ()
    authors, published = index.get_names("author").notes, index.get_values("year")
    found = [
        note
        for note in index.notes
        if years <= {published[note]} and not any(map({*authors[note]}.isdisjoint, people))
    ]
    return sorted(
        found,
        key=lambda note: (
            not any(authors[note][0] in names for names in people),
            -index.link_counts[note],
            -note,
        ),
    )


def _find_beside(words: Sequence[str], index: SearchIndex) -> Sequence[int]:
    """Return the notes that some of the words name, if all others say of what kind they are, of
    which year, or by whom; the likeliest first. Common words say nothing, but not all are such.

    The others stand before the name and behind it. As few of them as possible are no part of it.
    Where another word says more than the kind, words of a title are as good as a name.
    """
    for start, end in _list_spans(len(words)):
        around = (*words[:start], *words[end:])
        others = [word for word in around if word not in COMMON_WORDS]
        is_common = COMMON_WORDS.issuperset(words[start:end])
        if is_common or not others or not all(_is_beside(word, index) for word in others):
            continue
        named = index.find_named("".join(words[start:end]))
        if not index.language.kind_words.keys() >= {*others}:
            named = [*named, *_list_titled(words[start:end], index)]
        if found := [note for note in named if _is_described(note, others, index)]:
            return list(dict.fromkeys(found))
    return ()


def _list_spans(length: int) -> Iterator[tuple[int, int]]:
    """Yield the parts of so many words, the longest first."""
    for size in range(length - 1, 0, -1):
        for start in range(length - size + 1):
            yield start, start + size


def _list_titled(words: Sequence[str], index: SearchIndex) -> list[int]:
    """Return the notes whose titles or names have forms of all words, most linked first."""
    found = set(index.notes)
    for word in words:
        postings = index.find_forms(word).values()
        found &= {note for notes in postings for note, value in notes.items() if value % 2}
    return sorted(found, key=lambda note: (-index.link_counts[note], -note))


def _is_beside(word: str, index: SearchIndex) -> bool:
    """Whether a word may say of what kind or year a note is, or who wrote it."""
    return word in index.language.kind_words or _is_year(word) or bool(index.find_authors(word))


def _is_described(note: int, words: Sequence[str], index: SearchIndex) -> bool:
    """Whether each word says of what kind or year a note is, or who wrote it."""
    year, kind = index.get_values("year")[note], index.get_values("kind")[note]
    authors = index.get_names("author").notes[note]
    return all(
        word == year
        or kind in index.language.kind_words.get(word, ())
        or not index.find_authors(word).isdisjoint(authors)
        for word in words
    )


def _is_year(word: str) -> bool:
    return len(word) == _YEAR_LENGTH and word.isascii() and word.isdigit()
