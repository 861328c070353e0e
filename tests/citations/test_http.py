"""HTTP requests to a real local server: responses, limits, redirects, addresses, the cache."""

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
from readinglog.citations.http.errors import FetchError, RefusedError
from readinglog.citations.http.public_address import is_public, resolve
from readinglog.citations.http.request import HttpPolicy, Limits
from readinglog.citations.http.response_cache import Response, ResponseCache
from support.local_web import HTML, LocalWeb, Reply, gzip_reply, local_web, page, redirect

LIMITS = Limits(connect=2, read=0.3, total=20, size=100_000, wait=0)


@pytest.fixture
def web(local: LocalWeb) -> HttpClient:
    return HttpClient(HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})))


def refused(web: HttpClient, url: str) -> FetchError:
    with pytest.raises(FetchError) as error:
        web.get_untrusted(url)
    return error.value


# Responses


def test_a_response_has_address_type_and_data(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = page("Größe")
    assert web.get_untrusted(f"{local.address}/a") == Response(
        f"{local.address}/a", HTML, "Größe".encode()
    )


def test_only_services_get_the_email_address(
    local: LocalWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    web = HttpClient(HttpPolicy("ada@example.org", LIMITS, frozenset({local.host})))
    local["/a"] = page("x")
    web.get_trusted(f"{local.address}/a")
    web.get_untrusted(f"{local.address}/a")
    (_, service), (_, stranger) = local.requests
    assert service["user-agent"] == f"readinglog/{__version__} (mailto:ada@example.org)"
    assert stranger["user-agent"] == f"readinglog/{__version__}"
    assert service["host"] == stranger["host"] == local.host
    assert "cookie" not in stranger


def test_a_compressed_response_is_decoded(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = gzip_reply(b"text " * 1_000)
    assert web.get_untrusted(f"{local.address}/a").data == b"text " * 1_000


def test_what_is_not_text_is_not_downloaded(web: HttpClient, local: LocalWeb) -> None:
    local["/a.pdf"] = Reply(b"%PDF" * 1_000_000, content_type="application/pdf")
    assert web.get_untrusted(f"{local.address}/a.pdf") == Response(
        f"{local.address}/a.pdf", "application/pdf", b""
    )


# Limits


def test_a_response_that_is_too_large_is_refused(web: HttpClient, local: LocalWeb) -> None:
    local["/declared"] = Reply(b"x" * 200_000)
    local["/undeclared"] = Reply(
        b"x" * 200_000, headers={"Content-Length": "", "Connection": "close"}
    )
    local["/bomb"] = gzip_reply(b"x" * 50_000_000)
    local["/short"] = Reply(b"x" * 200_000, headers={"Content-Length": "10"})
    for path in ("/declared", "/undeclared", "/bomb"):
        error = refused(web, f"{local.address}{path}")
        assert str(error).startswith("127.0.0.1 sends more than 0.1 MB")
        assert isinstance(error, RefusedError)
    assert web.get_untrusted(f"{local.address}/short").data == b"x" * 10


def test_nested_encodings_are_refused(web: HttpClient, local: LocalWeb) -> None:
    twice = gzip.compress(gzip.compress(b"x" * 1_000_000))
    local["/a"] = Reply(twice, headers={"Content-Encoding": "gzip, gzip"})
    assert "an encoding that was not requested" in str(refused(web, f"{local.address}/a"))
    local["/b"] = Reply(b"no gzip", headers={"Content-Encoding": "gzip"})
    assert "cannot be read" in str(refused(web, f"{local.address}/b"))


def test_a_silent_host_is_asked_three_times(web: HttpClient, local: LocalWeb) -> None:
    local["/slow"] = Reply(b"late", delay=1)
    error = refused(web, f"{local.address}/slow")
    assert str(error) == "127.0.0.1 did not answer in time: try again later"
    assert error.unreachable
    assert len(local.requests) == 3


def test_a_response_that_breaks_off_is_requested_again(web: HttpClient, local: LocalWeb) -> None:
    short = Reply(b"x" * 1_000, cut=500, headers={"Connection": "close"})
    local["/once"] = [short, page("whole")]
    assert web.get_untrusted(f"{local.address}/once").data == b"whole"
    local["/ever"] = short
    error = refused(web, f"{local.address}/ever")
    assert "closed the connection in the middle of its answer" in str(error)
    assert error.unreachable


def test_a_response_that_trickles_ends_at_the_deadline() -> None:
    """The server is not shared: a retry that is under way may still reach it after the test."""
    limits = LIMITS._replace(total=0.4)
    with local_web() as local:
        local["/drip"] = Reply(b"x" * 1_000, drip=0.05)
        web = HttpClient(HttpPolicy(limits=limits, allowed=frozenset({local.host})))
        error = refused(web, f"{local.address}/drip")
    assert str(error) == "127.0.0.1 did not finish its answer within 0.4 seconds: try again later"
    assert error.unreachable


def test_a_busy_host_is_asked_again_after_its_delay(web: HttpClient, local: LocalWeb) -> None:
    local["/busy"] = [
        Reply(status=429, headers={"Retry-After": "0"}),
        Reply(status=503),
        page("now"),
    ]
    assert web.get_untrusted(f"{local.address}/busy").data == b"now"
    assert len(local.requests) == 3


def test_a_delay_of_hours_is_not_waited_for(web: HttpClient, local: LocalWeb) -> None:
    for delay in ("3600", format_datetime(datetime.now(UTC) + timedelta(hours=1))):
        local.requests.clear()
        local["/busy"] = Reply(status=429, headers={"Retry-After": delay})
        error = refused(web, f"{local.address}/busy")
        assert str(error) == "127.0.0.1 is not available at the moment (429): try again later"
        assert error.unreachable
        assert len(local.requests) == 1


@pytest.mark.parametrize("delay", ["", "soon", "-1", "Thu, 01 Jan 1970 00:00:00 GMT", "9" * 400])
def test_an_invalid_retry_after_is_ignored(web: HttpClient, local: LocalWeb, delay: str) -> None:
    local["/busy"] = [Reply(status=503, headers={"Retry-After": delay}), page("now")]
    if delay.startswith("999"):
        assert refused(web, f"{local.address}/busy").unreachable
    else:
        assert web.get_untrusted(f"{local.address}/busy").data == b"now"


@pytest.mark.parametrize(
    ("status", "unreachable"),
    [(404, False), (410, False), (401, True), (403, True), (500, True), (418, True), (304, True)],
)
def test_a_status_becomes_an_error(
    web: HttpClient, local: LocalWeb, status: int, unreachable: bool
) -> None:
    local["/a"] = Reply(status=status)
    error = refused(web, f"{local.address}/a")
    assert f"({status})" in str(error)
    assert (error.unreachable, error.status) == (unreachable, status)


# Redirects


def test_redirects_are_followed(web: HttpClient, local: LocalWeb) -> None:
    local["/a"], local["/b"], local["/c"] = (
        redirect("/b", 301),
        redirect(f"{local.address}/c?x=1", 307),
        page("here"),
    )
    assert web.get_untrusted(f"{local.address}/a") == Response(
        f"{local.address}/c?x=1", HTML, b"here"
    )


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
    for ask in (web.get_untrusted, web.get_trusted):
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


def test_a_redirect_to_an_invalid_address_is_an_error(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = redirect("http://[x]/")
    assert refused(web, f"{local.address}/a").unreachable
    assert "is not a valid address" in str(refused(web, "http://[x]/"))


@pytest.mark.parametrize(
    "host",
    ["☃.example", "xn--ls8h.la", "xn--a.example", "-ö-.example", "a\u200db.example", "ö_x.de"],
)
def test_a_host_name_that_idna_refuses_is_an_error(
    web: HttpClient, local: LocalWeb, host: str
) -> None:
    error = refused(web, f"https://{host}/a")
    assert error.message == f"`https://{host}/a` has an invalid host name"
    assert error.hint == "copy the address from a browser, or check it"
    local["/a"] = Reply(status=302, headers={"Location": "http://xn--a.example/"})
    assert "redirects to an invalid address" in str(refused(web, f"{local.address}/a"))


@pytest.mark.parametrize("host", ["a..b.example", f"{'a' * 70}.example", f"{'a.' * 200}example"])
def test_a_host_name_that_cannot_be_one_is_not_found(web: HttpClient, host: str) -> None:
    assert "cannot be found: check the address" in str(refused(web, f"https://{host}/a"))


def test_passwords_are_neither_sent_nor_shown(web: HttpClient, local: LocalWeb) -> None:
    local["/a"] = redirect(f"http://ada:secret@{local.host}/b")
    message = str(refused(web, f"{local.address}/a"))
    assert "write it without" in message
    assert "secret" not in message


def test_redirect_loops_and_long_chains_end(web: HttpClient, local: LocalWeb) -> None:
    local["/a"], local["/b"] = redirect("/b"), redirect("/a")
    for at in range(20):
        local[f"/{at}"] = redirect(f"/{at + 1}")
    for path in ("/a", "/0"):
        local.requests.clear()
        error = refused(web, f"{local.address}{path}")
        assert "redirects in a loop" in str(error)
        assert not error.unreachable
        assert len(local.requests) <= LIMITS.redirects + 1


# Names and addresses


def test_the_checked_address_is_the_one_connected_to(local: LocalWeb) -> None:
    """A name that resolves first to a public, then to a private address is resolved once only."""
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


def test_the_next_address_of_a_host_is_tried(local: LocalWeb) -> None:
    port = local.host.partition(":")[2]
    host = f"log.example:{port}"
    web = HttpClient(
        HttpPolicy(
            limits=LIMITS, allowed=frozenset({host}), resolve=lambda *_: ["127.0.0.2", "127.0.0.1"]
        )
    )
    local["/a"] = page("here")
    assert web.get_untrusted(f"http://{host}/a") == Response(f"http://{host}/a", HTML, b"here")
    assert local.requests[0][1]["host"] == host
    nowhere = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({host}), resolve=lambda *_: [])
    )
    assert "cannot be reached" in str(refused(nowhere, f"http://{host}/a"))


def test_an_unknown_or_closed_host_is_unreachable() -> None:
    closed = HttpClient(HttpPolicy(limits=LIMITS, allowed=frozenset({"127.0.0.1:9"})))
    error = refused(closed, "http://127.0.0.1:9/")
    assert error.message == "127.0.0.1 cannot be reached (connection refused)"
    assert error.hint == "check the address and your network connection"
    assert error.unreachable

    def unknown(*_: object) -> Sequence[str]:
        raise OSError

    lost = HttpClient(HttpPolicy(limits=LIMITS, resolve=unknown))
    assert str(refused(lost, "https://no.such.example/")).startswith(
        "the host no.such.example cannot be found: check the address"
    )
    assert refused(lost, "https://no.such.example/").unreachable


def test_a_certificate_is_checked_against_the_name() -> None:
    authority = trustme.CA()
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("log.example").configure_cert(server)
    trusting = ssl.create_default_context()
    authority.configure_trust(trusting)
    with local_web(server) as local:
        local["/a"] = page("here")
        port = local.host.partition(":")[2]
        hosts = frozenset({f"log.example:{port}", f"other.example:{port}"})
        policy = HttpPolicy(
            limits=LIMITS, allowed=hosts, resolve=lambda *_: ["127.0.0.1"], certificates=trusting
        )
        assert HttpClient(policy).get_untrusted(f"https://log.example:{port}/a").data == b"here"
        assert "certificate" in str(refused(HttpClient(policy), f"https://other.example:{port}/a"))
        assert "certificate" in str(
            refused(HttpClient(policy._replace(certificates=None)), f"https://log.example:{port}/a")
        )


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "64:ff9b::808:808"]
)
def test_public_addresses(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    (
        "127.0.0.1 10.1.2.3 172.16.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 "
        "224.0.0.1 255.255.255.255 240.0.0.1 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 "
        "fc00::1 ff02::1 ::ffff:10.0.0.1 2002:7f00:1:: 2002:808:808::1 64:ff9b::7f00:1 "
        "64:ff9b:1::1 fec0::1 ::127.0.0.1 ::a9fe:a9fe ::8.8.8.8 ::ffff:8.8.8.8 "
        "::ffff:0:127.0.0.1 5f00::1 3fff::1 2001:db8::1 2001::1 4000::1 localhost x"
    ).split(),
)
def test_other_addresses(address: str) -> None:
    assert not is_public(address)


