"""Looking up a work at the metadata sources: services for its id, and the page that it is on."""

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
    MetadataSource,
    make_service_path,
)
from readinglog.citations.work import LookupResult, Work


def look_up_work(
    work: Work,
    client: HttpClient,
    sources: Sequence[MetadataSource] = SOURCES,
    services_url: str = "",
) -> LookupResult:
    """Return what the sources know of `work`, which has an arXiv id, a DOI, an address or a title.

    Where no source tells, and one is unreachable, that is `work` itself and remarks.
    `services_url` is the address of a host that takes the place of all services. Raises
    WorkLookupError if there is no such work, and RefusedError if an address or an answer is
    refused.
    """
    key = choose_key(work)
    if key is None or (work.title and work.authors):  # complete, as BibTeX has it
        return _strip_markup(LookupResult(work))
    try:
        found = MetadataLookup(client.limit_time(), sources, services_url).look_up(key)
    except _UnansweredError as error:
        return LookupResult(work, error.remarks)
    return _strip_markup(found._replace(work=merge_works(found.work, work)))


def choose_key(work: Work) -> LookupKey | None:
    """Return the surest key that `work` has: an id before its address, and that before a title."""
    fields: tuple[KeyField, ...] = get_args(KeyField)
    return next(
        (LookupKey(field, value) for field in fields if (value := getattr(work, field))), None
    )


class _UnansweredError(WorkLookupError):
    """No source knows the work, and one of them at least is unreachable."""

    def __init__(self, errors: Sequence[WorkLookupError]) -> None:
        super().__init__(errors[0].message, errors[0].hint, unreachable=True)
        self.remarks = tuple(dict.fromkeys(map(str, errors)))


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

        Its remarks say which sources before it were unreachable. That all others have no such work
        proves nothing if one is unreachable.
        """
        errors: list[WorkLookupError] = []
        for source, client in self._list_sources(key):
            try:
                found = self._ask(source, key, client)
            except RefusedError:
                raise
            except WorkLookupError as error:
                errors.append(error)
            else:
                silent = (error.message for error in errors if error.unreachable)
                return found._replace(remarks=(*silent, *found.remarks))
        if any(error.unreachable for error in errors):
            raise _UnansweredError(errors)
        if errors:
            raise errors[-1]
        message = f"no source can look up `{key.value}`"
        raise WorkLookupError(message)

    def _look_up_page(self, key: LookupKey) -> LookupResult:
        """Return what a page says, completed by the sources for the id that it gives."""
        page = self._look_up_id(key)
        work = page.work
        is_complete = bool(work.title and work.authors)
        page_key = choose_key(
            work._replace(url="", title="", isbn="" if is_complete else work.isbn)
        )
        if page_key is None:
            return page
        try:
            found = self._look_up_id(page_key)
        except _UnansweredError as error:
            return page._replace(remarks=(*page.remarks, *error.remarks))
        except WorkLookupError as error:
            return page._replace(remarks=(*page.remarks, str(error)))
        known = (work, found.work) if page_key.field == "isbn" else (found.work, work)
        return LookupResult(
            merge_works(*known)._replace(url=key.value),
            (*page.remarks, *found.remarks),
            f"{page.source} and {found.source}",
        )

    def _look_up_title(self, key: LookupKey) -> LookupResult:
        """Return the answer of the first source that knows a title, or remarks why none does."""
        remarks = []
        for source, client in self._list_sources(key):
            try:
                return self._ask(source, key, client)
            except RefusedError:
                raise
            except WorkLookupError as error:
                remarks.append(str(error))
        return LookupResult(Work(title=key.value), tuple(remarks))

    def _list_sources(self, key: LookupKey) -> Iterator[tuple[MetadataSource, HttpClient]]:
        """Yield the sources for `key`, each with its client: all but the last are asked once."""
        sources = [source for source in self.sources if key.field in source.KEYS]
        for source in sources:
            yield source, self.client if source is sources[-1] else self.client.ask_once()

    def _ask(self, source: MetadataSource, key: LookupKey, client: HttpClient) -> LookupResult:
        path = make_service_path(source)
        address = f"{self.services_url}/{path}" if self.services_url else source.ADDRESS
        return source.look_up(key, client, address)._replace(source=source.NAME)


def _strip_markup(found: LookupResult) -> LookupResult:
    """Return `found` without HTML in its texts, and a remark if there was some in the title."""
    title = found.work.title
    work = strip_html(found.work)
    if work.title == title:
        return found._replace(work=work)
    remark = f"markup was removed from the title: `{title}`"
    return found._replace(work=work, remarks=(*found.remarks, remark))
