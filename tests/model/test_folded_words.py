"""The words of texts, folded as names are."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from readinglog.model.folded_words import WORD, list_folded_words
from readinglog.model.slugs import fold

SIGNS = st.sampled_from("ab Z9_-.+'’é\u0301ß中\n\t\x1f\x0b(),!|\u00a0\u2028")


@given(st.text(SIGNS))
@example("GPT-4o's state-of-the-art 3.5 it--is 'so' -.- C++ a.b. x_1")
@example("Plain.\nÉté à la Carte\nsnake_case")
def test_the_words_of_a_text_are_those_that_a_pattern_finds_folded(text: str) -> None:
    assert list_folded_words(text) == [fold(word) for word in WORD.findall(text)]
