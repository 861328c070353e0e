"""What a change does to the log, and which diagnostics are new: against pages of cases, and
against the slow way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from readinglog.lint.linter import check_notebook
from readinglog.lint.new_diagnostics import find_new_diagnostics
from readinglog.model.diagnostic import Diagnostic
from readinglog.model.text import get_line_span, get_position
from readinglog.notebook.changes.compare import compare_notebooks
from readinglog.notebook.changes.pairs import match_moved_texts, pair_notes
from readinglog.notebook.changes.report import CHANGE_FORMATS
from readinglog.notebook.notebook import Notebook
from support.case_pages import Case, read_cases, verify
from support.worlds import notebook

Files = Mapping[str, str]
SITE = "https://log.example/site/"


def both(case: Case) -> tuple[Notebook, Notebook]:
    """The notebooks before and after: files in neither folder are in both."""

    def side(name: str) -> Notebook:
        stay = {
            path: text
            for path, text in case.files.items()
            if not path.startswith(("before/", "after/"))
        }
        return notebook(
            stay
            | {
                path.removeprefix(f"{name}/"): text
                for path, text in case.files.items()
                if path.startswith(f"{name}/")
            }
        )

    return side("before"), side("after")


CASES = list(read_cases("changes"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.page.stem}: {case.title}")
def test_case(case: Case, update: bool) -> None:
    verify(
        case,
        lambda _: CHANGE_FORMATS["markdown"](compare_notebooks(*both(case)), "notes/", SITE),
        update=update,
    )


class Elements(HTMLParser):
    """What stands in HTML: its elements, where its links lead, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.page.stem == "hostile"], ids=lambda case: case.title
)
def test_what_a_forge_renders_holds_the_words_alone(case: Case) -> None:
    before, after = both(case)
    report = CHANGE_FORMATS["markdown"](compare_notebooks(before, after), "notes/", SITE)
    shown = Elements(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(report))
    assert shown.names <= {"p", "h3", "ul", "li", "a", "code"}
    assert all(link.startswith(SITE) for link in shown.links)
    words = shown.text.replace("\u200b", "")
    for note in after.notes:
        assert note.title.replace("\u202e", "\ufffd").replace("\x1b", "\ufffd") in words
    for name in ("everyone", "ada", "123", "45", "bug", "7", "b.example"):
        assert not any(f"{mark}{name}" in shown.text for mark in "@#!~"), name


def test_a_terminal_is_shown_no_mark_that_moves_it() -> None:
    after = notebook({"a.md": '---\ntitle: "a\\e[31m\\u202e\\nb"\n---\n[[\x9b31m gone]]\n'})
    for format_ in CHANGE_FORMATS:
        report = CHANGE_FORMATS[format_](compare_notebooks(notebook({}), after), "notes/", "")
        assert not set(report) & set("\x1b\x9b\u202e"), format_


def test_a_long_list_has_an_end() -> None:
    after = notebook(
        {
            f"{number}.md": f"---\ntitle: Work {number}\ntags: [moe]\n---\n[[gone]]\n"
            for number in range(242)
        }
    )
    report = CHANGE_FORMATS["text"](compare_notebooks(notebook({}), after), "notes/", "")
    assert report.startswith("242 notes added (242 minutes)\n")
    assert "\n  and 212 more\n" in report
    assert (
        "moe: notes/0.md:3, notes/1.md:3, notes/10.md:3, notes/100.md:3, notes/101.md:3, and 237 more"
        in report
    )
    assert len(report.splitlines()) < 60


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_lines_that_end_otherwise_are_no_change(end: str) -> None:
    text = "---\ntitle: One\n---\nText.\n"
    changes = compare_notebooks(
        notebook({"a.md": text}), notebook({"a.md": text.replace("\n", end)})
    )
    assert (changes.changed, changes.added, changes.removed) == ((), (), ())


LONG = "".join(f"line {number}\n" for number in range(20))


def test_a_moved_text_is_recognised_by_half_of_it_and_the_most_similar_wins() -> None:
    assert dict(match_moved_texts({"a.md": LONG}, {"b.md": LONG.replace("line 5", "line v")})) == {
        "b.md": "a.md"
    }
    assert dict(match_moved_texts({"a.md": LONG}, {"b.md": LONG.replace("line 1", "line I")})) == {}
    assert dict(match_moved_texts({"a.md": "", "x.md": "\n"}, {"b.md": "\n", "c.md": ""})) == {
        "b.md": "x.md"
    }
    other = LONG.replace("line", "row")
    assert dict(
        match_moved_texts({"a.md": LONG, "b.md": other}, {"c.md": other + "more\n", "d.md": LONG})
    ) == {"c.md": "b.md", "d.md": "a.md"}
    assert dict(match_moved_texts({"a.md": LONG}, {"b.md": LONG, "c.md": LONG})) == {"b.md": "a.md"}


