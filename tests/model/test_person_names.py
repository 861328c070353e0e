"""The parts of names, and texts that are no names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.field_types import ET_AL
from readinglog.model.name_mistakes import find_doubtful_name, find_name_mistake
from readinglog.model.person_names import PersonName, is_organisation, remove_braces, split_name

NAMES = st.text("aA Bc.,-'{}&;éü李van de yJr*[]|\\$()1@", max_size=60) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Adams", PersonName("Adams", "Ada")),
        ("Guy L. Steele Jr.", PersonName("Steele", "Guy L.", suffix="Jr.")),
        ("Guy L. Steele, Jr.", PersonName("Steele", "Guy L.", suffix="Jr.")),
        ("Henry Ford II", PersonName("Ford", "Henry", suffix="II")),
        ("Aäron van den Oord", PersonName("Oord", "Aäron", "van den")),
        ("van Beethoven", PersonName("Beethoven", prefix="van")),
        ("Jean de La Fontaine", PersonName("La Fontaine", "Jean", "de")),
        ("José Ortega y Gasset", PersonName("Ortega y Gasset", "José")),
        ("Nando De Freitas", PersonName("De Freitas", "Nando")),
        ("Quoc V. Le", PersonName("Le", "Quoc V.")),
        ("bell hooks", PersonName("hooks", "bell")),
        ("Gerard 't Hooft", PersonName("Hooft", "Gerard", "'t")),
        ("Ada {Smith Jones}", PersonName("Smith Jones", "Ada")),
        ("Example, Ann", PersonName("Example", "Ann")),
        ("Van Jr.", PersonName("Jr.", "Van")),
        ("Plato", PersonName(whole="Plato")),
        ("Wei Dai", PersonName("Dai", "Wei")),
        ("王小明", PersonName(whole="王小明")),
        ("김 철수", PersonName(whole="김 철수")),
        ("Barnes and Noble", PersonName(whole="Barnes and Noble")),
        ("Ann One & Bob", PersonName(whole="Ann One & Bob")),
        ("{Barnes, Noble and Sons}", PersonName(whole="Barnes, Noble and Sons")),
        ("", PersonName()),
        ("Ann,", PersonName(whole="Ann")),
    ],
)
def test_a_name_has_parts(text: str, name: PersonName) -> None:
    assert split_name(text) == name


def test_organisations_are_told_from_people_by_their_words() -> None:
    for name in (
        "Google DeepMind",
        "The LIGO Scientific Collaboration",
        "Université de Montréal",
        "Department of Brain & Cognitive Sciences",
        "vLLM and TorchTitan teams",
        "EleutherAI",
        "Meta AI",
        "Papers.com",
        "The Royal Society",
    ):
        assert is_organisation(name), name
    for name in ("William H. Press", "Wei Dai", "Les Paul", "La Toya Jackson", "Ada Adams"):
        assert not is_organisation(name), name


@given(NAMES)
def test_parts_have_all_words_of_a_name(text: str) -> None:
    parts = split_name(text)
    joined = "".join(parts)
    assert sorted(re.findall(r"\w", joined)) == sorted(re.findall(r"\w", remove_braces(text)))
    assert not parts.whole or parts == PersonName(whole=parts.whole)
    assert all(part == part.strip() for part in parts)


@given(NAMES)
def test_what_is_to_replace_a_text_is_a_name(text: str) -> None:
    line = " ".join(text.split())
    if line and (mistake := find_name_mistake(line)):
        assert mistake.message
        assert mistake.help
        if mistake.replacement and not mistake.replacement.startswith('"'):
            assert find_name_mistake(mistake.replacement) is None
    doubt = find_doubtful_name(line)
    assert doubt is None or doubt.help.startswith("write `[")


def test_et_al_stands_last() -> None:
    assert find_name_mistake(ET_AL) is None
    assert find_name_mistake(ET_AL, is_last=False)


def test_a_text_that_is_too_long_is_no_name() -> None:
    mistake = find_name_mistake("Ada " * 200)
    assert mistake
    assert mistake.message == "this text has 800 characters, too many for a name"


@pytest.mark.parametrize(
    "run", ["a ", "{", "}", "{a}", "*", "[[", "(", "and ", ", ", "1,", "<", "van "]
)
def test_a_text_made_to_be_slow_is_split_fast(run: str) -> None:
    long = run * (100_000 // len(run))
    assert split_name(long) is not None
    assert find_name_mistake(long)
    assert isinstance(is_organisation(long), bool)
