"""Asking the web: what comes of answers that are good, late, cut short, too long, or elsewhere. The server is real."""

from __future__ import annotations

import gzip
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import trustme

from readinglog import __version__
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError
from readinglog.citations.http.public_address import is_public, resolve
from readinglog.citations.http.request import HttpPolicy, Limits
from readinglog.citations.http.response_cache import Answer, AnswerCache
from support.local_web import HTML, LocalWeb, Reply, gzip_reply, local_web, page, redirect

LIMITS = Limits(connect=2, read=0.3, whole=20, size=100_000, wait=0)


@pytest.fixture
def web(local: LocalWeb) -> HttpClient:
    return HttpClient(HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})))


def refused(web: HttpClient, url: str) -> FetchError:
    with pytest.raises(FetchError) as error:
        web.read(url)
    return error.value


# What is asked and answered -------------------------------------------------------------------------------------------


def test_an_answer_says_where_it_came_from_and_what_it_is(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = page("Größe")
    assert web.read(f"{local.address}/a") == Answer(f"{local.address}/a", HTML, "Größe".encode())


def test_services_receive_a_contact_address_and_other_hosts_do_not(
    local: LocalWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    web = HttpClient(HttpPolicy("ada@example.org", LIMITS, frozenset({local.host})))
    local["/a"] = page("x")
    web.ask(f"{local.address}/a")
    web.read(f"{local.address}/a")
    (_, service), (_, stranger) = local.requests
    assert service["user-agent"] == f"readinglog/{__version__} (mailto:ada@example.org)"
    assert stranger["user-agent"] == f"readinglog/{__version__}"
    assert service["host"] == stranger["host"] == local.host
    assert "cookie" not in stranger


def test_a_compressed_answer_is_unpacked(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = gzip_reply(b"text " * 1_000)
    assert web.read(f"{local.address}/a").data == b"text " * 1_000


def test_what_is_no_text_is_not_fetched(web: HttpClient, local: LocalWeb) -> None:
    local["/a.pdf"] = Reply(b"%PDF" * 1_000_000, content_type="application/pdf")
    assert web.read(f"{local.address}/a.pdf") == Answer(
        f"{local.address}/a.pdf", "application/pdf", b""
    )


# Limits ---------------------------------------------------------------------------------------------------------------


def test_an_answer_that_is_too_long_is_refused_however_it_comes(
    web: HttpClient, local: LocalWeb
) -> None:
    local["/told"] = Reply(b"x" * 200_000)
    local["/untold"] = Reply(b"x" * 200_000, headers={"Content-Length": "", "Connection": "close"})
    local["/bomb"] = gzip_reply(b"x" * 50_000_000)
    local["/short"] = Reply(b"x" * 200_000, headers={"Content-Length": "10"})
    for path in ("/told", "/untold", "/bomb"):
        error = refused(web, f"{local.address}{path}")
        assert str(error).startswith("127.0.0.1 sends more than 0.1 MB")
        assert not error.unreachable
    assert web.read(f"{local.address}/short").data == b"x" * 10


def test_encodings_within_each_other_are_refused(web: HttpClient, local: LocalWeb) -> None:
    twice = gzip.compress(gzip.compress(b"x" * 1_000_000))
    local["/a"] = Reply(twice, headers={"Content-Encoding": "gzip, gzip"})
    assert "an encoding that was not asked for" in str(refused(web, f"{local.address}/a"))
    local["/b"] = Reply(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "cannot be read" in str(refused(web, f"{local.address}/b"))


def test_a_timeout_is_retried_three_times_and_then_reported(
    web: HttpClient, local: LocalWeb
) -> None:
    local["/slow"] = Reply(b"late", delay=1)
    error = refused(web, f"{local.address}/slow")
    assert str(error) == "127.0.0.1 does not answer in time: try again later"
    assert error.unreachable
    assert len(local.requests) == 3


def test_a_truncated_answer_is_requested_again(web: HttpClient, local: LocalWeb) -> None:
    short = Reply(b"x" * 1_000, cut=500, headers={"Connection": "close"})
    local["/once"] = [short, page("whole")]
    assert web.read(f"{local.address}/once").data == b"whole"
    local["/ever"] = short
    error = refused(web, f"{local.address}/ever")
    assert "breaks off in the middle of its answer" in str(error)
    assert error.unreachable


def test_an_answer_that_trickles_in_runs_into_a_timeout(local: LocalWeb) -> None:
    local["/drip"] = Reply(b"x" * 1_000, drip=0.05)
    web = HttpClient(HttpPolicy(limits=LIMITS._replace(whole=0.4), allowed=frozenset({local.host})))
    error = refused(web, f"{local.address}/drip")
    assert str(error) == "127.0.0.1 does not end its answer within 0.4 seconds: try again later"
    assert error.unreachable


def test_a_busy_server_is_asked_again_after_the_time_it_names(
    web: HttpClient, local: LocalWeb
) -> None:
    local["/busy"] = [
        Reply(status=429, headers={"Retry-After": "0"}),
        Reply(status=503),
        page("now"),
    ]
    assert web.read(f"{local.address}/busy").data == b"now"
    assert [path for path, _ in local.requests if path == "/busy"] == [
        "/busy"
    ] * 3  # one of an earlier test may come late


def test_a_retry_after_of_hours_is_not_waited_for(web: HttpClient, local: LocalWeb) -> None:
    for told in ("3600", format_datetime(datetime.now(UTC) + timedelta(hours=1))):
        local.requests.clear()
        local["/busy"] = Reply(status=429, headers={"Retry-After": told})
        error = refused(web, f"{local.address}/busy")
        assert str(error) == "127.0.0.1 does not answer for now (429): try again later"
        assert error.unreachable
        assert len(local.requests) == 1


@pytest.mark.parametrize("told", ["", "soon", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 400])
def test_a_retry_after_that_is_unreadable_or_huge_breaks_nothing(
    web: HttpClient, local: LocalWeb, told: str
) -> None:
    local["/busy"] = [Reply(status=503, headers={"Retry-After": told}), page("now")]
    if told.startswith("999"):
        assert refused(web, f"{local.address}/busy").unreachable
    else:
        assert web.read(f"{local.address}/busy").data == b"now"


@pytest.mark.parametrize(
    ("status", "silent"),
    [(404, False), (410, False), (401, True), (403, True), (500, True), (418, True), (304, True)],
)
def test_an_error_status_is_reported(
    web: HttpClient, local: LocalWeb, status: int, silent: bool
) -> None:
    local["/a"] = Reply(status=status)
    error = refused(web, f"{local.address}/a")
    assert f"({status})" in str(error)
    assert (error.unreachable, error.status) == (silent, status)


# Where redirects lead -------------------------------------------------------------------------------------------------


def test_redirects_are_followed_to_the_page(web: HttpClient, local: LocalWeb) -> None:
    local["/a"], local["/b"], local["/c"] = (
        redirect("/b", 301),
        redirect(f"{local.address}/c?x=1", 307),
        page("here"),
    )
    assert web.read(f"{local.address}/a") == Answer(f"{local.address}/c?x=1", HTML, b"here")


@pytest.mark.parametrize(
    "to",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0.0.0.0/",
        "http://10.0.0.1:8080/",
    ],
)
def test_a_redirect_to_a_private_network_is_refused(
    web: HttpClient, local: LocalWeb, to: str
) -> None:
    local["/a"] = redirect(to)
    for ask in (web.read, web.ask):
        with pytest.raises(FetchError, match="in a private network") as error:
            ask(f"{local.address}/a")
        assert not error.value.unreachable
    assert refused(web, to).unreachable is False


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "https://"]
)
def test_a_redirect_to_no_page_is_refused(web: HttpClient, local: LocalWeb, to: str) -> None:
    local["/a"] = redirect(to)
    error = refused(web, f"{local.address}/a")
    assert "address" in str(error)
    assert not error.unreachable


def test_a_redirect_that_nobody_understands_is_no_answer(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = redirect("http://[x]/")
    assert refused(web, f"{local.address}/a").unreachable
    assert "is not an address" in str(refused(web, "http://[x]/"))


def test_passwords_are_neither_sent_nor_shown(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = redirect(f"http://ada:secret@{local.host}/b")
    told = str(refused(web, f"{local.address}/a"))
    assert "write it without" in told
    assert "secret" not in told


def test_redirect_loops_and_long_chains_of_redirects_end(web: HttpClient, local: LocalWeb) -> None:
    local["/a"], local["/b"] = redirect("/b"), redirect("/a")
    for at in range(20):
        local[f"/{at}"] = redirect(f"/{at + 1}")
    for path in ("/a", "/0"):
        local.requests.clear()
        error = refused(web, f"{local.address}{path}")
        assert "leads from one address to the next" in str(error)
        assert not error.unreachable
        assert len(local.requests) <= LIMITS.redirects + 1


# Names and addresses --------------------------------------------------------------------------------------------------


def test_the_address_that_was_checked_is_the_one_connected_to(local: LocalWeb) -> None:
    """A name that is public when it is checked, and private when it is connected to, is looked up once only."""
    asked: list[str] = []

    def first_public(host: str, _: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) > 1 else ["192.0.2.1", "127.0.0.1"]

    web = HttpClient(HttpPolicy(limits=LIMITS, resolve=first_public))
    assert "in a private network" in str(
        refused(web, f"http://rebind.example:{local.host.partition(':')[2]}/")
    )
    assert asked == ["rebind.example"]
    assert local.requests == []


def test_a_host_that_one_address_does_not_reach_is_reached_by_the_next(local: LocalWeb) -> None:
    port = local.host.partition(":")[2]
    host = f"log.example:{port}"
    web = HttpClient(
        HttpPolicy(
            limits=LIMITS, allowed=frozenset({host}), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]
        )
    )
    local["/a"] = page("here")
    assert web.read(f"http://{host}/a") == Answer(f"http://{host}/a", HTML, b"here")
    assert local.requests[0][1]["host"] == host
    nowhere = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({host}), resolve=lambda *_: [])
    )
    assert "cannot be reached" in str(refused(nowhere, f"http://{host}/a"))


