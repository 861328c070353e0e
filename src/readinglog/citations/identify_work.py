"""Identifying a work by what was typed: an arXiv id, a DOI, an address, BibTeX or a title."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from readinglog.citations.bibtex import decode_bibtex, parse_bibtex
from readinglog.citations.cleaning import clean_text, clean_url, parse_versioned_arxiv_id
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.kind_by_address import guess_kind
from readinglog.citations.work import LookupResult, Work
from readinglog.model import identifiers
from readinglog.model.errors import describe_os_error
from readinglog.model.messages import QUOTED_LENGTH
from readinglog.workspace.folder import READ_LIMIT

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LIKE_ARXIV = re.compile(r"(?:arxiv:\s*)?[\dOIl]{4}\.[\dOIl]{3,}(?:v\d+)?", re.IGNORECASE)
_LIKE_ISBN = re.compile(
    r"isbn(?:-1[03])?:? ?[0-9xX -]+|97[89][- ]?(?:[0-9][- ]?){9}[0-9xX]", re.IGNORECASE
)
_LIKE_PATH = re.compile(r"[^\s:/\\]*[/\\]\S*|\S+\.md", re.IGNORECASE)
_LIKE_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)

# What it logs is an error message of our own.
logging.getLogger("pylatexenc").addHandler(logging.NullHandler())


def identify_work(text: str, key: str, read_stdin: Callable[[], bytes]) -> LookupResult:
    """Return what `text` alone tells of a work, without asking any source.

    `-` stands for BibTeX from `read_stdin`; `key` chooses an entry of BibTeX. Raises
    WorkLookupError if the text identifies no work.
    """
    if text == "-":
        return _read_bibtex(read_stdin(), "the input", key)
    if text.startswith("@") and "{" in text:
        return parse_bibtex(text, key)
    if not _SCHEME.match(text) and not _is_id(text) and _test_path(text, Path.is_file):
        return _read_bibtex_file(text, key)
    return LookupResult(_parse_words(text))


def _is_id(text: str) -> bool:
    return bool(parse_versioned_arxiv_id(text) or identifiers.parse_doi(text))


def _parse_words(text: str) -> Work:
    """Return the work with an id, at an address, else the one with `text` as its title."""
    quoted = f"`{text[:QUOTED_LENGTH]}`"
    if arxiv := parse_versioned_arxiv_id(text):
        return Work(arxiv=arxiv, kind="paper")
    if doi := identifiers.parse_doi(text):
        return Work(doi=doi)
    if isbn := identifiers.parse_isbn(text):
        return Work(isbn=isbn, kind="book")
    if _SCHEME.match(text):
        return _parse_address(text)
    if _LIKE_ISBN.fullmatch(text):
        message = f"{quoted} is not an ISBN, which has a check digit"
        raise WorkLookupError(message, "compare its ten or thirteen digits with those of the book")
    if _LIKE_ARXIV.fullmatch(text):
        message = f"{quoted} is not an arXiv id"
        hint = "write year and month, a dot, and five digits (four until 2014), such as 2401.10020"
        raise WorkLookupError(message, hint)
    if text.lower().endswith(".bib"):
        message = f"there is no file {quoted}"
        raise WorkLookupError(message, "check the path")
    if _test_path(text, Path.is_dir):
        message = f"{quoted} is a folder"
        raise WorkLookupError(message, "give a BibTeX file in it, or a work")
    if _BARE_ADDRESS.fullmatch(text) and ("/" in text or text.lower().startswith("www.")):
        return _parse_address(f"https://{text}")
    if _LIKE_PATH.fullmatch(text) or _LIKE_SCHEME.fullmatch(text):
        message = f"{quoted} is neither a file nor a web address"
        hint = "write an address as https://…, or give an arXiv id, a DOI or a title"
        raise WorkLookupError(message, hint)
    title = clean_text(text)
    if not re.search(r"\w", title):
        message = f"{quoted} does not identify a work"
        hint = "give an arXiv id, a DOI, an address, a title or a BibTeX file"
        raise WorkLookupError(message, hint)
    return Work(title=title)


def _parse_address(url: str) -> Work:
    if not clean_url(url):
        message = f"`{url[:QUOTED_LENGTH]}` is not a web address"
        raise WorkLookupError(message, "write it as https://…, without spaces or a password")
    return Work(url=url, kind=guess_kind(url))


def _test_path(path: str, test: Callable[[Path], bool]) -> bool:
    """Return whether `path` passes `test`; a title may be longer than any path can be."""
    try:
        return test(Path(path))
    except OSError:
        return False


def _read_bibtex_file(path: str, key: str) -> LookupResult:
    try:
        with Path(path).open("rb") as file:
            data = file.read(READ_LIMIT)
    except OSError as error:
        message = f"`{path[:QUOTED_LENGTH]}` cannot be read"
        raise WorkLookupError(message, describe_os_error(error)) from None
    return _read_bibtex(data, path, key)


def _read_bibtex(data: bytes, name: str, key: str) -> LookupResult:
    return parse_bibtex(decode_bibtex(data, name), key, name)
