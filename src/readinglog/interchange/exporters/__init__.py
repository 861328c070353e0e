"""The exports of the whole log, by the name that `readinglog export` gives them.

To add one, write a module of the shape that `Exporter` describes, and list it here.
"""

from __future__ import annotations

from collections.abc import Mapping

from readinglog.interchange.bibliographies import bibtex, csl
from readinglog.interchange.exporters import ndjson, obsidian, sqlite
from readinglog.interchange.exporters.bibliography import Bibliography
from readinglog.interchange.exporters.exporter import Exporter

EXPORTERS: Mapping[str, Exporter] = {
    "sqlite": sqlite,
    "ndjson": ndjson,
    "bibtex": Bibliography(bibtex),
    "csl": Bibliography(csl),
    "obsidian": obsidian,
}
