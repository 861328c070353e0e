"""What `readinglog new` asks of others, on the terms of its call; a word and exit 1 where what it is given is bad."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TypeVar

import click
from platformdirs import user_cache_path
from rich.console import Console

from readinglog.citations.facts import LookupFailure
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.request import HttpPolicy
from readinglog.citations.http.response_cache import AnswerCache
from readinglog.citations.identify_work import identify_work
from readinglog.citations.lookup import LookupResult, Services, look_up_work
from readinglog.citations.work import Work
from readinglog.cli.options import usage_error
from readinglog.model.printable import make_printable

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_Known = TypeVar("_Known", Work, LookupResult)


def identify(what: str, key: str) -> Work:
    """What the words of the call tell of a work."""
    return _known(identify_work(what, key, sys.stdin.buffer.read))


def look_up(work: Work, email: str, stand_in: str, *, offline: bool) -> LookupResult:
    """What the services and pages tell of it; `stand_in` is a host that takes the place of all services, and may be private."""
    if email and not _EMAIL.fullmatch(email):
        usage_error(f"`{email}` is not an email address: write it as name@example.org")
    base = stand_in.rstrip("/")
    services = Services(f"{base}/arxiv", f"{base}/crossref", f"{base}/doi") if base else Services()
    terms = HttpPolicy(email, allowed=frozenset({base.partition("://")[2]} if base else ()))
    cache = AnswerCache(user_cache_path("readinglog") / "answers")
    with Console(stderr=True).status("asking …") if sys.stderr.isatty() else nullcontext():
        found = look_up_work(work, HttpClient(terms, cache, offline), services)
    return _known(found)


def _known(found: _Known | LookupFailure) -> _Known:
    if isinstance(found, LookupFailure):
        click.echo(f"readinglog: {make_printable(found.reason)}", err=True)
        sys.exit(1)
    return found
