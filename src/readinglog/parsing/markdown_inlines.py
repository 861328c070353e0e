"""What a note may have within its lines besides Python-Markdown's own."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    LINK_RE,
    InlineProcessor,
    LinkInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from readinglog.parsing.links import AUTOLINK_PATTERN, BARE_ADDRESS_PATTERN, trim_bare_address

_HARD_BREAK = r"(?:[ ]{2}|\\)\n"
_REGIONS = ("html", "backtick")
# Patterns that nothing matches in text without one of these characters.
_KNOWN = (
    "escape footnote reference link image_link image_reference short_reference short_image_ref "
    "autolink automail linebreak entity not_strong em_strong em_strong2 tilde mark "
    "delimiter"
).split()
_SPECIAL = re.compile(r"[\^\\*_\[\]<>&~=!\x02\x03]|://|www\.|  \n")


class _Address(InlineProcessor):
    """An address of the web that stands in the text is a link, as on GitHub, in angle brackets or
    not.
    """

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        is_bare = data[m.start()] != "<"
        shown = trim_bare_address(m[0]) if is_bare else m[0][1:-1]
        link = Element("a", {"href": f"https://{shown}" if shown.startswith("www.") else shown})
        link.text = AtomicString(shown)
        return link, m.start(), m.start() + len(shown) if is_bare else m.end()


class _Link(LinkInlineProcessor):
    """A link whose label is plain text has no more to be looked for in it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        link, start, end = super().handleMatch(m, data)
        if not isinstance(link, Element):
            return None, start, end
        if link.text and _has_known_patterns(self.md):
            link.text = _make_atomic(link.text)
        return link, start, end


class _PlainText(Treeprocessor):
    """Spares text without any mark the search for all of them."""

    def run(self, root: Element) -> None:
        if _has_known_patterns(self.md):
            for element in root.iter():
                if element.text:
                    element.text = _make_atomic(element.text)


def _make_atomic(text: str) -> str:
    return text if _SPECIAL.search(text) else AtomicString(text)


def _has_known_patterns(md: Markdown) -> bool:
    """Return whether no extension of a user's looks for anything in lines."""
    return len(md.inlinePatterns) == sum(name in md.inlinePatterns for name in _KNOWN)


def register(md: Markdown) -> None:
    """Add what is ours to Python-Markdown."""
    for name in _REGIONS:
        if name in md.inlinePatterns:
            md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
    pattern = f"{AUTOLINK_PATTERN.pattern}|{BARE_ADDRESS_PATTERN.pattern}"
    md.inlinePatterns.register(_Address(pattern, md), "autolink", 120)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "linebreak", 100)
    md.treeprocessors.register(_PlainText(md), "plain_text", 20.5)
