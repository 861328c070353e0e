"""Looking up a work at several sources: their order, and what happens when one fails."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

import pytest

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError, RefusedError
from readinglog.citations.http.request import HttpPolicy, Limits
from readinglog.citations.http.response_cache import ResponseCache
from readinglog.citations.lookup import look_up_work
from readinglog.citations.sources import SOURCES, crossref
from readinglog.citations.sources.source import (
    KeyField,
    LookupKey,
    MetadataSource,
    make_service_path,
)
from readinglog.citations.work import LookupResult, Work
from support.local_web import LocalWeb, Reply, local_web, page, redirect

DOI = "10.5281/zenodo.1"


@dataclass(frozen=True)
class Catalogue:
    """A made-up source: a service that answers with a JSON object of fields."""

    NAME: str = "Catalogue"
    ADDRESS: str = "https://catalogue.example/works"
    KEYS: tuple[KeyField, ...] = ("doi", "title")

    def look_up(self, key: LookupKey, client: HttpClient, address: str, /) -> LookupResult:
        fields = json.loads(client.get_trusted(f"{address}/{key.field}").text)
        if not fields:
            message = f"{self.NAME} has no such work"
            raise WorkLookupError(message)
        return LookupResult(Work(title=fields["title"], doi=fields.get("doi", "")))


@dataclass(frozen=True)
class Recorder:
    """A made-up source that fails, and records what it was asked."""

    error: WorkLookupError
    NAME: str = "Recorder"
    ADDRESS: str = ""
    KEYS: tuple[KeyField, ...] = ("arxiv", "doi", "url", "title")
    asked: list[LookupKey] = field(default_factory=list)

    def look_up(self, key: LookupKey, _: HttpClient, __: str, /) -> LookupResult:
        self.asked.append(key)
        raise self.error


MISSING = WorkLookupError("nothing here", "check it")
UNREACHABLE = FetchError("no answer", unreachable=True)
REFUSED = RefusedError("too large")


def put_behind_crossref(source: MetadataSource) -> list[MetadataSource]:
    """Return the sources with another one between Crossref and the next."""
    at = SOURCES.index(crossref) + 1
    return [*SOURCES[:at], source, *SOURCES[at:]]


@pytest.fixture
def client(local: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> HttpClient:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    limits = Limits(wait=0)
    return HttpClient(HttpPolicy(limits=limits, allowed=frozenset({local.host})))


def test_a_source_in_the_list_is_asked_in_its_turn(client: HttpClient, local: LocalWeb) -> None:
    sources = put_behind_crossref(Catalogue())
    local["/catalogue/doi"] = Reply(json.dumps({"title": "A data set", "doi": DOI}).encode())
    found = look_up_work(Work(doi=DOI), client, sources, local.address)
    assert found == LookupResult(Work(title="A data set", doi=DOI), (), "Catalogue")
    paths = [path for path, _ in local.requests]
    assert paths == [f"/crossref/{DOI.replace('/', '%2F')}", "/catalogue/doi"]


def test_a_source_without_the_work_leaves_it_to_the_next(
    client: HttpClient, local: LocalWeb
) -> None:
    local["/catalogue/doi"] = Reply(b"{}")
    local[f"/doi/{DOI}"] = page('<meta name="citation_title" content="From its page">')
    sources = put_behind_crossref(Catalogue())
    found = look_up_work(Work(doi=DOI), client, sources, local.address)
    assert (found.work.title, found.work.doi, found.work.url) == ("From its page", DOI, "")


def test_a_title_is_looked_up_at_a_new_source_too(client: HttpClient, local: LocalWeb) -> None:
    local["/arxiv"] = Reply(status=403)
    local["/crossref"] = Reply(b'{"message": {"items": []}}', content_type="application/json")
    local["/catalogue/title"] = Reply(b'{"title": "A Data Set"}')
    found = look_up_work(Work(title="a data set"), client, [*SOURCES, Catalogue()], local.address)
    assert found == LookupResult(Work(title="A Data Set"), (), "Catalogue")
    assert [path.partition("?")[0] for path, _ in local.requests] == [
        "/arxiv",
        "/crossref",
        "/catalogue/title",
    ]


@pytest.mark.parametrize(
    ("work", "key"),
    [
        (Work(arxiv="1701.06538", doi=DOI, title="T"), LookupKey("arxiv", "1701.06538")),
        (Work(doi=DOI, url="https://example.org/", title="T"), LookupKey("doi", DOI)),
        (Work(url="https://example.org/", title="T"), LookupKey("url", "https://example.org/")),
        (Work(title="T"), LookupKey("title", "T")),
    ],
)
def test_the_surest_key_is_looked_up(client: HttpClient, work: Work, key: LookupKey) -> None:
    source = Recorder(UNREACHABLE)
    assert look_up_work(work, client, [source]) == LookupResult(work, ("no answer",))
    assert source.asked == [key]


def test_that_others_lack_a_work_proves_nothing_if_a_source_is_unreachable(
    client: HttpClient,
) -> None:
    next_source = Recorder(MISSING)
    for sources in ([Recorder(UNREACHABLE), next_source], [next_source, Recorder(UNREACHABLE)]):
        next_source.asked.clear()
        found = look_up_work(Work(doi=DOI), client, sources)
        assert found.work == Work(doi=DOI)
        assert set(found.remarks) == {"no answer", "nothing here: check it"}
        assert len(next_source.asked) == 1
    next_source.asked.clear()
    with pytest.raises(WorkLookupError, match="nothing here: check it"):
        look_up_work(Work(doi=DOI), client, [Recorder(MISSING), next_source])
    assert len(next_source.asked) == 1


def test_a_title_is_looked_up_further_unless_an_answer_is_refused(client: HttpClient) -> None:
    sources = [Recorder(UNREACHABLE), Recorder(MISSING)]
    found = look_up_work(Work(title="T"), client, sources)
    assert found == LookupResult(Work(title="T"), ("no answer", "nothing here: check it"))
    for work in (Work(title="T"), Work(doi=DOI)):
        with pytest.raises(RefusedError):
            look_up_work(work, client, [Recorder(REFUSED), Recorder(MISSING)])


def test_a_work_without_a_key_and_a_complete_one_need_no_source(client: HttpClient) -> None:
    source = Recorder(MISSING)
    complete = Work(title="<b>T</b>", authors=("Ada",), doi=DOI)
    remark = "markup was removed from the title: `<b>T</b>`"
    found = look_up_work(complete, client, [source])
    assert found == LookupResult(complete._replace(title="T"), (remark,))
    assert look_up_work(Work(kind="book"), client, [source]) == LookupResult(Work(kind="book"))
    assert source.asked == []


def test_a_key_that_no_source_takes_is_an_error(client: HttpClient) -> None:
    with pytest.raises(WorkLookupError, match="no source can look up"):
        look_up_work(Work(arxiv="1701.06538"), client, [Catalogue()])


# The sources of arXiv, one after the other

ID = "1701.06538"
RECORD = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><GetRecord><record><metadata>
<arXiv xmlns="http://arxiv.org/OAI/arXiv/"><id>1701.06538</id><created>2017-01-23</created>
<authors><author><keyname>Shazeer</keyname><forenames>Noam</forenames></author></authors>
<title>Told by OAI-PMH</title></arXiv></metadata></record></GetRecord></OAI-PMH>"""
NO_RECORD = """<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
<error code="idDoesNotExist">No matching identifier in arXiv</error></OAI-PMH>"""
ABSTRACT_PAGE = """<title>[1701.06538]</title><meta name="citation_title" content="Told by the page">
<meta name="citation_author" content="Shazeer, Noam"><meta name="citation_date" content="2017/01/23">
<meta name="citation_arxiv_id" content="1701.06538">"""
DATACITE = """{"data": {"attributes": {"doi": "10.48550/arxiv.1701.06538", "publicationYear": 2017,
"creators": [{"name": "Shazeer, Noam"}], "titles": [{"title": "Told by DataCite"}]}}}"""
FEED = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/abs/1701.06538v1</id>
<title>Told by the API</title><author><name>Noam Shazeer</name></author></entry></feed>"""
SHAPES = {
    "/arxiv-oai-pmh": Reply(RECORD.encode(), content_type="text/xml; charset=utf-8"),
    f"/arxiv-page/{ID}": page(ABSTRACT_PAGE),
    f"/datacite/10.48550/arxiv.{ID}": Reply(
        DATACITE.encode(), content_type="application/vnd.api+json; charset=utf-8"
    ),
    "/arxiv": Reply(FEED.encode(), content_type="application/atom+xml; charset=utf-8"),
}
TOLD = ["Told by OAI-PMH", "Told by the page", "Told by DataCite", "Told by the API"]
NAMES = ["arXiv OAI-PMH", "arXiv page", "DataCite", "arXiv"]
FAILURES = {
    "429": lambda _: Reply(status=429, headers={"Retry-After": "1"}),
    "503": lambda _: Reply(status=503),
    "rate exceeded with 200": lambda _: Reply(b"Rate exceeded.", content_type="text/plain"),
    "a stall": lambda reply: reply._replace(delay=30),
    "a trickle": lambda reply: reply._replace(drip=0.1),
    "an answer cut short": lambda reply: reply._replace(body=reply.body[:90]),
    "a broken connection": lambda reply: reply._replace(cut=50, headers={"Connection": "close"}),
    "an empty answer": lambda reply: reply._replace(body=b""),
    "a page of maintenance": lambda _: page("<title>Maintenance</title><p>Come back later"),
}


@pytest.fixture
def hurried(local: LocalWeb, monkeypatch: pytest.MonkeyPatch) -> HttpClient:
    """A client that waits for a tenth of the time that a real one has."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    limits = Limits(connect=1, read=1, total=4, wait=0)
    return HttpClient(HttpPolicy(limits=limits, allowed=frozenset({local.host})))