def test_an_address_resolves_to_itself() -> None:
    assert resolve("127.0.0.1", 80) == ["127.0.0.1"]


# The cache


def test_a_response_is_fresh_for_a_day(
    local: LocalWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})),
        ResponseCache(tmp_path / "answers"),
    )
    local["/a"] = [page("first"), page("second")]
    url = f"{local.address}/a"
    assert [web.get_untrusted(url).data for _ in range(3)] == [b"first"] * 3
    assert len(local.requests) == 1
    monkeypatch.setattr("readinglog.citations.http.response_cache._FRESH_FOR", 0)
    assert HttpClient(web.policy, web.cache, offline=True).get_untrusted(url).data == b"first"
    assert web.get_untrusted(url).data == b"second"


def test_errors_are_not_cached(local: LocalWeb, tmp_path: Path) -> None:
    web = HttpClient(
        HttpPolicy(limits=LIMITS, allowed=frozenset({local.host})),
        ResponseCache(tmp_path / "answers"),
    )
    local["/a"] = [Reply(status=404), page("now")]
    refused(web, f"{local.address}/a")
    assert web.get_untrusted(f"{local.address}/a").data == b"now"


def test_offline_sends_no_request(local: LocalWeb, tmp_path: Path) -> None:
    web = HttpClient(
        HttpPolicy(allowed=frozenset({local.host})),
        ResponseCache(tmp_path / "answers"),
        offline=True,
    )
    error = refused(web, f"{local.address}/a")
    assert (
        str(error)
        == "127.0.0.1 was not asked because of --offline, and none of its answers is cached"
    )
    assert error.unreachable
    assert local.requests == []


def test_a_broken_cache_counts_as_missing(tmp_path: Path) -> None:
    cache = ResponseCache(tmp_path / "answers")
    answer = Response("https://example.org/b", HTML, b"line\nline\n")
    cache.store("https://example.org/a", answer)
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
    blocked = ResponseCache(tmp_path / "file" / "answers")
    blocked.store("https://example.org/a", answer)
    assert blocked.find("https://example.org/a") is None


def test_old_responses_are_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = ResponseCache(tmp_path)
    cache.store("https://example.org/a", Response("", "", b""))
    monkeypatch.setattr("readinglog.citations.http.response_cache._KEPT_FOR", -1)
    cache.store("https://example.org/b", Response("", "", b""))
    assert list(tmp_path.iterdir()) == []
