"""Looking up a work at the metadata sources: arXiv, Crossref, and the page that it is on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, get_args

from readinglog.citations.cleaning import merge_works
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import RefusedError
from readinglog.citations.markup_text import strip_html
from readinglog.citations.sources import SOURCES
from readinglog.citations.sources.source import (
    KeyField,
    LookupKey,
    LookupResult,
    MetadataSource,
)
from readinglog.citations.work import Work


def look_up_work(
    work: Work,
    client: HttpClient,
    sources: Sequence[MetadataSource] = SOURCES,
    services_url: str = "",
) -> LookupResult:
    """Return what the sources know of `work`, which has an arXiv id, a DOI, an address or a title.

    Where a source is unreachable, that is `work` itself and a remark. `services_url` is the address
    of a host that takes the place of all services. Raises WorkLookupError if there is no such work,
    and RefusedError if an address or an answer is refused.
    """
    key = choose_key(work)
    if key is None or (work.title and work.authors):  # complete, as BibTeX has it
        return _strip_markup(LookupResult(work))
    try:
        found = MetadataLookup(client, sources, services_url).look_up(key)
    except WorkLookupError as error:
        if not error.unreachable:
            raise
        return LookupResult(work, (str(error),))
    return _strip_markup(found._replace(work=merge_works(found.work, work)))


def choose_key(work: Work) -> LookupKey | None:
    """Return the surest key that `work` has: an id before its address, and that before a title."""
    fields: tuple[KeyField, ...] = get_args(KeyField)
    return next(
        (LookupKey(field, value) for field in fields if (value := getattr(work, field))), None
    )


class MetadataLookup(NamedTuple):
    """The sources to ask in order, and the client to ask them with."""

    client: HttpClient
    sources: Sequence[MetadataSource]
    services_url: str

    def look_up(self, key: LookupKey) -> LookupResult:
        """Return the work that `key` identifies. Raises WorkLookupError."""
        match key.field:
            case "title":
                return self._look_up_title(key)
            case "url":
                return self._look_up_page(key)
        return self._look_up_id(key)

    def _look_up_id(self, key: LookupKey) -> LookupResult:
        """Return the answer of the first source that knows an id or an address.

        An unreachable source ends the search: that the next one has no such work proves nothing.
        """
        last_error = WorkLookupError(f"no source can look up `{key.value}`")
        for source in self._find_sources(key):
            try:
                return self._ask(source, key)
            except RefusedError:
                raise
            except WorkLookupError as error:
                if error.unreachable:
                    raise
                last_error = error
        raise last_error

    def _look_up_page(self, key: LookupKey) -> LookupResult:
        """Return what a page says, completed by the sources for the id that it gives."""
        page = self._look_up_id(key)
        page_key = choose_key(page.work._replace(url="", title=""))
        if page_key is None:
            return page
        try:
            found = self._look_up_id(page_key)
        except WorkLookupError as error:
            return LookupResult(page.work, (str(error),))
        return found._replace(work=merge_works(found.work, page.work)._replace(url=key.value))

    def _look_up_title(self, key: LookupKey) -> LookupResult:
        """Return the answer of the first source that knows a title, or remarks why none does."""
        remarks = []
        for source in self._find_sources(key):
            try:
                return self._ask(source, key)
            except RefusedError:
                raise
            except WorkLookupError as error:
                remarks.append(str(error))
        return LookupResult(Work(title=key.value), tuple(remarks))

    def _find_sources(self, key: LookupKey) -> Iterator[MetadataSource]:
        return (source for source in self.sources if key.field in source.KEYS)

    def _ask(self, source: MetadataSource, key: LookupKey) -> LookupResult:
        address = (
            f"{self.services_url}/{source.NAME.lower()}" if self.services_url else source.ADDRESS
        )
        return source.look_up(key, self.client, address)


def _strip_markup(found: LookupResult) -> LookupResult:
    """Return `found` without HTML in its texts, and a remark if there was some in the title."""
    title = found.work.title
    work = strip_html(found.work)
    if work.title == title:
        return LookupResult(work, found.remarks)
    remark = f"markup was removed from the title: `{title}`"
    return LookupResult(work, (*found.remarks, remark))