def test_very_many_texts_are_not_compared_with_one_another() -> None:
    before = notebook({f"old-{number}.md": f"Text {number}.\n" for number in range(400)})
    after = notebook({f"new-{number}.md": f"Text {number}.\n" for number in range(400)})
    assert len(pair_notes(before, after).added) == 400
    few = notebook({note.path: note.text for note in after.notes[:50]})
    assert len(pair_notes(before, few).old_by_new) == 50


# Diagnostics
# -----------------------------------------------------------------------------


def list_new_diagnostics(before: Files, after: Files) -> list[tuple[str, str]]:
    """The rules and lines of the diagnostics that come of a change."""
    book = notebook(after)
    new = find_new_diagnostics(check_notebook(book), notebook(before), book)
    return [
        (
            found.rule,
            f"{found.source.path}:{get_position(found.source.text, found.span.start).line}",
        )
        for found in new
    ]


HEAD = "---\ntitle: {}\nkind: post\nauthors: [Ada]\ndate: 2026-11-21\nurl: https://{}.example\ntags: [moe]\nsummary: So.\n---\n"
ONE, TWO = HEAD.format("One", "one"), HEAD.format("Two", "two")


def test_a_line_that_moved_is_not_new_and_one_more_of_its_kind_is() -> None:
    before = {"a.md": f"{ONE}[[gone]]\n[[b]]\n", "b.md": f"{TWO}x\n"}
    assert list_new_diagnostics(before, before) == []
    assert list_new_diagnostics(before, before | {"a.md": f"{ONE}More.\n\n[[b]]\n[[gone]]\n"}) == []
    assert list_new_diagnostics(before, before | {"a.md": f"{ONE}[[gone]]\n[[b]]\n[[gone]]\n"}) == [
        ("unresolved-link", "a.md:12")
    ]
    assert list_new_diagnostics(before, before | {"a.md": f"{ONE}[[gone]] too\n[[b]]\n"}) == [
        ("unresolved-link", "a.md:10")
    ], "its line was touched"


def test_what_a_change_breaks_in_another_note_is_reported_there() -> None:
    before = {"a.md": f"{ONE}[[b#There]]\n", "b.md": f"{TWO}## There\n"}
    assert list_new_diagnostics(before, before | {"b.md": f"{TWO}## Here\n"}) == [
        ("unresolved-heading", "a.md:10")
    ]
    assert list_new_diagnostics(before, {"a.md": before["a.md"]}) == [
        ("orphan-note", "a.md:1"),
        ("unresolved-link", "a.md:10"),
    ]


def test_a_renamed_note_has_no_new_diagnostics() -> None:
    before = {"a.md": f"{ONE}[[gone]] and [[b]]\n", "b.md": f"{TWO}x\n"}
    assert list_new_diagnostics(before, {"c.md": before["a.md"], "b.md": before["b.md"]}) == []


def test_the_vocabulary_is_compared_like_a_note() -> None:
    before = {"tags.yml": "moe: {parent: gone}\n", "a.md": f"{ONE}[[b]]\n", "b.md": f"{TWO}x\n"}
    assert list_new_diagnostics(before, before) == []
    assert list_new_diagnostics(
        before, before | {"tags.yml": "moe: {parent: gone}\nx: {parent: lost}\n"}
    ) == [("invalid-vocabulary", "tags.yml:2")]
    assert list_new_diagnostics({**before, "tags.yml": ""}, before) == [
        ("invalid-vocabulary", "tags.yml:1")
    ]
    assert list_new_diagnostics(
        {path: text for path, text in before.items() if path != "tags.yml"}, before
    ) == [("invalid-vocabulary", "tags.yml:1")]


def key(found: Diagnostic, path: str) -> tuple[str, str, str, str]:
    line = get_line_span(found.source.text, found.span.start)
    return found.rule, path, found.message, found.source.text[line.start : line.end].strip()


