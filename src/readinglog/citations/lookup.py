"""Who is asked about a work: arXiv, Crossref, and the page that it is on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple
from urllib.parse import quote, urlencode

from readinglog.citations.facts import LookupFailure, merge_works
from readinglog.citations.http.client import HttpClient
from readinglog.citations.http.errors import FetchError
from readinglog.citations.markup_text import strip_html
from readinglog.citations.sources.arxiv import find_arxiv_title, parse_arxiv_feed
from readinglog.citations.sources.crossref import find_crossref_title, parse_crossref
from readinglog.citations.sources.page_head import decode_page
from readinglog.citations.sources.web_page import parse_page
from readinglog.citations.work import Work

_CHARSET = re.compile(r"charset=[\"']?([\w-]+)", re.IGNORECASE)
_HITS = 5  # that are looked at for a title
_WORDS = 20  # of a title that are asked for


class Services(NamedTuple):
    """Where the services are."""

    arxiv: str = "https://export.arxiv.org/api/query"
    crossref: str = "https://api.crossref.org/works"
    doi: str = "https://doi.org"


class LookupResult(NamedTuple):
    """What is known of a work, and what a person should be told about how it came to be known."""

    work: Work
    remarks: tuple[str, ...] = ()


def look_up_work(asked: Work, web: HttpClient, services: Services) -> LookupResult | LookupFailure:
    """All that can be learnt of the work that `asked` names by its arXiv id, DOI, address or title.

    Where a host does not answer, that much is known, with a remark. Unread if there is no such work, or an answer that is refused.
    """
    if asked.title and asked.authors:  # as of BibTeX
        return LookupResult(*_plain(asked))
    try:
        found = MetadataLookup(web, services).about(asked)
    except FetchError as error:
        return (
            LookupResult(asked, (str(error),)) if error.unreachable else LookupFailure(str(error))
        )
    if isinstance(found, LookupFailure):
        return LookupResult(asked, (found.reason,)) if found.again else found
    work, markup = _plain(merge_works(found.work, asked))
    return LookupResult(work, (*found.remarks, *markup))


class MetadataLookup(NamedTuple):
    """The questions there are; each answers with what it learnt, or why nothing, or raises FetchError."""

    web: HttpClient
    services: Services

    def about(self, asked: Work) -> LookupResult | LookupFailure:
        if asked.arxiv:
            return self._arxiv(asked.arxiv)
        if asked.doi:
            return self._doi(asked.doi)
        return self._page(asked.url) if asked.url else self._titled(asked)

    def _arxiv(self, named: str) -> LookupResult | LookupFailure:
        query = urlencode({"id_list": named, "max_results": 1})
        return _learned(
            parse_arxiv_feed(self._text(f"{self.services.arxiv}?{query}"), named), "arXiv"
        )

    def _doi(self, named: str) -> LookupResult | LookupFailure:
        """By Crossref; other agencies give out DOIs as well, to pages that say more."""
        try:
            answer = self._text(f"{self.services.crossref}/{quote(named, safe='')}")
        except FetchError as error:
            if not error.status or error.unreachable:
                raise
        else:
            return _learned(parse_crossref(answer), "Crossref")
        try:
            page = self.web.read(f"{self.services.doi}/{quote(named, safe='/')}")
        except FetchError as error:
            if not error.status or error.unreachable:
                raise
            return LookupFailure(f"no work has the DOI `{named}`: check it")
        return LookupResult(
            parse_page(decode_page(page.data, _charset(page.content_type)), page.url)._replace(
                doi=named, url=""
            )
        )

    def _page(self, url: str) -> LookupResult | LookupFailure:
        """By the page itself, and by the service whose id it names."""
        page = self.web.read(url)
        if not page.data:
            kind = "paper" if "pdf" in page.content_type.lower() else ""
            sort = re.sub(r"[^\w/.+-].*", "", page.content_type, flags=re.DOTALL) or "nothing"
            return LookupResult(
                Work(url=url, kind=kind),
                (f"there is {sort} at this address, no page that says what it is",),
            )
        work = parse_page(decode_page(page.data, _charset(page.content_type)), url)
        if not (work.arxiv or work.doi):
            return LookupResult(work)
        try:
            more = self._arxiv(work.arxiv) if work.arxiv else self._doi(work.doi)
        except FetchError as error:
            return LookupResult(work, (str(error),))
        if isinstance(more, LookupFailure):
            return LookupResult(work, (more.reason,))
        return LookupResult(merge_works(more.work, work)._replace(url=url), more.remarks)

    def _titled(self, asked: Work) -> LookupResult:
        """By its title: at arXiv, and at Crossref if arXiv has none such."""
        why = []
        for service, ask in self._by_title(asked.title):
            try:
                found = ask()
            except FetchError as error:
                if not (error.unreachable or error.status):
                    raise
                why.append(str(error))
            else:
                if isinstance(found, Work):
                    return LookupResult(found)
                why.append(f"{service} {found.reason}")
        return LookupResult(asked, tuple(why))

    def _by_title(self, title: str) -> Iterator[tuple[str, Callable[[], Work | LookupFailure]]]:
        words = " ".join(re.findall(r"\w+", title)[:_WORDS])
        feed = urlencode({"search_query": f'ti:"{words}"', "max_results": _HITS})
        yield "arXiv", lambda: find_arxiv_title(self._text(f"{self.services.arxiv}?{feed}"), title)
        items = urlencode({"query.bibliographic": title, "rows": _HITS})
        yield (
            "Crossref",
            lambda: find_crossref_title(self._text(f"{self.services.crossref}?{items}"), title),
        )

    def _text(self, url: str) -> str:
        return self.web.ask(url).data.decode("utf-8", "replace")


def _learned(found: Work | LookupFailure, service: str) -> LookupResult | LookupFailure:
    return (
        LookupResult(found)
        if isinstance(found, Work)
        else found._replace(reason=f"{service} {found.reason}")
    )


def _charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return found[1] if found else ""


def _plain(work: Work) -> tuple[Work, tuple[str, ...]]:
    """`work` without HTML in its texts, and a word about it where its title held some."""
    bare = strip_html(work)
    return bare, (
        f"the title held markup, which is taken out: `{work.title}`",
    ) if bare.title != work.title else ()
