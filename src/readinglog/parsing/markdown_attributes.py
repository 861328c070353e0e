"""Attributes, such as the description of an image, hold formulas and code as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE, STX

# What stands for HTML that was taken out of a text, by its number: a function that makes its text.
PlainTexts = Mapping[int, Callable[[], str]]


class PlainAttributes(Treeprocessor):
    """Puts plain text in place of marks in attributes, which HTML would end."""

    def __init__(self, md: Markdown, texts: PlainTexts) -> None:
        super().__init__(md)
        self._texts = texts

    def run(self, root: Element) -> None:
        for element in root.iter():
            for name, value in element.items():
                if STX in value:
                    element.set(name, HTML_PLACEHOLDER_RE.sub(self._write_text, value))

    def _write_text(self, mark: re.Match[str]) -> str:
        make_text = self._texts.get(int(mark[1]))
        return make_text() if make_text else mark[0]
