"""What `readinglog new` identifies and looks up, with the options of its call."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext

from platformdirs import user_cache_path
from rich.console import Console

from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.request import HttpPolicy
from readinglog.citations.http.response_cache import ResponseCache
from readinglog.citations.identify_work import identify_work
from readinglog.citations.lookup import look_up_work
from readinglog.citations.work import LookupResult, Work
from readinglog.cli.errors import UsageError

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)


def identify(text: str, key: str) -> LookupResult:
    """Return what the words of the call tell of a work. Raise WorkLookupError if nothing."""
    return identify_work(text, key, sys.stdin.buffer.read)


def look_up(work: Work, email: str, services: str, *, offline: bool) -> LookupResult:
    """Return what the metadata sources know of `work`; raise WorkLookupError if they refuse it.

    `services` is the address of a host that stands in for all services, and may be private.
    """
    if email and not _EMAIL.fullmatch(email):
        raise UsageError(f"`{email}` is not an email address", "write it as name@example.org")
    services_url = services.rstrip("/")
    allowed = frozenset({services_url.partition("://")[2]} if services_url else ())
    cache = ResponseCache(user_cache_path("readinglog") / "answers")
    client = HttpClient(HttpPolicy(email, allowed=allowed), cache, offline)
    on_terminal = sys.stderr.isatty()
    status = Console(stderr=True).status("Looking up …") if on_terminal else nullcontext()
    with status:
        return look_up_work(work, client, services_url=services_url)
