"""The export formats, in the order in which pages list them."""

from __future__ import annotations

from readinglog.interchange.exporters import bibtex, csl
from readinglog.interchange.exporters.exporter import Exporter

EXPORTERS: tuple[Exporter, ...] = (
    bibtex,
    csl,
)
