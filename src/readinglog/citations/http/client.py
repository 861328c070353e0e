"""The HTTP client: redirects followed by hand, retries, a deadline, and a cache of responses."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    stop_after_attempt,
    wait_random_exponential,
)

from readinglog.citations.http.errors import (
    OTHER_ID,
    TRY_LATER,
    FetchError,
    RefusedError,
    RetryableError,
)
from readinglog.citations.http.request import HttpPolicy, check_url, request
from readinglog.citations.http.response_cache import Response, ResponseCache


@dataclass(frozen=True)
class HttpClient:
    """A client that keeps to `policy`; when `offline`, the cache is its only source."""

    policy: HttpPolicy
    cache: ResponseCache | None = None
    offline: bool = False

    def get_trusted(self, url: str) -> Response:
        """Return the response of a service that this program chose. Raises FetchError."""
        return self._get(url, trusted=True)

    def get_untrusted(self, url: str) -> Response:
        """Return the page at an address that somebody else chose. Raises FetchError.

        Its data is b"" where the content type is not text.
        """
        return self._get(url, trusted=False)

    def _get(self, url: str, *, trusted: bool) -> Response:
        host = check_url(url).host
        if self.cache and (cached := self.cache.find(url, allow_stale=self.offline)):
            return cached
        if self.offline:
            message = (
                f"{host} was not asked because of --offline, and none of its answers is cached"
            )
            raise FetchError(message, unreachable=True)
        response = _run_with_deadline(
            lambda: self._follow_redirects(url, trusted=trusted), self.policy.limits.total, host
        )
        if self.cache:
            self.cache.store(url, response)
        return response

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
    message = f"{host} did not finish its answer within {seconds:g} seconds"
    raise FetchError(message, TRY_LATER, unreachable=True)
