"""Why the web gave no answer: sentences that name the host and say what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

INSTEAD = "name the work by its arXiv id, its DOI or its title instead"


class FetchError(Exception):
    """Why there is no answer, in a sentence that names the host and says what to do.

    `silent` where the host does not answer, so that one may go on with what is known; `status` is that of HTTP, 0 where there is none.
    """

    def __init__(self, sentence: str, *, silent: bool = False, status: int = 0) -> None:
        super().__init__(sentence)
        self.unreachable = silent
        self.status = status


class LaterError(Exception):
    """That asking once more may help, after as many `seconds` as the host says; `why` there is no answer yet."""

    def __init__(self, why: FetchError, seconds: float | None = None) -> None:
        super().__init__(str(why))
        self.why = why
        self.seconds = seconds


@contextmanager
def translate_errors(host: str) -> Iterator[None]:
    """What goes wrong on the way to `host` or back, as a sentence."""
    try:
        yield
    except httpx.TimeoutException:
        raise LaterError(
            FetchError(f"{host} does not answer in time: try again later", silent=True)
        ) from None
    except httpx.ConnectError as error:
        reason = re.sub(r"\[[^\]]*\] ?", "", str(error))[:80].strip().lower() or "no connection"
        message = (
            f"{host} cannot be reached ({reason}): check the address, and that there is a network"
        )
        raise FetchError(message, silent=True) from None
    except (httpx.NetworkError, httpx.RemoteProtocolError):
        raise LaterError(
            FetchError(
                f"{host} breaks off in the middle of its answer: try again later", silent=True
            )
        ) from None
    except httpx.HTTPError:
        message = f"{host} answers with what cannot be read: {INSTEAD}"
        raise FetchError(message, silent=True) from None
    except (httpx.InvalidURL, ValueError):
        message = f"{host} leads on to what is no address: {INSTEAD}"
        raise FetchError(message) from None
