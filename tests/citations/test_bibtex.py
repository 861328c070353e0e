"""The syntax of BibTeX and its names, whatever the text is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.citations.bibtex import parse_bibtex
from readinglog.citations.bibtex_names import parse_names
from readinglog.citations.bibtex_syntax import parse_entries
from readinglog.citations.cleaning import AUTHORS_LIMIT
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.latex_text import latex_to_text

PIECES = st.sampled_from(
    [
        *("@", "@article{", "@string{", "@comment{", "@book(", "title", "jan", "and ", "a", "1"),
        *(",", "=", "{", "}", '"', "#", "%", "\n", " ", "\\", "(", ")", ";", "\\&", "\\{"),
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


@given(TEXTS)
def test_entries_have_lines_of_the_text(text: str) -> None:
    lines = text.count("\n") + 1
    for entry in parse_entries(text):
        assert 1 <= entry.line <= lines
        assert entry.fields.keys() == entry.lines.keys()
        problems = [*entry.problems, *([entry.error] if entry.error else [])]
        for line in (*entry.lines.values(), *(problem.line for problem in problems)):
            assert entry.line <= line <= lines
        assert all(problem.help for problem in problems)


KEYS = st.text("abc:/.-_+'1ü", min_size=1, max_size=8)
VALUES = st.text('ab {}"\\#%,=@\n1', max_size=20).filter(
    lambda text: "@" not in text and _is_balanced(text)
)


def _is_balanced(text: str) -> bool:
    depth = 0
    escaped = False
    for c in text:
        if not escaped and c in "{}":
            depth += 1 if c == "{" else -1
        escaped = c == "\\" and not escaped
        if depth < 0:
            return False
    return depth == 0 and not escaped


@given(KEYS, st.dictionaries(st.text("abcd", min_size=1, max_size=6), VALUES, max_size=4))
def test_an_entry_that_is_written_is_read(key: str, fields: dict[str, str]) -> None:
    listed = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    for text in (f"@misc{{{key},\n{listed}\n}}", f"@misc({key}, {listed}, )"):
        [entry] = parse_entries(f"before\n{text} after")
        assert (entry.key, dict(entry.fields), entry.error) == (key, fields, None)
        assert entry.problems == ()


def test_only_the_first_names_of_a_crowd_are_read() -> None:
    crowd = " and ".join(f"One{number}, Ann" for number in range(2_000))
    found = parse_bibtex(f"@misc{{a, author = {{{crowd}}}}}").work.authors
    assert len(found) == AUTHORS_LIMIT
    assert found[0] == "Ann One0"
    assert found[-1] == "et al."


def test_entries_that_refer_to_each_other_end() -> None:
    text = "@misc{a, title={A}, crossref={b}}\n@misc{b, crossref={a}, year=2001}"
    found = parse_bibtex(text, "a")
    assert found.work.published == "2001"
    assert "there is no other entry `a`" in found.remarks[0]


def test_an_abbreviation_that_doubles_itself_stays_small() -> None:
    doubling = "".join(f"@string{{s{n + 1} = s{n} # s{n}}}\n" for n in range(60))
    text = f'@string{{s0 = "ab"}}\n{doubling}@misc{{a, title = s60}}'
    assert parse_bibtex(text).work.title.startswith("abab")


@pytest.mark.parametrize(
    "run",
    [
        *("@a{b,c={\n", "@a{b,c={", "{", "@a{", '@a{b,c="', "%", "@a{b,\n", "@a{b,c=d#", "@ \t"),
        *(
            "@comment{",
            "@comment{\n",
            "@string{a=b#",
            "@x{a,b={c},d=",
            "\\",
            "@preamble{",
            "% @a{b,",
        ),
        *("@comment{x} ", "@comment(", "@a{\n", "\n@", "@a{b}", "@a{b,c={d}\ne"),
    ],
)
def test_a_file_made_to_be_slow_is_read_fast(run: str) -> None:
    parse_entries(run * (100_000 // len(run)))


@pytest.mark.parametrize(
    "run",
    ["a, ", "; ", "and ", "{", "\\", "A. ", "a. , ", "& ", "=", "et al ", "family=", ", ", "et "],
)
def test_names_made_to_be_slow_are_read_fast(run: str) -> None:
    parse_names(run * (20_000 // len(run)))


@pytest.mark.parametrize(
    "run",
    [
        *(
            "$_2$",
            "$_",
            "\\url{",
            "`a",
            "`",
            "\\textsubscript{",
            "\\noopsort{",
            "\\href{a}",
            "_1",
            "--",
        ),
        *("\\sim", "{\\%}", "\\textcommabelow", "'", "\\ ", "a_{1"),
    ],
)
def test_latex_made_to_be_slow_is_read_fast(run: str) -> None:
    latex_to_text(run * (20_000 // len(run)), 5_000)


def test_keys_are_compared_without_case_where_none_is_the_same() -> None:
    text = "@misc{Ab, title={One}}\n@misc{aB, title={Two}}\n@misc{c, title={Three}}"
    assert parse_bibtex(text, "aB").work.title == "Two"
    assert parse_bibtex(text, "C").work.title == "Three"
    with pytest.raises(WorkLookupError, match="has 2 entries: choose one with --key: `Ab`, `aB`"):
        parse_bibtex(text, "AB")
