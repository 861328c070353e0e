"""Ids and addresses of works, in the one form in which they compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglog.model.identifiers import (
    get_scheme,
    is_external,
    make_doi_url,
    make_work_key,
    parse_arxiv_id,
    parse_doi,
    parse_isbn,
)


@pytest.mark.parametrize(
    "text",
    [
        "2401.10020",
        " 2401.10020v3 ",
        "arXiv:2401.10020",
        "https://arxiv.org/abs/2401.10020",
        "http://www.arxiv.org/pdf/2401.10020v2.pdf",
        "https://arxiv.org/pdf/2401.10020",
        "https://arxiv.org/html/2401.10020v1#S3",
        "https://export.arxiv.org/abs/2401.10020?context=cs",
        "https://www.alphaxiv.org/abs/2401.10020",
        "10.48550/arXiv.2401.10020",
        "https://doi.org/10.48550/arXiv.2401.10020",
    ],
)
def test_every_form_of_an_arxiv_id_is_one_id(text: str) -> None:
    assert parse_arxiv_id(text) == "2401.10020"
    assert make_work_key(text) == "arxiv:2401.10020"


@pytest.mark.parametrize(
    "text", ["0704.0001", "1412.6980", "1501.00001", "hep-th/9901001", "math.GT/0309136v1"]
)
def test_ids_of_every_age_are_known(text: str) -> None:
    assert parse_arxiv_id(text) == text.removesuffix("v1").lower()


@pytest.mark.parametrize(
    "text",
    [
        "2401.1002",
        "1412.69801",
        "2413.10020",
        "2401.10020 and more",
        "https://example.org/2401.10020",
        "",
        "soon",
    ],
)
def test_lookalikes_of_arxiv_ids_are_rejected(text: str) -> None:
    assert parse_arxiv_id(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "10.1162/NECO.1991.3.1.79",
        "doi:10.1162/neco.1991.3.1.79",
        "https://doi.org/10.1162/neco.1991.3.1.79",
        "http://dx.doi.org/10.1162/neco.1991.3.1.79",
    ],
)
def test_every_form_of_a_doi_is_one_doi(text: str) -> None:
    assert parse_doi(text) == "10.1162/neco.1991.3.1.79"
    assert make_work_key(text) == "doi:10.1162/neco.1991.3.1.79"


@pytest.mark.parametrize("text", ["ICLR 2017", "10.1162", "https://doi.org/", "doi:", "11.1162/x"])
def test_lookalikes_of_dois_are_rejected(text: str) -> None:
    assert parse_doi(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/post", "http://www.Example.org/post/"),
        ("https://example.org/post/index.html", "https://example.org:443/post"),
        ("https://example.org/?utm_source=x&b=2&a=1", "https://example.org?a=1&b=2&fbclid=y"),
    ],
)
def test_addresses_that_lead_to_the_same_work_have_one_key(one: str, other: str) -> None:
    assert make_work_key(one) == make_work_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/watch?v=1", "https://example.org/watch?v=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/posts#one", "https://example.org/posts#two"),
        ("https://a.example.org/a", "https://b.example.org/a"),
    ],
)
def test_addresses_of_different_works_have_different_keys(one: str, other: str) -> None:
    assert make_work_key(one) != make_work_key(other)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://www.example.org:80/",
        "https://example.org/index.html?utm_source=x",
    ],
)
def test_a_front_page_is_the_address_of_a_work_by_its_title_alone(url: str) -> None:
    assert (
        make_work_key(url, "Two  Posts")
        == make_work_key("https://example.org/", "two posts")
        != make_work_key(url, "Another")
    )


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x",
        " JavaScript:x",
        "java\nscript:x",
        "java\tscript:x",
        "\x01javascript:x",
        "\u200bjavascript:x",
        "\u202ejavascript:x",
    ],
)
def test_nothing_hides_a_scheme(url: str) -> None:
    assert get_scheme(url) == "javascript"


@pytest.mark.parametrize("url", ["a.md", "../a:b.md", "#top", "//example.org", "?a:b", ""])
def test_a_path_has_no_scheme(url: str) -> None:
    assert not get_scheme(url)


@given(st.text(max_size=40) | st.builds("https://{}".format, st.text(max_size=20)))
def test_every_text_has_a_key(url: str) -> None:
    assert make_work_key(url) == make_work_key(url)
    assert isinstance(get_scheme(url), str)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/x.png",
        "//a.example/x",
        "\\\\a.example",
        "/\t/a.example",
        " //a.example",
        "data:image/png,x",
    ],
)
def test_an_address_leads_out_however_it_is_written(url: str) -> None:
    assert is_external(url)


@pytest.mark.parametrize("url", ["x.png", "../x.png", "/x.png", "#a", "", "a/b:c.png"])
def test_an_address_of_the_log_stays_within(url: str) -> None:
    assert not is_external(url)


def test_a_doi_with_signs_in_it_leads_to_where_it_should() -> None:
    assert make_doi_url("10.1000/<a>(b)") == "https://doi.org/10.1000/%3Ca%3E%28b%29"


@pytest.mark.parametrize(
    ("text", "isbn"),
    [
        ("9780262035613", "9780262035613"),
        ("ISBN 978-0-262-03561-3", "9780262035613"),
        ("urn:isbn:9780262035613", "9780262035613"),
        ("ISBN-13: 978 0 262 03561 3", "9780262035613"),
        ("0-262-03561-8", "9780262035613"),
        ("080442957x", "9780804429573"),
        ("978-0-262-03561-4", None),
        ("0262035617", None),
        ("1234567890123", None),
        ("2401.10020", None),
        ("978026203561", None),
        ("9" * 50_000, None),
        ("isbn" * 20_000, None),
        ("", None),
    ],
)
def test_an_isbn_has_thirteen_digits_of_which_the_last_is_right(
    text: str, isbn: str | None
) -> None:
    assert parse_isbn(text) == isbn
