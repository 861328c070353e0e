"""Frames: what the theme makes of all pages, filled for each."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.site.frames import GAPS, Frame, fill_gaps, mark_gap, trim_lines
from readinglog.site.page import Page, Site
from readinglog.site.views.authors import AuthorView
from support.site_builds import run_or_fail
from support.worlds import work

OVERRIDDEN = """\
site_name: A log
docs_dir: notes
theme: {name: material, font: false, custom_dir: overrides}
plugins: [readinglog]
"""
OVERRIDE = """\
{% extends "base.html" %}
{% block content %}TEMPLATE {{ page.content }}{% endblock %}
"""
SITE = Site("A log & more", "https://example.org/log/")


@given(st.dictionaries(st.sampled_from(GAPS), st.text(), min_size=1))
def test_a_frame_is_filled_with_any_text(values: dict[str, str]) -> None:
    frame = Frame("".join(f"<{name}>{mark_gap(name)}</{name}>" for name in values))
    assert frame.fill(values) == "".join(
        f"<{name}>{text}</{name}>" for name, text in values.items()
    )


def test_frames_that_differ_have_another_digest() -> None:
    assert Frame("a").digest == Frame("a").digest != Frame("b").digest


def test_lines_are_trimmed_where_white_space_does_not_count() -> None:
    html = (
        "<ul>\n\n    <li> one\n  two </li>\n</ul>  \n<pre>\n  kept\n\n</pre>\n <PRE>\n  x\n</PRE>"
    )
    kept = "<ul><li> one\ntwo </li></ul><pre>\n  kept\n\n</pre>\n<PRE>\n  x\n</PRE>"
    assert trim_lines(html) == kept
    assert trim_lines("<p>\n a\n <b>\n b\n </b>\n c\n </p>") == "<p>a\n<b>\nb\n</b>\nc</p>"
    assert trim_lines("<script>\n  <p>\n</script>") == "<script>\n  <p>\n</script>"


def test_the_gaps_of_a_page_are_html() -> None:
    page = Page(
        "authors/eve/",
        "<b>Eve</b>",
        "author.html",
        lambda: AuthorView("<b>Eve</b>", "", "", (), (), 0, ()),
        description='Says "hello"',
        feed="authors/eve/feed.xml",
        script="assets/maps.js",
        wide=True,
    )
    gaps = fill_gaps(page, SITE)
    assert gaps["title"] == "&lt;b&gt;Eve&lt;/b&gt;"
    assert gaps["window_title"] == "&lt;b&gt;Eve&lt;/b&gt; · A log &amp; more"
    assert gaps["layout"] == "rl-layout rl-wide"
    assert gaps["head"].splitlines() == [
        '<meta name="description" property="og:description" content="Says &#34;hello&#34;">',
        '<link rel="canonical" href="https://example.org/log/authors/eve/">',
        (
            '<link rel="feed alternate" type="application/atom+xml" title="&lt;b&gt;Eve&lt;/b&gt;" '
            'href="feed.xml">'
        ),
        '<meta property="og:site_name" content="A log &amp; more">',
        '<meta property="og:title" content="&lt;b&gt;Eve&lt;/b&gt;">',
        *(
            '<link rel="preload" '
            f'href="../../assets/fonts/source-serif-4-latin-{weight}-normal.woff2" as="font" '
            "crossorigin>"
            for weight in (400, 600)
        ),
        '<script type="module" src="../../assets/maps.js"></script>',
    ]
    assert "<h1" in gaps["before"]


def test_the_home_page_has_the_name_of_the_site_alone() -> None:
    assert fill_gaps(Page("", SITE.name), SITE)["window_title"] == "A log &amp; more"


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("<p>{{ config.site_name }} below</p>", "<p>A log below</p>"),
        # More than a frame can have: it depends on the page.
        ("<p>{{ page.url }} {{ page.meta.title | upper }}</p>", "<p>notes/a/ SWITCH</p>"),
    ],
)
def test_a_template_of_the_user_is_part_of_every_page(
    tmp_path: Path, template: str, shown: str
) -> None:
    for path, text in {
        "mkdocs.yml": OVERRIDDEN,
        "overrides/main.html": OVERRIDE.replace("TEMPLATE", template),
        "notes/a.md": work("The *text*.", title="Switch"),
        "notes/b.md": work("Other.", title="Other"),
    }.items():
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    run_or_fail("mkdocs", "build", "--quiet", cwd=tmp_path)
    page = (tmp_path / "site/notes/a/index.html").read_text(encoding="utf-8")
    assert shown in page
    assert "The <em>text</em>." in page
