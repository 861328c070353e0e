"""Claims are items of lists with fields and a name; what they say survives what is around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.claim import CLAIM_FIELDS
from support.worlds import note, notebook

WORDS = st.text(st.sampled_from("abc déß 12,.'\"*_`$<>&|"), min_size=1, max_size=20).filter(
    lambda text: text.strip(" .,*_`$<>&|'\"")
)


def test_a_claim_has_its_text_its_fields_and_its_name() -> None:
    text = "- It is *so*, $x < y$. [at:: Table 2] [At-all:: [[b]]] ^is-so\n"
    (claim,) = note(text).claims
    assert claim.id == "is-so"
    assert [(field.name, field.value) for field in claim.fields] == [
        ("at", "Table 2"),
        ("at-all", "[[b]]"),
    ]
    assert text[slice(*claim.span)].startswith("It is *so*")
    assert claim.get("at") == "Table 2"
    assert claim.get("result") == ""


@pytest.mark.parametrize(
    "text",
    [
        "- No field. ^name",
        "- No name. [at:: 2]",
        "No list. [at:: 2] ^name",
        "- In code `[at:: 2]` ^name",
        r"- Escaped \[at:: 2] ^name",
        "- The name [at:: 2] ^name is not at the end",
        "- [at: 2] ^name",
        "    - [at:: 2] ^name",
        "- Never closed [at:: 2 ^name",
    ],
)
def test_what_is_no_claim(text: str) -> None:
    assert note(text).claims == ()


@pytest.mark.parametrize(
    "text",
    [
        "1. Numbered. [at:: 2] ^name",
        "> - Quoted. [at:: 2] ^name",
        "- a\n  - Below another. [at:: 2] ^name",
        "- Over\n  lines. [at::\n  2] ^name",
        "- With a text below. [at:: 2] ^name\n\n  Below.",
        "- [x] Done. [at:: 2] ^name",
        "- The field [at:: 2] in its middle. ^name",
    ],
)
def test_what_is_a_claim(text: str) -> None:
    (claim,) = note(text).claims
    assert (claim.id, claim.get("at")) == ("name", "2")


def test_fields_are_matched_before_links() -> None:
    book = notebook(
        {
            "a.md": "- One. [at:: [p. 3](p.pdf)](b.md) [disputes:: [[b#^two]]][x] ^one\n\n[x]: b.md\n",
            "b.md": "- Two. [at:: 1] ^two\n",
        }
    )
    (one,) = book.by_path["a.md"].claims
    assert [field.name for field in one.fields] == ["at", "disputes"]
    assert [link.target for link in book.by_path["a.md"].links if link.kind != "reference"] == [
        "p.pdf",
        "b",
    ]


@given(WORDS, st.lists(st.tuples(st.sampled_from(list(CLAIM_FIELDS)), WORDS), max_size=4))
def test_any_fields_are_read_as_they_are_written(text: str, fields: list[tuple[str, str]]) -> None:
    """But in code and formulas, which may begin in one and end in another."""
    marks = "`$<"
    clean = [(name, value.translate(dict.fromkeys(map(ord, marks)))) for name, value in fields]
    clean = [(name, " ".join(value.split())) for name, value in clean if value.strip()]
    shown = text.translate(dict.fromkeys(map(ord, marks)))
    written = " ".join(f"[{name}:: {value}]" for name, value in clean)
    claims = note(f"- x {shown} {written} ^name\n").claims
    assert [(each.name, each.value) for claim in claims for each in claim.fields] == clean
