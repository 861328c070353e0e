"""A note begun: it passes the check but for what only a person can write, whatever the work is called."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglog.citations.draft import (
    Draft,
    clean_line,
    draft_note,
    find_free_name,
    find_known_note,
    format_note,
    list_missing_fields,
    make_name,
)
from readinglog.citations.tag_suggestions import suggest_tags
from readinglog.citations.work import Work
from readinglog.lint.linter import check_notebook
from readinglog.model.formats import PLACEHOLDER
from readinglog.model.schema import FIELDS
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.workspace.loading import load_notebook
from support.paths import NOTES
from support.worlds import TODAY, note, notebook, work

VOCABULARY = """\
moe: {name: MoE, aliases: [mixture of experts]}
routing: {parent: moe, aliases: [gating]}
diffusion: {summary: Noise.}
kernels: {summary: Fast code.}
"""
MIXTRAL = Work(
    "Mixtral of Experts",
    ("Albert Q. Jiang", "et al."),
    "paper",
    "2024-01-08",
    arxiv="2401.04088",
    venue="arXiv: 2024",
    code="https://github.com/mistralai/mistral-src",
    abstract="A sparse mixture of experts language model; a router chooses two experts by gating.",
)


def log() -> Notebook:
    return notebook(
        {
            "tags.yml": VOCABULARY,
            "ddpm.md": work(
                "The noise of an image is predicted, step by step.",
                title="Denoising Diffusion Probabilistic Models",
                url="https://arxiv.org/abs/2006.11239",
                tags="[diffusion]",
            ),
            "flow.md": work(
                "An image is reached by a straight path from noise.",
                title='"Flow matching: one regression"',
                url="https://example.org/flow",
                tags="[diffusion]",
                redirect_from="[flows]",
            ),
            "flash.md": work(
                "Attention in tiles that stay in fast memory.",
                title='"FlashAttention: fast and memory-efficient exact attention"',
                url="https://example.org/flash",
                doi="10.5555/Flash",
                tags="[kernels]",
            ),
        }
    )


def left_to_do(made: Draft, before: Notebook) -> list[str]:
    """What the check says of the note once it stands in the log."""
    begun = parse_note(Source(f"{made.name}.md", made.text.encode()))
    after = Notebook([*before.notes, begun], before.vocabulary, before.files, TODAY)
    return [
        f"{d.rule}: {d.message}" for d in check_notebook(after) if d.source is begun.source
    ]


def test_a_work_that_is_known_in_full_leaves_the_summary_and_the_text_to_write() -> None:
    made = draft_note(MIXTRAL, log())
    assert made.name == "mixtral-of-experts"
    assert made.text.startswith(
        "---\n"
        "title: Mixtral of Experts\n"
        "kind: paper\n"
        "authors: [Albert Q. Jiang, et al.]\n"
        "published: 2024-01-08\n"
        "date: 2026-11-21\n"
        'arxiv: "2401.04088"\n'
        'venue: "arXiv: 2024"\n'
        "code: https://github.com/mistralai/mistral-src\n"
        "tags: [routing]\n"
        'summary: ""\n'
        "---\n\n## What it claims\n"
    )
    assert "router" not in made.text, "the abstract is not written"
    assert left_to_do(made, log()) == [
        "orphan-note: no note links to this one, and it links to none",
        "invalid-value: this text is empty",
        "empty-note: the note has no text",
    ]


def test_what_is_not_known_has_a_line_to_fill_in() -> None:
    made = draft_note(Work("A post"), log())
    assert list_missing_fields(Work("A post")) == ["kind", "authors", "url"]
    assert 'authors: []\ndate: 2026-11-21\nurl: ""\n' in made.text


@pytest.mark.parametrize(
    ("about", "name"),
    [
        (Work(arxiv="2006.11239v2"), "ddpm"),
        (Work(url="https://arxiv.org/pdf/2006.11239"), "ddpm"),
        (Work(doi="10.5555/FLASH"), "flash"),
        (Work(url="http://www.example.org/flow/?utm_source=x"), "flow"),
        (Work("Denoising diffusion probabilistic model"), "ddpm"),
        (Work("FlashAttention: Fast & Memory-Efficient Exact Attention"), "flash"),
        (Work("Flow Matching"), "flow"),
        (Work("DDPM"), "ddpm"),
        (Work("Denoising Diffusion Probabilistic Models", arxiv="2401.00001"), None),
        (Work("Denoising Diffusion Implicit Models"), None),
        (Work("Another", arxiv="2401.04088"), None),
        (Work(), None),
    ],
)
def test_a_work_that_is_in_the_log_is_known(about: Work, name: str | None) -> None:
    found = find_known_note(about, log())
    assert (found.name if found else None) == name


def test_a_sites_front_page_is_known_by_its_title_or_as_the_only_work_there() -> None:
    book = work("A book of its own site.", title="The Book", url="https://book.example/")
    posts = {
        f"{n}.md": work(f"Post {n}.", title=f"Post {n}", url="https://blog.example") for n in (1, 2)
    }
    site = notebook({"book.md": book, **{f"post-{name}": text for name, text in posts.items()}})
    asked = [
        Work(url="http://www.book.example"),
        Work("Read it online", url="https://book.example/index.html"),
        Work("post 2", url="https://blog.example/"),
    ]
    assert [found.name for about in asked if (found := find_known_note(about, site))] == [
        "book",
        "book",
        "post-2",
    ]
    assert find_known_note(Work("Post 3", url="https://blog.example/"), site) is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("DPO: Direct Preference Optimization", "dpo"),
        ("GPT-4.1 & C++", "gpt-4.1-c"),
        ("Naïve façade", "naive-facade"),
        (
            "A title that goes on and on and on, far beyond what anyone would type into a link",
            "a-title-that-goes-on-and-on-and-on-far-beyond-what-anyone",
        ),
        ("β-VAE: learning", "beta-vae"),
        ("Größe™ & Łukasz", "grosse-lukasz"),
        ("训练", ""),
        ("", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_is_made_of_the_title(title: str, name: str) -> None:
    assert make_name(title) == name


def test_a_name_that_another_note_has_or_had_is_not_taken() -> None:
    assert find_free_name(Work("DDPM"), log()) == "ddpm-2"
    assert find_free_name(Work("Flows"), log()) == "flows-2"
    assert find_free_name(Work("Readme"), log()) == "readme-2"
    assert find_free_name(Work("训练", kind="post", published="2024-05"), log()) == "post-2024"


def test_tags_are_suggested_by_their_names() -> None:
    assert [tag.key for tag in suggest_tags("A mixture of experts for bees", "", log())] == ["moe"]
    assert [tag.key for tag in suggest_tags("Kernels for bees", "gating, gating", log())] == [
        "kernels",
        "routing",
    ]
    assert suggest_tags("A study of bees", "", log()) == []


def test_of_two_tags_that_a_text_names_the_narrower_is_suggested() -> None:
    assert [
        tag.key
        for tag in suggest_tags(
            "Gating in a mixture of experts", "A mixture of experts, again.", log()
        )
    ] == ["routing"]


def test_of_a_hundred_tags_the_first_suggested_is_right_for_most_works_of_this_log() -> None:
    real = load_notebook(NOTES)
    works = [note for note in real.published if not note.is_hub][::8]
    suggested = {note: suggest_tags(note.title, note.summary, real, note) for note in works}
    right = [note for note in works if suggested[note] and suggested[note][0] in real.tags_of(note)]
    assert len(right) > 0.6 * len(works)


TEXTS = st.text(max_size=40)
LOG = log()


@settings(max_examples=100, deadline=None)
@example(Work("{{BERT}}: <%pre%>training", venue="Proceedings of {{ACL}}"))
@example(Work("Text", venue="{{"))
@example(Work("}} {{", venue="<%"))
@example(Work("Text", venue="{{venue}}"))  # nothing but a placeholder is no text
@given(
    st.builds(
        Work,
        TEXTS,
        st.tuples(TEXTS, TEXTS),
        published=TEXTS,
        url=TEXTS,
        arxiv=TEXTS,
        doi=TEXTS,
        venue=TEXTS,
        abstract=TEXTS,
    )
)
def test_whatever_a_service_says_the_note_holds_it_as_text_and_nothing_else(about: Work) -> None:
    made = draft_note(about, LOG)
    begun = note(made.text, f"{made.name}.md")
    assert set(begun.fields) <= set(FIELDS)
    assert not begun.diagnostics_of("invalid-front-matter")
    for name in ("title", "venue"):
        told = clean_line(getattr(about, name))
        assert begun.values.get(name, "") in (told, ""), (
            "what is no placeholder stands there as it was told"
        )
        assert begun.values.get(name) == told or not told or re.fullmatch(PLACEHOLDER, told)
    assert "/" not in made.name


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_every_yaml_parser_reads_the_texts_back_as_they_were_written(one: str, other: str) -> None:
    one, other = clean_line(one), clean_line(other)
    text = format_note({"title": one, "aliases": [one, other]}, "x").split("---\n")[1]
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        assert yaml.load(text, loader) == {"title": one, "aliases": [one, other]}  # noqa: S506 - both are safe
