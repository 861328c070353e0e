"""Typing mistakes: which words are corrected, and how."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.search.corrections import Correction, measure_distance
from support import brute_force
from support.searching import ask, make_search
from support.worlds import notebook, work

LOG = {
    "a.md": work("Routing of tokens by attention.", title="Gates"),
    "b.md": work("Routing for a transformer.", title="Tiles"),
    "c.md": work("Rousing speeches, post-training, FlashAttn.", title="Speeches"),
}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("rooting", "routing"),
        ("rotuing", "routing"),
        ("routng", "routing"),
        ("atention", "attention"),
        ("transfomre", "transformer"),
        ("speehces", "speeches"),
        ("tokesn", "tokens"),
        ("outing", "routing"),
        ("flashatn", "flashattn"),
        ("routed", ""),
        ("atentoin", ""),  # a mistake in each half
        ("gte", ""),
        ("gtaes", "gates"),
        ("zyzzyva", ""),
        ("12345", ""),
        ("post-trainig", "post-training"),
        ("tok", "tokens"),
        ("transf", "transformer"),
        ("to", ""),
        ('"rotuing"', ""),
        ("-rotuing", ""),
        ("author:rotuing", ""),
        ("atten", "attention"),  # the beginning of a word, not a mistyped `often`
        ("attntokens", ""),
        ("transfrmr", "transformer"),
        ("trnsfrmrs", ""),  # no word begins so
        ("https://site.example/rotuing", ""),
        ("site.example/rotuing", ""),
        (r"\frac{rotuing}", ""),
        ("<rotuing>", ""),
        ("rotuing_tokens", ""),
        ("autor:rotuing", ""),
        ("rotuing!", "routing"),
    ],
)
def test_a_word_that_no_note_has_becomes_the_likeliest(text: str, meant: str) -> None:
    corrections = make_search(notebook(LOG)).ask(text).corrections
    assert corrections == ((Correction(text, meant),) if meant else ())


def test_corrected_words_find_what_they_mean_wherever_they_stand() -> None:
    assert sorted(ask(LOG, "rotuing")) == ["a", "b"]
    assert ask(LOG, "rotuing transfomer") == ["b"]
    assert sorted(ask(LOG, "(rotuing -tokens) OR speehces")) == ["b", "c"]
    assert ask(LOG, "title:gatse") == ["a"]
    assert ask(LOG, "rotuing -transformer") == ["a"]


def test_what_is_called_by_a_corrected_word_is_first() -> None:
    log = {"a.md": work("Tiling, tiling, tiling."), "b.md": work(aliases="[Tiling]")}
    assert ask(log, "tilling")[0] == ask(log, "tyling kind:paper")[0] == "b"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("lamma 3", "llama"),
        ("llmaa 3", "llama"),
        ("lemme", "lemma"),
        ("lamma is fine", "lemma"),  # nothing is called so: then one mistake is likelier
        ("amlam 3", ""),
    ],
)
def test_a_word_with_two_mistakes_is_corrected_if_the_query_names_a_note(
    text: str, meant: str
) -> None:
    log = {"a.md": work(title="Llama 3"), "b.md": work("A lemma.", title="Proofs, but fine")}
    result = make_search(notebook(log)).ask(text)
    assert [correction.meant for correction in result.corrections] == [meant] * bool(meant)


def test_a_name_is_not_corrected() -> None:
    log = LOG | {"d.md": work(aliases="[rotuing]")}
    result = make_search(notebook(log)).ask("rotuing")
    assert (result.named, result.corrections) == (1, ())


def test_the_commoner_word_is_likelier_but_the_same_first_letter_comes_before() -> None:
    log = {"a.md": work("batch", title="x"), "b.md": work("patch", title="y")}
    log |= {"c.md": work("patch", title="z")}
    assert make_search(notebook(log)).ask("hatch").corrections == (Correction("hatch", "patch"),)
    assert make_search(notebook(log)).ask("bacth").corrections == (Correction("bacth", "batch"),)


def test_digits_are_never_corrected() -> None:
    search = make_search(notebook({"a.md": work("Qwen3, H100 and 2401.04088.")}))
    for text in ("qwen4", "h200", "2401.04089"):
        assert search.ask(text).corrections == ()
    assert search.ask("qwne3").corrections == (Correction("qwne3", "qwen3"),)


def test_a_beginning_wins_over_a_mistyping() -> None:
    log = {"a.md": work("Gates, gates."), "b.md": work("A gatekeeper.")}
    corrections = make_search(notebook(log)).ask("gatek").corrections
    assert corrections == (Correction("gatek", "gatekeeper"),)


def test_words_of_which_no_note_has_any_are_all_corrected_or_none() -> None:
    assert ask(LOG, "zxcv rotuing") == []
    assert sorted(ask(LOG, "tokesn rotuing")) == ["a"]
    assert ask(LOG, "zxcv rotuing tokens") == ["a"]


WORDS = st.text(st.sampled_from("abc"), max_size=7)


@given(WORDS, WORDS, st.integers(1, 2))
def test_the_distance_is_that_of_one_letter_at_a_time(one: str, other: str, limit: int) -> None:
    found, true = measure_distance(one, other, limit), brute_force.distance(one, other)
    assert found == true if true <= limit else found > limit
