"""Context packs: which notes are in one, how much of them, and its size."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.interchange.context_pack import format_pack
from readinglog.interchange.token_budget import CHARACTERS_PER_TOKEN, DEFAULT_TOKENS, FEWEST_TOKENS
from readinglog.model.note import Note
from support.worlds import note, work

NOTE = work(
    "# A work\n\nFirst.\n\n## Then\n\n%% not for others %%\n\n```py\na = 1\n\nb = 2\n```\n\nLast.",
    arxiv='"1701.06538"',
    tags="[moe, routing]",
)


def make_notes(*bodies: str) -> list[Note]:
    return [
        note(work(body, title=f"Work {number}"), f"n{number}.md")
        for number, body in enumerate(bodies, 1)
    ]


def test_a_whole_note_has_its_source_front_matter_summary_and_text() -> None:
    pack = format_pack("tag:moe", [note(NOTE, "sparse.md")], DEFAULT_TOKENS)
    assert pack == (
        "# Notes found by the query `tag:moe`\n\n"
        "1 note, best first: 1 whole, 0 cut, 0 left out. "
        "The budget is 8,000 tokens, estimated as characters divided by 4.\n\n"
        "## A work\n\n"
        "- Source: Ada Adams. A work. arXiv:1701.06538\n"
        "- Address: https://example.org/a\n"
        "- Page: /notes/sparse/\n\n"
        "```yaml\n"
        'kind: "paper"\nauthors: ["Ada Adams"]\ndate: "2026-11-21"\n'
        'url: "https://example.org/a"\ntags: ["moe", "routing"]\narxiv: "1701.06538"\n'
        "```\n\n"
        "What to remember.\n\n"
        "First.\n\n"
        "#### Then\n\n"
        "```py\na = 1\n\nb = 2\n```\n\n"
        "Last."
    )


def test_notes_are_whole_then_cut_after_a_paragraph_then_without_text() -> None:
    long = "Paragraph 0.\n\n" + "word " * 2_000
    pack = format_pack("moe", make_notes("One.", long, "Three."), 400)
    first, second, third = pack.split("\n## ")[1:]
    assert first.rstrip().endswith("One.")
    assert "Paragraph 0." in second
    assert "word" not in second
    assert second.rstrip().endswith(".\n\n[The rest of this note is left out.]")
    assert third.endswith("What to remember.\n\n[The text of this note is left out.]")
    assert "3 notes, best first: 1 whole, 2 cut, 0 left out." in pack


def test_no_heading_stands_at_the_end_of_what_was_cut() -> None:
    pack = format_pack("moe", make_notes("One.\n\n## Two\n\n" + "word " * 2_000), 300)
    assert "One.\n\n[The rest" in pack


def test_of_what_is_cut_the_claims_are_kept() -> None:
    claim = "- It is so. [at:: §2]\n  [checked:: full] ^so"
    body = f"- First. [at:: §1] ^first\n\n{'Long. ' * 300}\n\n{claim}\n"
    pack = format_pack("", make_notes(body), 300)
    assert pack.count("- First. [at:: §1] ^first") == 1
    assert pack.endswith(
        "[The rest of this note is left out.] Its claims:\n\n"
        "- It is so. [at:: §2] [checked:: full] ^so"
    )


def test_a_hub_is_no_source() -> None:
    hub = note(work(kind="topic", authors="", url=""), "hub.md")
    assert "\n- Page: /notes/hub/\n" in format_pack("", [hub], 500)
    assert "Source:" not in format_pack("", [hub], 500)


@pytest.mark.parametrize("query", ["", "`a` ``b``", "moe " * 200, "#\n"])
def test_the_head_names_the_query_on_one_line(query: str) -> None:
    head = format_pack(" ".join(query.split()), [], FEWEST_TOKENS)
    assert head.count("\n") == 2
    assert "0 notes, best first: 0 whole" in head
    assert len(head) <= FEWEST_TOKENS * CHARACTERS_PER_TOKEN


def test_front_matter_cannot_end_its_block() -> None:
    hostile = '---\ntitle: A\nvenue: "```"\n"```\\n# B": c\n---\n'
    assert format_pack("", [note(hostile)], 500).count("\n```\n") == 0


@given(
    st.lists(st.text("ab \n#`$-", max_size=300), max_size=5),
    st.integers(FEWEST_TOKENS, 1_000),
)
def test_no_pack_is_larger_than_its_budget(bodies: list[str], tokens: int) -> None:
    notes = make_notes(*bodies)
    pack = format_pack("moe", notes, tokens)
    assert len(pack) <= tokens * CHARACTERS_PER_TOKEN
    found = [pack.find(f"## {one.title}\n") for one in notes]
    kept = [at for at in found if at >= 0]
    assert found[: len(kept)] == kept, "the best come first, and none is passed over"
    assert all(before < after for before, after in pairwise(kept))
