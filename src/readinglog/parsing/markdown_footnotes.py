"""Footnotes of a page, numbered in the order in which the text first refers to them.

Python-Markdown's own extension goes through all footnotes for each use of one.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

USE_PATTERN = r"\[\^([^\]]*)\]"


class Footnotes(FootnoteExtension):
    """The footnotes of a page; `numbers` are what marks in the text show, by name."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        super().extendMarkdown(md)
        md.inlinePatterns.register(_Use(self), "footnote", 175)

    def reset(self) -> None:
        super().reset()
        self.numbers: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - Python-Markdown's names
        super().setFootnote(id, text)
        self.numbers.setdefault(id, len(self.numbers) + 1)

    def makeFootnotesDiv(self, root: Element) -> Element | None:  # noqa: N802 - Python-Markdown's name
        """Return the footnotes, in whose links back nothing is looked for."""
        div = super().makeFootnotesDiv(root)
        for link in div.iter("a") if div is not None else ():
            link.text = AtomicString(link.text or "")
        return div

    def unique_ref(self, reference: str, found: bool = False) -> str:  # noqa: FBT001, FBT002 - Python-Markdown's signature
        """Return the id of a mark in the text; each use of a footnote has one of its own."""
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        name, separator, rest = reference.partition(self.get_separator())
        return f"{name}{count}{separator}{rest}" if count > 1 else reference


class _Use(InlineProcessor):
    """The mark of a footnote in the text."""

    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__(USE_PATTERN)
        self._footnotes = footnotes

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[Element | None, int | None, int | None]:
        number = self._footnotes.numbers.get(m[1])
        if number is None:
            return None, None, None
        mark = Element("sup", {"id": self._footnotes.makeFootnoteRefId(m[1], found=True)})
        address = f"#{self._footnotes.makeFootnoteId(m[1])}"
        link = SubElement(mark, "a", {"href": address, "class": "footnote-ref"})
        link.text = AtomicString(str(number))
        return mark, m.start(), m.end()
