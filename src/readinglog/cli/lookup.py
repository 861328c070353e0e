"""The metadata lookup of `readinglog new`."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TypeVar

from platformdirs import user_cache_path
from rich.console import Console

from readinglog.citations.facts import LookupFailure
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.request import HttpPolicy
from readinglog.citations.http.response_cache import AnswerCache
from readinglog.citations.identify_work import identify_work
from readinglog.citations.lookup import LookupResult, Services, look_up_work
from readinglog.citations.work import Work
from readinglog.cli.errors import UsageError
from readinglog.model.errors import ReadinglogError

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_Found = TypeVar("_Found", Work, LookupResult)


class WorkLookupError(ReadinglogError):
    """A work that cannot be identified or looked up."""

    exit_status = 1


def identify(what: str, key: str) -> Work:
    """Return the work that the arguments of a call name.

    Raise ReadinglogError where there is none.
    """
    return _raise_failure(identify_work(what, key, sys.stdin.buffer.read))


def look_up(work: Work, email: str, stand_in: str, *, offline: bool) -> LookupResult:
    """Return what services and pages know about `work`.

    Raise ReadinglogError where the lookup fails. `stand_in` is a host that takes the place of all
    services, and may be private.
    """
    if email and not _EMAIL.fullmatch(email):
        raise UsageError(f"`{email}` is not an email address", "write it as name@example.org")
    base = stand_in.rstrip("/")
    services = Services(f"{base}/arxiv", f"{base}/crossref", f"{base}/doi") if base else Services()
    policy = HttpPolicy(email, allowed=frozenset({base.partition("://")[2]} if base else ()))
    cache = AnswerCache(user_cache_path("readinglog") / "answers")
    with Console(stderr=True).status("looking up …") if sys.stderr.isatty() else nullcontext():
        found = look_up_work(work, HttpClient(policy, cache, offline), services)
    return _raise_failure(found)


def _raise_failure(found: _Found | LookupFailure) -> _Found:
    if isinstance(found, LookupFailure):
        raise WorkLookupError(found.reason)
    return found
