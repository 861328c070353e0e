"""The import formats, in the order in which they are listed."""

from __future__ import annotations

from readinglog.interchange.importers import (
    bibtex,
    csl,
    feed,
    hugo,
    jekyll,
    obsidian,
    readwise,
    zotero,
)
from readinglog.interchange.importers.importer import Importer

IMPORTERS: tuple[Importer, ...] = (bibtex, csl, obsidian, jekyll, hugo, zotero, readwise, feed)
