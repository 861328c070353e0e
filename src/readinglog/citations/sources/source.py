"""What a metadata source is: a module with a name, an address, its keys, and a look-up."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from readinglog.citations.http.client import HttpClient
from readinglog.citations.work import LookupResult

KeyField = Literal["arxiv", "doi", "url", "isbn", "title"]


class LookupKey(NamedTuple):
    """What a work is looked up by: a field of `Work`, and the value of the field."""

    field: KeyField
    value: str


class MetadataSource(Protocol):
    """The shape of a source's module."""

    NAME: str
    """What messages call the source. It tells `make_service_path` where a stand-in for it is."""

    ADDRESS: str
    """The base address of its service; "" where the key is the address."""

    KEYS: tuple[KeyField, ...]
    """The fields by which it can look up a work."""

    def look_up(self, key: LookupKey, client: HttpClient, address: str, /) -> LookupResult:
        """Return the work that `key`, of one of `KEYS`, identifies.

        `address` is `ADDRESS`, or what stands in for it. Raises WorkLookupError if the source has
        no such work, and FetchError if it gives no answer.
        """


def make_service_path(source: MetadataSource) -> str:
    """Return the path of a source on a host that takes the place of all services."""
    return source.NAME.lower().replace(" ", "-")
