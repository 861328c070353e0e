"""What a person asks a note for: an arXiv id, a DOI, an address, BibTeX, a file of it, or a title."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from readinglog.citations.bibtex import decode_bibtex, parse_bibtex
from readinglog.citations.facts import (
    LookupFailure,
    clean_text,
    clean_url,
    parse_versioned_arxiv_id,
)
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.workspace.files import READ_LIMIT

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LIKE_ARXIV = re.compile(r"(?:arxiv:\s*)?[\dOIl]{4}\.[\dOIl]{3,}(?:v\d+)?", re.IGNORECASE)
_LIKE_PATH = re.compile(r"[^\s:]*[/\\][^\s]*|\S+\.md", re.IGNORECASE)
_LIKE_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_SHOWN = 80

for _parser in ("bibtexparser", "pylatexenc"):  # what they find is told in words of our own
    logging.getLogger(_parser).addHandler(logging.NullHandler())


def identify_work(what: str, key: str, piped: Callable[[], bytes]) -> Work | LookupFailure:
    """What is known of a work by what was typed alone; `-` asks for the BibTeX that is `piped` in, `key` for one entry of it."""
    if what == "-":
        return _bibtex(piped(), "the input", key)
    if what.startswith("@"):
        return parse_bibtex(what, key)
    if arxiv := parse_versioned_arxiv_id(what):
        return Work(arxiv=arxiv, kind="paper")
    if doi := identifiers.parse_doi(what):
        return Work(doi=doi)
    if _SCHEME.match(what):
        return _address(what)
    if _is_file(what):
        return _file(what, key)
    return _words(what)


def _words(what: str) -> Work | LookupFailure:
    """An address without its scheme, else a title."""
    if _LIKE_ARXIV.fullmatch(what):
        return LookupFailure(
            f"`{what[:_SHOWN]}` is no arXiv id: one is year and month, a dot, and five digits (four until 2014), as 2401.10020"
        )
    if what.lower().endswith(".bib"):
        return LookupFailure(f"there is no file `{what[:_SHOWN]}`")
    if _is_folder(what):
        return LookupFailure(f"`{what[:_SHOWN]}` is a folder: name a work, or a BibTeX file in it")
    if _BARE_ADDRESS.fullmatch(what) and ("/" in what or what.lower().startswith("www.")):
        return _address(f"https://{what}")
    if _LIKE_PATH.fullmatch(what) or _LIKE_SCHEME.fullmatch(what):
        return LookupFailure(
            f"there is no file `{what[:_SHOWN]}`, and it is no address of the web: write one as https://…, an id or a title"
        )
    title = clean_text(what)
    return (
        Work(title=title)
        if re.search(r"\w", title)
        else LookupFailure(f"`{what[:_SHOWN]}` names no work: write an address, an id or a title")
    )


def _address(url: str) -> Work | LookupFailure:
    if not clean_url(url):
        return LookupFailure(
            f"`{url[:_SHOWN]}` is not an address of the web: write it as https://…, without spaces or a password"
        )
    return Work(url=url, kind=guess_kind(url))


def _is_file(path: str) -> bool:
    try:
        return Path(path).is_file()
    except OSError:  # a title may be longer than any path
        return False


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _file(path: str, key: str) -> Work | LookupFailure:
    try:
        with Path(path).open("rb") as file:
            return _bibtex(file.read(READ_LIMIT), path, key)
    except OSError as error:
        return LookupFailure(
            f"`{path[:_SHOWN]}` cannot be read: {(error.strerror or str(error)).lower()}"
        )


def _bibtex(data: bytes, name: str, key: str) -> Work | LookupFailure:
    read = decode_bibtex(data, name)
    return read if isinstance(read, LookupFailure) else parse_bibtex(read, key, name)
