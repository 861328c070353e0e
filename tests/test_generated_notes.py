"""The notes that the benchmarks make up are good notes, the same for the same seed, and the same
texts for MkDocs alone.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readinglog.lint.linter import check_notebook
from readinglog.notebook.notebook import Notebook
from readinglog.workspace.loading import load_notebook
from support.folders import read_tree
from support.generated_notes import generate_notes, load_benchmark, write_notes
from support.worlds import notebook

_WIKILINK = re.compile(r"\[\[([^\]|#]+)(?:#[^\]|]+)?(?:\|([^\]]+))?\]\]")
_MARKDOWN_LINK = re.compile(r"\[([^\]]+)\]\(([^)#]+\.md)(#[^)]+)?\)")


@pytest.fixture(scope="module")
def log() -> Notebook:
    return notebook(generate_notes(200, seed=6))


def test_the_same_seed_makes_the_same_bytes(tmp_path: Path) -> None:
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        write_notes(tmp_path / name, 20, seed)
    assert read_tree(tmp_path / "one") == read_tree(tmp_path / "same")
    assert read_tree(tmp_path / "one") != read_tree(tmp_path / "other")


@pytest.mark.parametrize("count", [1, 2, 5, 300])
def test_a_check_has_nothing_to_say(tmp_path: Path, count: int) -> None:
    write_notes(tmp_path / "notes", count, seed=count)
    found = list(check_notebook(load_notebook(tmp_path / "notes"), {}))
    assert [each.message for each in found if count > 1] == []
    assert {each.rule for each in found} <= {"orphan-note"}  # one alone


def test_notes_have_all_that_real_ones_have(log: Notebook) -> None:
    works = [note for note in log.notes if not note.is_hub]
    assert len(works) == 195
    assert {len(note.texts("tags")) for note in works} == {5}
    assert len({author for note in works for author in note.texts("authors")}) > 200
    assert 30 < sum(bool(note.texts("aliases")) for note in works) < 70
    assert {len(note.title.split()) for note in works} >= {2, 4, 6, 8}
    assert {min(len(log.graph.outgoing_links[note]), 9) for note in works} <= set(range(3, 9))
    for part in ("[^1]: ", "| --- |", "- [x] ", "- [ ] ", "> [!note]", "```python", "$$\n", "**"):
        assert sum(part in note.text for note in log.notes) > 20, part


def test_few_notes_have_most_links(log: Notebook) -> None:
    numbers = sorted(len(log.graph.incoming_links[note]) for note in log.notes)
    assert sum(numbers[-20:]) > 0.25 * sum(numbers)
    assert numbers[100] < 5


def test_words_grow_with_the_notes_though_more_slowly() -> None:
    few, many = (count_words(generate_notes(count, seed=1)) for count in (100, 400))
    assert 1.5 < many / few < 3


def count_words(files: dict[str, str]) -> int:
    return len(set(re.findall(r"[a-z]+", " ".join(files.values()).lower())))


def test_the_texts_for_mkdocs_are_the_same(tmp_path: Path) -> None:
    notes = write_notes(tmp_path / "notes", 50, seed=4)
    load_benchmark("plain_notes").write_plain_log(tmp_path / "notes", tmp_path / "alone")
    titles = {note.name: note.title for note in load_notebook(tmp_path / "notes").notes}
    for note in notes:
        text = note.read_text(encoding="utf-8")
        plain = (tmp_path / "alone" / "docs" / note.name).read_text(encoding="utf-8")
        links = _MARKDOWN_LINK.findall(plain)
        assert len(links) == len(_WIKILINK.findall(text)) >= 3
        assert all((tmp_path / "alone" / "docs" / path).exists() for _, path, _ in links)
        words = _WIKILINK.sub(lambda found: found[2] or titles[found[1]], text)
        assert _MARKDOWN_LINK.sub(r"\1", plain) == words


def test_wikilinks_of_any_form_are_rewritten_and_code_is_not(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a note.md").write_text(
        '---\ntitle: "A [small] note"\naliases: [AN, "B N"]\n---\n'
    )
    (tmp_path / "other.md").write_text(
        "[[a note]] [[AN|that]] [[deep/a note.md#What it claims|those]] ![[b n]] [[#Here]] "
        "[[arxiv:1234.5678]] [[gone|lost]] `[[AN]]`\n\n```\n[[AN]]\n```\n[[AN]]\n"
    )
    load_benchmark("plain_notes").rewrite_links(tmp_path)
    link = "(deep/a%20note.md"
    assert (tmp_path / "other.md").read_text() == (
        f"[A (small) note]{link}) [that]{link}) [those]{link}#what-it-claims) [A (small) note]{link}) "
        f"[Here](#here) arxiv:1234.5678 lost `[[AN]]`\n\n```\n[[AN]]\n```\n[A (small) note]{link})\n"
    )
