"""One HTTP request to one address, and its response within limits."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

import httpx

from readinglog import __version__
from readinglog.citations.http.errors import (
    CHECK_NETWORK,
    OTHER_ID,
    TRY_LATER,
    FetchError,
    RefusedError,
    RetryableError,
    translate_errors,
)
from readinglog.citations.http.public_address import Resolve, is_public, resolve
from readinglog.citations.http.response_cache import Response
from readinglog.model.messages import QUOTED_LENGTH

_TEXT_TYPE = re.compile(r"(?:text/|application/(?:[\w.+-]*\+)?(?:xml|json)\b)|\Z", re.IGNORECASE)
# One encoding only: several within each other inflate without limit.
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 500, 502, 503, 504})
_PORTS = {"http": 80, "https": 443}
# What a busy service sends with the status of a good answer.
_TOO_MANY = re.compile(rb"\s*(?:rate (?:limit )?exceeded|too many requests)", re.IGNORECASE)


class Limits(NamedTuple):
    """How long, how much and how often; times are in seconds."""

    connect: float = 5
    read: float = 10
    total: float = 40  # from the first request to the last byte, with all redirects and retries
    size: int = 5_000_000  # bytes of a body, decoded
    redirects: int = 5
    tries: int = 3
    wait: float = 1  # at most, before the second try; twice as long before each further one
    retry_after: float = 20  # the longest `Retry-After` that is waited for


class HttpPolicy(NamedTuple):
    """The rules that requests keep to.

    `email` is sent to trusted services in the user agent. `allowed` holds `host:port` whose IP
    addresses need not be public.
    """

    email: str = ""
    limits: Limits = Limits()
    allowed: frozenset[str] = frozenset()
    resolve: Resolve = resolve
    certificates: ssl.SSLContext | None = None


def check_url(url: str) -> httpx.URL:
    """Return `url` parsed, if it is a web address without user name and password.

    Raises RefusedError for anything else.
    """
    quoted = f"`{url[:QUOTED_LENGTH]}`"
    try:
        parsed = httpx.URL(url)
        host = parsed.host  # decodes `xn--…`, which may be refused
    except (httpx.InvalidURL, ValueError) as error:
        if isinstance(error, UnicodeError) or "IDNA" in str(error):
            message = f"{quoted} has an invalid host name"
            raise RefusedError(message, "copy the address from a browser, or check it") from None
        message = f"{quoted} is not a valid address"
        raise RefusedError(message, "write it as https://…") from None
    if parsed.scheme not in _PORTS or not host:
        message = f"{quoted} is not a web address"
        raise RefusedError(message, "write it as https://…")
    if parsed.userinfo:
        message = f"an address at {parsed.host} contains a user name or a password"
        raise RefusedError(message, "write it without")
    return parsed


def request(url: str, policy: HttpPolicy, *, trusted: bool) -> Response | str:
    """Return the response at `url`, or the address that it redirects to.

    Only a `trusted` one is requested through the proxy of the environment, if there is one.
    Raises FetchError, as RetryableError where another try may help.
    """
    parsed = check_url(url)
    last_error: httpx.HTTPError = httpx.ConnectError("it has no IP address")
    with translate_errors(parsed.host):
        for target in [parsed] if trusted else _resolve_targets(parsed, policy):
            try:
                return _request_target(parsed, target, policy, trusted=trusted)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                last_error = error
        raise last_error


def _resolve_targets(url: httpx.URL, policy: HttpPolicy) -> Iterator[httpx.URL]:
    """Yield `url` with each of its IP addresses as the host.

    The address that was checked is the one connected to: a second look-up of the name could
    return another. Raises RefusedError where one of them is private.
    """
    host, port = url.raw_host.decode("ascii"), url.port or _PORTS[url.scheme]
    try:
        addresses = policy.resolve(host, port)
    except (OSError, UnicodeError):
        message = f"the host {url.host} cannot be found"
        raise FetchError(message, CHECK_NETWORK, unreachable=True) from None
    if f"{host}:{port}" not in policy.allowed and not all(map(is_public, addresses)):
        message = f"{url.host} is in a private network, which is not allowed"
        raise RefusedError(message, OTHER_ID)
    for address in addresses:
        yield url.copy_with(host=address)


def _request_target(
    url: httpx.URL, target: httpx.URL, policy: HttpPolicy, *, trusted: bool
) -> Response | str:
    """Return the response of `target`, asked for as `url`, or the address it redirects to."""
    headers = {
        "User-Agent": _user_agent(policy.email if trusted else ""),
        "Accept-Encoding": "gzip",
        "Host": url.netloc.decode("ascii"),
    }
    client = httpx.Client(
        trust_env=trusted,
        timeout=httpx.Timeout(policy.limits.read, connect=policy.limits.connect),
        verify=policy.certificates or httpx.create_ssl_context(),
    )
    extensions = {"sni_hostname": url.raw_host.decode("ascii")}
    with client, client.stream("GET", target, headers=headers, extensions=extensions) as response:
        if response.status_code in _REDIRECTS and "location" in response.headers:
            return str(url.join(response.headers["location"]))
        _raise_for_status(response, url.host, policy.limits)
        content_type = response.headers.get("content-type", "")
        is_text = _TEXT_TYPE.match(content_type)
        data = _read_body(response, url.host, policy.limits) if is_text else b""
        if _TOO_MANY.match(data):
            message = f"{url.host} is not available at the moment (too many requests)"
            raise RetryableError(message, status=429)
        return Response(str(url), content_type, data)


def _user_agent(email: str) -> str:
    agent = f"readinglog/{__version__}"
    return f"{agent} (mailto:{email})" if email else agent


def _raise_for_status(response: httpx.Response, host: str, limits: Limits) -> None:
    """Raise FetchError if the status is not that of a usable response."""
    status = response.status_code
    if status in _GONE:
        message = f"{host} has nothing at this address ({status})"
        raise FetchError(message, "check it", status=status)
    if status in _BUSY:
        message = f"{host} is not available at the moment ({status})"
        delay = _parse_retry_after(response.headers.get("retry-after", ""))
        if delay is not None and delay > limits.retry_after:
            raise FetchError(message, TRY_LATER, unreachable=True, status=status)
        raise RetryableError(message, status=status, delay=delay)
    if not response.is_success:
        message = f"{host} refuses to answer programs ({status})"
        raise FetchError(message, "fill in the fields by hand", unreachable=True, status=status)


def _parse_retry_after(value: str) -> float | None:
    """Return the seconds that a `Retry-After` header asks to wait; None where it is invalid."""
    if value.strip().isdecimal():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None


def _read_body(response: httpx.Response, host: str, limits: Limits) -> bytes:
    """Return the decoded body. Raises RefusedError where it is larger than the limit.

    A `Content-Length` can refuse a body early, but never admit one: bytes are counted.
    """
    if response.headers.get("content-encoding", "").strip().lower() not in _ENCODINGS:
        message = f"{host} answers in an encoding that was not requested"
        raise RefusedError(message, OTHER_ID)
    length = response.headers.get("content-length", "")
    data = bytearray()
    if not (length.isdecimal() and len(length) < 20 and int(length) > limits.size):
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) > limits.size:
                break
        else:
            return bytes(data)
    message = f"{host} sends more than {limits.size / 1e6:g} MB, too much for a web page"
    raise RefusedError(message, OTHER_ID)
