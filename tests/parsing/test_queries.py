"""The queries in a note, and the places of their characters in the file."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.text import Span
from readinglog.model.yaml_values import to_quoted_yaml
from readinglog.parsing.queries import WrittenQuery, find_queries
from support.worlds import note

WORDS = st.lists(
    st.text("ab:\"'-().#>é注\\", min_size=1, max_size=6).filter(lambda word: word != "#"),
    min_size=1,
    max_size=5,
)


def queries(text: str) -> list[WrittenQuery]:
    return list(find_queries(note(text)))


def assert_located(written: WrittenQuery, text: str) -> None:
    """Each word of the query is where it is said to be, escapes aside."""
    assert len(written.offsets) == len(written.text)
    for offset, character in zip(written.offsets, written.text, strict=True):
        assert character in {" ", text[offset]}
    assert list(written.offsets) == sorted(written.offsets)


@given(WORDS, st.sampled_from(["double", "single", "folded", "literal"]), st.sampled_from(" \n"))
def test_each_character_of_a_field_is_found_however_yaml_writes_it(
    words: list[str], style: str, gap: str
) -> None:
    value = f"{gap}  ".join(words)
    match style:
        case "double":
            value = to_quoted_yaml(f"{gap}  ".join(words).replace("\n", " "))
        case "single":
            value = "'" + value.replace("'", "''") + "'"
        case "folded" | "literal":
            value = (">-" if style == "folded" else "|-") + "\n  " + value
    text = f"---\nkind: topic\nquery: {value}\n---\n"
    (written,) = queries(text)
    assert written.text == " ".join(words)
    assert_located(written, text)


@given(WORDS, st.sampled_from(["", "> ", "> > ", "- ", "1. "]), st.sampled_from(" \n"))
def test_each_character_of_a_block_is_found_in_quotes_and_lists(
    words: list[str], lead: str, gap: str
) -> None:
    further = lead if lead.startswith(">") else "    "[: 4 if lead else 0]
    rows = ["```query", *gap.join(words).split("\n"), "```"]
    text = "---\n---\n" + lead + f"\n{further}".join(rows) + "\n"
    (written,) = queries(text)
    assert written.text == " ".join(words)
    assert written.block is not None
    assert_located(written, text)


def test_a_value_whose_escapes_hide_characters_is_a_place_as_a_whole() -> None:
    text = '---\nkind: topic\nquery: "tag:\\u006doe ("\n---\n'
    (written,) = queries(text)
    assert (written.text, written.offsets) == ("tag:moe (", ())
    span = written.locate(Span(8, 9))
    assert text[slice(*span)] == '"tag:\\u006doe ("'


def test_the_field_comes_first_and_blocks_in_order() -> None:
    text = "---\nkind: topic\nquery: a\n---\n~~~{.query}\nb\n~~~\n\n```Query\nc\n```\n"
    assert [written.text for written in queries(text)] == ["a", "b", "c"]


def test_other_code_holds_no_query() -> None:
    assert queries("---\n---\n`query a`\n\n    query\n\n```querying\na\n```\n\n```\nb\n```\n") == []
    assert queries("---\nkind: topic\nquery: [a]\n---\n") == []
