"""The metadata sources, in the order in which they are asked."""

from __future__ import annotations

from readinglog.citations.sources import arxiv, crossref, doi_page, web_page
from readinglog.citations.sources.source import MetadataSource

SOURCES: tuple[MetadataSource, ...] = (
    arxiv,
    crossref,
    doi_page,
    web_page,
)
