"""Fields and kinds: what is read from a scalar as written, and the help where it cannot be."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.diagnostic import InvalidContentError
from readinglog.model.field import Required
from readinglog.model.field_types import SUMMARY_LIMIT
from readinglog.model.fields import FIELDS
from readinglog.model.kinds import KINDS
from readinglog.model.schema import BUILT_IN
from readinglog.model.text import Span
from readinglog.model.yaml_values import Compound, Scalar, to_plain_value, to_quoted_yaml
from support.worlds import note


def read(field: str, text: str) -> object:
    """What the reader of `field` makes of `text`."""
    return BUILT_IN.fields[field].type.read(Scalar(text, Span(0, len(text)), is_plain=True))


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("title", "  A \n study ", "A study"),
        ("kind", "Paper", "paper"),
        ("status", "to-read", "to-read"),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("published", "2024", "2024"),
        ("published", "2024-02", "2024-02"),
        ("published", "2024-02-29", "2024-02-29"),
        ("arxiv", "2401.10020v2", "2401.10020v2"),
        ("arxiv", "math.GT/0309136", "math.GT/0309136"),
        ("doi", "10.1162/neco.1991.3.1.79", "10.1162/neco.1991.3.1.79"),
        ("url", "https://example.org/a_(b)?c=d#e", "https://example.org/a_(b)?c=d#e"),
        ("rating", "5", 5),
        ("draft", "Yes", True),
        ("draft", "no", False),
        ("summary", "x" * SUMMARY_LIMIT, "x" * SUMMARY_LIMIT),
    ],
)
def test_a_value_is_read(field: str, text: str, value: object) -> None:
    assert read(field, text) == value


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        ("kind", "papr", "write `paper`"),
        ("status", "unread", "write `read`"),
        ("date", "2023-02-29", "write a day that exists, as YYYY-MM-DD"),
        ("date", "2024/3/1", "write `2024-03-01`"),
        ("date", "1.3.2024", "write the day as YYYY-MM-DD, such as 2026-01-31"),
        ("published", "2024-00", "write a date that exists: YYYY, YYYY-MM or YYYY-MM-DD"),
        ("arxiv", "https://arxiv.org/abs/2401.10020v2", 'write `"2401.10020v2"`'),
        ("doi", "https://doi.org/10.1162/X", "write `10.1162/X`"),
        ("url", "example.org/a", "write `https://example.org/a`"),
        ("rating", "0", "write a number from 1 to 5"),
        ("rating", "³", "write a number from 1 to 5"),
        ("draft", "perhaps", "write `true` or `false`"),
        (
            "summary",
            "x" * (SUMMARY_LIMIT + 1),
            "write one shorter sentence; move the rest to the text",
        ),
    ],
)
def test_an_invalid_value_is_reported_with_what_to_write(
    field: str, text: str, expected: str
) -> None:
    with pytest.raises(InvalidContentError) as caught:
        read(field, text)
    assert caught.value.diagnostic.help == expected


@given(st.sampled_from(sorted(FIELDS)), st.text(max_size=30))
def test_a_field_reads_a_value_or_a_diagnostic_with_help(field: str, text: str) -> None:
    try:
        read(field, text)
    except InvalidContentError as error:
        found = error.diagnostic
        assert found.help
        assert found.message[:1] == "`" or found.message[:1].islower()
        for edit in found.fix:
            fixed = note(f"---\n{field}: {edit.text}\n---\n")
            assert field in fixed.values, "what the fix writes can be read"


@given(
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"
        ),
        max_size=30,
    )
)
def test_a_quoted_text_is_read_back_as_it_was(text: str) -> None:
    value = note(f"---\nx: {to_quoted_yaml(text)}\n---\n").fields["x"].value
    assert isinstance(value, Scalar)
    assert value.text == text


def test_front_matter_as_data_keeps_what_was_written() -> None:
    fields = note("---\na: [No, 1.10, ~]\nb: {c: 2401.10020}\nd:\n---\n").fields
    assert {name: to_plain_value(field.value) for name, field in fields.items()} == {
        "a": ["No", "1.10", None],
        "b": {"c": "2401.10020"},
        "d": None,
    }
    assert to_plain_value(
        Compound("mapping", (Compound("list", (), Span(0, 0)), Scalar("x", Span(0, 0))), Span(0, 0))
    ) == {"[]": "x"}


def test_every_field_has_a_description_and_every_required_one_an_example() -> None:
    for name, known in BUILT_IN.fields.items():
        assert known.doc.endswith(".")
        assert not known.required_example or known.required_example.startswith(f"{name}: ")
        assert bool(known.required_example) == (known.required is not Required.NO)
        assert not known.default or known.default in known.type.choices


def test_no_two_fields_are_searched_by_one_name() -> None:
    names = [field.search.name for field in FIELDS.values() if field.search]
    assert len({*names}) == len(names)


def test_each_kind_is_recognised_by_addresses_of_its_own() -> None:
    addresses = {
        "paper": "arxiv.org/abs/2401.04088",
        "talk": "youtube.com/watch?v=x",
        "podcast": "podcasts.apple.com/x",
        "thread": "x.com/ada/status/1",
        "code": "github.com/ada/engine",
        "docs": "docs.python.org/3/",
        "dataset": "huggingface.co/datasets/ada/letters",
    }
    found = {
        address: [
            kind.name
            for kind in KINDS.values()
            if kind.address_pattern and re.match(kind.address_pattern, address)
        ]
        for address in addresses.values()
    }
    assert found == {address: [kind] for kind, address in addresses.items()}