@pytest.mark.parametrize(
    ("failure", "failing"),
    [
        *((failure, 3) for failure in FAILURES),
        ("429", 1),
        ("429", 2),
        ("an answer cut short", 1),
        ("an answer cut short", 2),
    ],
)
def test_each_failure_leads_to_the_next_source_of_arxiv(
    hurried: HttpClient, failure: str, failing: int
) -> None:
    with local_web() as local:  # of its own: a server that stalls goes on after the test
        for at, (path, reply) in enumerate(SHAPES.items()):
            local[path] = FAILURES[failure](reply) if at < failing else reply
        policy = hurried.policy._replace(allowed=frozenset({local.host}))
        start = monotonic()
        found = look_up_work(
            Work(arxiv=ID), replace(hurried, policy=policy), SOURCES, local.address
        )
        assert monotonic() - start < 12, "a busy machine adds to the four seconds"
    assert (found.work.title, found.source) == (TOLD[failing], NAMES[failing])
    assert (found.work.arxiv, found.work.authors) == (ID, ("Noam Shazeer",))
    assert found.remarks
    paths = [path.partition("?")[0] for path, _ in local.requests]
    assert paths == list(SHAPES)[: failing + 1]


def test_all_of_the_time_is_shared_by_the_sources(hurried: HttpClient) -> None:
    with local_web() as local:
        for path, reply in SHAPES.items():
            local[path] = reply._replace(delay=30)
        policy = hurried.policy._replace(allowed=frozenset({local.host}))
        start = monotonic()
        found = look_up_work(
            Work(arxiv=ID), replace(hurried, policy=policy), SOURCES, local.address
        )
        assert monotonic() - start < 12, "a busy machine adds to the four seconds"
    assert found.work == Work(arxiv=ID)
    assert found.source == ""
    assert any("did not" in remark for remark in found.remarks)