def test_a_host_without_name_or_connection_counts_as_unreachable() -> None:
    closed = HttpClient(HttpPolicy(limits=LIMITS, allowed=frozenset({"127.0.0.1:9"})))
    error = refused(closed, "http://127.0.0.1:9/")
    assert (
        str(error)
        == "127.0.0.1 cannot be reached (connection refused): check the address, and that there is a network"
    )
    assert error.unreachable

    def unknown(*_: object) -> Sequence[str]:
        raise OSError

    lost = HttpClient(HttpPolicy(limits=LIMITS, resolve=unknown))
    assert str(refused(lost, "https://no.such.example/")).startswith(
        "no.such.example is not known: check the address"
    )
    assert refused(lost, "https://no.such.example/").unreachable


def test_a_certificate_is_that_of_the_name_not_of_the_address() -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("log.example").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with local_web(server) as local:
        local["/a"] = page("here")
        port = local.host.partition(":")[2]
        hosts = frozenset({f"log.example:{port}", f"other.example:{port}"})
        terms = HttpPolicy(
            limits=LIMITS, allowed=hosts, resolve=lambda *_: ["127.0.0.1"], certificates=trusting
        )
        assert HttpClient(terms).read(f"https://log.example:{port}/a").data == b"here"
        assert "certificate" in str(refused(HttpClient(terms), f"https://other.example:{port}/a"))
        assert "certificate" in str(
            refused(HttpClient(terms._replace(certificates=None)), f"https://log.example:{port}/a")
        )


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_addresses_of_the_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 240.0.0.1 198.18.0.1 "
    "::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:10.0.0.1 2002:7f00:1:: 2002:808:808::1 64:ff9b::7f00:1 64:ff9b:1::1 "
    "fec0::1 ::127.0.0.1 ::a9fe:a9fe ::8.8.8.8 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 5f00::1 3fff::1 2001:db8::1 2001::1 4000::1 "
    "localhost x".split(),
)
def test_addresses_of_nobody_else(address: str) -> None:
    assert not is_public(address)


