"""A work as services, citations and web pages describe it: the facts from which a note is begun."""

from __future__ import annotations

from typing import NamedTuple


class Work(NamedTuple):
    """What is known of a work; '' or () where nothing is.

    `kind` is one of `kinds.KINDS`, `published` YYYY, YYYY-MM or YYYY-MM-DD, `arxiv` an id with its version where one was named,
    `doi` without its resolver. The `abstract` serves to suggest tags, and is never written into a note.
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
