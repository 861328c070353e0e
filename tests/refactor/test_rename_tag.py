"""Of any vocabulary and any notes: what a renaming of tags must keep."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import given, settings
from hypothesis import strategies as st

from readinglog.lint.linter import check_notebook
from readinglog.model.diagnostic import Severity
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.refactor.change import Change
from readinglog.refactor.rename_tag import merge_tags, rename_tag
from support.refactoring import apply_change, attempt, skeleton
from support.worlds import notebook

KEYS = ["moe", "routing", "kernels", "low-precision"]
WORDS = ["sparse layers", "gates", "C++", "FP8", "null", "a: b", "1 # 2", "x, y"]
NEW = ["experts", "moe", "null", "2026", "gates", "sparse-layers", "fp8"]


@st.composite
def vocabularies(draw: st.DrawFn) -> str:
    """Up to four tags under one another, each word of one tag alone, in every style."""
    keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, unique=True))
    words = iter(draw(st.permutations(WORDS)))
    text = draw(st.sampled_from(["", "# The vocabulary.\n"]))
    for number, key in enumerate(keys):
        parts: dict[str, object] = (
            {"name": draw(st.sampled_from([next(words), key.upper()]))}
            if draw(st.booleans())
            else {}
        )
        if number and draw(st.booleans()):
            parts["parent"] = draw(st.sampled_from(keys[:number]))
        if draw(st.booleans()):
            parts["aliases"] = [next(words)] if draw(st.booleans()) else next(words)
        text += _entry(key, parts, draw(st.sampled_from(["block", "flow", "items"])))
    return draw(st.sampled_from([text, text.replace("\n", "\r\n"), text.rstrip("\n")]))


def _entry(key: str, parts: Mapping[str, object], style: str) -> str:
    if style == "flow" or not parts:
        return f"{key}: {{{', '.join(f'{name}: {json.dumps(value)}' for name, value in parts.items())}}}  # flow\n"
    lines = [f"{key}:  # about"]
    for name, value in parts.items():
        if style == "items" and isinstance(value, list):
            lines += [
                f"  {name}:",
                *(f"  - {json.dumps(item)}  # said" for item in value),
                "  # comment",
            ]
        else:
            lines.append(f"  {name}: {json.dumps(value)}")
    return "\n".join((*lines, "", ""))


@st.composite
def logs(draw: st.DrawFn, words: st.SearchStrategy[str]) -> dict[str, str]:
    """Up to three notes with tags of `words`, in every style."""
    files = {}
    for name in draw(st.lists(st.sampled_from("abc"), min_size=1, unique=True)):
        items = [json.dumps(item) for item in draw(st.lists(words, min_size=1, max_size=4))]
        block = "tags:\n" + "\n".join(f"  - {item}  # why" for item in items)
        tags = draw(
            st.sampled_from(
                [
                    f"tags: [{', '.join(items)}]",
                    block,
                    f"tags: {items[0]}",
                    "tags: [" + ",\n  ".join(items) + "]",
                ]
            )
        )
        files[f"{name}.md"] = f"---\ntitle: T\n{tags}\nstatus: read\n---\nText."
    return files


def holds(files: Mapping[str, str], change: Change, keys: Mapping[str, str]) -> Notebook:
    """Hold that every note has the tags that it had, by their new `keys`, and that the check finds
    nothing more; gives what comes of it.
    """
    before, after = notebook(files), notebook(apply_change(files, change))
    for note in before.notes:
        new = after.by_path[note.path]
        assert skeleton(note) == skeleton(new)
        wanted = {keys.get(tag.key, tag.key) for tag in before.tags.get_tags(note)}
        assert above(after, new) == {
            step.key
            for key in wanted
            for step in after.vocabulary.get_path(after.vocabulary.tags[key])
        }
    weights = {"tag-alias": Severity.IGNORE}  # a key in other letters, say, is now an alias
    rules = [[found.rule for found in check_notebook(book, weights)] for book in (before, after)]
    assert all(rules[1].count(rule) <= rules[0].count(rule) for rule in rules[1])
    return after


def above(book: Notebook, note: Note) -> set[str]:
    """The keys of the tags of `note`, and of those above them."""
    return {step.key for tag in book.tags.get_tags(note) for step in book.vocabulary.get_path(tag)}


@settings(max_examples=80)
@given(vocabularies(), st.data())
def test_tags_of_a_vocabulary_are_renamed_or_merged_with_all_that_they_are_called(
    text: str, data: st.DataObject
) -> None:
    known = notebook({"tags.yml": text}).vocabulary
    assert not known.diagnostics
    spelled = st.sampled_from([*known.by_fold, *(f"#{key}" for key in known.tags), "unknown"])
    files = {"tags.yml": text} | data.draw(logs(spelled))
    book, old = notebook(files), data.draw(st.sampled_from([*known.by_fold]))
    if data.draw(st.booleans()):
        new = data.draw(st.sampled_from(NEW))
        change = attempt(lambda: rename_tag(book, old, new))
    else:
        new = data.draw(st.sampled_from([*known.tags]))
        change = attempt(lambda: merge_tags(book, [old], new))
    if not change:
        return
    tag = known.find(old)
    assert tag
    keys = {tag.key: new}
    after = holds(files, change, keys).vocabulary
    assert after.is_closed
    assert not after.diagnostics
    for word, meant in known.by_fold.items():
        found = after.find(word)
        assert "/" in word or (found and found.key == keys.get(meant.key, meant.key)), word


@settings(max_examples=80)
@given(
    logs(
        st.sampled_from(
            [
                "moe",
                "MoE/routing",
                "moe/routing/learned",
                "kernels",
                "#kernels/fp8",
                "C++",
                "moe-like",
                "null",
            ]
        )
    ),
    st.data(),
)
def test_tags_without_a_vocabulary_are_renamed_or_merged_with_all_below_them(
    files: dict[str, str], data: st.DataObject
) -> None:
    book = notebook(files)
    known = book.vocabulary.tags
    old = data.draw(st.sampled_from([*known]))
    if data.draw(st.booleans()):
        new = data.draw(st.sampled_from(["experts", "moe/x", "a/b", "null", "MoE", "kernels/c++"]))
        change = attempt(lambda: rename_tag(book, old, new))
    else:
        new = data.draw(st.sampled_from([*known]))
        change = attempt(lambda: merge_tags(book, [old], new))
    if change:
        keys = {
            key: new.lower() + key[len(old) :]
            for key in known
            if key == old or key.startswith(f"{old}/")
        }
        holds(files, change, keys)
