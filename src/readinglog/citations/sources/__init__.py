"""The metadata sources, in the order in which they are asked.

To add one, write a module of the shape that `source.MetadataSource` describes, and list it here.
"""

from __future__ import annotations

from readinglog.citations.sources import arxiv, crossref, doi_page, web_page
from readinglog.citations.sources.source import MetadataSource

SOURCES: tuple[MetadataSource, ...] = (
    arxiv,
    crossref,
    doi_page,
    web_page,
)
