"""Parsing takes whatever a file holds, keeps every place within the text, and loses nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglog.lint.linter import check_notebook, fix_notebook
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.note import Note
from readinglog.model.text import Source, Span, get_position
from readinglog.model.yaml_values import BROKEN, Compound, Value
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.front_matter import LIMIT
from readinglog.parsing.note import LINE_LIMIT, SIZE_LIMIT, parse_note
from readinglog.parsing.vocabulary import parse_vocabulary
from support.worlds import TODAY, note, work

# Lines as people write and break them; texts are drawn from these, so that syntax comes up often.
FIELD_LINES = [
    "title: A study",
    "title: A study: first",
    "title:A study",
    "title A study",
    "title: 'it's'",
    'title: "never closed',
    'title: "A "b" c"',
    'summary: "$\\beta$ and $\\lambda$"',
    "title: [Re] A study",
    "title: @home",
    "summary: one",
    "summary: one # two",
    "summary: one: two",
    "  which goes on",
    "  and: on",
    "summary: |",
    "tags: [moe, routing]",
    "tags: [moe, #routing]",
    "tags: [moe, @routing",
    "tags: moe, routing",
    "tags:",
    "  - moe",
    "  - @moe",
    "  - #moe",
    " - a: b",
    "-moe",
    "\t- moe",
    "builds_on: [[a]]",
    "Kind: paper",
    "titel: x",
    "url: example.org",
    "arxiv: https://arxiv.org/abs/2401.10020v2",
    "date: 2026-02-30",
    "a: &a [x, x]",
    "b: *a",
    "c: !!python/name:os.system",
    "? x",
    "{{title}}: {{x}}",
    "<<<<<<< HEAD",
    "=======",
    "# a comment",
    "...",
    "--",
    " ---",
    "",
    "  ",
    "\u2028",
    "\ufeff",
    "שלום: עולם: א",
    "[a]: b",
    "authors: [Null, ~, {a: b}]",
]
BODY_LINES = [
    "# Heading",
    "Heading",
    "---",
    "====",
    "[[a]] and [[a#B|c]]",
    "![[a.png]] ![x](a.png)",
    "[a](b.md#c) and [r][r] <https://example.org>",
    "[r]: b.md",
    "```",
    "~~~ text",
    "    [[code]]",
    "`a` ``b`",
    "$x$ $$ y",
    "\\[[a]] \\$",
    "<!-- a",
    "-->",
    "%% b %%",
    "<details><summary>x",
    "</details> <b",
    "> quote",
    "- item",
    "1. item",
    "| a | [[b\\|c]] |",
    "^block",
    "",
    "\t",
    "naïve 深度 שלום 😀\u200d",
]
BREAKS = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", "\u0085"])
LINES = st.lists(
    st.sampled_from([*FIELD_LINES, *BODY_LINES, "---", "---"]) | st.text(max_size=12), max_size=14
)
TEXTS = st.text(max_size=300) | st.builds(lambda lines, end: end.join(lines), LINES, BREAKS)


def damaged(lines: list[str], body: list[str]) -> str:
    """A note whose front matter is made of `lines`."""
    return "\n".join(["---", *lines, "---", *body, ""])


DAMAGED = st.builds(
    damaged,
    st.lists(st.sampled_from(FIELD_LINES), max_size=8),
    st.lists(st.sampled_from(BODY_LINES), max_size=6),
)


def diagnose(changed: Source) -> list[Diagnostic]:
    """What is wrong with one note alone."""
    return check_notebook(Notebook([parse_note(changed)], today=TODAY))


def spans(parsed: Note) -> Iterator[Span]:
    """Every place that a note knows of."""
    yield parsed.body
    for field in parsed.fields.values():
        yield field.name_span
        yield from value_spans(field.value)
    for heading in parsed.headings:
        yield from (heading.span, heading.block)
    for link in parsed.links:
        yield from (link.span, link.address_span)
    yield from (address.span for address in parsed.addresses)
    yield from (Span(region.start, region.end) for region in parsed.regions)


def value_spans(value: Value) -> Iterator[Span]:
    """The place of a value and of all in it; that of a broken one is not known."""
    if value is BROKEN:
        return
    yield value.span
    if isinstance(value, Compound):
        for item in value.items:
            yield from value_spans(item)


def diagnostic_spans(found: Diagnostic) -> Iterator[Span]:
    """The places that a diagnostic marks or would change."""
    yield found.span
    yield from (edit.span for edit in found.fix)


@given(st.binary(max_size=300) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass")))
@example(b"\xef\xbb\xbf---\n---")
@example(b"\xff\xfe-\x00-\x00-\x00")
@example(b"---\r\n---\r\n")
@example("---\na: [\ud800]\n---".encode("utf-8", "surrogatepass"))
def test_no_file_makes_parsing_or_checking_raise(data: bytes) -> None:
    parsed = parse_note(Source("a.md", data))
    assert set(parsed.diagnostics) <= set(diagnose(parsed.source))


@given(TEXTS | DAMAGED)
def test_every_place_lies_within_the_text(text: str) -> None:
    parsed = note(text.encode("utf-8", "replace"))
    size = len(parsed.text)
    for start, end in spans(parsed):
        assert 0 <= start <= end <= size
    for found in diagnose(parsed.source):
        for start, end in diagnostic_spans(found):
            assert 0 <= start <= end <= max(size, 3), (
                found.message
            )  # "no front matter" marks what would open it


@given(TEXTS | DAMAGED)
@example(
    "---\ntitle: x\n---\n- A claim with code in the name of a field [at `x`:: p. 3] [[b]] ^c1\n"
)
def test_masking_keeps_the_length_and_the_line_breaks(text: str) -> None:
    parsed = note(text.encode("utf-8", "replace"))
    assert len(parsed.masked) == len(parsed.text)
    if parsed.fields or parsed.body.start < len(parsed.text):
        assert [i for i, c in enumerate(parsed.masked) if c == "\n"] == [
            i for i, c in enumerate(parsed.text) if c == "\n"
        ]
    assert all(new in (" ", old) for new, old in zip(parsed.masked, parsed.text, strict=True))


@given(TEXTS | DAMAGED)
def test_regions_are_in_order_and_apart(text: str) -> None:
    parsed = note(text.encode("utf-8", "replace"))
    ends = [parsed.body.start, *(region.end for region in parsed.regions)]
    assert all(region.start >= end for region, end in zip(parsed.regions, ends, strict=False))


@given(
    st.lists(
        st.sampled_from([line for line in FIELD_LINES if line.strip("- .\u2028\ufeff")]), max_size=8
    )
)
def test_broken_front_matter_never_loses_the_body(lines: list[str]) -> None:
    parsed = note(damaged(lines, ["", "The body, with [[a link]].", "", "## A heading"]))
    assert "The body, with" in parsed.masked[parsed.body.start :]
    assert [link.target for link in parsed.links] == ["a link"]
    assert [heading.text for heading in parsed.headings] == ["A heading"]


@given(st.lists(st.sampled_from(FIELD_LINES), max_size=6), st.integers(0, 6))
def test_a_broken_entry_costs_no_other(lines: list[str], at: int) -> None:
    broken = [
        line
        for line in lines
        if not line.startswith((" ", "\t", "-", ".", "{", "venue")) and line.strip("\u2028\ufeff")
    ]
    parsed = note(damaged([*broken[:at], "venue: ICLR 2017", *broken[at:]], []))
    assert parsed.values.get("venue") == "ICLR 2017"


@given(DAMAGED)
@example("---\ntags:\n  - a: b: c\n  - %b\n---\n")
@example("---\naliases:\n  - Tools: a timeline\n  - b\n---\n")
@example("---\nsummary: A: b\n  goes on\n---\n")
@settings(max_examples=300)
def test_fixing_is_idempotent(text: str) -> None:
    mended = fix_notebook(Notebook([note(text)], today=TODAY)).texts.get("a.md")
    if mended is not None:
        assert mended != text
        assert fix_notebook(Notebook([note(mended)], today=TODAY)).texts == {}


@given(DAMAGED)
def test_fixing_keeps_every_word_and_the_body(text: str) -> None:
    before = note(text)
    mended = fix_notebook(Notebook([before], today=TODAY)).texts.get("a.md")
    if mended is not None:
        kept = note(mended)
        assert words(mended) >= words(text) - {"abs", "https", "arxiv", "org", "Kind", "titel"}
        if not any("closes with" in found.message for found in before.diagnostics):
            assert kept.text[kept.body.start :].strip() == before.text[before.body.start :].strip()


def words(text: str) -> set[str]:
    """The words of a text, marks and escapes apart."""
    return {
        word for word in "".join(c if c.isalnum() else " " for c in text).split() if len(word) > 1
    }


@given(
    st.text(
        alphabet=st.characters(
            exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\u2028\u2029\ufffe\uffff"
        ),
        min_size=1,
    )
)
@example("a: b # c")
@example("'it''s' \"so\" \\n")
@example("No")
@example("[Re] @home: %50")
def test_a_text_in_double_quotes_is_read_as_written(text: str) -> None:
    parsed = note(f"---\ntitle: {json.dumps(text, ensure_ascii=False)}\n---\n")
    read = parsed.values.get("title")
    assert read is None or read == " ".join(text.split())
    if text.split() and "{{" not in text and "<%" not in text:
        assert read is not None


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("arxiv: 2401.10020", "2401.10020"),
        ("title: 1.10", "1.10"),
        ("title: No", "No"),
        ("title: 0x1F", "0x1F"),
        ("title: 12:30:45", "12:30:45"),
        ("title: 2024-01-01", "2024-01-01"),
        ("venue: 1e3", "1e3"),
        ("title: it's 3:1", "it's 3:1"),
        ("summary: >\n  folded\n  text", "folded text"),
    ],
)
def test_what_is_written_counts_not_what_yaml_makes_of_it(written: str, read: str) -> None:
    assert note(f"---\n{written}\n---\n").values[written.partition(":")[0]] == read


def rules(text: str | bytes) -> list[tuple[str, int]]:
    """Which rules parsing has something for, and in which line."""
    parsed = note(text)
    return [
        (found.rule, get_position(parsed.text, found.span.start).line)
        for found in parsed.diagnostics
    ]


def test_a_line_of_ten_megabytes_is_reported() -> None:
    assert rules(work("x" * 10_000_000)) == [("too-large", 1)]


def test_a_long_line_is_reported_where_it_is() -> None:
    assert rules(work("First.\n" + "word " * LINE_LIMIT)) == [("too-large", 11)]


def test_a_file_within_the_limits_is_read() -> None:
    assert not rules(work("\n".join(["x" * (LINE_LIMIT - 1)] * (SIZE_LIMIT // LINE_LIMIT - 1))))


@pytest.mark.parametrize(
    "brackets", ["[" * 10_000, "[" * 10_000 + "]" * 9_000, "{" * 10_000, "[{" * 5_000]
)
def test_ten_thousand_brackets_are_reported_and_not_composed(brackets: str) -> None:
    assert rules(f"---\ntitle: A\ntags: {brackets}\n---\nText.\n") in (
        [("too-large", 3)],
        [("invalid-front-matter", 3)],
    )
    assert rules(work(brackets))[:1] in ([("too-large", 10)], [])


def test_brackets_on_ten_thousand_lines_are_reported() -> None:
    parsed = note("---\ntags:\n" + "  [\n" * 10_000 + "---\nText.\n")
    assert [found.rule for found in parsed.diagnostics] == ["invalid-front-matter"]
    assert parsed.text[parsed.body.start :].strip() == "Text."


def test_an_alias_bomb_is_refused_and_not_blown_up() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    parsed = note(damaged([*lines, "venue: ICLR"], ["Text."]))
    assert {found.rule for found in parsed.diagnostics} == {"invalid-front-matter"}
    assert parsed.values["venue"] == "ICLR"


def test_front_matter_without_end_is_reported_and_the_text_stays() -> None:
    parsed = note("---\n" + "title: x\n" * (LIMIT // 9 + 1) + "---\nText.\n")
    assert [found.rule for found in parsed.diagnostics] == ["invalid-front-matter"]
    assert parsed.text[parsed.body.start :].strip() == "Text."


def test_a_tag_that_would_build_an_object_builds_none() -> None:
    parsed = note("---\ntitle: !!python/object/apply:builtins.exit [3]\nkind: paper\n---\nText.\n")
    assert "title" not in parsed.values
    assert parsed.values["kind"] == "paper"


def test_a_field_of_each_line_is_found_at_its_place() -> None:
    parsed = note("\ufeff---\r\ntitle: שלום, world\r\ntags: [moe, 'a b']\r\n---\r\nText.\r\n")
    assert parsed.text[slice(*parsed.fields["title"].value.span)] == "שלום, world"
    assert [parsed.text[slice(*item.span)] for item in parsed.get_scalars("tags")] == [
        "moe",
        "'a b'",
    ]
    assert [item.text for item in parsed.get_scalars("tags")] == ["moe", "a b"]


def test_fixing_keeps_crlf_line_breaks() -> None:
    text = "---\r\ntitle: A: b\r\ntags:\r\n  - moe\r\n  - moe\r\n  - @x\r\nvenue:ICLR\r\n---\r\nText.\r\n"
    mended = fix_notebook(Notebook([note(text)], today=TODAY)).texts["a.md"]
    assert (
        mended
        == '---\r\ntitle: "A: b"\r\ntags:\r\n  - moe\r\n  - "@x"\r\nvenue: ICLR\r\n---\r\nText.\r\n'
    )


def test_a_character_that_yaml_does_not_allow_is_marked_where_it_stands() -> None:
    [found] = note("---\ntitle: Über é\v\n---\n").diagnostics
    assert (found.span, found.message) == (Span(17, 18), "the character U+000B is not allowed here")


@given(st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "replace")))
@example(b"moe:\n  parent: moe\n")
@example(b"a: {parent: b}\nb: {parent: c}\nc: {parent: b}\n")
@example(b"moe:\n  aliases: {a: b}\n  name: [x]\n  ? [y]\n  : z\n")
@example("é\x85\v".encode())
def test_no_vocabulary_makes_parsing_raise(data: bytes) -> None:
    vocabulary = parse_vocabulary(Source("tags.yml", data))
    for tag in vocabulary.tags.values():
        assert vocabulary.get_path(tag)[-1] is tag
        assert tag in list(vocabulary.list_subtree(tag))
    for found in vocabulary.diagnostics:
        assert 0 <= found.span.start <= found.span.end <= len(data.decode("utf-8", "replace")) + 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A title of some words", "A title of some words"),
        ("Short: and then " + "very long " * 30, "Short"),
        ("word " * 60, f"{'word ' * 15}word…"),
        ("x" * 300, f"{'x' * 80}…"),
        ("A sum $" + "a + " * 30 + "b$", "A sum…"),
    ],
)
def test_links_call_a_note_by_a_name_of_one_line(title: str, name: str) -> None:
    assert note(work(title=f'"{title}"')).short_name == name
