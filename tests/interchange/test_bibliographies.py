"""Bibliographies: each format in the list is a file on the site and an option of the search."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.citations.bibtex import parse_bibtex
from readinglog.citations.cleaning import clean_text
from readinglog.cli.result_formats import RESULT_FORMATS, Answer
from readinglog.interchange.bibliographies import BIBLIOGRAPHY_FORMATS, bibtex, csl
from readinglog.interchange.bibliographies.bibliography_format import (
    BibliographyFormat,
    select_works,
)
from readinglog.model.kinds import KINDS
from readinglog.model.note import Note
from readinglog.notebook.notebook import Notebook
from readinglog.site.page import DataFile, Site
from readinglog.site.views import bibliography
from support.searching import make_search
from support.worlds import note, notebook, work


@dataclass(frozen=True)
class TitleFormat:
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
        values = [getattr(format_, name) for format_ in BIBLIOGRAPHY_FORMATS]
        assert all(values)
        assert len(set(values)) == len(values), name
    assert all(
        re.fullmatch(r"[\w.-]+/[\w.+-]+", format_.MEDIA_TYPE) for format_ in BIBLIOGRAPHY_FORMATS
    )


def test_the_site_has_the_works_of_the_log_and_of_each_tag_in_every_format(log: Notebook) -> None:
    files = export_site(log)
    for format_ in BIBLIOGRAPHY_FORMATS:
        works = sorted(select_works(log.published), key=lambda note: note.name)
        assert [note.name for note in works] == ["flash", "switch"]
        assert files[format_.FILE_NAME] == format_.format_works(works)
        assert files[f"tags/kernels/{format_.FILE_NAME}"] == format_.format_works(works[:1])


def test_a_new_format_in_the_list_is_exported_too(
    log: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    formats: tuple[BibliographyFormat, ...] = (*BIBLIOGRAPHY_FORMATS, TitleFormat())
    monkeypatch.setattr(bibliography, "BIBLIOGRAPHY_FORMATS", formats)
    files = export_site(log)
    assert files["titles.txt"] == "FlashAttention\nSwitch & more\n"
    assert files["tags/moe/titles.txt"] == "Switch & more\n"


@pytest.mark.parametrize("format_", BIBLIOGRAPHY_FORMATS, ids=lambda format_: format_.OPTION)
def test_the_search_prints_every_format_in_the_order_found(
    log: Notebook, format_: BibliographyFormat
) -> None:
    search = make_search(log)
    result = search.ask("")
    answer = Answer("", result, result.hits, search, lambda: log)
    printed = RESULT_FORMATS[format_.OPTION](answer)
    assert printed == format_.format_works(select_works(log.published))


def test_bibtex_has_an_entry_for_each_work(log: Notebook) -> None:
    switch = log.by_path["switch.md"]
    assert bibtex.format_works([switch, log.by_path["flash.md"]]) == (
        "@article{switch,\n"
        "  title = {{Switch \\& more}},\n"
        "  author = {Ada Adams and Bo Bell and others},\n"
        "  year = {2021},\n"
        "  month = jan,\n"
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


NAMES = {
    "Ada Adams": ("Ada Adams", {"family": "Adams", "given": "Ada"}),
    "Martin Luther King Jr.": (
        "King, Jr., Martin Luther",
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
    ),
    "Aäron van den Oord": (
        "van den Oord, Aäron",
        {"family": "Oord", "given": "Aäron", "non-dropping-particle": "van den"},
    ),
    "José Ortega y Gasset": (
        "{Ortega y Gasset}, José",
        {"family": "Ortega y Gasset", "given": "José"},
    ),
    "Gabriel {García Márquez}": (
        "{García Márquez}, Gabriel",
        {"family": "García Márquez", "given": "Gabriel"},
    ),
    "Nando De Freitas": ("{De Freitas}, Nando", {"family": "De Freitas", "given": "Nando"}),
    "danah boyd": ("{boyd}, danah", {"family": "boyd", "given": "danah"}),
    "Wei Dai": ("Wei Dai", {"family": "Dai", "given": "Wei"}),
    "Barnes and Noble": ("{Barnes and Noble}", {"literal": "Barnes and Noble"}),
    "Google DeepMind": ("{Google DeepMind}", {"literal": "Google DeepMind"}),
    "{Mistral Team X, Paris}": ("{Mistral Team X, Paris}", {"literal": "Mistral Team X, Paris"}),
    "The LIGO Collaboration": (
        "{The LIGO Collaboration}",
        {"literal": "The LIGO Collaboration"},
    ),
    "Johnson & Johnson": (r"{Johnson \& Johnson}", {"literal": "Johnson & Johnson"}),
    "Plato": ("Plato", {"literal": "Plato"}),
    "others": ("{others}", {"literal": "others"}),
    "王小明": ("王小明", {"literal": "王小明"}),
    "山田 太郎": ("{山田 太郎}", {"literal": "山田 太郎"}),
}


@pytest.mark.parametrize(("name", "written"), NAMES.items())
def test_names_are_exported_by_their_parts(name: str, written: tuple[str, dict[str, str]]) -> None:
    exported = note(work(authors=json.dumps([name])))
    latex, parts = written
    assert f"  author = {{{latex}}},\n" in bibtex.format_bibtex(exported)
    assert csl.make_csl_item(exported)["author"] == [parts]
    assert exported.authors == (name.replace("{", "").replace("}", ""),)


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (
            {"published": "1991-03-07", "venue": "Neural Computation 3(1)"},
            ["@article{", "year = {1991}", "month = mar", "day = {7}", "{Neural Computation}"],
        ),
        (
            {"venue": "Neural Computation 3(1):79-87"},
            ["journal = {Neural Computation}", "volume = {3}", "number = {1}", "pages = {79--87}"],
        ),
        (
            {"published": "2021-01-11", "venue": "JMLR 23(120), 2022"},
            ["journal = {JMLR}", "volume = {23}", "number = {120}", "year = {2021}"],
        ),
        (
            {"venue": "ICML 2019, vol. 97, p. 4"},
            ["booktitle = {ICML 2019}", "volume = {97}", "pages = {4}"],
        ),
        ({"citation_key": "adams:2017"}, ["@misc{adams:2017,"]),
        (
            {"published": "2020-10-22", "venue": "ICLR 2021"},
            ["@inproceedings{", "year = {2020}", "booktitle = {ICLR},"],
        ),
        (
            {"published": "1992", "venue": "Neural Computation 3 (1991), 79–87"},
            ["year = {1992}", "journal = {Neural Computation 3, 79–87}"],
        ),
        ({"published": "2017", "venue": "NIPS '17"}, ["booktitle = {NIPS '17}", "year = {2017}"]),
        ({"venue": "ICML 2019"}, ["booktitle = {ICML 2019}", "year = {2019}"]),
        (
            {"published": "2001", "venue": "Phys. Rev. 12, 1987–1999"},
            ["journal = {Phys. Rev. 12, 1987–1999}"],
        ),
        ({"doi": "10.1000/182", "venue": ""}, ["@article{", "doi = {10.1000/182}"]),
        ({"doi": "10.1000/182", "kind": "book"}, ["@book{"]),
        ({"kind": "book", "venue": "MIT Press"}, ["@book{", "publisher = {MIT Press}"]),
        ({"kind": "podcast"}, ["@misc{", "type = {Podcast}"]),
        (
            {"title": '"Gates for $O(n^2)$ at 5% & more"'},
            [r"{{Gates for $O(n^2)$ at 5\% \& more}}"],
        ),
        ({"title": '"Between $100K and 200K$"'}, [r"{{Between \$100K and 200K\$}}"]),
        ({"title": "β-VAE and H₂O"}, [r"{{$\beta$-VAE and H$_2$O}}"]),
        ({"title": "Ευκλείδης"}, ["{{Ευκλείδης}}"]),
    ],
)
def test_works_are_exported_as_what_they_are(fields: dict[str, str], lines: list[str]) -> None:
    written = bibtex.format_bibtex(note(work(**fields)))
    for line in lines:
        assert line in written


def test_notes_of_one_name_have_keys_that_differ() -> None:
    names = ["a.md", "deep/a.md", "A.md", "b.md"]
    written = bibtex.format_works([note(work(), name) for name in names])
    assert re.findall(r"^@misc\{(.*),$", written, re.MULTILINE) == ["a", "a_1", "A_2", "b"]


TITLES = st.text("abA Z{}\\$%&#_^~\"'`-–<>?!@,;:=()ößΑα₂é1", min_size=1, max_size=30)
PEOPLE = st.sampled_from([name for name in NAMES if name != "others"])


@given(
    title=TITLES.filter(lambda text: any(map(str.isalpha, text)) and "$" not in text),
    venue=st.just("") | TITLES.filter(lambda text: any(map(str.isalpha, text))),
    authors=st.lists(PEOPLE, min_size=1, max_size=4, unique=True),
    published=st.sampled_from(["", "1991", "1991-03", "1991-03-07", "2020-12-31"]),
    kind=st.sampled_from([kind.name for kind in KINDS.values() if kind.is_work]),
    place=st.sampled_from(["doi", "arxiv", "url"]),
)
def test_bibtex_that_is_read_again_gives_the_same_work(
    title: str, venue: str, authors: list[str], published: str, kind: str, place: str
) -> None:
    values = {"doi": "10.1000/182", "arxiv": "2101.03961", "url": "https://example.org/a_b%20?x&y"}
    fields = {"url": ""} | {place: json.dumps(values[place])}
    exported = note(
        work(
            title=json.dumps(clean_text(title)),
            venue=json.dumps(clean_text(venue)) if venue.strip() else "",
            authors=json.dumps(authors),
            published=published,
            kind=kind,
            **fields,
        )
    )
    found = parse_bibtex(bibtex.format_bibtex(exported))
    assert found.remarks == ()
    assert found.work.title == exported.title
    assert found.work.authors == exported.authors
    assert found.work.published == exported.published
    assert getattr(found.work, place) == values[place]
    assert found.work.kind == exported.kind
    is_address = re.search(r"https?:|arxiv|\bcorr\b", exported.venue, re.IGNORECASE)
    assert is_address or found.work.venue == exported.venue


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
