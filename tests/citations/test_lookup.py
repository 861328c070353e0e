"""Looking up a work at several sources: their order, and what happens when one fails."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError, RefusedError
from readinglog.citations.http.request import HttpPolicy, Limits
from readinglog.citations.lookup import look_up_work
from readinglog.citations.sources import SOURCES, crossref
from readinglog.citations.sources.source import KeyField, LookupKey, MetadataSource
from readinglog.citations.work import LookupResult, Work
from support.local_web import LocalWeb, Reply, page

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
