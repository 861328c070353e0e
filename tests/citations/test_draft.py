"""Drafts of notes: they pass the check but for what only a person can write."""

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
from readinglog.model.fields import FIELDS
from readinglog.model.text import Source
from readinglog.model.yaml_values import PLACEHOLDER
from readinglog.notebook.notebook import Notebook
from readinglog.parsing.note import parse_note
from readinglog.workspace.loading import load_notebook
from support.paths import SAMPLE
from support.worlds import note, notebook, work

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


def check_draft(draft: Draft, before: Notebook) -> list[str]:
    """Return what the check reports on the note once it is in the log."""
    written = parse_note(Source(f"{draft.name}.md", draft.text.encode()))
    after = before.with_notes([*before.notes, written])
    return [f"{d.rule}: {d.message}" for d in check_notebook(after) if d.source is written.source]


def test_a_known_work_leaves_summary_and_text_to_write() -> None:
    draft = draft_note(MIXTRAL, log())
    assert draft.name == "mixtral-of-experts"
    assert draft.text.startswith(
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
    assert "router" not in draft.text, "the abstract is not written"
    assert check_draft(draft, log()) == [
        "orphan-note: no note links to this one, and it links to none",
        "invalid-value: this text is empty",
        "empty-note: the note has no text",
    ]


def test_an_unknown_required_field_has_a_line_to_fill_in() -> None:
    draft = draft_note(Work("A post"), log())
    assert list_missing_fields(Work("A post")) == ["kind", "authors", "url"]
    assert 'authors: []\ndate: 2026-11-21\nurl: ""\n' in draft.text


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
def test_a_work_in_the_log_is_found(about: Work, name: str | None) -> None:
    found = find_known_note(about, log())
    assert (found.name if found else None) == name


def test_a_front_page_is_found_by_title_or_as_the_only_work() -> None:
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
        ("CO₂ — “in” the air…", "co2-in-the-air"),
        ("Attention 注意力", "attention-注意力"),
        ("《红楼梦》：ＡＩ 研究（上）", "红楼梦-ai-研究-上"),
        ("Война и мир: роман", "война-и-мир"),
        ("الأيام", "الأيام"),
        ("महाभारत की कथा", "महाभारत-की-कथा"),
        ("源" * 50, "源" * 40),
        (
            "Сказание о том, как жили и воевали в старину наши деды и прадеды",
            "сказание-о-том-как-жили-и-воевали-в-старину-наши-деды-и",
        ),
        ("🔥", ""),
        ("", ""),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_name_comes_from_the_title(title: str, name: str) -> None:
    assert make_name(title) == name


@pytest.mark.parametrize(
    ("about", "name"),
    [
        (Work(arxiv="2401.10020v2", kind="paper"), "paper-2401.10020v2"),
        (Work(doi="10.1162/neco.1991.3.1.79"), "note-10.1162-neco.1991.3.1.79"),
        (Work(isbn="9780306406157", kind="book"), "book-9780306406157"),
        (Work(url="https://example.org/2024/05/How-it%20works.html"), "how-it-works"),
        (Work(url="https://www.example.org/posts/%E6%B3%A8/?p=12"), "example.org-posts-注-p-12"),
        (Work(url="https://x.com/ada/status/123", kind="thread"), "x.com-ada-status-123"),
        (Work(url="https://example.org/"), "example.org"),
        (Work(url="https://example.org/2024/%E7%BA%A2%E6%A5%BC"), "红楼"),
        (Work("🔥"), "note-2026-11-21"),
    ],
)
def test_a_note_without_a_title_that_gives_a_name_is_named_after_its_work(
    about: Work, name: str
) -> None:
    assert find_free_name(about, log()) == name


def test_a_citation_key_is_kept_unless_the_name_of_the_note_says_it() -> None:
    about = Work("Ferns", authors=("Ann Adams",), kind="book", citation_key="adams1990")
    assert "\ncitation_key: adams1990\n" in draft_note(about, log()).text
    assert "citation_key" not in draft_note(about, log(), "adams1990").text


def test_a_name_of_another_note_is_not_reused() -> None:
    assert find_free_name(Work("DDPM"), log()) == "ddpm-2"
    assert find_free_name(Work("Flows"), log()) == "flows-2"
    assert find_free_name(Work("Readme"), log()) == "readme-2"
    assert find_free_name(Work("🔥", kind="post", published="2024-05"), log()) == "post-2024"


def test_tags_that_the_text_mentions_are_suggested() -> None:
    assert [tag.key for tag in suggest_tags("A mixture of experts for bees", "", log())] == ["moe"]
    assert [tag.key for tag in suggest_tags("Kernels for bees", "gating, gating", log())] == [
        "kernels",
        "routing",
    ]
    assert suggest_tags("A study of bees", "", log()) == []


def test_the_narrower_of_two_tags_is_suggested() -> None:
    assert [
        tag.key
        for tag in suggest_tags(
            "Gating in a mixture of experts", "A mixture of experts, again.", log()
        )
    ] == ["routing"]


def test_the_first_suggested_tag_is_right_for_most_works_of_a_log() -> None:
    sample = load_notebook(SAMPLE / "notes")
    works = [note for note in sample.published if not note.is_hub]
    suggested = {note: suggest_tags(note.title, note.summary, sample, note) for note in works}
    right = [
        note
        for note in works
        if suggested[note] and suggested[note][0] in sample.tags.get_tags(note)
    ]
    assert len(right) > 0.6 * len(works)


TEXTS = st.text(max_size=40)
LOG = log()


@settings(max_examples=100)
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
def test_facts_become_plain_text_fields(about: Work) -> None:
    draft = draft_note(about, LOG)
    written = note(draft.text, f"{draft.name}.md")
    assert set(written.fields) <= set(FIELDS)
    assert not written.get_diagnostics("invalid-front-matter")
    for name in ("title", "venue"):
        text = clean_line(getattr(about, name))
        assert written.values.get(name, "") in (text, ""), (
            "a text that is not a placeholder is kept"
        )
        assert written.values.get(name) == text or not text or re.fullmatch(PLACEHOLDER, text)
    assert "/" not in draft.name


@given(TEXTS, TEXTS)
def test_yaml_parsers_read_the_same_texts_back(one: str, other: str) -> None:
    one, other = clean_line(one), clean_line(other)
    text = format_note({"title": one, "aliases": [one, other]}, "x").split("---\n")[1]
    for loader in (yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
        loaded = yaml.load(text, loader)  # noqa: S506 - both are safe
        assert loaded == {"title": one, "aliases": [one, other]}
