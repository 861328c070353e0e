"""Reading a work from feeds, JSON, pages and BibTeX, valid or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglog.citations.bibtex import decode_bibtex, parse_bibtex
from readinglog.citations.cleaning import (
    AUTHORS_LIMIT,
    TEXT_LIMIT,
    clean_names,
    clean_text,
    clean_url,
    find_repository,
    parse_date,
    parse_versioned_arxiv_id,
)
from readinglog.citations.draft import draft_note
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.latex_text import latex_to_text
from readinglog.citations.markup_text import strip_html, strip_markup
from readinglog.citations.sources.arxiv_feed import find_arxiv_title, parse_arxiv_feed
from readinglog.citations.sources.arxiv_oai import parse_record
from readinglog.citations.sources.arxiv_page import parse_arxiv_page
from readinglog.citations.sources.crossref import find_crossref_title, parse_crossref
from readinglog.citations.sources.datacite import parse_datacite
from readinglog.citations.sources.linked_data import parse_linked_data
from readinglog.citations.sources.open_library import parse_book
from readinglog.citations.sources.page_head import decode_page, read_head
from readinglog.citations.sources.source import LookupKey
from readinglog.citations.sources.web_page import parse_page
from readinglog.citations.work import LookupResult, Work
from readinglog.model.field_types import ET_AL
from readinglog.model.kinds import KINDS
from support.case_pages import Case, read_cases, verify
from support.worlds import note, notebook

CASES = list(read_cases("citations"))


def arxiv(feed: str, key: str) -> Work:
    title = key.removeprefix("title: ")
    return parse_arxiv_feed(feed, key) if title == key else find_arxiv_title(feed, title)


def crossref(answer: str, key: str) -> Work:
    title = key.removeprefix("title: ")
    return parse_crossref(answer) if title == key else find_crossref_title(answer, title)


def datacite(answer: str, key: str) -> Work:
    return parse_datacite(answer, LookupKey("doi" if key.startswith("10.") else "arxiv", key))


def bibtex(data: bytes, file: str) -> LookupResult:
    name, _, key = file.partition(" ")
    return parse_bibtex(decode_bibtex(data, name), key, name)


READ: dict[str, Callable[[str, str], Work]] = {
    "arxiv": arxiv,
    "arxiv-oai": parse_record,
    "arxiv-page": parse_arxiv_page,
    "crossref": crossref,
    "datacite": datacite,
    "open-library": parse_book,
    "web-page": parse_page,
}


def describe(read: Callable[[], Work | LookupResult]) -> str:
    """Return what is known of the work and what is remarked, a line for each, or the error."""
    try:
        found = read()
    except WorkLookupError as error:
        return f"{'unreachable' if error.unreachable else 'error'}: {error}"
    result = found if isinstance(found, LookupResult) else LookupResult(found)
    lines = [
        f"{name}: {', '.join(value) if isinstance(value, tuple) else value}"
        for name, value in result.work._asdict().items()
        if value
    ]
    return "\n".join((*lines, *(f"remark: {remark}" for remark in result.remarks)))


@pytest.mark.parametrize("case", CASES, ids=[f"{case.page.stem}: {case.title}" for case in CASES])
def test_work_is_read(case: Case, *, update: bool) -> None:
    [(key, data)] = case.files.items()

    def read() -> Work | LookupResult:
        if case.page.stem == "bibtex":
            return bibtex(data if isinstance(data, bytes) else str(data).encode(), key)
        return READ[case.page.stem](str(data), key)

    verify(case, lambda _: describe(read), update=update)


# Facts


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2017-01-23", "2017-01-23"),
        ("2017/1/3", "2017-01-03"),
        ("2017-01-23T23:59:59-08:00", "2017-01-23"),
        ("2017-01", "2017-01"),
        ("2017", "2017"),
        ("2017-02-31", "2017-02"),
        ("2017-13-01", "2017"),
        ("January 23rd, 2017", "2017-01-23"),
        ("23 Jan. 2017", "2017-01-23"),
        ("Mon, 23 Jan 2017 10:00:00 GMT", "2017-01-23"),
        ("Sept 2017", "2017-09"),
        ("01/02/2017", "2017"),
        ("0000-00-00", ""),
        ("yesterday", ""),
        ("99999", ""),
        ("٢٠١٧", ""),
        (20170123, ""),
        (None, ""),
    ],
)
def test_dates_are_read_as_far_as_the_calendar_has_them(written: object, read: str) -> None:
    assert parse_date(written) == read


def test_texts_become_one_visible_line_within_the_limit() -> None:
    assert clean_text("  a\r\n\tb\u2028c\x85d  ") == "a b c d"
    assert clean_text("a\x00\x1b[31m\u202eb\ud800\ufeff\U000e0041\uffff") == "a[31mb"
    assert clean_text("0 \x1b 0") == "0 0"
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"
    assert clean_text("e\u0301") == "é"
    assert len(clean_text("x" * 10_000)) == TEXT_LIMIT
    assert clean_text(["a"]) == clean_text(None) == ""


def test_names_are_listed_once_and_the_rest_becomes_et_al() -> None:
    assert clean_names(["Ada", "", None, "Ada", 3, "Bob"]) == ("Ada", "Bob")
    assert clean_names(["Ada", "others"]) == clean_names(["Ada", "et al"]) == ("Ada", ET_AL)
    assert clean_names(["others"]) == ()
    crowd = clean_names(f"Person {number}" for number in range(3_000))
    assert len(crowd) == AUTHORS_LIMIT
    assert crowd[-1] == ET_AL


def test_a_repository_is_found_in_prose() -> None:
    assert find_repository("Code: https://github.com/a/b.git.") == "https://github.com/a/b"
    assert (
        find_repository("see (www.gitlab.com/a-b/c.d), or github.com/x/y")
        == "https://gitlab.com/a-b/c.d"
    )
    assert find_repository("https://codeberg.org/a/b/src/branch/main") == "https://codeberg.org/a/b"
    assert find_repository("notgithub.com has github.com/features") == ""


def test_the_kind_is_guessed_from_the_address() -> None:
    assert guess_kind("https://www.GitHub.com/a/b") == "code"
    assert guess_kind("https://github.com/features") == ""
    assert guess_kind("https://youtu.be/x") == "talk"
    assert guess_kind("https://x.com/karpathy/status/1234") == "thread"
    assert guess_kind("https://docs.python.org") == "docs"
    assert guess_kind("https://example.org/github.com/a/b") == ""


def test_markup_is_removed_and_other_text_stays() -> None:
    assert strip_markup("A <i>b</i> <jats:bold>c</jats:bold> &amp;lt; d") == "A b c < d"
    work = Work(
        title="<b>Is</b> <think> 1 < 2 > 0 <script>alert(1)</script>or <scr<b>ipt>not</b>?",
        authors=("<i>Ada</i>", "<p></p>"),
    )
    assert strip_html(work) == Work(title="Is <think> 1 < 2 > 0 or not?", authors=("Ada",))


def test_pages_are_decoded_as_declared() -> None:
    word = "Größe"
    assert decode_page(word.encode()) == word
    assert decode_page(b"\xef\xbb\xbf" + word.encode(), "iso-8859-1") == word
    assert decode_page(word.encode("latin-1"), "ISO-8859-1") == word
    assert decode_page(b'<meta charset="windows-1252">' + word.encode("cp1252")).endswith(word)
    assert decode_page("日本".encode("shift-jis"), "Shift_JIS") == "日本"
    for odd in ("idna", "punycode", "unicode_escape", "hex", "zip", "no-such", "utf-99", "cp1259"):
        assert decode_page(b"a\\x41 \xff", odd) == "a\\x41 \ufffd"


def test_an_address_is_a_web_address_without_a_password() -> None:
    assert clean_url(" https://medium.com/@ada/x?y=1#z ") == "https://medium.com/@ada/x?y=1#z"
    for none in (
        "javascript:alert(1)",
        "//example.org",
        "https://",
        "https://ada:secret@example.org/",
        "http://a b/",
        f"http://a/{'x' * 3_000}",
    ):
        assert clean_url(none) == ""


def test_a_large_bibtex_file_needs_a_choice() -> None:
    many = "".join(f"@book{{k{number},}}" for number in range(30))
    assert describe(lambda: parse_bibtex(many).work) == (
        "error: the BibTeX has 30 entries: choose one with --key: "
        "`k0`, `k1`, `k2`, `k3`, `k4`, `k5`, `k6`, `k7` and 22 more"
    )
    with pytest.raises(WorkLookupError, match="copy the entry into a file of its own"):
        parse_bibtex("%" * 2_000_001)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"G{\"o}del, \'etale, {\o}re, na\"{\i}ve", "Gödel, étale, øre, naïve"),
        (r"$O(n^2)$ and $\frac{a}{b}$", "O(n^2) and a/b"),
        (r"A bound of \frac and \url{x}", "A bound of frac and x"),
        (r"{\LaTeX} and \BibTeX{} of \method", "LaTeX and BibTeX of method"),
        (r"\method2 and {\textsc {X}}", "method2 and X"),
        (r"\mbox{GPT-3} in \texttt{fp8}, {\bf bold} \emph{x}", "GPT-3 in fp8, bold x"),
        (r"{\"O}l \href{http://a.example/}{b", "Öl http://a.example/b"),
        (r"100% of 50\% ", "100% of 50%"),
        (r"\sqrt", "sqrt"),
    ],
)
def test_latex_becomes_text_without_losing_words(latex: str, shown: str) -> None:
    assert latex_to_text(latex) == shown


def test_an_invalid_doi_is_an_error() -> None:
    def read(doi: str) -> str:
        entry = f"@article{{a, title={{T}}, doi={{{doi}}}}}"
        return describe(lambda: parse_bibtex(entry, name="refs.bib").work)

    assert read("10.1/xyz") == (
        "error: refs.bib has an invalid DOI: `10.1/xyz`: "
        "write one like `10.1162/neco.1991.3.1.79`, or remove it"
    )
    assert "doi: 10.1000/182" in read("https://doi.org/10.1000/182")
    assert "arxiv: 2401.04088v2" in read("10.48550/arXiv.2401.04088v2")
    assert "url: https://example.org/a" in read("https://example.org/a")
    assert read(" ") == "title: T\nkind: paper\ncitation_key: a"


@pytest.mark.parametrize(
    "place",
    [
        "arXiv:2401.04088v2",
        "arXiv preprint arXiv:2401.04088v2",
        "arXiv  preprint\n: 2401.04088v2",
        "CoRR abs/2401.04088v2",
    ],
)
def test_an_arxiv_id_is_found_in_the_journal(place: str) -> None:
    found = parse_bibtex(f"@article{{a, title={{T}}, journal={{{place}}}}}").work
    assert found.arxiv == "2401.04088v2"


def test_the_version_is_that_of_the_arxiv_id_itself() -> None:
    assert parse_versioned_arxiv_id("https://arxiv.org/pdf/2401.04088v2.pdf") == "2401.04088v2"
    assert (
        parse_versioned_arxiv_id("https://arxiv.org/abs/2401.04088?of=2401.10020v3") == "2401.04088"
    )


def test_one_word_of_a_title_does_not_identify_it() -> None:
    answer = json.dumps(
        {"message": {"items": [{"DOI": "10.1000/182", "title": ["Attention: A History"]}]}}
    )
    with pytest.raises(WorkLookupError):
        find_crossref_title(answer, "Attention")
    assert find_crossref_title(answer, "Attention: a history!").doi == "10.1000/182"


def test_a_doi_in_linked_data_is_found_in_every_shape() -> None:
    for value in (
        "10.1000/182",
        "https://doi.org/10.1000/182",
        [{"@type": "PropertyValue", "value": "doi:10.1000/182"}],
        ["ISBN 1", "10.1000/182"],
    ):
        assert (
            parse_linked_data([json.dumps({"@type": "Article", "identifier": value})]).doi
            == "10.1000/182"
        )


def test_endlessly_nested_markup_is_left_as_text() -> None:
    deep = "<b" * 50 + ">" * 50
    assert strip_html(Work(title=deep)).title.count("<b") == 45
    assert (
        len(
            parse_page(
                "<meta name=citation_author content=Ada>" * 3_000, "https://example.org/a"
            ).authors
        )
        == 1
    )


# Any input

LATEX = st.text(alphabet=st.sampled_from("ab {}\\$%&#_^~\"'@,=\n1"), max_size=80)
KEYS = (
    "title subtitle author given family name issued published date-parts container-title event "
    "URL DOI type abstract items message @graph @type @id headline datePublished isPartOf "
    "publisher identifier sameAs mainEntity value".split()
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
JSON = st.recursive(
    SCALARS, lambda one: st.lists(one) | st.dictionaries(st.sampled_from(KEYS), one, max_size=8)
)


def assert_usable(read: Callable[[], Work]) -> None:
    """Assert that `read` raises an error with a message, or returns facts that fit into a note."""
    try:
        found = read()
    except WorkLookupError as error:
        if not error.message:
            pytest.fail("an error has no message")
        return
    assert found.kind in ("", *KINDS)
    assert all(len(name) <= TEXT_LIMIT for name in (found.title, found.venue, *found.authors))
    created = note(draft_note(found, notebook({})).text)
    assert not created.get_diagnostics("invalid-front-matter")
    for field in ("published", "url", "arxiv", "doi", "code"):
        assert created.values.get(field, "") == getattr(found, field)
    assert created.values.get("title", "") == found.title


@given(st.text() | st.text(alphabet="<>&![]\"'=/ea-?;\n"))
def test_no_text_makes_reading_fail(anything: str) -> None:
    for read in (arxiv, crossref, parse_page):
        assert_usable(partial(read, anything, "2401.04088"))
        assert_usable(partial(read, anything, "title: something"))
    assert_usable(
        lambda: parse_page(
            f'<meta name="citation_title" content="{anything}"><title>{anything}',
            "https://example.org/a",
        )
    )


@given(st.text() | LATEX)
@example("{" * 5_000)
@example("\\emph{" * 2_000)
def test_no_latex_makes_reading_fail(anything: str) -> None:
    assert_usable(lambda: bibtex(anything.encode("utf-8", "replace"), "refs.bib").work)
    fields = ("title", "author", "year", "month", "url", "doi", "eprint", "journal", "howpublished")
    assert_usable(
        lambda: (
            parse_bibtex(
                f"@misc{{a, {', '.join(f'{name} = {{{anything}}}' for name in fields)}}}"
            ).work
        )
    )


@given(st.binary())
def test_no_bytes_make_reading_fail(data: bytes) -> None:
    assert_usable(lambda: bibtex(data, "refs.bib").work)
    assert_usable(lambda: parse_page(decode_page(data, "utf-16"), "https://example.org/a"))


@given(JSON)
def test_no_json_makes_reading_fail(value: object) -> None:
    answer = json.dumps({"message": value})
    assert_usable(lambda: parse_crossref(answer))
    assert_usable(lambda: find_crossref_title(answer, "A title"))
    assert_usable(lambda: parse_linked_data([json.dumps(value)]))
    assert_usable(
        lambda: parse_page(
            f'<script type="application/ld+json">{json.dumps(value)}</script>',
            "https://example.org/a",
        )
    )


@pytest.mark.parametrize(
    "run",
    [
        "<a ",
        "<meta content='<",
        "<!--",
        '<meta a="b" ',
        "<title>",
        "<script type=application/ld+json>",
        "<meta '",
        "<",
    ],
)
def test_a_page_made_to_be_slow_is_read_fast(run: str) -> None:
    found = parse_page(
        f"<title>Here</title>{run * (1_000_000 // len(run))}", "https://example.org/a"
    )
    assert found.title == "Here"


def test_nested_scripts_are_read_once() -> None:
    script = '<script type="application/ld+json">'
    assert (
        parse_page(
            f"{script * 2_000}{'x' * 400_000}</script><title>Here", "https://example.org/a"
        ).title
        == ""
    )
    found = parse_page(
        f"{script * 2_000}{'x' * 400_000}</script><meta name=author content=Ada>",
        "https://example.org/a",
    )
    assert found.authors == ("Ada",)
    parts = [
        script
        + json.dumps({"@type": "Article", "name": str(number), "x": "x" * 300_000})
        + "</script>"
        for number in range(20)
    ]
    assert len(read_head("".join(parts)).scripts) == 4
    assert read_head("<script>'<meta name=author content=Eve>'</script>").meta == {}


@pytest.mark.parametrize(
    ("start", "run"),
    [
        *(("arxiv", run) for run in (" ", ": ")),
        *(("2401.04088?", run) for run in ("a", "-")),
        *(("", run) for run in ("arxiv ", "jan", "A", "\\url{", "<!--", "<script>", "<tex-math>")),
        ("<tex-math>", "</tex-math> "),
    ],
)
def test_a_text_made_to_be_slow_is_read_fast(start: str, run: str) -> None:
    long = start + run * (100_000 // len(run))
    fields = ("title", "author", "journal", "date", "url", "eprint", "howpublished", "abstract")
    assert_usable(
        lambda: (
            parse_bibtex(f"@misc{{a, {', '.join(f'{name} = {{{long}}}' for name in fields)}}}").work
        )
    )
    elements = (
        f'<meta name="{name}" content="{long}">' for name in ("citation_title", "citation_date")
    )
    assert_usable(partial(parse_page, "".join(elements), "https://example.org/a"))
    assert strip_markup(long) is not None
    assert strip_html(Work(title=long, abstract=long))
    assert (parse_versioned_arxiv_id(long) == "2401.04088") == start.startswith("2401")


@pytest.mark.parametrize(
    "deep", ["[" * 100_000, '{"a":' * 100_000, '{"@graph":[' * 5_000 + "]}" * 5_000]
)
def test_deeply_nested_json_is_no_work(deep: str) -> None:
    with pytest.raises(WorkLookupError, match="broken or incomplete"):
        parse_crossref(deep)
    assert parse_linked_data([deep]) == Work()
