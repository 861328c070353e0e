"""Answers in XML of a service that may be busy, cut short, or hostile."""

from __future__ import annotations

import xml.etree.ElementTree as ET  # what declares entities is refused before it is parsed

from readinglog.citations.cleaning import TEXT_LIMIT, clean_text
from readinglog.citations.errors import WorkLookupError
from readinglog.citations.http.errors import TRY_LATER


def parse_xml(text: str, service: str, expected: str) -> ET.Element:
    """Return the root of an answer of `service`, which should be `expected`, such as `a feed`.

    Raises WorkLookupError, as unreachable, where it is not, or not whole.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        message = f"the answer of {service} is not {expected}"
        raise WorkLookupError(message, TRY_LATER, unreachable=True)
    try:
        return ET.fromstring(text)  # noqa: S314 - without a DOCTYPE there is nothing to expand
    except (ET.ParseError, ValueError):
        message = f"the answer of {service} is broken or incomplete"
        raise WorkLookupError(message, TRY_LATER, unreachable=True) from None


def get_text(element: ET.Element, tag: str, limit: int = TEXT_LIMIT) -> str:
    """Return the text of the first element `tag` in `element`, or ""."""
    return clean_text(element.findtext(tag), limit)
