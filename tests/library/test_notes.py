"""The log's own notes: clean, woven together, of a readable length, and in words that no two of
them share.

What is asked of the works that the log began with is not asked of the notes that follow:
`readinglog stats` tells of those.
"""

from __future__ import annotations

from collections import defaultdict

import pytest
from jsonschema import Draft202012Validator

from library.fingerprints import fingerprint, load_fingerprints, split_into_runs
from readinglog.lint.linter import check_notebook
from readinglog.lint.reporters import Report, full
from readinglog.model.json_schema import make_front_matter_schema, make_vocabulary_schema
from readinglog.model.note import Note
from readinglog.model.schema import BUILT_IN
from readinglog.model.vocabulary import Tag
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.statistics import FEW_LINKS, HUB_THRESHOLD, Statistics, compute_statistics
from support.editor_yaml import load_front_matter, load_yaml

# Roots around the core: the notes on their works are short.
AROUND = frozenset(
    "hardware evaluation agents interpretability society software study-and-careers".split()
)
SHORT, LONG = (80, 250), (200, 500)  # words of a note


@pytest.fixture(scope="module")
def counted(book: Notebook) -> Statistics:
    return compute_statistics(book)


@pytest.fixture(scope="module")
def gathered(book: Notebook) -> list[Note]:
    """The works that the log began with."""
    names = load_fingerprints().keys()
    return [note for note in book.published if note.name in names]


def test_the_log_is_clean_warnings_too(book: Notebook) -> None:
    found = check_notebook(book)
    assert not found, full.render(Report(found, len(book.notes), "notes/"))


def test_the_json_schemas_accept_every_note_and_the_vocabulary(book: Notebook) -> None:
    schema = Draft202012Validator(make_front_matter_schema(book.vocabulary))
    for note in book.notes:
        assert not [error.message for error in schema.iter_errors(load_front_matter(note.text))], (
            note.path
        )
    assert book.vocabulary.source
    tags = load_yaml(book.vocabulary.source.text)
    assert not list(Draft202012Validator(make_vocabulary_schema(book.vocabulary)).iter_errors(tags))


def test_every_gathered_work_has_its_note_and_every_kind_is_used(gathered: list[Note]) -> None:
    assert {note.name for note in gathered} == load_fingerprints().keys()
    used = {note.kind for note in gathered}
    kinds = {name for name, kind in BUILT_IN.kinds.items() if kind.is_work}
    assert used == kinds - {"dataset"}, "it has no note on one yet"


def test_works_other_than_papers_name_their_authors_and_venue(gathered: list[Note]) -> None:
    """The show of a podcast, the place of a thread, the event of a talk, the publisher of a book or
    the book of a chapter.
    """
    placed = [note for note in gathered if note.kind in ("podcast", "thread", "talk", "book")]
    assert not [note.name for note in placed if not (note.authors and note.values.get("venue"))]


def test_the_first_root_tags_are_the_subjects_of_the_log(book: Notebook) -> None:
    assert [tag.key for tag in book.vocabulary.list_children(None)][:4] == [
        "moe",
        "post-training",
        "kernels",
        "diffusion",
    ]


def test_every_tag_of_eight_works_has_a_hub_that_links_to_all_of_them(
    book: Notebook, gathered: list[Note]
) -> None:
    """By itself, or by the hubs of subtags to which it leads."""
    works = {
        tag: {*book.tags.get_works(tag)} & {*gathered} for tag in book.vocabulary.tags.values()
    }
    large = {tag: found for tag, found in works.items() if len(found) >= HUB_THRESHOLD}
    assert len(large) > len(AROUND)
    missing = {
        tag.key: {note.name for note in found - _find_linked_from_hubs(book, tag)}
        for tag, found in large.items()
    }
    assert not {key: names for key, names in missing.items() if names}


def _find_linked_from_hubs(book: Notebook, tag: Tag) -> set[Note]:
    """All that the hubs of a tag lead to."""
    hubs = [
        note for note in book.published if note.is_hub and book.tags.get_tags(note)[:1] == [tag]
    ]
    linked = {to for hub in hubs for to in book.graph.outgoing_links[hub]}
    narrower = [
        child
        for child in book.vocabulary.list_children(tag)
        if book.tags.hubs.get(child.key) in linked
    ]
    return linked.union(*(_find_linked_from_hubs(book, child) for child in narrower))


def test_every_work_links_to_three_others_and_is_linked_to(
    gathered: list[Note], counted: Statistics
) -> None:
    names = {note.name for note in gathered}
    assert not names.intersection(counted.gaps.few_links)
    assert not names.intersection(counted.gaps.no_incoming_links)
    assert counted.links_per_note >= FEW_LINKS


def test_the_relations_are_all_in_use(counted: Statistics) -> None:
    assert all(counted.relations.values())


def test_the_vocabulary_is_worth_searching(book: Notebook, gathered: list[Note]) -> None:
    """Each tag says what it is in a sentence, has other names and two works or more; none is deeper
    than three levels.
    """
    tags = {tag for note in gathered for tag in book.tags.get_tags(note)}
    used = {step for tag in tags for step in book.vocabulary.get_path(tag)}
    assert 60 <= len(used) <= 120
    for tag in used:
        assert tag.summary.endswith("."), tag.key
        assert tag.aliases, tag.key
        assert len(book.vocabulary.get_path(tag)) <= 3, tag.key
        assert len(book.tags.get_works(tag)) > 1, tag.key


def test_notes_on_the_core_are_long_and_those_around_it_short(
    book: Notebook, gathered: list[Note]
) -> None:
    assert {root.key for root in book.vocabulary.list_children(None)} >= AROUND
    outside = {}
    for note in gathered:
        root = book.vocabulary.get_path(book.tags.get_tags(note)[0])[0].key
        least, most = SHORT if root in AROUND else LONG
        if not least <= note.word_count <= most:
            outside[note.name] = note.word_count
    assert not outside


def test_no_two_notes_share_a_run_of_words(book: Notebook, gathered: list[Note]) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for note in (*gathered, *book.tags.hubs.values()):
        for run in _runs(note):
            owners[run].add(note.name)
    assert not {run: names for run, names in owners.items() if len(names) > 1}


def test_no_note_shares_a_run_of_words_with_the_facts_about_its_work(gathered: list[Note]) -> None:
    facts = load_fingerprints()
    runs = ((note.name, run) for note in gathered for run in _runs(note))
    shared = {name: run for name, run in runs if fingerprint(run) in facts[name]}
    assert not shared


def test_a_run_of_words_is_the_same_whatever_marks_stand_between() -> None:
    run = "one two three four five six seven eight nine ten eleven twelve"
    assert split_into_runs(run) == [run]
    assert split_into_runs(
        "One, *two* three [[4|four]] five;\n\nsix seven eight (nine) ten eleven -- twelve!"
    ) == [run]
    assert split_into_runs(
        "one _two_ [three](https://a.example/3) four[^1] five<br>six seven eight nine ten eleven twelve"
    ) == [run]
    assert split_into_runs(run.rpartition(" ")[0]) == []


def _runs(note: Note) -> list[str]:
    return [*split_into_runs(note.summary), *split_into_runs(note.text[note.body.start :])]
