"""What `readinglog new` asks of others, on the terms of its call; a word and exit 1 where what it is given is bad."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from typing import TypeVar

import click
from platformdirs import user_cache_path
from rich.console import Console

from readinglog.citations.facts import Unread
from readinglog.citations.http.client import Web
from readinglog.citations.http.request import Terms
from readinglog.citations.http.response_cache import AnswerCache
from readinglog.citations.identify_work import asked_for
from readinglog.citations.lookup import Learned, Services, learn
from readinglog.citations.work import Work
from readinglog.cli.options import wrong_call
from readinglog.model.printable import visible

_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_Known = TypeVar("_Known", Work, Learned)


def asked(what: str, key: str) -> Work:
    """What the words of the call tell of a work."""
    return _known(asked_for(what, key, sys.stdin.buffer.read))


def learnt(work: Work, email: str, stand_in: str, *, offline: bool) -> Learned:
    """What the services and pages tell of it; `stand_in` is a host that takes the place of all services, and may be private."""
    if email and not _EMAIL.fullmatch(email):
        wrong_call(f"`{email}` is not an email address: write it as name@example.org")
    base = stand_in.rstrip("/")
    services = Services(f"{base}/arxiv", f"{base}/crossref", f"{base}/doi") if base else Services()
    terms = Terms(email, allowed=frozenset({base.partition("://")[2]} if base else ()))
    cache = AnswerCache(user_cache_path("readinglog") / "answers")
    with Console(stderr=True).status("asking …") if sys.stderr.isatty() else nullcontext():
        found = learn(work, Web(terms, cache, offline), services)
    return _known(found)


def _known(found: _Known | Unread) -> _Known:
    if isinstance(found, Unread):
        click.echo(f"readinglog: {visible(found.reason)}", err=True)
        sys.exit(1)
    return found
