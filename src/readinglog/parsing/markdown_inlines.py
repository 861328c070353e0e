"""What a note may have within its lines besides Python-Markdown's own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor, SubstituteTagInlineProcessor
from markdown.util import AtomicString

from readinglog.parsing.links import BARE_ADDRESS_PATTERN, trim_bare_address

_HARD_BREAK = r"\\\n"
_OTHERS = ("html", "backtick")  # regions by now


class _BareAddress(InlineProcessor):
    """An address of the web that stands in the text is a link, as on GitHub."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        end = m.start() + len(trim_bare_address(m[0]))
        shown = data[m.start() : end]
        link = Element("a", {"href": shown if "://" in shown else f"https://{shown}"})
        link.text = AtomicString(shown)
        return link, m.start(), end


def register(md: Markdown) -> None:
    """Add what is ours to Python-Markdown."""
    for name in _OTHERS:
        if name in md.inlinePatterns:
            md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "hard_break", 185)
    # After links and images, before marks of emphasis, which an address may hold.
    md.inlinePatterns.register(_BareAddress(BARE_ADDRESS_PATTERN.pattern, md), "bare_address", 115)
