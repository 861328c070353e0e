"""What claims say of each other, what is disputed, and what was measured."""

from __future__ import annotations

from datetime import date

from readinglog.notebook.claim_json import claim_to_json
from readinglog.notebook.disputes import group_disputes
from readinglog.notebook.notebook import Notebook
from readinglog.notebook.statistics import compute_statistics, count_evidence
from readinglog.notebook.statistics_report import format_statistics
from support.worlds import notebook, work

BOOK = {
    "a.md": work(
        "- One is enough. [at:: 1] [disputes:: [[b#^two]], [[c]]] ^one\n"
        "- Fast. [at:: 2] [result:: time on X = 2 s] [replicates:: [[b#Text]], [[b#^gone]]] ^fast",
        disputes="[b]",
        date="2026-11-20",
        published="2021",
    ),
    "b.md": work(
        "## Text\n\n- Two are needed. [at:: 1] [result:: Time on x = 5 s] ^two",
        date="2026-11-19",
        published="2017",
    ),
    "c.md": work("- Yes. [supports:: [[a#^one]]] ^yes", date="2026-11-21", supersedes="[b]"),
    "d.md": work("- Draft. [disputes:: [[a#^one]]] ^d", draft="true"),
}


def name(book: Notebook) -> dict[str, list[tuple[str, str]]]:
    """Return for each claim what others say of it."""
    return {
        claim.claim.id: [
            (relation.field, relation.source.claim.id)
            for relation in book.claims.list_incoming(claim)
        ]
        for claim in book.claims.published
    }


def test_relations_lead_to_claims_that_are_there_and_published() -> None:
    book = notebook(BOOK)
    assert name(book) == {
        "yes": [],
        "one": [("supports", "yes")],
        "fast": [],
        "two": [("disputes", "one")],
    }
    states = {each.claim.id: book.claims.get_state(each) for each in book.claims.published}
    assert states == {"yes": "reported", "one": "reported", "fast": "reported", "two": "disputed"}


def test_a_side_of_several_disputes_has_them_below_it_and_each_is_there_once() -> None:
    book = notebook(
        {
            "a.md": work("- A. [disputes:: [[b#^b]], [[c#^c]]] ^a"),
            "b.md": work("- B. [at:: 1] ^b"),
            "c.md": work("- C. [at:: 1] ^c"),
            "d.md": work("- D. [disputes:: [[a#^a]]] ^d"),
            "e.md": work("- E. [disputes:: [[f#^f]]] ^e"),
            "f.md": work("- F. [at:: 1] ^f"),
        }
    )
    groups = {
        head.note.name: sorted(f"{one.note.name}>{other.note.name}" for one, other in disputes)
        for head, disputes in group_disputes(book.disputes)
    }
    assert groups == {"a": ["a>b", "a>c", "d>a"], "f": ["e>f"]}


def test_a_dispute_of_works_gives_way_to_one_of_their_claims() -> None:
    found = [
        (
            each.disputing.note.name,
            each.disputed.note.name,
            each.disputed.claim.id if each.disputed.claim else "",
            each.disputed.superseded_by.name if each.disputed.superseded_by else "",
            each.changed,
        )
        for each in notebook(BOOK).disputes
    ]
    assert found == [
        ("a", "c", "", "", date(2026, 11, 21)),
        ("a", "b", "two", "c", date(2026, 11, 20)),
    ]


def test_results_are_in_tables_by_data_and_metric_in_any_case_oldest_first() -> None:
    (table,) = notebook(BOOK).results.tables
    assert [(row.source.note.name, row.result.value) for row in table.rows] == [
        ("b", "5 s"),
        ("a", "2 s"),
    ]
    assert (table.unit, {table.metric.lower(), table.data.lower()}) == ("s", {"time", "x"})


def test_the_record_of_a_claim_names_claims_as_links_do() -> None:
    book = notebook(BOOK)
    records = [claim_to_json(each, book, "/{}".format) for each in book.claims.published]
    two = next(record for record in records if record["id"] == "two")
    assert two == {
        "note": "b",
        "id": "two",
        "text": "Two are needed.",
        "at": "1",
        "result": {"metric": "Time", "data": "x", "value": "5 s", "against": "", "setting": ""},
        "checked": "",
        "supports": [],
        "disputes": [],
        "replicates": [],
        "supersedes": [],
        "disputed_by": ["a#^one"],
        "fields": {},
        "url": "/notes/b/#^two",
    }


def test_the_evidence_of_a_log_is_summed_up() -> None:
    book = notebook({**BOOK, "e.md": work("- So. [at:: 1] [checked:: full] ^so", basis="full")})
    evidence = count_evidence(book)
    assert evidence.claims == {"checked": 1, "reported": 3, "disputed": 1}
    assert (evidence.results, evidence.disputes) == (2, 2)
    assert evidence.basis == {"full": 1, "": 3}
    report = format_statistics(compute_statistics(book))
    assert "claims: 5 (checked 1, reported 3, disputed 1), 2 results, 2 disputes\n" in report
    assert "works by what was read of them: full 1, not said 3\n" in report
