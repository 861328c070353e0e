"""Exporting works: each format in the list is a file on the site and an option of the search."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from readinglog.cli.result_formats import RESULT_FORMATS, Answer
from readinglog.interchange.exporters import EXPORTERS, bibtex, csl
from readinglog.interchange.exporters.exporter import Exporter, select_works
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Site
from readinglog.site.views import bibliography
from support.searching import make_search
from support.worlds import notebook, work


@dataclass(frozen=True)
class TitleExporter:
    """A made-up format: a title on each line."""

    NAME: str = "Titles"
    OPTION: str = "titles"
    FILE_NAME: str = "titles.txt"
    MEDIA_TYPE: str = "text/plain"

    def format_works(self, notes: Sequence[Note], /) -> str:
        return "".join(f"{note.title}\n" for note in notes)


@pytest.fixture
def log() -> Notebook:
    return notebook(
        {
            "tags.yml": "moe: {}\nkernels: {}\n",
            "switch.md": work(
                title="Switch & more",
                authors="[Ada Adams, Bo Bell, et al.]",
                arxiv='"2101.03961"',
                published="2021-01",
                venue="JMLR",
                url="",
            ),
            "flash.md": work(title="FlashAttention", tags="[kernels]", kind="post"),
            "moe-map.md": work(title="Experts", kind="topic", authors="", url=""),
        }
    )


def export_site(log: Notebook) -> dict[str, str]:
    """Return the files of the bibliography by path."""
    files = bibliography.make_outputs(
        log, Site("A log", "https://example.org/log/", "What was read.")
    )
    return {file.path: file.text for file in files if isinstance(file, DataFile)}


def test_every_format_has_names_of_its_own() -> None:
    for name in ("NAME", "OPTION", "FILE_NAME", "MEDIA_TYPE"):
        values = [getattr(exporter, name) for exporter in EXPORTERS]
        assert all(values)
        assert len(set(values)) == len(values), name
    assert all(re.fullmatch(r"[\w.-]+/[\w.+-]+", exporter.MEDIA_TYPE) for exporter in EXPORTERS)


def test_the_site_has_the_works_of_the_log_and_of_each_tag_in_every_format(log: Notebook) -> None:
    files = export_site(log)
    for exporter in EXPORTERS:
        works = sorted(select_works(log.published), key=lambda note: note.name)
        assert [note.name for note in works] == ["flash", "switch"]
        assert files[exporter.FILE_NAME] == exporter.format_works(works)
        assert files[f"tags/kernels/{exporter.FILE_NAME}"] == exporter.format_works(works[:1])


def test_a_new_format_in_the_list_is_exported_too(
    log: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    exporters: tuple[Exporter, ...] = (*EXPORTERS, TitleExporter())
    monkeypatch.setattr(bibliography, "EXPORTERS", exporters)
    files = export_site(log)
    assert files["titles.txt"] == "FlashAttention\nSwitch & more\n"
    assert files["tags/moe/titles.txt"] == "Switch & more\n"


@pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda exporter: exporter.OPTION)
def test_the_search_prints_every_format_in_the_order_found(
    log: Notebook, exporter: Exporter
) -> None:
    search = make_search(log)
    result = search.ask("")
    answer = Answer("", result, result.hits, search, lambda: log)
    printed = RESULT_FORMATS[exporter.OPTION](answer)
    assert printed == exporter.format_works(select_works(log.published))


def test_bibtex_has_an_entry_for_each_work(log: Notebook) -> None:
    switch = log.by_path["switch.md"]
    assert bibtex.format_works([switch, log.by_path["flash.md"]]) == (
        "@article{switch,\n"
        "  title = {{Switch \\& more}},\n"
        "  author = {Ada Adams and Bo Bell and others},\n"
        "  year = {2021},\n"
        "  month = {1},\n"
        "  journal = {JMLR},\n"
        "  eprint = {2101.03961},\n"
        "  archiveprefix = {arXiv},\n"
        "  url = {https://arxiv.org/abs/2101.03961},\n"
        "}\n\n"
        "@misc{flash,\n"
        "  title = {{FlashAttention}},\n"
        "  author = {Ada Adams},\n"
        "  url = {https://example.org/a},\n"
        "}\n"
    )
    assert bibtex.format_works([]) == ""


def test_csl_json_is_a_list_of_items(log: Notebook) -> None:
    items = json.loads(csl.format_works([log.by_path["switch.md"]]))
    assert items == [
        {
            "id": "switch",
            "type": "article",
            "title": "Switch & more",
            "author": [
                {"family": "Adams", "given": "Ada"},
                {"family": "Bell", "given": "Bo"},
            ],
            "container-title": "JMLR",
            "URL": "https://arxiv.org/abs/2101.03961",
            "issued": {"date-parts": [[2021, 1]]},
            "number": "arXiv:2101.03961",
        }
    ]
    assert json.loads(csl.format_works([])) == []
