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
from readinglog.citations.work import Work
from readinglog.model import identifiers
from readinglog.model.errors import describe_os_error
from readinglog.workspace.folder import READ_LIMIT

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_LIKE_ARXIV = re.compile(r"(?:arxiv:\s*)?[\dOIl]{4}\.[\dOIl]{3,}(?:v\d+)?", re.IGNORECASE)
_LIKE_PATH = re.compile(r"[^\s:]*[/\\][^\s]*|\S+\.md", re.IGNORECASE)
_LIKE_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:\S+", re.IGNORECASE)
_QUOTED_LENGTH = 80  # characters of the input in a message

for _parser in ("bibtexparser", "pylatexenc"):  # what they log is an error message of our own
    logging.getLogger(_parser).addHandler(logging.NullHandler())


def identify_work(text: str, key: str, read_stdin: Callable[[], bytes]) -> Work:
    """Return what `text` alone tells of a work, without asking any source.

    `-` stands for BibTeX from `read_stdin`; `key` chooses an entry of BibTeX. Raises
    WorkLookupError if the text identifies no work.
    """
    if text == "-":
        return _read_bibtex(read_stdin(), "the input", key)
    if text.startswith("@"):
        return parse_bibtex(text, key)
    if arxiv := parse_versioned_arxiv_id(text):
        return Work(arxiv=arxiv, kind="paper")
    if doi := identifiers.parse_doi(text):
        return Work(doi=doi)
    if _SCHEME.match(text):
        return _parse_address(text)
    if _test_path(text, Path.is_file):
        return _read_bibtex_file(text, key)
    return _parse_words(text)


def _parse_words(text: str) -> Work:
    """Return the work at an address without its scheme, else the one with `text` as its title."""
    quoted = f"`{text[:_QUOTED_LENGTH]}`"
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
        message = f"`{url[:_QUOTED_LENGTH]}` is not a web address"
        raise WorkLookupError(message, "write it as https://…, without spaces or a password")
    return Work(url=url, kind=guess_kind(url))


def _test_path(path: str, test: Callable[[Path], bool]) -> bool:
    """Return whether `path` passes `test`; a title may be longer than any path can be."""
    try:
        return test(Path(path))
    except OSError:
        return False


def _read_bibtex_file(path: str, key: str) -> Work:
    try:
        with Path(path).open("rb") as file:
            data = file.read(READ_LIMIT)
    except OSError as error:
        message = f"`{path[:_QUOTED_LENGTH]}` cannot be read"
        raise WorkLookupError(message, describe_os_error(error)) from None
    return _read_bibtex(data, path, key)


def _read_bibtex(data: bytes, name: str, key: str) -> Work:
    return parse_bibtex(decode_bibtex(data, name), key, name)
