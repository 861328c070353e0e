"""What a note may have within its lines besides Python-Markdown's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
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
from markdown.treeprocessors import Treeprocessor
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

_HARD_BREAK = r"(?:[ ]{2}|\\)\n"
_REGIONS = ("html", "backtick")
# What a text has in which a pattern of Python-Markdown, or of ours, finds anything.
_SIGNS = {
    "escape": re.compile(r"\\"),
    "footnote": re.compile(r"\[\^"),
    **dict.fromkeys(("reference", "link", "short_reference"), re.compile(r"\[")),
    **dict.fromkeys(("image_link", "image_reference", "short_image_ref"), re.compile(r"!\[")),
    "autolink": re.compile(r"<|://|www\."),
    "automail": re.compile("<"),
    "linebreak": re.compile(r"\n"),
    "entity": re.compile("&"),
    **dict.fromkeys(("not_strong", "em_strong", "em_strong2"), re.compile(r"[*_]")),
    **dict.fromkeys(("tilde", "mark", "delimiter"), re.compile(r"[=~]")),
}
_TO_DEFINITIONS = ("reference", "short_reference", "image_reference", "short_image_ref")
_BRACKET = re.compile(r"[\[\]]")
_MOST_BRACKETS = 60  # in a label
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


class _PlainText(Treeprocessor):
    """Spares a text the search for marks that are nowhere in it."""

    def run(self, root: Element) -> None:
        patterns: Iterable[Pattern] = self.md.inlinePatterns
        if _has_known_patterns(self.md):
            texts: list[str] = []
            for element in root.iter():
                if element.text:
                    element.text = _make_atomic(element.text)
                texts += (element.text or "", element.tail or "")
            patterns = _choose_patterns(self.md, " ".join(texts))
        self.md.treeprocessors["inline"].inlinePatterns = patterns  # type: ignore[attr-defined]


def _choose_patterns(md: Markdown, text: str) -> list[Pattern]:
    """Return the patterns that may find anything in a text, in their order."""
    signs = {
        md.inlinePatterns[name]: sign
        for name, sign in _SIGNS.items()
        if name in md.inlinePatterns and (md.references or name not in _TO_DEFINITIONS)
    }
    return [each for each in md.inlinePatterns if each in signs and signs[each].search(text)]


def _make_atomic(text: str) -> str:
    return text if _SPECIAL.search(text) else AtomicString(text)


def _has_known_patterns(md: Markdown) -> bool:
    """Return whether no extension of a user's looks for anything in lines."""
    return len(md.inlinePatterns) == sum(name in md.inlinePatterns for name in _SIGNS)


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
    pattern = f"{AUTOLINK_PATTERN.pattern}|{BARE_ADDRESS_PATTERN.pattern}"
    md.inlinePatterns.register(_Address(pattern, md), "autolink", 120)
    md.inlinePatterns.register(SubstituteTagInlineProcessor(_HARD_BREAK, "br"), "linebreak", 100)
    md.treeprocessors.register(_PlainText(md), "plain_text", 20.5)
