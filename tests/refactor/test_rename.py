"""Renaming notes and tags: each case some files and a call, what is said of it, and what it changes
as a diff.
"""

from __future__ import annotations

import json
import posixpath
import shlex
from collections import Counter
from collections.abc import Mapping
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.lint.linter import check_notebook
from readinglog.model.diagnostic import Severity
from readinglog.model.slugs import is_kebab
from readinglog.model.text import Source
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change, RefactoringError
from readinglog.refactor.rename_note import rename_note
from readinglog.refactor.rename_tag import merge_tags, rename_tag
from readinglog.refactor.split_tag import split_tag
from readinglog.workspace.patch import format_patch
from support.case_pages import Case, read_cases, verify
from support.patches import apply_patch
from support.refactoring import apply_change, attempt, skeleton
from support.worlds import notebook

Files = Mapping[str, str | bytes | Source]


def called(book: Notebook, words: list[str]) -> Change:
    """What comes of a call as it is written on the command line."""
    match words:
        case ["rename", old, new]:
            note = book.by_path.get(old) or book.names.resolve_name(old).target
            assert note
            return rename_note(book, note, new)
        case ["tag", "rename", old, new]:
            return rename_tag(book, old, new)
        case ["tag", "rename", old, new, "--name", name]:
            return rename_tag(book, old, new, name)
        case ["tag", "merge", *old, into]:
            return merge_tags(book, old, into)
        case ["tag", "split", "--replace", old, *parts]:
            return split_tag(book, old, parts, replacing=True)
        case ["tag", "split", old, *parts]:
            return split_tag(book, old, parts)
    raise AssertionError(words)


@pytest.mark.parametrize(
    "case", list(read_cases("renaming")), ids=lambda case: f"{case.page.stem}: {case.title}"
)
def test_case(case: Case, update: bool) -> None:
    files = dict(case.files)
    call = files.pop("call")
    assert isinstance(call, str)
    book = notebook(files)
    try:
        change = called(book, shlex.split(call))
    except RefactoringError as error:
        outcome = str(error)
    else:
        check_links(book, notebook(apply_change(files, change)), change)
        there = {path: text for path, text in change.after.items() if text is not None}
        assert apply_patch(change.before, change.after, change.moves) == there
        patch = format_patch(change.before, change.after, change.moves)
        outcome = "\n".join((change.summary, *change.remarks, "", patch))
    verify(case, lambda _: outcome, update=update)


def check_links(before: Notebook, after: Notebook, change: Change) -> None:
    """Hold that every link and relation leads where it led, that it shows the same, and that the
    check finds nothing more.
    """
    now = {change.moves.get(note.path, note.path): note for note in after.notes}
    for note in before.notes:
        links, new = before.links.list_links(note), after.links.list_links(now[note.path])
        assert len(links) == len(new), note.path
        for (link, resolution), (new_link, new_resolution) in zip(links, new, strict=True):
            if target := resolution.target:
                assert now[target.path] is new_resolution.target, (note.path, link, new_link)
                if link.kind == "wikilink" and not link.is_embed:
                    shown = (new_link.label or "").replace("\\", "") or after.links.get_label(
                        new_link, now[note.path]
                    )
                    assert shown == (link.label or "").replace("\\", "") or before.links.get_label(
                        link, note
                    ), (link, new_link)
                if anchor := before.links.find_anchor(link, target):
                    assert after.links.find_anchor(new_link, now[target.path]) == anchor
            file = before.links.find_file(link, note)
            new_file = after.links.find_file(new_link, now[note.path])
            assert not resolution.is_missing or file in (None, new_file)
        relations = zip(
            before.links.list_relations(note),
            after.links.list_relations(now[note.path]),
            strict=True,
        )
        for old, new_relation in relations:
            assert (
                not old.resolution.target
                or now[old.resolution.target.path] is new_relation.resolution.target
            )
        assert skeleton(note) == skeleton(now[note.path])
    # Links that led nowhere, or to two notes, may lead to one now: their own note, or in a circle.
    if decided(before) < decided(after):
        return
    assert {now[path].path for path in before.graph.paths_on_cycles} == after.graph.paths_on_cycles
    weights = {
        "relation-cycle": Severity.IGNORE
    }  # told of a circle's first note, by path, which may be another now
    more = Counter(found.rule for found in check_notebook(after, weights)) - Counter(
        found.rule for found in check_notebook(before, weights)
    )
    assert not more, more


def decided(book: Notebook) -> int:
    """How many links and relations mean one note."""
    links = [resolution for note in book.notes for _, resolution in book.links.list_links(note)]
    relations = [
        relation.resolution for note in book.notes for relation in book.links.list_relations(note)
    ]
    return sum(resolution.target is not None for resolution in (*links, *relations))


# Any small log
# -----------------------------------------------------------------------------

