"""The formats of bibliographies, in the order in which pages list them.

To add one, write a module of the shape that `BibliographyFormat` describes, and list it here.
"""

from __future__ import annotations

from readinglog.interchange.bibliographies import bibtex, csl
from readinglog.interchange.bibliographies.bibliography_format import BibliographyFormat

BIBLIOGRAPHY_FORMATS: tuple[BibliographyFormat, ...] = (
    bibtex,
    csl,
)
