"""The direction of writing of each block of a text."""

from __future__ import annotations

import pytest

from readinglog.parsing.directions import mark_directions

A = "نص"  # Arabic: text


@pytest.mark.parametrize(
    "html",
    [
        "<p>Latin, and 中文, ελληνικά.</p>",
        f"<p>Latin with {A} in it.</p>",
        f"<p><code>{A}</code> Latin.</p>",
        f'<p dir="ltr">{A}</p>',
        f'<p title="{A}">Latin.</p>',
        f"<p>1. <em>Latin</em> {A}</p></div></div>",
    ],
)
def test_a_text_from_left_to_right_stays_as_it_is(html: str) -> None:
    assert mark_directions(html) == html


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (f"<p>{A}</p><p>Latin</p>", f'<p dir="rtl">{A}</p><p>Latin</p>'),
        (f"<p>12 &amp; <em>{A}</em></p>", f'<p dir="rtl">12 &amp; <em>{A}</em></p>'),
        (f"<p><code>x</code> {A}</p>", f'<p dir="rtl"><code>x</code> {A}</p>'),
        (f'<h2 id="a">{A}</h2>', f'<h2 id="a" dir="rtl">{A}</h2>'),
        (
            f"<ul><li><p>{A}</p></li><li><p>Latin</p></li></ul>",
            f'<ul dir="rtl"><li><p>{A}</p></li><li dir="ltr"><p>Latin</p></li></ul>',
        ),
        (
            f"<ul><li>Latin<ul><li>{A}</li></ul></li></ul>",
            f'<ul><li>Latin<ul dir="rtl"><li>{A}</li></ul></li></ul>',
        ),
        (
            f"<blockquote><p>{A}</p></blockquote>",
            f'<blockquote dir="rtl"><p>{A}</p></blockquote>',
        ),
        (
            f"<table><thead><tr><th>{A}</th><th>x</th></tr></thead></table>",
            f'<table><thead dir="rtl"><tr><th>{A}</th><th dir="ltr">x</th></tr></thead></table>',
        ),
        (f'<div dir="rtl"><p>{A}</p><p>x</p></div>', None),
        ("<p>\U0001e900</p>", '<p dir="rtl">\U0001e900</p>'),
    ],
)
def test_a_block_has_the_direction_of_its_first_letter(html: str, marked: str | None) -> None:
    marked = marked or html.replace("<p>x", '<p dir="ltr">x')
    assert mark_directions(html) == marked
