"""The metadata sources, in the order in which they are asked.

To add one, write a module of the shape that `source.MetadataSource` describes, and list it here.
"""

from __future__ import annotations

from readinglog.citations.sources import (
    arxiv_api,
    arxiv_oai,
    arxiv_page,
    arxiv_search,
    crossref,
    datacite,
    doi_page,
    isbn_page,
    open_library,
    web_page,
)
from readinglog.citations.sources.source import MetadataSource

SOURCES: tuple[MetadataSource, ...] = (
    arxiv_search,
    crossref,
    arxiv_oai,
    arxiv_page,
    datacite,
    arxiv_api,
    doi_page,
    open_library,
    isbn_page,
    web_page,
)
