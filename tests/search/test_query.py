"""The syntax of the search language: how a query is parsed, and what is said where it cannot be."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglog.search.language import TEXT_FIELDS
from readinglog.search.parser import parse_query
from readinglog.search.query import And, Filter, Not, Or, Phrase, Query, Tree, Word
from readinglog.search.query_errors import QuerySyntaxError
from support.query_trees import SORTS, grow, make_leaves

NAMES = st.from_regex(r"[a-zñ0-9][a-z0-9._:/#+-]{0,8}", fullmatch=True).filter(
    lambda text: ":" not in text or "://" in text
)
TEXTS = st.from_regex(r"[a-z0-9](?:[a-z0-9 ()-]{0,8}[a-z0-9])?", fullmatch=True)
LEAVES = st.one_of(
    st.builds(Word, NAMES, st.sampled_from(["", *TEXT_FIELDS])),
    st.builds(Phrase, TEXTS, st.sampled_from(["", *TEXT_FIELDS])),
    st.one_of(NAMES, TEXTS).flatmap(
        lambda text: make_leaves(tag=[text], author=[text], venue=[text], note=[text])
    ),
)
TREES = st.recursive(LEAVES, grow, max_leaves=8)


@given(st.builds(Query, st.one_of(st.none(), TREES), SORTS))
def test_what_is_printed_reads_back_as_the_same(query: Query) -> None:
    assert parse_query(str(query)) == query


@given(st.text(st.sampled_from('ab:-"()“” \t.<>=~ORNTADtagsyeri0123\ud800é注&—'), max_size=40))
@example("<script>alert(1)</script>")
@example('<img src="x" onerror="alert(1)">')
@example("a" * 10_000)
@example("attention " * 1_000)
@example('"' * 9)
@example("(" * 10_000)
@example("\ud800 \udfff")
def test_any_text_is_a_query_or_a_syntax_error_with_its_place(text: str) -> None:
    try:
        query, error = parse_query(text), None
    except QuerySyntaxError as caught:
        query, error = None, caught
    if error:
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert error.message
        assert error.help
        assert not error.suggestion or parse_query(error.suggestion)
    else:
        assert parse_query(str(query)) == query


@pytest.mark.parametrize(
    ("text", "marked", "message", "help_", "suggestion"),
    [
        (
            'routing "load bal',
            '"load bal',
            "this quote is never closed",
            'close it with `"`',
            'routing "load bal"',
        ),
        ("(a OR b", "(", "this parenthesis is never closed", "close it with `)`", "(a OR b)"),
        (
            "a) b",
            ")",
            "this closing parenthesis has no opening one",
            "remove it, or add `(` before it",
            "a b",
        ),
        (
            "a ()",
            "()",
            "these parentheses are empty",
            "remove them, or write terms between them",
            "a",
        ),
        ("a OR", "OR", "`OR` needs a term on each side", "add one, or remove `OR`", "a"),
        ("AND a", "AND", "`AND` needs a term on each side", "add one, or remove `AND`", "a"),
        ("a NOT", "NOT", "`NOT` needs a term right after it", "add one, or remove `NOT`", "a"),
        ("a (-) b", "-", "`-` needs a term right after it", "add one, or remove `-`", "a b"),
        (
            "tag:",
            "tag:",
            "`tag:` has no value",
            "write one right after the colon, as in `tag:a-tag`",
            "",
        ),
        ("???", "???", "`???` has no letter or digit to search for", "remove it", ""),
        ('a "???"', '"???"', '`"???"` has no letter or digit to search for', "remove it", "a"),
        ("zzz:“moe", "“moe", "this quote is never closed", 'close it with `"`', 'zzz:“moe"'),
        ("a (OR b", "OR", "`OR` needs a term on each side", "add one, or remove `OR`", "a ( b)"),
        ("routing (", "(", "this parenthesis is never closed", "close it with `)`", "routing"),
        (
            "kind:papre",
            "kind:papre",
            "`papre` is not a value of `kind`",
            "did you mean `paper`? use one of `paper`, `post`, ",
            "kind:paper",
        ),
        (
            "a year:20x4",
            "year:20x4",
            "`20x4` is not a value of `year`",
            "write `2024`, or a range: `2024..`, ",
            "a",
        ),
        (
            "-kind:zzz a",
            "kind:zzz",
            "`zzz` is not a value of `kind`",
            "use one of `paper`, `post`, ",
            "a",
        ),
        (
            "a (NOT is:zzz b)",
            "is:zzz",
            "`zzz` is not a value of `is`",
            "use one of `to-read`, ",
            "a ( b)",
        ),
        (
            "year:2026..2024",
            "year:2026..2024",
            "the range `2026..2024` runs backwards",
            "write `2024..2026`",
            "year:2024..2026",
        ),
        (
            "sort:date sort:rating",
            "sort:rating",
            "`sort:` is used twice",
            "remove one of them",
            "sort:date",
        ),
        (
            "(a sort:date)",
            "sort:date",
            "`sort:` orders the whole result",
            "write it outside parentheses, ",
            "(a )",
        ),
        (
            "-sort:date a",
            "sort:date",
            "`sort:` orders the whole result",
            "write it outside parentheses, ",
            "a",
        ),
    ],
)
def test_a_syntax_error_says_where_it_is_and_offers_a_fix(
    text: str, marked: str, message: str, help_: str, suggestion: str
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse_query(text)
    error = caught.value
    assert text[error.span.start : error.span.end] == marked
    assert error.message == message
    assert error.help.startswith(help_)
    assert error.suggestion == suggestion


def test_endless_queries_are_refused() -> None:
    for text in ("a" * 1_001, "(" * 21 + "a" + ")" * 21, "-(" * 21 + "a" + ")" * 21):
        with pytest.raises(QuerySyntaxError):
            parse_query(text)
    assert parse_query("(" * 20 + "a" + ")" * 20)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("colour:red", Word("colour:red")),
        ("Mamba: models", And((Word("Mamba:"), Word("models")))),
        ('Foo:"a b"', Phrase("foo a b")),
        ("-tga:moe", Not(Word("tga:moe"))),
        ("http://a.example", Word("http://a.example")),
        ("tag://a", Word("tag://a")),
        ("10:30", Word("10:30")),
        ("a & b", And((Word("a"), Word("b")))),
        ("a - b – c", And((Word("a"), Word("b"), Word("c")))),
        ("--a", Not(Word("a"))),
        ("a- b", And((Word("a-"), Word("b")))),
        ("TAG:moe", Filter("tag", "moe")),
        ('title:" a b "', Phrase("a b", "title")),
        ("a AND b OR c", Or((And((Word("a"), Word("b"))), Word("c")))),
        ("is:marked", Filter("is", "marked")),
        ("Kind:PAPER", Filter("kind", "paper")),
        ("C++ C#", And((Word("C++"), Word("C#")))),
        ("\u3000a\u00a0b", And((Word("a"), Word("b")))),
        ("", None),
        ("-", None),
    ],
)
def test_what_queries_mean(text: str, tree: Tree | None) -> None:
    assert parse_query(text).tree == tree