def test_a_paper_that_one_source_lacks_may_be_at_the_next(
    client: HttpClient, local: LocalWeb
) -> None:
    local["/arxiv-oai-pmh"] = Reply(NO_RECORD.encode(), content_type="text/xml")
    local[f"/arxiv-page/{ID}"] = page(ABSTRACT_PAGE)
    found = look_up_work(Work(arxiv=ID), client, SOURCES, local.address)
    assert found.work.title == "Told by the page"
    assert found.remarks == ()
    local[f"/arxiv-page/{ID}"] = Reply(status=404)
    local["/arxiv"] = Reply(b'<feed xmlns="http://www.w3.org/2005/Atom"/>', content_type="text/xml")
    with pytest.raises(WorkLookupError, match=f"arXiv has no paper `{ID}`: check the id"):
        look_up_work(Work(arxiv=ID), client, SOURCES, local.address)


def test_an_answer_that_cannot_be_read_is_asked_for_again(
    client: HttpClient, local: LocalWeb, tmp_path: Path
) -> None:
    caching = replace(client, cache=ResponseCache(tmp_path))
    whole = SHAPES["/arxiv-oai-pmh"]
    local["/arxiv-oai-pmh"] = [whole._replace(body=whole.body[:200]), whole]
    for path, reply in list(SHAPES.items())[1:]:
        local[path] = reply
    first, second, third = (
        look_up_work(Work(arxiv=ID), caching, SOURCES, local.address) for _ in range(3)
    )
    assert [found.source for found in (first, second, third)] == [
        "arXiv page",
        "arXiv OAI-PMH",
        "arXiv OAI-PMH",
    ]
    assert sum("oai" in path for path, _ in local.requests) == 2


