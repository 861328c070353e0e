"""Asking the web, politely and with an end: redirects followed by hand, tries again, answers kept."""

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

from readinglog.citations.http.errors import INSTEAD, FetchError, LaterError
from readinglog.citations.http.request import HttpPolicy, check_url, request
from readinglog.citations.http.response_cache import Answer, AnswerCache


@dataclass(frozen=True)
class HttpClient:
    """The web on some terms, with a cache if there is one; `offline` the cache is all there is."""

    terms: HttpPolicy
    cache: AnswerCache | None = None
    offline: bool = False

    def ask(self, url: str) -> Answer:
        """The answer of a service that we chose ourselves. Raises FetchError."""
        return self._get(url, chosen=True)

    def read(self, url: str) -> Answer:
        """The page at an address of somebody else's choice, its data b'' where it is no text. Raises FetchError."""
        return self._get(url, chosen=False)

    def _get(self, url: str, *, chosen: bool) -> Answer:
        host = check_url(url).host
        if self.cache and (kept := self.cache.find(url, stale=self.offline)):
            return kept
        if self.offline:
            message = f"{host} is not asked for --offline, and no answer of it is kept"
            raise FetchError(message, silent=True)
        answer = _in_time(lambda: self._followed(url, chosen=chosen), self.terms.limits.whole, host)
        if self.cache:
            self.cache.keep(url, answer)
        return answer

    def _followed(self, url: str, *, chosen: bool) -> Answer:
        """The answer after redirects; where these lead is a stranger's choice, whoever chose the first."""
        host, been = check_url(url).host, list[str]()
        while url not in been and len(been) <= self.terms.limits.redirects:
            been.append(url)
            answer = self._tried(url, chosen=chosen and len(been) == 1)
            if isinstance(answer, Answer):
                return answer
            url = answer
        message = f"{host} leads from one address to the next and to no page: {INSTEAD}"
        raise FetchError(message)

    def _tried(self, url: str, *, chosen: bool) -> Answer | str:
        """The answer, or where it leads, asked for again while that may help."""
        tries = Retrying(
            stop=stop_after_attempt(self.terms.limits.tries),
            retry=retry_if_exception_type(LaterError),
            wait=self._pause,
            reraise=True,
        )
        try:
            return tries(request, url, self.terms, chosen=chosen)
        except LaterError as error:
            raise error.why from None

    def _pause(self, state: RetryCallState) -> float:
        """Seconds to wait before the next try: as many as the host says, else twice as many at most as before the last."""
        error = state.outcome.exception() if state.outcome else None
        told = error.seconds if isinstance(error, LaterError) else None
        return wait_random_exponential(self.terms.limits.wait)(state) if told is None else told


def _in_time(call: Callable[[], Answer], seconds: float, host: str) -> Answer:
    """What `call` gives within so many seconds. A host that sends a byte now and then is never out of time for a socket."""
    found: list[Answer | Exception] = []

    def run() -> None:
        try:
            found.append(call())
        except Exception as error:  # noqa: BLE001 - raised again where it was asked for
            found.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    match found:
        case [Answer() as answer]:
            return answer
        case [Exception() as error]:
            raise error
    message = f"{host} does not end its answer within {seconds:g} seconds: try again later"
    raise FetchError(message, silent=True)
