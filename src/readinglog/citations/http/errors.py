"""Errors of requests: sentences that name the host and say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from readinglog.citations.errors import WorkLookupError

OTHER_ID = "give the work's arXiv id, DOI or title instead"
TRY_LATER = "try again later"
CHECK_NETWORK = "check the address and your network connection"


class FetchError(WorkLookupError):
    """A request without a usable answer.

    `unreachable` means that the host does not answer, so that one may go on with what is known.
    `status` is the HTTP status, 0 where no response came.
    """

    def __init__(
        self, message: str, hint: str = "", *, unreachable: bool = False, status: int = 0
    ) -> None:
        super().__init__(message, hint, unreachable=unreachable)
        self.status = status


class RefusedError(FetchError):
    """An address or an answer that this program refuses: private, too large, without an end."""


class RetryableError(FetchError):
    """A host that is not available at the moment.

    `delay` is how many seconds it asks to wait, None if it does not say.
    """

    def __init__(self, message: str, *, status: int = 0, delay: float | None = None) -> None:
        super().__init__(message, TRY_LATER, unreachable=True, status=status)
        self.delay = delay


@contextmanager
def translate_errors(host: str) -> Iterator[None]:
    """Raise errors of httpx as FetchError, RetryableError where a retry may help."""
    try:
        yield
    except httpx.TimeoutException:
        message = f"{host} did not answer in time"
        raise RetryableError(message) from None
    except httpx.ConnectError as error:
        reason = re.sub(r"\[[^\[\]]*\] ?", "", str(error))[:80].strip().lower() or "no connection"
        message = f"{host} cannot be reached ({reason})"
        raise FetchError(message, CHECK_NETWORK, unreachable=True) from None
    except (httpx.NetworkError, httpx.RemoteProtocolError):
        message = f"{host} closed the connection in the middle of its answer"
        raise RetryableError(message) from None
    except httpx.HTTPError:
        message = f"the answer of {host} cannot be read"
        raise FetchError(message, OTHER_ID, unreachable=True) from None
    except (httpx.InvalidURL, ValueError):
        message = f"{host} redirects to an invalid address"
        raise RefusedError(message, OTHER_ID) from None