def test_names_are_looked_up_in_the_order_to_try_them() -> None:
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]


# The cache ------------------------------------------------------------------------------------------------------------


def test_an_answer_is_cached_for_a_day(
    local: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})),
        AnswerCache(tmp_path / "answers"),
    )
    local["/a"] = [page("first"), page("second")]
    url = f"{local.address}/a"
    assert [web.read(url).data for _ in range(3)] == [b"first"] * 3
    assert len(local.requests) == 1
    monkeypatch.setattr("readinglog.citations.http.response_cache._FRESH", 0)
    assert HttpClient(web.terms, web.cache, offline=True).read(url).data == b"first"
    assert web.read(url).data == b"second"


def test_failures_are_not_cached(local: LocalWeb, tmp_path: Path) -> None:
    web = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})),
        AnswerCache(tmp_path / "answers"),
    )
    local["/a"] = [Reply(status=404), page("now")]
    refused(web, f"{local.address}/a")
    assert web.read(f"{local.address}/a").data == b"now"


def test_nothing_is_requested_offline(local: LocalWeb, tmp_path: Path) -> None:
    web = HttpClient(
        HttpPolicy(allowed=frozenset({local.host})), AnswerCache(tmp_path / "answers"), offline=True
    )
    error = refused(web, f"{local.address}/a")
    assert str(error) == "127.0.0.1 is not asked for --offline, and no answer of it is kept"
    assert error.unreachable
    assert local.requests == []


def test_a_broken_or_read_only_cache_is_ignored(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "answers")
    answer = Answer("https://example.org/b", HTML, b"line\nline\n")
    cache.keep("https://example.org/a", answer)
    [file] = (tmp_path / "answers").iterdir()
    whole = file.read_bytes()
    assert cache.find("https://example.org/a") == answer
    for broken in (
        b"",
        b"\n",
        whole[:-1],
        whole + b"x",
        b"{}\nx",
        b"[1, 2]\n",
        b"\xff\n",
        b"[" * 100_000,
    ):
        file.write_bytes(broken)
        assert cache.find("https://example.org/a") is None
    (tmp_path / "file").write_bytes(b"")
    blocked = AnswerCache(tmp_path / "file" / "answers")
    blocked.keep("https://example.org/a", answer)
    assert blocked.find("https://example.org/a") is None


def test_old_answers_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = AnswerCache(tmp_path)
    cache.keep("https://example.org/a", Answer("", "", b""))
    monkeypatch.setattr("readinglog.citations.http.response_cache._KEPT", -1)
    cache.keep("https://example.org/b", Answer("", "", b""))
    assert list(tmp_path.iterdir()) == []