FOLDERS = ["", "x/", "x/y/", "My (odd) %41 #folder/"]
NAMES = ["a", "b", "A-b", "a b", "e.f", "größe", "null"]
NEW = ["a", "b", "new", "x/new", "x/y/a", "/b", "2020-01-01", "null", "z/z", "a-b", "x/"]
TITLES = ["A", "B", "A b", "New", "a/b", "Title: long *and* [odd]", "C# d", "null", "none"]
FORMS = [
    "[[{name}]]",
    "[[{path}]]",
    "[[{name}|label]]",
    "[[ {name} #H|a `]]` b]]",
    "![[{path}]]",
    "[[{title}]]",
    "[[{tail}]] | x |",
    "[x](<{path}.md>)",
    "[x]({quoted}.md#h)",
    "[x](/{quoted}.md)",
    "[x]({relative})",
    "[x](./{relative}?raw 'T')",
    "[{name}]: {relative}",
    "[{name}]",
    "[x][{name}]",
    "`[[{name}]]`",
    "$[[{name}]]$ \\[[{name}]]",
    "![[curve.png]] ![](img/curve.png) ![](../img/curve.png) [[img/curve.png|9]]",
    "[[#H]] [x](#h)",
    "[[{title}#H]] [[{name}#]]",
    "<a href=\"{relative}#h\">x</a> <img src='img/curve.png'>",
    "![x](img/curve.png =30x20) [x](../notes/{quoted}.md)",
    "\n## H\n",
]


@st.composite
def logs(draw: st.DrawFn) -> dict[str, str]:
    """Up to four notes that link to each other in every form."""
    paths = draw(
        st.lists(
            st.builds("{}{}".format, st.sampled_from(FOLDERS), st.sampled_from(NAMES)),
            min_size=1,
            max_size=4,
            unique=True,
        )
    )
    titles = {path: draw(st.sampled_from(TITLES)) for path in paths}
    words = st.sampled_from([*paths, *(path.rpartition("/")[2] for path in paths), *TITLES])
    files = {"x/img/curve.png": "", "img/curve.png": ""} if draw(st.booleans()) else {}
    for path in paths:
        forms = draw(
            st.lists(st.tuples(st.sampled_from(FORMS), st.sampled_from(paths)), max_size=6)
        )
        body = "\n".join(form.format(**_words(to, path, titles)) for form, to in forms)
        lists = {
            name: draw(st.lists(words, max_size=2))
            for name in ("builds_on", "disputes", "redirect_from", "aliases")
        }
        fields = [
            f"title: {json.dumps(titles[path])}",
            *(f"{name}: {json.dumps(items)}" for name, items in lists.items() if items),
        ]
        fields += draw(
            st.sampled_from(
                [[], ["draft: true"], ["redirect_from:"], ["replicates:", "  - a", "  - '[[A b]]'"]]
            )
        )
        newline = draw(st.sampled_from(["\n", "\r\n"]))
        files[f"{path}.md"] = "\n".join(("---", *fields, "---", body)).replace("\n", newline)
    return files


def _words(to: str, path: str, titles: Mapping[str, str]) -> dict[str, str]:
    relative = quote(posixpath.relpath(f"/{to}.md", f"/{posixpath.dirname(path)}"))
    name = to.rpartition("/")[2]
    return {
        "name": name,
        "path": to,
        "quoted": quote(to),
        "relative": relative,
        "title": titles[to],
        "tail": "/".join(to.split("/")[-2:]),
    }


@settings(max_examples=100)
@given(logs(), st.data())
def test_after_a_rename_every_link_of_any_log_leads_where_it_led(
    files: dict[str, str], data: st.DataObject
) -> None:
    book = notebook(files)
    note, new = data.draw(st.sampled_from(book.notes)), data.draw(st.sampled_from(NEW))
    if change := attempt(lambda: rename_note(book, note, new)):
        check_links(book, notebook(apply_change(files, change)), change)


@settings(max_examples=100)
@given(logs(), st.data())
def test_renaming_there_and_back_leaves_what_there_was_but_for_labels_and_the_former_name(
    files: dict[str, str], data: st.DataObject
) -> None:
    book = notebook(files)
    note = data.draw(st.sampled_from(book.notes))
    change = attempt(lambda: rename_note(book, note, "quite-new"))
    if not change or not is_kebab(note.name):
        return
    there = notebook(apply_change(files, change))
    [path] = change.moves
    back = attempt(lambda: rename_note(there, there.by_path[path], note.name))
    if not back:
        return  # the name is another note's too, or its title
    again = notebook(apply_change(apply_change(files, change), back))
    assert {each.path for each in again.notes} == {each.path for each in book.notes}
    check_links(there, again, back)
    assert "quite-new" in again.by_path[note.path].texts("redirect_from") or change.remarks