NAMES = ("alpha", "beta", "gamma", "deep/delta", "deep/alpha", "deep/naïve", "训练")
WORDS = st.sampled_from(
    (
        "alpha",
        "BETA",
        "gamma",
        "Delta",
        "A title",
        "another",
        "deep/alpha",
        "Other",
        "gone",
        "naïve",
        "训练",
        "C#",
    )
)
LINES = st.one_of(
    WORDS.map("[[{}]]".format),
    WORDS.map("[[{}#Here]]".format),
    WORDS.map("[text]({}.md)".format),
    st.sampled_from(
        (
            "[text](b%65ta.md)",
            "[text](bet&#97;.md)",
            "[text](.)",
            "[text](../gamma.md#here)",
            "[[nai\u0308ve]]",
        )
    ),
    st.sampled_from(
        (
            "[[arxiv:2401.04088]]",
            "[[loss.png]]",
            "![](loss.png)",
            "[[#Here]]",
            "[[gamma#^here]]",
            "[[C#]]",
        )
    ),
    st.sampled_from(
        ("## Here", "## There", "# Other", "$\\frac{$", "Text.", "<script>x</script>", "x ^here")
    ),
)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(("A title", "Another", "alpha", "C#")),
        "aliases": WORDS.map('["{}"]'.format),
        "redirect_from": WORDS.map("[{}]".format),
        "builds_on": st.one_of(WORDS.map('["{}"]'.format), st.just('["\\x62eta"]')),
        "arxiv": st.sampled_from(('"2401.04088"', "2401.04088v2")),
        "tags": st.sampled_from(("[moe]", "[MoE, moe/x]", "[x, gone]", "moe/x")),
        "date": st.sampled_from(("2026-11-21", "2032-01-01", "soon")),
        "draft": st.just("true"),
    },
)
TEXTS = st.builds(
    lambda fields, lines: "\n".join(
        ("---", *(f"{name}: {value}" for name, value in fields.items()), "---", *lines, "")
    ),
    FIELDS,
    st.lists(LINES, max_size=4),
)
VOCABULARIES = st.sampled_from(
    ("moe: {}\n", "moe: {parent: x}\nx: {name: MoE}\n", "moe: {parent: gone}\n")
)
OTHERS = st.fixed_dictionaries(
    {}, optional={"loss.png": st.just(""), "deep/loss.png": st.just(""), "tags.yml": VOCABULARIES}
)
LOGS = st.builds(
    lambda notes, others: notes | others,
    st.dictionaries(st.sampled_from(NAMES).map("{}.md".format), TEXTS, max_size=7),
    OTHERS,
)
KEPT = st.sets(
    st.sampled_from([*(f"{name}.md" for name in NAMES), "loss.png", "deep/loss.png", "tags.yml"])
)


@settings(max_examples=150)
@given(before=LOGS, changed=LOGS, kept=KEPT)
def test_the_short_way_finds_what_the_long_one_does(
    before: Files, changed: Files, kept: set[str]
) -> None:
    """The long one checks both logs whole; `find_new_diagnostics` checks the one before only by the rules that find something."""
    stay = {path: text for path, text in before.items() if path in kept}
    after = {path: text for path, text in changed.items() if path not in kept} | stay
    was, is_ = notebook(before), notebook(after)
    now = {"tags.yml": "tags.yml"} | {
        old.path: note.path for note, old in pair_notes(was, is_).old_by_new.items()
    }
    had = Counter(
        key(found, now[found.source.path])
        for found in check_notebook(was)
        if found.source.path in now
    )
    found = check_notebook(is_)
    new = find_new_diagnostics(found, was, is_)
    assert (
        Counter(key(one, one.source.path) for one in new)
        == Counter(key(one, one.source.path) for one in found) - had
    )
    assert [one for one in found if one in new] == new, "their order is kept"


@settings(max_examples=80)
@given(before=LOGS, after=LOGS)
def test_every_format_lists_each_changed_note_once(before: Files, after: Files) -> None:
    book = notebook(before)
    changes = compare_notebooks(book, notebook(after))
    same = (
        len(changes.after.notes) - len(changes.added) - len(changes.changed) - len(changes.renamed)
    )
    assert len(book.notes) == same + len(changes.removed) + len(changes.changed) + len(
        changes.renamed
    )
    found = [
        note.path
        for note in chain(changes.added, (new for _, new in (*changes.changed, *changes.renamed)))
    ]
    assert len(found) == len(set(found))
    for format_ in CHANGE_FORMATS:
        assert CHANGE_FORMATS[format_](changes, "", "")
