"""A work as metadata sources, citations and web pages describe it."""

from __future__ import annotations

from typing import NamedTuple


class Work(NamedTuple):
    """What is known of a work; "" or () where nothing is.

    `kind` is a kind of the schema, `published` is YYYY, YYYY-MM or YYYY-MM-DD, `arxiv` an id with
    its version where one was given, `doi` without its resolver. The `abstract` serves to suggest
    tags, and is not written into a note; `citation_key` is what other texts cite the work by.
    """

    title: str = ""
    authors: tuple[str, ...] = ()
    kind: str = ""
    published: str = ""
    url: str = ""
    arxiv: str = ""
    doi: str = ""
    venue: str = ""
    code: str = ""
    abstract: str = ""
    isbn: str = ""
    citation_key: str = ""


class LookupResult(NamedTuple):
    """What is known of a work, remarks for the person who asks, and the source that told it."""

    work: Work
    remarks: tuple[str, ...] = ()
    source: str = ""
