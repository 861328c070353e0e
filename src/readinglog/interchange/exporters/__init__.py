"""The export formats, in the order in which pages list them.

To add one, write a module of the shape that `exporter.Exporter` describes, and list it here.
"""

from __future__ import annotations

from readinglog.interchange.exporters import bibtex, csl
from readinglog.interchange.exporters.exporter import Exporter

EXPORTERS: tuple[Exporter, ...] = (
    bibtex,
    csl,
)
