"""The HTTP client: redirects followed by hand, retries, a deadline, and a cache of responses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.errors import (
    OTHER_ID,
    TRY_LATER,
    FetchError,
    RefusedError,
    RetryableError,
)
from readinglog.citations.http.request import HttpPolicy, check_url, request
from readinglog.citations.http.response_cache import Response, ResponseCache

_Parsed = TypeVar("_Parsed")


@dataclass(frozen=True)
class HttpClient:
    """A client that keeps to `policy`; when `offline`, the cache is its only source.

    `deadline` is when the time for all requests together ends, on the clock of `monotonic`.
    """

    policy: HttpPolicy
    cache: ResponseCache | None = None
    offline: bool = False
    deadline: float | None = None

    def limit_time(self) -> HttpClient:
        """Return a client whose requests together take no longer than one may."""
        return replace(self, deadline=monotonic() + self.policy.limits.total)

    def ask_once(self) -> HttpClient:
        """Return a client that gives up soon, for where another host may answer instead."""
        limits = self.policy.limits
        soon = limits._replace(tries=1, total=min(limits.read, limits.total))
        return replace(self, policy=self.policy._replace(limits=soon))

    def read_trusted(self, url: str, parse: Callable[[str], _Parsed]) -> _Parsed:
        """Return what `parse` makes of the response of a service that this program chose.

        A response is only kept where `parse` does not raise that the service is unreachable: one
        that is cut short is fetched again the next time. Raises WorkLookupError.
        """
        cached = self._find_cached(url)
        response = cached or self._fetch(url, trusted=True)
        try:
            parsed = parse(response.text)
        except WorkLookupError as error:
            if not error.unreachable and not cached:
                self._store(url, response)
            raise
        if not cached:
            self._store(url, response)
        return parsed

    def get_trusted(self, url: str) -> Response:
        """Return the response of a service that this program chose. Raises FetchError."""
        return self._get(url, trusted=True)

    def get_untrusted(self, url: str) -> Response:
        """Return the page at an address that somebody else chose. Raises FetchError.

        Its data is b"" where the content type is not text.
        """
        return self._get(url, trusted=False)

    def _get(self, url: str, *, trusted: bool) -> Response:
        if cached := self._find_cached(url):
            return cached
        response = self._fetch(url, trusted=trusted)
        self._store(url, response)
        return response

    def _find_cached(self, url: str) -> Response | None:
        """Return the response that is kept for `url`. Raises FetchError where `url` is refused."""
        check_url(url)
        return self.cache.find(url, allow_stale=self.offline) if self.cache else None

    def _store(self, url: str, response: Response) -> None:
        if self.cache:
            self.cache.store(url, response)

    def _fetch(self, url: str, *, trusted: bool) -> Response:
        host = check_url(url).host
        if self.offline:
            message = (
                f"{host} was not asked because of --offline, and none of its answers is cached"
            )
            raise FetchError(message, unreachable=True)
        seconds = self.policy.limits.total
        if self.deadline is not None:
            seconds = min(seconds, self.deadline - monotonic())
        if seconds <= 0:
            message = f"{host} was not asked, as others took all of the time"
            raise FetchError(message, TRY_LATER, unreachable=True)
        return _run_with_deadline(
            lambda: self._follow_redirects(url, trusted=trusted), seconds, host
        )

    def _follow_redirects(self, url: str, *, trusted: bool) -> Response:
        """Return the response at the end of all redirects. No target of a redirect is trusted."""
        host = check_url(url).host
        visited: list[str] = []
        while url not in visited and len(visited) <= self.policy.limits.redirects:
            visited.append(url)
            result = self._request_with_retries(url, trusted=trusted and len(visited) == 1)
            if isinstance(result, Response):
                return result
            url = result
        message = f"{host} redirects in a loop"
        raise RefusedError(message, OTHER_ID)

    def _request_with_retries(self, url: str, *, trusted: bool) -> Response | str:
        """Return the response, or the address it redirects to."""
        retrying = Retrying(
            stop=stop_after_attempt(self.policy.limits.tries),
            retry=retry_if_exception_type(RetryableError),
            wait=self._choose_delay,
            reraise=True,
        )
        return retrying(request, url, self.policy, trusted=trusted)

    def _choose_delay(self, state: RetryCallState) -> float:
        """Return the seconds to wait before the next try: the host's wish, else random backoff."""
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, RetryableError) and error.delay is not None:
            return error.delay
        return wait_random_exponential(self.policy.limits.wait)(state)


def _run_with_deadline(call: Callable[[], Response], seconds: float, host: str) -> Response:
    """Return what `call` returns within so many seconds. Raises FetchError after them.

    A timeout of a socket is not enough: a host that sends a byte now and then never exceeds it.
    """
    results: list[Response | Exception] = []

    def run() -> None:
        try:
            results.append(call())
        except Exception as error:  # noqa: BLE001 - raised again in the calling thread
            results.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    match results:
        case [Response() as response]:
            return response
        case [Exception() as error]:
            raise error
    message = f"{host} did not finish its answer within {seconds:.3g} seconds"
    raise FetchError(message, TRY_LATER, unreachable=True)