def test_the_names_of_sources_make_paths_of_their_own() -> None:
    paths = {make_service_path(source) for source in SOURCES}
    assert len(paths) == len(SOURCES) - 1, "arXiv's API is asked by id and by title"


# Other sources


def test_a_doi_that_crossref_lacks_is_looked_up_at_datacite(
    client: HttpClient, local: LocalWeb
) -> None:
    answer = {"doi": DOI, "titles": [{"title": "A data set"}], "creators": [{"name": "Adams, Ada"}]}
    body = json.dumps({"data": {"attributes": answer}}).encode()
    local[f"/datacite/{DOI}"] = Reply(body, content_type="application/json")
    found = look_up_work(Work(doi=DOI), client, SOURCES, local.address)
    assert found == LookupResult(
        Work(title="A data set", authors=("Ada Adams",), doi=DOI), (), "DataCite"
    )


def test_a_book_is_looked_up_at_its_page_where_the_service_is_silent(
    client: HttpClient, local: LocalWeb
) -> None:
    isbn = "9780262035613"
    local["/open-library"] = Reply(status=503)
    local[f"/isbn-page/{isbn}"] = redirect("/books/1")
    local["/books/1"] = page(
        '<meta property="og:title" content="Deep Learning"><meta property="og:type" content="book">'
        '<meta name="author" content="Ian Goodfellow">'
    )
    found = look_up_work(Work(isbn=isbn), client, SOURCES, local.address)
    assert (found.work.title, found.work.authors) == ("Deep Learning", ("Ian Goodfellow",))
    assert (found.work.kind, found.work.url) == ("book", f"{local.address}/books/1")
    assert found.source == "ISBN page"


def test_a_page_of_a_book_without_authors_is_completed_by_its_isbn(
    client: HttpClient, local: LocalWeb
) -> None:
    local["/shop"] = page(
        '<meta property="og:title" content="Deep Learning"><meta property="og:type" content="book">'
        '<meta property="book:isbn" content="978-0-262-03561-3">'
    )
    book = {"title": "Deep learning (hardback)", "authors": [{"name": "Ian Goodfellow"}]}
    local["/open-library"] = Reply(
        json.dumps({"ISBN:9780262035613": book}).encode(), content_type="application/json"
    )
    found = look_up_work(Work(url=f"{local.address}/shop"), client, SOURCES, local.address)
    assert (found.work.title, found.work.authors) == ("Deep Learning", ("Ian Goodfellow",))
    assert found.work.url == f"{local.address}/shop"
    assert found.source == "web page and Open Library"
