"""What a note may have within its lines besides Python-Markdown's own."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    AUTOMAIL_RE,
    ENTITY_RE,
    ESCAPE_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    Pattern,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor
from markdown.util import AtomicString

from readinglog.parsing.definitions import make_reference_key
from readinglog.parsing.links import (
    AUTOLINK_PATTERN,
    BARE_ADDRESS_PATTERN,
    find_destination,
    is_path_with_spaces,
    split_size,
    trim_bare_address,
)
from readinglog.parsing.markdown_footnotes import USE_PATTERN as FOOTNOTE_PATTERN

_HARD_BREAK = r"(?:[ ]{2}|\\)\n"
_REGIONS = ("html", "backtick")
_ADDRESS_PATTERN = f"{AUTOLINK_PATTERN.pattern}|{BARE_ADDRESS_PATTERN.pattern}"
# For each pattern of Python-Markdown's and ours, what is in every text in which it finds anything.
_SIGNS = {
    ESCAPE_RE: re.compile(r"\\"),
    FOOTNOTE_PATTERN: re.compile(r"\[\^"),
    LINK_RE: re.compile(r"\["),
    REFERENCE_RE: re.compile(r"\["),
    IMAGE_LINK_RE: re.compile(r"!\["),
    IMAGE_REFERENCE_RE: re.compile(r"!\["),
    _ADDRESS_PATTERN: re.compile(r"<|://|www\."),
    AUTOMAIL_RE: re.compile("<"),
    _HARD_BREAK: re.compile(r"\n"),
    ENTITY_RE: re.compile("&"),
    r"\*|_": re.compile(r"[*_]"),
    r"=|\~": re.compile(r"[=~]"),
}
# All signs, and what has been taken out, in one expression that is quick to search for.
_SPECIAL = re.compile(r"[\^\\*_\[\]<>&~=!\x02\x03]|://|www\.|  \n")
_BRACKET = re.compile(r"[\[\]]")
_MOST_BRACKETS = 60  # in a label


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


class _Bounded(LinkInlineProcessor):
    """Looks for the end of a label no further than a limit, and finds destinations as the checker
    does.

    Where many brackets are never closed, each would be followed up to the end of the text.
    """

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - Python-Markdown's name
        depth = 1
        for found in islice(_BRACKET.finditer(data, index), _MOST_BRACKETS):
            depth += 1 if found[0] == "[" else -1
            if not depth:
                return data[index : found.start()], found.end(), True
        return "", index, False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802 - Python-Markdown's name
        is_open = data.startswith("(", index)
        found = find_destination(data, index + 1, len(data)) if is_open else None
        if found is None:
            return "", None, index, False
        return super().getLink(data[: found.end], index)


class _Named(_Bounded, ReferenceInlineProcessor):
    """A link or image whose destination stands elsewhere; brackets of another name are text."""

    RE_LINK = re.compile(r"\[([^\[\]]*)\]")

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        element, start, end = super().handleMatch(m, data)
        return (element, start, end) if isinstance(element, Element) else (None, None, None)

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:  # noqa: N802 - Python-Markdown's name
        name, end, is_found = super().evalId(data, index, text)
        return make_reference_key(name or ""), end, is_found


class _Reference(_Named, ReferenceInlineProcessor):
    """A link whose destination stands elsewhere."""


class _ShortReference(_Named, ShortReferenceInlineProcessor):
    """One without a name of its own."""


class _ImageReference(_Named, ImageReferenceInlineProcessor):
    """An image whose address stands elsewhere."""


class _ShortImageReference(_Named, ShortImageReferenceInlineProcessor):
    """One without a name of its own."""


class _Link(_Bounded):
    """A link whose label is plain text has no more to be looked for in it."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        link, start, end = super().handleMatch(m, data)
        if not isinstance(link, Element):
            return None, start, end
        address, _ = split_size(link.get("href", ""))
        if " " in address and not is_path_with_spaces(address):  # `f[x](a and b)` is text
            return None, None, None
        link.set("href", address)
        if link.text and _has_known_patterns(self.md):
            link.text = _make_atomic(link.text)
        return link, start, end


class _Image(_Bounded, ImageInlineProcessor):
    """An image whose size is behind its address: `![curve](curve.png =300x200)`."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        image, start, end = super().handleMatch(m, data)
        if not isinstance(image, Element):
            return None, start, end
        address, size = split_size(image.get("src", ""))
        if " " in address and not is_path_with_spaces(address):
            return None, None, None
        image.set("src", address)
        image.attrib |= {name: number for name, number in size.items() if number}
        return image, start, end


class _Inlines(InlineTreeprocessor):
    """Looks in a text only for the marks that are in it."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        if _has_known_patterns(self.md):
            for element in tree.iter():
                if element.text:
                    element.text = _make_atomic(element.text)
        every = self.inlinePatterns
        chosen: Any = _choose_patterns(self.md, " ".join(tree.itertext()))
        self.inlinePatterns = chosen  # a list, of which only items and length are asked for
        try:
            return super().run(tree, ancestors)
        finally:
            self.inlinePatterns = every


def _choose_patterns(md: Markdown, text: str) -> list[Pattern]:
    """Return the patterns that may find anything in a text, in their order."""
    return [
        pattern
        for pattern in md.inlinePatterns
        if (sign := _SIGNS.get(pattern.pattern)) is None
        or (sign.search(text) and (md.references or not isinstance(pattern, _Named)))
    ]


def _make_atomic(text: str) -> str:
    return text if _SPECIAL.search(text) else AtomicString(text)


def _has_known_patterns(md: Markdown) -> bool:
    """Return whether no extension of a user's looks for anything in lines."""
    return all(pattern.pattern in _SIGNS for pattern in md.inlinePatterns)


def register(md: Markdown) -> None:
    """Add what is ours to Python-Markdown."""
    for name in _REGIONS:
        if name in md.inlinePatterns:
            md.inlinePatterns.deregister(name)
    md.inlinePatterns.register(_Reference(REFERENCE_RE, md), "reference", 170)
    md.inlinePatterns.register(_Link(LINK_RE, md), "link", 160)
    md.inlinePatterns.register(_Image(IMAGE_LINK_RE, md), "image_link", 150)
    md.inlinePatterns.register(_ImageReference(IMAGE_REFERENCE_RE, md), "image_reference", 140)
    md.inlinePatterns.register(_ShortReference(REFERENCE_RE, md), "short_reference", 130)
    md.inlinePatterns.register(_ShortImageReference(IMAGE_REFERENCE_RE, md), "short_image_ref", 125)
    md.inlinePatterns.register(_Address(_ADDRESS_PATTERN, md), "autolink", 120)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "linebreak", 100)
    md.treeprocessors.register(_Inlines(md), "inline", 20)
