"""What a metadata source is: a module with a name, an address, its keys, and a look-up."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from readinglog.citations.http.client import HttpClient
from readinglog.citations.work import Work

KeyField = Literal["arxiv", "doi", "url", "title"]


class LookupKey(NamedTuple):
    """What a work is looked up by: a field of `Work`, and the value of the field."""

    field: KeyField
    value: str


class LookupResult(NamedTuple):
    """What is known of a work, and remarks for the person who looks it up."""

    work: Work
    remarks: tuple[str, ...] = ()


class MetadataSource(Protocol):
    """The shape of a source's module."""

    NAME: str
    """What messages call the source."""

    ADDRESS: str
    """The base address of its service; "" where the key is the address."""

    KEYS: tuple[KeyField, ...]
    """The fields by which it can look up a work."""

    def look_up(self, key: LookupKey, client: HttpClient, address: str, /) -> LookupResult:
        """Return the work that `key`, of one of `KEYS`, identifies.

        `address` is `ADDRESS`, or what stands in for it. Raises WorkLookupError if the source has
        no such work, and FetchError if it gives no answer.
        """
