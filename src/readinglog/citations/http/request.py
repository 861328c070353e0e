"""One question to one address of the web, and its answer within limits."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from readinglog import __version__
from readinglog.citations.http.errors import INSTEAD, FetchError, LaterError, translate_errors
from readinglog.citations.http.public_address import Resolve, is_public, resolve
from readinglog.citations.http.response_cache import Answer

_READABLE = re.compile(r"(?:text/|application/(?:[\w.+-]*\+)?(?:xml|json)\b)|\Z", re.IGNORECASE)
_ENCODINGS = frozenset(
    {"", "identity", "gzip", "x-gzip", "deflate"}
)  # several, one in the other, inflate without measure
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 500, 502, 503, 504})
_PORTS = {"http": 80, "https": 443}


class Limits(NamedTuple):
    """How long, how much and how often; times in seconds."""

    connect: float = 5
    read: float = 10
    whole: float = 40  # from the question to the end of the answer, with all redirects and tries
    size: int = 5_000_000  # bytes, after decoding
    redirects: int = 5
    tries: int = 3
    wait: float = 1  # before the second try, at most; twice as long before each further one
    told_wait: float = 20  # the longest that a host may ask to wait


class HttpPolicy(NamedTuple):
    """On what terms the web is asked.

    `email` is told to services that we chose, `allowed` are hosts with ports whose addresses need not be public.
    """

    email: str = ""
    limits: Limits = Limits()
    allowed: frozenset[str] = frozenset()
    resolve: Resolve = resolve
    certificates: ssl.SSLContext | None = None


def check_url(url: str) -> httpx.URL:
    """`url` if it is a whole address of the web, without a name or a password in it. Raises FetchError."""
    try:
        asked = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):
        message = f"`{url[:80]}` is not an address: write it as https://…"
        raise FetchError(message) from None
    if asked.scheme not in _PORTS or not asked.host:
        message = f"`{url[:80]}` is not an address of the web: write it as https://…"
        raise FetchError(message)
    if asked.userinfo:
        message = f"an address of {asked.host} has a name or a password in it: write it without"
        raise FetchError(message)
    return asked


def request(url: str, terms: HttpPolicy, *, chosen: bool) -> Answer | str:
    """The answer at `url`, or the address that it leads on to. Only a `chosen` one goes by the proxy of the environment, if any.

    Raises FetchError, or LaterError where asking again may help.
    """
    asked = check_url(url)
    unreached: httpx.HTTPError = httpx.ConnectError("it has no address")
    with translate_errors(asked.host):
        for place in [asked] if chosen else _places(asked, terms):
            try:
                return _from(asked, place, terms, chosen=chosen)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                unreached = error
        raise unreached


def _places(url: httpx.URL, terms: HttpPolicy) -> Iterator[httpx.URL]:
    """`url` with each of its addresses for its host: what was checked is what is connected to, and no name is looked up again."""
    host, port = url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme]
    try:
        addresses = terms.resolve(host, port)
    except (OSError, UnicodeError):
        message = f"{url.host} is not known: check the address, and that there is a network"
        raise FetchError(message, silent=True) from None
    if f"{host}:{port}" not in terms.allowed and not all(map(is_public, addresses)):
        message = f"{url.host} is in a private network, where nothing is read: {INSTEAD}"
        raise FetchError(message)
    for address in addresses:
        yield url.copy_with(host=address)


def _from(asked: httpx.URL, place: httpx.URL, terms: HttpPolicy, *, chosen: bool) -> Answer | str:
    agent = f"readinglog/{__version__}" + (
        f" (mailto:{terms.email})" if terms.email and chosen else ""
    )
    headers = {"User-Agent": agent, "Accept-Encoding": "gzip", "Host": asked.netloc.decode("ascii")}
    timeout = httpx.Timeout(terms.limits.read, connect=terms.limits.connect)
    client = httpx.Client(
        trust_env=chosen, timeout=timeout, verify=terms.certificates or httpx.create_ssl_context()
    )
    extensions = {"sni_hostname": asked.raw_host.decode("ascii")}
    with client, client.stream("GET", place, headers=headers, extensions=extensions) as response:
        if response.status_code in _MOVED and "location" in response.headers:
            return str(asked.join(response.headers["location"]))
        _raise_for(response, asked.host, terms.limits)
        content_type = response.headers.get("content-type", "")
        data = _body(response, asked.host, terms.limits) if _READABLE.match(content_type) else b""
        return Answer(str(asked), content_type, data)


def _raise_for(response: httpx.Response, host: str, limits: Limits) -> None:
    """Raise if the status says that this is no answer."""
    status = response.status_code
    if status in _GONE:
        message = f"{host} has nothing at this address ({status}): check it"
        raise FetchError(message, status=status)
    if status in _BUSY:
        why = FetchError(
            f"{host} does not answer for now ({status}): try again later",
            silent=True,
            status=status,
        )
        seconds = _seconds(response.headers.get("retry-after", ""))
        if seconds is not None and seconds > limits.told_wait:
            raise why
        raise LaterError(why, seconds)
    if not response.is_success:
        message = f"{host} does not answer a program ({status}): write what it says by hand"
        raise FetchError(message, silent=True, status=status)


def _seconds(told: str) -> float | None:
    """How long a `Retry-After` asks to wait: seconds, or a date; None where it says neither."""
    if told.strip().isdecimal():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _body(response: httpx.Response, host: str, limits: Limits) -> bytes:
    """The bytes of an answer, decoded; whatever length it claims, they are counted as they come."""
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        message = f"{host} answers in an encoding that was not asked for: {INSTEAD}"
        raise FetchError(message)
    told = response.headers.get("content-length", "")
    data = bytearray()
    if not (told.isdecimal() and len(told) < 20 and int(told) > limits.size):
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limits.size:
                break
        else:
            return bytes(data)
    message = f"{host} sends more than {limits.size / 1e6:g} MB, which is no page to read facts from: {INSTEAD}"
    raise FetchError(message)
