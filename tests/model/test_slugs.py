"""Names that match, and addresses made of them."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify_unicode

from readinglog.model.slugs import fold, is_kebab, make_anchor, make_unique, to_kebab, to_slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mixture of Experts", "mixture-of_experts"),
        ("  DDPM ", "ddpm"),
        ("a - b", "a_b"),
        (unicodedata.normalize("NFC", "Café"), unicodedata.normalize("NFD", "CAFÉ")),
        ("STRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
    ],
)
def test_names_match_whatever_their_case_gaps_and_composition(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("C", "C++"), ("C", "C#"), ("1.58-bit", "158-bit"), ("می\u200cخواهم", "میخواهم"), ("--", "")],
)
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_names_of_tags_that_differ_by_a_sign_have_addresses_of_their_own() -> None:
    addresses = [
        to_slug(name)
        for name in ("C", "C++", "C#", "C*", "R&D", "rd", "1.58-bit", "158-bit", "深度学习", "深度")
    ]
    assert len(set(addresses)) == len(addresses)
    assert to_slug("C++") == "c-plus-plus"


@given(st.text(max_size=30))
def test_an_address_cannot_leave_its_folder(text: str) -> None:
    parts = to_slug(text).split("/")
    assert all(part and part not in (".", "..") for part in parts)
    assert not set(to_slug(text)) & set("?#%\\:<>\"'\n\0 ")


def test_a_slash_in_a_tag_stays_a_level() -> None:
    assert to_slug("MoE/Expert Choice") == "moe/expert-choice"
    assert to_slug("../../etc") == "etc"


WITHOUT_MARKS = st.text(st.characters(exclude_categories=["Mn", "Mc", "Me", "Cs"]), max_size=30)


@given(WITHOUT_MARKS)
def test_an_anchor_is_the_one_that_the_renderer_makes(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    marked = any(
        unicodedata.category(c)[0] == "M" for c in composed
    )  # some letters only exist as two
    if not marked and composed == unicodedata.normalize(
        "NFKC", text
    ):  # the renderer makes `2` of `²`, and nothing else is lost
        assert make_anchor(composed) == slugify_unicode(composed, "-")


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("What it claims", "what-it-claims"),
        ("C++ & Σίσυφος!", "c-σίσυφος"),
        ("深度 学习", "深度-学习"),
        ("第一章\u3000介绍", "第一章-介绍"),
        ("a\u00a0b é", "a-b-é"),
        ("שלום עולם", "שלום-עולם"),
        ("हिन्दी में", "हिन्दी-में"),
        ("snake_case -- dash", "snake_case-dash"),
    ],
)
def test_an_anchor_keeps_the_letters_of_every_script(heading: str, expected: str) -> None:
    assert make_anchor(heading) == expected


def test_equal_anchors_are_numbered_and_none_is_given_twice() -> None:
    taken: dict[str, int] = {}
    assert [make_unique(wanted, taken) for wanted in ("a", "a", "a_1", "a", "", "")] == [
        "a",
        "a_1",
        "a_1_1",
        "a_2",
        "_1",
        "_2",
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("My Note (1)", "my-note-1"),
        ("Café au_lait", "cafe-au-lait"),
        ("GPT-4: Technical Report!", "gpt-4-technical-report"),
        ("1.58-bit LLMs", "1.58-bit-llms"),
        ("../etc/passwd", "etc-passwd"),
        ("a - .b..c...-d_e", "a-b.c-d-e"),
        ("《红楼梦》研究（上）：ＡＩ", "红楼梦-研究-上-ai"),
        ("Война и мир, Ёлка, й", "война-и-мир-ёлка-й"),
        ("Ο μύθος του Σίσυφου", "ο-μύθος-του-σίσυφου"),
        ("αβ-pruning by Δ", "alphabeta-pruning-by-delta"),
        ("हिन्दी में", "हिन्दी-में"),
        ("ภาษาไทย น้ำ", "ภาษาไทย-น้ำ"),
        ("각 한국어", "각-한국어"),
        ("می\u200cخواهم", "می-خواهم"),
        ("naïve注意力 résumé", "naive注意力-resume"),
        ("!!!", ""),
        ("CO₂ in the air – “what now”…", "co2-in-the-air-what-now"),
        ("xⁿ + aᵢ · ½ №", "xn-ai-1-2-no"),
        ("𝔸ttention at 5 µm, Ⅳ", "attention-at-5-mum-iv"),
        ("ϵ-greedy ħ and Hawaiʻi’s ŋ", "epsilon-greedy-h-and-hawaii-s-ng"),
        ("Ağ Əli ɔ İki ﬁne Aᵀ ƒ", "ag-eli-o-iki-fine-at-f"),
        ("a⃝ x̄", "a-x"),
        ("BitNet™ b1", "bitnet-b1"),
    ],
)
def test_a_file_name_comes_from_a_title(text: str, name: str) -> None:
    assert to_kebab(text) == name


@given(st.text(max_size=30))
def test_a_name_from_a_title_passes_the_check_and_can_be_a_file(text: str) -> None:
    name = to_kebab(text)
    assert not name or is_kebab(name)
    assert all(c.isalnum() or c in "-." or unicodedata.category(c)[0] == "M" for c in name)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a-b1.5", True),
        ("война-и-мир", True),
        (unicodedata.normalize("NFD", "ёлка"), True),
        ("café", False),
        ("Война", False),
        ("a_b", False),
        ("红楼梦（上）", False),
        ("-a", False),
        ("", False),
    ],
)
def test_a_file_name_is_lower_case_words_of_any_script(name: str, *, expected: bool) -> None:
    assert is_kebab(name) is expected
