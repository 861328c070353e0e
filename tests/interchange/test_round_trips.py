"""A log that is exported and imported into an empty one says the same."""

from __future__ import annotations

import pytest

from readinglog.interchange.exporters import EXPORTERS
from readinglog.interchange.exporters.exporter import ExportedFile
from readinglog.model.field import Field
from readinglog.model.field_types import FieldType
from readinglog.model.kinds import Kind
from readinglog.model.note import Note
from readinglog.model.schema import BUILT_IN
from readinglog.notebook.notebook import Notebook
from support.imports import MemoryLog
from support.worlds import notebook, work

SCHEMA = BUILT_IN.extend(
    [
        Field("issn", FieldType(), "ISSN", "The ISSN of the magazine."),
        Field("places", FieldType(), "Places", "Where it is cooked.", is_list=True),
    ],
    [Kind("recipe", "Recipe", requires=("issn",))],
    key="with recipes",
)
TAGS = "moe:\n  name: MoE\nkernels:\n"
CLAIM = "- Balance costs quality. [at:: Table 2] [disputes:: [[tiles#^fast]]] ^balance"
LOG = {
    "tags.yml": TAGS,
    "gates.md": work(
        f"It builds on [[tiles]], see [[tiles#Method]].\n\n{CLAIM}",
        title="Sparse gates",
        aliases="[Gates]",
        authors="[Ada Adams, Bo Bell]",
        published="2024-05-03",
        arxiv='"2401.10020v2"',
        url="",
        venue="ICLR 2024",
        code="https://example.org/code",
        tags="[moe]",
        status="reading",
        basis="part",
        rating="4",
        builds_on="[tiles]",
        disputes="[tiles]",
        updated="2026-02-01",
        by="[Ada]",
        lang="en",
    ),
    "tiles.md": work(
        "## Method\n\n- It is fast. [at:: p. 3] ^fast",
        title="Tiles",
        kind="book",
        authors="[Cy Cee]",
        isbn="978-0-262-03561-3",
        url="",
        tags="[kernels]",
        supersedes="[gates]",
    ),
    "letters.md": work(title="Letters", kind="dataset", hf="datasets/ada/letters", url=""),
    "engine.md": work(title="Engine", kind="code", github="ada/engine", url=""),
    "review.md": work(title="Review", openreview="rJl-b3RcF7", url=""),
    "paper.md": work(title="Kernels", doi="10.1000/182", url="", published="2021"),
    "late.md": work(title="Late", draft="true"),
}
OWN = {
    "dream.md": work(title="Dream", kind="idea", url="", authors="", replicates="[gates]"),
    "soup.md": work(
        title="Soup", kind="recipe", url="", authors="", issn="0028-0836", places="[Rome, Oslo]"
    ),
}


def export_and_import(kind: str, log: Notebook) -> Notebook:
    export = EXPORTERS[kind].make_export(log, "log")
    files = {
        file.path.removeprefix("log/"): file.data
        for file in export.files
        if isinstance(file, ExportedFile)
    }
    imported = MemoryLog({"tags.yml": TAGS}, schema=SCHEMA)
    plan = imported.run(kind, files)
    assert plan.counts == {"new": len(log.notes) if kind == "obsidian" else len(LOG) - 1}
    assert imported.list_errors() == []
    return notebook(imported.files, SCHEMA)


def test_a_vault_has_all_facts_and_texts_of_the_log() -> None:
    log = notebook({**LOG, **OWN}, SCHEMA)
    after = export_and_import("obsidian", log)
    assert {note.path: dict(note.values) for note in after.notes} == {
        note.path: dict(note.values) for note in log.notes
    }
    assert list(map(get_body, after.notes)) == list(map(get_body, log.notes))


def get_body(note: Note) -> str:
    return note.text[note.body.start :].strip()


@pytest.mark.parametrize("kind", ["bibtex", "csl"])
def test_a_bibliography_has_the_works_of_the_log(kind: str) -> None:
    log = notebook(LOG, SCHEMA)
    after = export_and_import(kind, log)
    assert describe_works(after) == describe_works(log)


def describe_works(log: Notebook) -> dict[str, object]:
    """What a bibliography says of each work, by title."""
    return {
        note.title: (
            note.kind,
            note.authors,
            note.published,
            note.venue,
            note.arxiv,
            note.doi,
            note.isbn,
            log.names.work_keys[note],
        )
        for note in log.notes
    }
